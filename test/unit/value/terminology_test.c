/* Membership in value sets, elements of System types, messages. */
#include "literal.h"

static bool holds(void *self, const Code *code, const Reference *set, bool *known) {
    (void)self;
    *known = str_is(set->id, "vs");
    return str_is(code->code, "a");
}

static Value expand(void *self, Eval *of, const Reference *set) {
    (void)self;
    if (!str_is(set->id, "vs")) return value_null();
    Value code = value_code(of->arena, (Code){ STR("a"), STR("s"), STR(""), STR("") });
    return value_list(of->arena, &code, 1);
}

/* "a" is above all codes of the system "s". */
static bool subsumes(void *self, const Code *general, const Code *special, bool *known) {
    (void)self;
    (void)special;
    *known = str_is(general->system, "s");
    return str_is(general->code, "a");
}

static const Terminology terms = { NULL, holds, holds, expand, subsumes };

static Value code(const char *text) {
    return value_code(eval.arena, (Code){ str_from(text), STR("s"), STR(""), STR("") });
}

static Value set(const char *id) {
    Reference reference = { .id = str_from(id) };
    return (Value){ .tag = TAG_VALUESET,
                    .reference = arena_copy(eval.arena, &reference, sizeof reference) };
}

static Str call(Operator function, Value a, Value b) {
    Value pair[] = { a, b }, result;
    eval.error_code = NULL;
    return function(&eval, pair, &result) ? literal_text(result) : eval.error_message;
}

static void asks_value_sets(void) {
    eval.terms = &terms;
    CHECK_STR(call(in_value_set, code("a"), set("vs")), "true");
    CHECK_STR(call(in_value_set, code("b"), set("vs")), "false");
    CHECK_STR(call(in_value_set, value_string(STR("a")), set("vs")), "true");
    CHECK_STR(call(in_value_set, value_null(), set("vs")), "false");
    CHECK_STR(call(in_code_system, code("a"), set("vs")), "true");
    Value codes[] = { code("b"), value_null(), code("a") };
    CHECK_STR(call(in_value_set, value_list(eval.arena, codes, 3), set("vs")), "true");
    CHECK_STR(call(in_value_set, value_list(eval.arena, codes, 2), set("vs")), "false");
    Code both[] = { *code("b").code, *code("a").code };
    Value concept = value_concept(eval.arena, (Concept){ STR(""), 2, both });
    CHECK_STR(call(in_value_set, concept, set("vs")), "true");
    CHECK_STR(call(expand_value_set, set("vs"), value_null()),
              "{Code { code: 'a', system: 's' }}");
}

static void names_what_is_not_there(void) {
    eval.terms = &terms;
    CHECK_STR(call(in_value_set, code("a"), set("no")), "the value set 'no' is not there");
    CHECK_STR(call(expand_value_set, set("no"), value_null()), "the value set 'no' is not there");
    eval.terms = NULL;
    CHECK_STR(call(in_value_set, code("a"), set("vs")), "the value set 'vs' is not there");
    CHECK_STR(call(expand_value_set, set("vs"), value_null()), "the value set 'vs' is not there");
}

static void asks_what_is_above(void) {
    eval.terms = &terms;
    CHECK_STR(call(subsumes_code, code("a"), code("b")), "true");
    CHECK_STR(call(subsumes_code, code("b"), code("a")), "false");
    CHECK_STR(call(subsumed_by_code, code("b"), code("a")), "true");
    CHECK_STR(call(subsumes_code, code("b"), code("b")), "true");
    CHECK_STR(call(subsumes_code, code("b"), value_null()), "null");
    Code both[] = { *code("b").code, *code("a").code };
    Value concept = value_concept(eval.arena, (Concept){ STR(""), 2, both });
    CHECK_STR(call(subsumes_code, concept, code("c")), "true");
    CHECK_STR(call(subsumed_by_code, concept, code("c")), "false");
    eval.terms = NULL;
    CHECK(call(subsumes_code, code("a"), code("b")).length > 0 && eval.error_code != NULL);
}

