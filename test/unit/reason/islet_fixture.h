/* islet_fixture.h - shortcuts for the tests of include/islet.h. */
#ifndef ISLET_TEST_REASON_ISLET_FIXTURE_H
#define ISLET_TEST_REASON_ISLET_FIXTURE_H

#include "islet.h"

#include "check.h"

#define CHECK_TEXT(text, expected)                                                         \
    (CHECK(strcmp((text).data, (expected)) == 0 && (text).length == strlen(expected)))
#define CHECK_OK(call) CHECK((call) == ISLET_OK)

static inline islet_input input_of(const char *text, const char *file) {
    return (islet_input){ text, strlen(text), file, 0 };
}

static inline islet_status compile(const char *text, const islet_finder *finder,
                                   islet_library **out) {
    islet_input source = input_of(text, "Test.cql");
    return islet_library_compile(&source, finder, out);
}

static inline islet_library *compiled(const char *text) {
    islet_library *library;
    CHECK_OK(compile(text, NULL, &library));
    for (size_t i = 0; i < islet_library_error_count(library); i++)
        printf("%s\n", islet_library_error(library, i)->message);
    return library;
}

static inline islet_evaluator *evaluator_of(const islet_library *library) {
    islet_evaluator *evaluator;
    CHECK_OK(islet_evaluator_new(library, NULL, NULL, &evaluator));
    CHECK(islet_evaluator_error(evaluator)->status == ISLET_OK);
    return evaluator;
}

static inline islet_value define(islet_evaluator *evaluator, const char *name) {
    islet_value value = { 0 };
    islet_status status = islet_evaluator_define(evaluator, name, &value);
    CHECK(status == ISLET_OK);
    if (status != ISLET_OK) printf("%s\n", islet_evaluator_error(evaluator)->message);
    return value;
}

static inline bool is_text(const char *name, islet_text text, const char *expected) {
    if (text.length == strlen(expected) && strcmp(text.data, expected) == 0) return true;
    printf("%s is %s, not %s\n", name, text.data, expected);
    return false;
}

static inline bool writes(islet_evaluator *evaluator, const char *name, const char *expected) {
    islet_text text = { "", 0 };
    CHECK_OK(islet_value_cql(define(evaluator, name), &text));
    return is_text(name, text, expected);
}

#endif
