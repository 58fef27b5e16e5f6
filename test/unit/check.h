/* check.h - the test harness: CHECK counts, a failure says where, the program's exit
 * status says whether any failed.
 *
 *     static void adds(void) { CHECK(1 + 1 == 2); }
 *     int main(void) { RUN(adds); return check_report(); }
 */
#ifndef ISLET_TEST_CHECK_H
#define ISLET_TEST_CHECK_H

#include <stdio.h>
#include <string.h>

static int check_passed, check_failed;
static const char *check_running = "";

#define CHECK(condition)                                                                   \
    ((condition) ? (void)check_passed++                                                    \
                 : (void)(check_failed++, printf("%s:%d: %s: failed: %s\n", __FILE__,      \
                                                 __LINE__, check_running, #condition)))

/* Compares a Str with a literal and shows both when they differ. */
#define CHECK_STR(str, expected)                                                           \
    do {                                                                                   \
        Str check_s_ = (str);                                                              \
        const char *check_e_ = (expected);                                                 \
        if (check_s_.length == strlen(check_e_) &&                                         \
            memcmp(check_s_.data, check_e_, check_s_.length) == 0) {                       \
            check_passed++;                                                                \
        } else {                                                                           \
            check_failed++;                                                                \
            printf("%s:%d: %s: got \"%.*s\", expected \"%s\"\n", __FILE__, __LINE__,       \
                   check_running, (int)check_s_.length, check_s_.data, check_e_);          \
        }                                                                                  \
    } while (0)

#define RUN(test) (check_running = #test, test())

static inline int check_report(void) {
    printf("%d passed, %d failed\n", check_passed, check_failed);
    return check_failed != 0;
}

#endif