static void reads_elements(void) {
    Value one = code("a"), result;
    CHECK_STR(call(code_code, one, one), "'a'");
    CHECK_STR(call(code_display, one, one), "null");
    CHECK_STR(call(code_code, value_null(), one), "null");
    CHECK_STR(call(quantity_unit, literal("2'mg'"), one), "'mg'");
    CHECK_STR(call(quantity_value, literal("2'mg'"), one), "2.0");
    Interval interval = { value_integer(1), value_null(), true, false, TAG_INTEGER };
    Value range = value_interval(eval.arena, interval);
    CHECK_STR(call(interval_low, range, one), "1");
    CHECK_STR(call(interval_high, range, one), "null");
    CHECK_STR(call(interval_high_closed, range, one), "false");
    Value concept_parts[] = { value_list(eval.arena, &one, 1), value_string(STR("d")) };
    CHECK(make_concept(&eval, concept_parts, &result));
    CHECK_STR(call(concept_display, result, one), "'d'");
    CHECK_STR(call(concept_codes, result, one), "{Code { code: 'a', system: 's' }}");
}

static void makes_instances(void) {
    CALL(make_quantity, "1.5, 'mg'", "1.5 'mg'");
    CALL(make_quantity, "3.0, 'days'", "3.0 days");
    CALL(make_quantity, "3.0, null", "3.0 '1'");
    CALL(make_code, "'a', 's', null, 'd'", "Code { code: 'a', system: 's', display: 'd' }");
    CALL(make_concept, "null, 'd'", "Concept { codes: {}, display: 'd' }");
    CALL(make_ratio, "1'mg', 2'mL'", "1.0 'mg':2.0 'mL'");
    CALL(make_ratio, "1'mg', null", "null");
    CALL(make_value_set, "'i', null, null, null", "ValueSet { id: 'i' }");
    CALL(make_code_system, "'i', '1', 'n'", "CodeSystem { id: 'i', version: '1', name: 'n' }");
}

static void hear(void *self, Str severity, Str code_of, Str text) {
    buffer_format(self, "%.*s %.*s %.*s;", STR_ARGS(severity), STR_ARGS(code_of), STR_ARGS(text));
}

static void messages_are_heard(void) {
    Buffer heard = buffer_new(eval.arena);
    const MessageSink sink = { &heard, hear };
    eval.messages = &sink;
    CALL(message, "1, true, '1', 'Trace', 'a'", "1");
    CALL(message, "1, true, '2', 'Warning', 'b'", "1");
    CALL(message, "1, true, null, null, 'c'", "1");
    CALL(message, "1, false, '3', 'Message', 'd'", "1");
    FAILS(message, "1, true, '4', 'Error', 'e'");
    CHECK_STR(buffer_str(&heard), "Trace 1 a;Warning 2 b;Message  c;");
    eval.messages = NULL;
}

static void gives_messages(void) {
    CALL(message, "1, true, '100', 'Warning', 'text'", "1");
    CALL(message, "1, false, '100', 'Error', 'text'", "1");
    CALL(message, "1, null, '100', 'Error', 'text'", "1");
    FAILS(message, "1, true, '100', 'Error', 'text'");
    CHECK_STR(eval.error_message, "100: text");
    FAILS(message, "1, true, null, 'Error', 'text'");
    CHECK_STR(eval.error_message, "text");
}

static void keeps_the_first_error(void) {
    eval.error_code = NULL;
    CHECK(!eval_fail(&eval, "one", "first %d", 1));
    CHECK(!eval_fail(&eval, "two", "second"));
    CHECK_STR(eval.error_message, "first 1");
    CHECK(strcmp(eval.error_code, "one") == 0);
}

int main(void) {
    literal_begin();
    RUN(asks_value_sets);
    RUN(names_what_is_not_there);
    RUN(asks_what_is_above);
    RUN(reads_elements);
    RUN(makes_instances);
    RUN(gives_messages);
    RUN(messages_are_heard);
    RUN(keeps_the_first_error);
    return literal_end();
}
