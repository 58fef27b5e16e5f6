/* check_test.c - what the checker makes of expressions: their types, the operators and
 * conversions that they become, and the mistakes that it reports. */
#include "cql/check.h"

#include "check.h"
#include "clinic_model.h"
#include "cql/parse.h"

static Arena *arena;
static Diagnostics diagnostics;
static Types *types;

static const char prelude[] =
    "library Main version '1'\n"
    "using Clinic version '1'\n"
    "include ClinicHelpers version '1' called Helpers\n"
    "codesystem \"Terms\": 'http://system' version '2'\n"
    "valueset \"Set\": 'http://set'\n"
    "code \"Code\": 'c1' from \"Terms\" display 'a code'\n"
    "concept \"Concept\": { \"Code\" } display 'a concept'\n"
    "parameter \"Period\" Interval<DateTime>\n"
    "parameter \"Limit\" default 5\n"
    "context Patient\n"
    "define \"Results\": [Result]\n"
    "define \"One\": First([Result])\n"
    "define function Double(x Integer): x * 2\n"
    "define function Double(x Decimal): x * 2.0\n"
    "define function Describe(r Result): r.code\n"
    "define fluent function Plus(x Integer, y Integer): x + y\n"
    "define \"X\": ";

static Library *check_text(const char *text) {
    arena_reset(arena);
    diagnostics = diagnostics_new(arena);
    types = types_new(arena, &clinic_model);
    Library *library = parse_library(arena, STR("main.cql"), str_from(text), &diagnostics);
    Checker checker = { .arena = arena, .model = &clinic_model, .types = types,
                        .diagnostics = &diagnostics };
    check_library(&checker, library);
    return library;
}

/* The prelude with `expression` as the define X. */
static Definition *check_define(const char *expression) {
    static char text[8000];
    snprintf(text, sizeof text, "%s%s\n", prelude, expression);
    Library *library = check_text(text);
    for (uint32_t i = 0; i < library->count; i++)
        if (str_is(library->definitions[i]->name, "X")) return library->definitions[i];
    return NULL;
}

static void show_diagnostics(const char *expression) {
    for (size_t i = 0; i < diagnostics.count; i++)
        printf("%s\n  %.*s (%.*s) [%s]\n", expression, STR_ARGS(diagnostics.items[i].message),
               STR_ARGS(diagnostics.items[i].hint), diagnostics.items[i].code);
}

/* ---- types ---- */

typedef struct Typed {
    const char *expression, *type;
} Typed;

static void expect_types(const Typed *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const Definition *define = check_define(cases[i].expression);
        if (diagnostics.count != 0) show_diagnostics(cases[i].expression);
        CHECK(diagnostics.count == 0);
        CHECK_STR(type_name(types, arena, define->type), cases[i].type);
    }
}

#define EXPECT_TYPES(cases) expect_types(cases, sizeof cases / sizeof *cases)

static void operators_find_their_overload(void) {
    static const Typed cases[] = {
        { "1 + 1", "Integer" },
        { "1 + 1L", "Long" },
        { "1 + 1.5", "Decimal" },
        { "1 + null", "Integer" },
        { "1 / 2", "Decimal" },
        { "2 * 1 'mg'", "Quantity" },
        { "'a' + 'b'", "String" },
        { "@2020-01-01 + 1 day", "Date" },
        { "@2020-01-01 < Now()", "Boolean" },
        { "1 = 1.0", "Boolean" },
        { "1 != 2", "Boolean" },
        { "not true and 1 > 2 or null", "Boolean" },
        { "'abc'[1]", "String" },
        { "{ 1, 2 }[0]", "Integer" },
        { "1 in { 1, 2 }", "Boolean" },
        { "1 in Interval[1.5, 2.0]", "Boolean" },
        { "{ 1 } union { 'a' }", "List<Choice<Integer, String>>" },
        { "Interval[1, 2] union Interval[2, 3]", "Interval<Integer>" },
        { "start of Interval[1, 2]", "Integer" },
        { "minimum Date", "Date" },
        { "maximum Integer", "Integer" },
        { "year from Now()", "Integer" },
        { "date from Now()", "Date" },
        { "days between @2020-01-01 and Now()", "Integer" },
        { "3 between 1 and 5.0", "Boolean" },
        { "Coalesce(null, 1, 2.0, 3, 4, 5, 6)", "Decimal" },
        { "Sum({ 1, 2 })", "Integer" },
        { "Avg({ 1, 2 })", "Decimal" },
        { "flatten { { 1 }, { 2 } }", "List<Integer>" },
        { "collapse { Interval[1, 2] }", "List<Interval<Integer>>" },
        { "convert '1' to Integer", "Integer" },
        { "convert 1 to Decimal", "Decimal" },
        { "convert 1 'mg' to 'g'", "Quantity" },
    };
    EXPECT_TYPES(cases);
}

static void literals_and_conditions_unify(void) {
    static const Typed cases[] = {
        { "null", "Any" },
        { "1:2", "Ratio" },
        { "{ 1, 2.0, null }", "List<Decimal>" },
        { "{ 1, 'a' }", "List<Choice<Integer, String>>" },
        { "{ }", "List<Any>" },
        { "List<Quantity> { 1, null }", "List<Quantity>" },
        { "Interval[1, null)", "Interval<Integer>" },
        { "Interval[@2020-01-01, Now()]", "Interval<DateTime>" },
        { "Interval[\"One\".issued, null]", "Interval<DateTime>" },
        { "Tuple { b: 1, a: 'x' }", "Tuple{a String, b Integer}" },
        { "Tuple { b: 1, a: 'x' }.b", "Integer" },
        { "if true then 1 else 2.5", "Decimal" },
        { "if true then 1 else 'a'", "Choice<Integer, String>" },
        { "if true then null else 'a'", "String" },
        { "case when true then 1 when false then 2L else null end", "Long" },
        { "case 1 when 1.0 then 'a' else 'b' end", "String" },
        { "Code 'x' from \"Terms\"", "Code" },
        { "Concept { Code 'x' from \"Terms\" } display 'y'", "Concept" },
        { "Quantity { value: 5, unit: 'mg' }.value", "Decimal" },
        { "Code { code: 'x' }.system", "String" },
        { "Name { family: text { value: 'x' } }", "Clinic.Name" },
        { "if true then \"Code\" else \"Concept\"", "Concept" },
    };
    EXPECT_TYPES(cases);
}

static void names_are_found(void) {
    static const Typed cases[] = {
        { "\"Limit\"", "Integer" },
        { "\"Period\"", "Interval<DateTime>" },
        { "\"Code\"", "Code" },
        { "\"Concept\"", "Concept" },
        { "\"Set\"", "ValueSet" },
        { "\"Terms\"", "CodeSystem" },
        { "Person", "Clinic.Person" },
        { "\"Y\" + 1\ndefine \"Y\": 2.0", "Decimal" },
        { "Double(1)", "Integer" },
        { "Double(1.5)", "Decimal" },
        { "Double(\"One\".value as number)", "Integer" },
        { "Describe(\"One\")", "Clinic.Coded" },
        { "1.Plus(2).Plus(3)", "Integer" },
        { "System.Abs(1)", "Integer" },
        { "AgeInYears()", "Integer" },
        { "AgeInHoursAt(Now())", "Integer" },
    };
    EXPECT_TYPES(cases);
}

static void elements_are_found(void) {
    static const Typed cases[] = {
        { "Person.birth", "Clinic.day" },
        { "Person.birth.value", "Date" },
        { "Person.name", "List<Clinic.Name>" },
        { "Person.name.family", "List<Clinic.text>" },
        { "Person.name.given", "List<Clinic.text>" },
        { "Person.name.given.value", "List<String>" },
        { "\"One\".value", "Choice<Clinic.text, Clinic.number, Clinic.Amount>" },
        { "\"One\".value.unit", "Clinic.text" },
        { "\"One\".value.value", "Choice<Decimal, String>" },
        { "\"One\".value.id", "String" },
        { "Results.value.unit", "List<Clinic.text>" },
        { "\"Period\".low", "DateTime" },
        { "\"Concept\".codes.system", "List<String>" },
    };
    EXPECT_TYPES(cases);
}

static void the_model_converts(void) {
    static const Typed cases[] = {
        { "\"One\".status = 'final'", "Boolean" },
        { "\"One\".status in { 'final', 'amended' }", "Boolean" },
        { "\"One\".value > 5 'mg'", "Boolean" },
        { "\"One\".value as Quantity", "Quantity" },
        { "(\"One\".value as Amount).value", "Decimal" },
        { "\"One\".value is Amount", "Boolean" },
        { "\"One\".value is Quantity", "Boolean" },
        { "\"One\".code ~ \"Code\"", "Boolean" },
        { "\"One\".code ~ \"Concept\"", "Boolean" },
        { "\"One\".code in \"Set\"", "Boolean" },
        { "First([Stay]).period overlaps \"Period\"", "Boolean" },
        { "start of First([Stay]).period", "DateTime" },
        { "\"One\".issued during \"Period\"", "Boolean" },
        { "Person.dead as flag and true", "Boolean" },
        { "Helpers.ToQuantity(\"One\".value as Amount)", "Quantity" },
        { "Helpers.ToInterval(\"One\".value as Amount)", "Interval<Quantity>" },
        { "Helpers.ToInterval(First([Stay]).period)", "Interval<DateTime>" },
        { "(\"One\".issued).ToDateTime()", "DateTime" },
        { "1.5 + (\"One\".value as number)", "Decimal" },
        { "Person.birth before Now()", "Boolean" },
    };
    EXPECT_TYPES(cases);
}

static void retrieves_and_queries_have_types(void) {
    static const Typed cases[] = {
        { "[Result: \"Code\"]", "List<Clinic.Result>" },
        { "[Result: \"Set\"]", "List<Clinic.Result>" },
        { "[Result: { \"Code\" }]", "List<Clinic.Result>" },
        { "[Result: \"Terms\"]", "List<Clinic.Result>" },
        { "[Stay: kind in \"Set\"]", "List<Clinic.Stay>" },
        { "[Clinic.Result: \"One\".code]", "List<Clinic.Result>" },
        { "[Result] R where R.issued is not null", "List<Clinic.Result>" },
        { "[Result] R return R.issued", "List<Clinic.moment>" },
        { "\"One\" R return R.issued", "Clinic.moment" },
        { "[Result] R let s: R.status return Tuple { s: s, r: R }",
          "List<Tuple{r Clinic.Result, s Clinic.token}>" },
        { "from [Result] R, [Stay] S", "List<Tuple{R Clinic.Result, S Clinic.Stay}>" },
        { "from \"One\" R, (1) N return N", "Integer" },
        { "[Result] R with [Stay] S such that R.issued during S.period", "List<Clinic.Result>" },
        { "[Result] R without [Stay] S such that S.kind ~ R.code", "List<Clinic.Result>" },
        { "[Result] R sort by issued desc", "List<Clinic.Result>" },
        { "[Result] R return R.issued sort desc", "List<Clinic.moment>" },
        { "({ 1, 2 }) N aggregate A starting 1: A * N", "Integer" },
        { "({ 1, 2 }) N aggregate A: A + N", "Integer" },
        { "({ 3, 1 }) N sort by -$this", "List<Integer>" },
    };
    EXPECT_TYPES(cases);
}

/* ---- trees ---- */

static void write_tree(const Ast *node, Buffer *out);

static void write_children(const Ast *node, Buffer *out) {
    for (uint32_t i = 0; i < node->count; i++) {
        if (i > 0) buffer_add_text(out, ", ");
        write_tree(node->child[i], out);
    }
}

static void write_literal(const Ast *node, Buffer *out) {
    if (node->value.tag == TAG_INTEGER) buffer_format(out, "%d", (int)node->value.integer);
    else if (node->value.tag == TAG_BOOLEAN) buffer_add_text(out, node->value.boolean ? "T" : "F");
    else if (node->value.tag == TAG_QUANTITY)
        buffer_format(out, "Q%.*s", STR_ARGS(node->value.quantity->unit));
    else buffer_format(out, "literal%u", node->value.tag);
}

static void write_query(const Ast *node, Buffer *out) {
    const Query *query = node->query;
    buffer_add_text(out, query->result_distinct ? "distinct query(" : "query(");
    write_tree(query->sources[0].expression, out);
    if (query->let_count != 0) {
        buffer_format(out, " let #%u=", query->lets[0].slot);
        write_tree(query->lets[0].expression, out);
    }
    if (query->where != NULL) buffer_add_text(out, " where ");
    if (query->where != NULL) write_tree(query->where, out);
    if (query->result != NULL) buffer_add_text(out, " return ");
    if (query->result != NULL) write_tree(query->result, out);
    buffer_add_char(out, ')');
}

static void write_tree(const Ast *node, Buffer *out) {
    switch ((AstKind)node->kind) {
    case AST_NULL:
        buffer_add_text(out, "null:");
        buffer_add(out, type_name(types, arena, node->type));
        return;
    case AST_LITERAL: write_literal(node, out); return;
    case AST_LOCAL: buffer_format(out, "#%u", node->slot); return;
    case AST_DEFINITION: buffer_add(out, node->definition->name); return;
    case AST_CONTEXT: buffer_add_text(out, "context"); return;
    case AST_QUERY: write_query(node, out); return;
    case AST_PROPERTY:
        write_tree(node->child[0], out);
        buffer_format(out, ".%.*s", STR_ARGS(node->name));
        return;
    case AST_CONVERSION:
        buffer_add(out, type_name(types, arena, node->type));
        buffer_add_char(out, '(');
        break;
    case AST_OPERATOR: buffer_format(out, "%s(", node->overload->name); break;
    case AST_INTERVAL: buffer_add_char(out, node->closed_low ? '[' : '('); break;
    case AST_LIST: buffer_add_char(out, '{'); break;
    case AST_CALL: buffer_format(out, "%.*s!(", STR_ARGS(node->definition->name)); break;
    case AST_RETRIEVE: buffer_add_text(out, "retrieve("); break;
    case AST_IF: buffer_add_text(out, "if("); break;
    case AST_AS: buffer_add_text(out, "as("); break;
    default: buffer_format(out, "kind%u(", node->kind); break;
    }
    write_children(node, out);
    buffer_add_char(out, node->kind == AST_LIST                              ? '}'
                         : node->kind == AST_INTERVAL && node->closed_high ? ']'
                                                                             : ')');
}

typedef struct Rewritten {
    const char *expression, *tree;
} Rewritten;

static void expect_trees(const Rewritten *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const Definition *define = check_define(cases[i].expression);
        if (diagnostics.errors != 0) show_diagnostics(cases[i].expression);
        CHECK(diagnostics.errors == 0);
        Buffer out = buffer_new(arena);
        if (diagnostics.errors == 0) write_tree(define->body, &out);
        CHECK_STR(buffer_str(&out), cases[i].tree);
    }
}

#define EXPECT_TREES(cases) expect_trees(cases, sizeof cases / sizeof *cases)

static void conversions_stand_in_the_tree(void) {
    static const Rewritten cases[] = {
        { "1 + 1.5", "Add(Decimal(1), literal4)" },
        { "1 != 1.5", "Not(Equal(Decimal(1), literal4))" },
        { "{ 1, null, 1.5 }", "{Decimal(1), null:Decimal, literal4}" },
        { "1.5 in { 1 }", "In(literal4, {Decimal(1)})" },
        { "\"Results\".status contains 'x'",
          "Contains(List<String>(query(Results let #1=#0.status where Not(IsNull(#1)) return #1)), "
          "literal5)" },
        { "\"One\".value as Quantity", "Quantity(One.value)" },
        { "\"One\".value.unit", "as(One.value).unit" },
        { "\"One\".value.id", "One.value.id" },
        { "1.5 + (\"One\".value as number)", "Add(literal4, Decimal(Integer(as(One.value))))" },
        { "if true then null else 1", "if(T, null:Integer, 1)" },
        { "Double(1)", "Double!(1)" },
        { "1.Plus(2)", "Plus!(1, 2)" },
        { "Helpers.ToConcept(\"One\".code)", "ToConcept(One.code)" },
        { "AgeInYears()", "CalculateAgeInYears(Date(context.birth))" },
        { "Coalesce(1, 2, 3, 4, 5, 6)", "Coalesce({1, 2, 3, 4, 5, 6})" },
        { "Code { code: 'x' }",
          "MakeCode(literal5, null:String, null:String, null:String)" },
        { "[Result: \"Code\"]", "retrieve(Code)" },
        { "[Result: \"Terms\"]", "query(retrieve() where In(Concept(#0.code), Terms))" },
        { "[Result: \"One\".code]", "retrieve(Concept(One.code))" },
    };
    EXPECT_TREES(cases);
}

static void is_asks_for_what_converts(void) {
    const Definition *define = check_define("\"One\".value is Quantity");
    CHECK(define->body->kind == AST_IS);
    CHECK_STR(type_name(types, arena, define->body->test_type), "Clinic.Amount");
    define = check_define("\"One\".value is text");
    CHECK_STR(type_name(types, arena, define->body->test_type), "Clinic.text");
}

static void queries_say_whether_duplicates_go(void) {
    static const Rewritten cases[] = {
        { "[Result] R return R.issued", "distinct query(retrieve() return #0.issued)" },
        { "[Result] R return all R.issued", "query(retrieve() return #0.issued)" },
        { "[Result] R where R.issued is null", "query(retrieve() where IsNull(#0.issued))" },
        { "\"One\" R return R.issued", "query(One return #0.issued)" },
    };
    EXPECT_TREES(cases);
}

/* The precision is the last operand: 0 none, 3 day. */
static void timing_phrases_become_operators(void) {
    static const Rewritten cases[] = {
        { "Now() same day as Now()", "SameAs(Now(), Now(), 3)" },
        { "Now() on or before day of Now()", "SameOrBefore(Now(), Now(), 3)" },
        { "Now() during \"Period\"", "IncludedIn(Now(), Period, 0)" },
        { "Now() during day of \"Period\"", "IncludedIn(Now(), Period, 3)" },
        { "\"Period\" includes Now()", "Includes(Period, Now(), 0)" },
        { "\"Period\" starts before end \"Period\"", "Before(Start(Period), End(Period), 0)" },
        { "\"Period\" starts \"Period\"", "Starts(Period, Period, 0)" },
        { "\"Period\" meets before \"Period\"", "MeetsBefore(Period, Period, 0)" },
        { "\"Period\" starts 3 days before start \"Period\"",
          "SameAs(Start(Period), Subtract(Start(Period), Qdays), 3)" },
        { "Now() 3 days or more after \"Period\"",
          "SameOrAfter(Now(), Add(End(Period), Qdays), 0)" },
        { "Now() more than 3 days before start of \"Period\"",
          "Before(Now(), Subtract(Start(Period), Qdays), 0)" },
        { "Now() less than 3 days before start of \"Period\"",
          "In(Now(), (Subtract(Start(Period), Qdays), Start(Period)), 0)" },
        { "Now() 3 days or less before start of \"Period\"",
          "And(In(Now(), [Subtract(Start(Period), Qdays), Start(Period)), 0), "
          "Not(IsNull(Start(Period))))" },
        { "Now() 3 days or less on or after start of \"Period\"",
          "And(In(Now(), [Start(Period), Add(Start(Period), Qdays)], 0), "
          "Not(IsNull(Start(Period))))" },
        { "\"Period\" starts within 3 days of start \"Period\"",
          "And(In(Start(Period), [Subtract(Start(Period), Qdays), Add(Start(Period), Qdays)], 0), "
          "Not(IsNull(Start(Period))))" },
        { "Now() within 3 days of \"Period\"",
          "In(Now(), [Subtract(Start(Period), Qdays), Add(End(Period), Qdays)], 0)" },
        { "Now() within 3 days of Now()",
          "query(T let #1=Now() return And(In(Now(), [Subtract(#1, Qdays), Add(#1, Qdays)], 0), "
          "Not(IsNull(#1))))" },
        { "\"Limit\" between 1 and 5", "And(GreaterOrEqual(Limit, 1), LessOrEqual(Limit, 5))" },
        { "1 + 1 properly between 1 and 5",
          "query(T let #1=Add(1, 1) return And(Greater(#1, 1), Less(#1, 5)))" },
        { "Interval[1, 2] properly between 1 and 5",
          "ProperIncludedIn([1, 2], [1, 5], 0)" },
    };
    EXPECT_TREES(cases);
}

/* ---- definitions ---- */

static void terminology_has_values(void) {
    const Definition *define = check_define("\"Code\"");
    const Code *code = define->body->definition->value.code;
    CHECK(define->body->definition->value.tag == TAG_CODE);
    CHECK_STR(code->code, "c1");
    CHECK_STR(code->system, "http://system");
    CHECK_STR(code->version, "2");
    CHECK_STR(code->display, "a code");
    Value value = check_define("\"Concept\"")->body->definition->value;
    CHECK(value.tag == TAG_CONCEPT && value.concept->count == 1);
    CHECK_STR(value.concept->codes[0].code, "c1");
    value = check_define("\"Set\"")->body->definition->value;
    CHECK(value.tag == TAG_VALUESET);
    CHECK_STR(value.reference->id, "http://set");
    value = check_define("Concept { Code 'x' from \"Terms\" }")->body->value;
    CHECK(value.tag == TAG_CONCEPT && value.concept->count == 1);
    CHECK_STR(value.concept->codes[0].system, "http://system");
}

static void definitions_are_numbered_by_kind(void) {
    const Library *library = check_text("library A\nparameter P default 1\nparameter Q default 2\n"
                                        "define D: 1\ndefine function F(a Integer, b Integer): "
                                        "({ a }) X return X + b\ndefine E: 2\n");
    Definition *const *d = library->definitions;
    CHECK(diagnostics.count == 0);
    CHECK(d[0]->index == 0 && d[1]->index == 1);
    CHECK(d[2]->index == 0 && d[4]->index == 1);
    CHECK(d[3]->index == 0 && d[3]->slot_count == 3);
    CHECK(d[3]->body->query->sources[0].slot == 2);
    CHECK(d[2]->slot_count == 0 && d[2]->owner == library);
}

static void lone_expressions_are_checked(void) {
    check_text("library A\ndefine D: 1\n");
    Checker checker = { .arena = arena, .types = types, .diagnostics = &diagnostics };
    Ast *node = parse_expression(arena, STR("x"), STR("1"), &diagnostics);
    uint32_t slots;
    CHECK(check_expression(&checker, NULL, &node, type_system(types, TAG_DECIMAL), &slots));
    CHECK(node->kind == AST_CONVERSION && slots == 0);
    node = parse_expression(arena, STR("x"), STR("'a'"), &diagnostics);
    CHECK(!check_expression(&checker, NULL, &node, type_system(types, TAG_DECIMAL), &slots));
    node = parse_expression(arena, STR("x"), STR("Nothing"), &diagnostics);
    CHECK(!check_expression(&checker, NULL, &node, NULL, &slots));
}

/* ---- mistakes ---- */

typedef struct Mistake {
    const char *expression, *code, *message, *hint, *at; /* what stands under the carets */
} Mistake;

static bool contains(Str text, const char *part) {
    size_t length = strlen(part);
    for (size_t i = 0; i + length <= text.length; i++)
        if (memcmp(text.data + i, part, length) == 0) return true;
    return length == 0;
}

static void expect_mistake(const Mistake *mistake) {
    static char text[8000];
    check_define(mistake->expression);
    if (diagnostics.count != 1) show_diagnostics(mistake->expression);
    CHECK(diagnostics.count == 1);
    if (diagnostics.count == 0) return;
    const Diagnostic *d = &diagnostics.items[0];
    snprintf(text, sizeof text, "%s%s\n", prelude, mistake->expression);
    CHECK_STR(str_from(d->code), mistake->code);
    CHECK_STR(d->file, "main.cql");
    bool said = contains(d->message, mistake->message) && contains(d->hint, mistake->hint);
    CHECK(said);
    if (!said) show_diagnostics(mistake->expression);
    CHECK(d->span.offset + d->span.length <= strlen(text));
    CHECK_STR(str_slice(str_from(text), d->span.offset, d->span.offset + d->span.length),
              mistake->at);
}

#define EXPECT_MISTAKES(mistakes)                                     \
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)   \
        expect_mistake(&mistakes[i])

static void misspelt_names_are_guessed(void) {
    static const Mistake mistakes[] = {
        { "\"Limt\"", "unknown-identifier", "\"Limt\"", "did you mean \"Limit\"", "\"Limt\"" },
        { "\"limit\" + 1 + 1", "unknown-identifier", "\"limit\"", "\"Limit\"", "\"limit\"" },
        { "Persno.birth", "unknown-identifier", "\"Persno\"", "\"Person\"", "Persno" },
        { "Person.brith", "unknown-property", "Clinic.Person has no element \"brith\"",
          "\"birth\"", "brith" },
        { "Person.name.famly.value", "unknown-property", "\"famly\"", "\"family\"", "famly" },
        { "Tuple { size: 1 }.siez", "unknown-property", "\"siez\"", "\"size\"", "siez" },
        { "\"One\".valueAmount", "unknown-property", "\"valueAmount\"",
          "value as Clinic.Amount", "valueAmount" },
        { "Frist({ 1 })", "unknown-function", "\"Frist\"", "\"First\"", "Frist({ 1 })" },
        { "Duoble(1)", "unknown-function", "\"Duoble\"", "\"Double\"", "Duoble(1)" },
        { "Helpers.ToQantity(1)", "unknown-function", "in Helpers", "\"ToQuantity\"",
          "Helpers.ToQantity(1)" },
        { "[Rseult]", "unknown-type", "no resource Rseult", "\"Result\"", "Rseult" },
        { "1 is Intger", "unknown-type", "no type Intger", "\"Integer\"", "Intger" },
        { "1 is Foo.Bar", "unknown-type", "called Foo", "using", "Foo.Bar" },
        { "[Stay: knid in \"Set\"]", "unknown-property", "\"knid\"", "\"kind\"",
          "[Stay: knid in \"Set\"]" },
        { "[Result] R where R.isued is null", "unknown-property", "\"isued\"", "\"issued\"",
          "isued" },
    };
    EXPECT_MISTAKES(mistakes);
}

static void wrong_types_are_explained(void) {
    static const Mistake mistakes[] = {
        { "1 + 'a'", "no-overload", "'+' does not work on Integer and String", "ToString",
          "1 + 'a'" },
        { "\"One\" = 1", "no-overload", "Clinic.Result and Integer", "of one type", "\"One\" = 1" },
        { "\"Results\".status = 'final'", "no-overload", "List<Clinic.token>", "First",
          "\"Results\".status = 'final'" },
        { "\"One\".code = 'x'", "no-overload", "Clinic.Coded and String", "compare with a code",
          "\"One\".code = 'x'" },
        { "1 before 'a'", "no-overload", "'before'", "Date and Date", "1 before 'a'" },
        { "if 1 then 2 else 3", "type-mismatch", "the condition of if must be Boolean, not Integer",
          "", "1" },
        { "case when 'x' then 2 else 3 end", "type-mismatch", "must be Boolean, not String", "",
          "'x'" },
        { "[Result] R where R.status", "type-mismatch", "where must be Boolean, not Clinic.token",
          "", "R.status" },
        { "Describe(1)", "type-mismatch", "operand \"r\" of \"Describe\" must be Clinic.Result", "",
          "1" },
        { "Describe(\"One\", 1)", "no-overload", "takes 1 operand, not 2", "",
          "Describe(\"One\", 1)" },
        { "Double('a')", "no-overload", "does not take (String)", "", "Double('a')" },
        { "Upper(1)", "type-mismatch", "operand 1 of \"Upper\" must be String, not Integer", "",
          "1" },
        { "1 as Amount", "type-mismatch", "Integer is never Clinic.Amount", "convert",
          "1 as Amount" },
        { "convert 1 to Date", "no-conversion", "Integer cannot be converted to Date", "",
          "convert 1 to Date" },
        { "Interval[1, 'a']", "type-mismatch", "no intervals of String", "", "'a'" },
        { "Interval[1, @2020-01-01]", "type-mismatch", "from Integer to Date", "",
          "Interval[1, @2020-01-01]" },
        { "List<Integer> { 'a' }", "type-mismatch", "must be Integer, not String", "", "'a'" },
        { "Name { family: 'x' }", "type-mismatch", "must be Clinic.text, not String",
          "Clinic.text { value: ... }", "'x'" },
        { "Quantity { valu: 1 }", "unknown-property", "\"valu\"", "\"value\"", "1" },
        { "[Result: 5]", "type-mismatch", "not by Integer", "", "5" },
        { "[Stay: \"Code\"]", "no-code-path", "Stay", "name the element", "[Stay: \"Code\"]" },
        { "[Name]", "not-a-resource", "Name", "", "Name" },
        { "minimum Boolean", "type-mismatch", "Boolean has no least", "", "minimum Boolean" },
        { "({ 1 }) N aggregate A starting 0: A = 1", "type-mismatch", "starts as Integer", "",
          "A = 1" },
        { "[Result] R sort by code", "no-order", "Clinic.Coded", "", "code" },
        { "[Result] R sort by R.issued", "alias-in-sort", "the alias R", "", "R" },
        { "Tuple { a: 1, a: 2 }", "duplicate-name", "\"a\"", "", "2" },
        { "from [Result] R, [Stay] R", "duplicate-name", "alias R", "", "R" },
        { "AgeInYears(1)", "no-overload", "takes no operand", "AgeInYearsAt", "AgeInYears(1)" },
        { "Double", "unknown-identifier", "is a function", "parentheses", "Double" },
        { "\"Limit\"()", "unknown-function", "\"Limit\"", "leave out", "\"Limit\"()" },
        { "1.Double()", "unknown-function", "\"Double\"", "fluent", "1.Double()" },
        { "$this", "unknown-identifier", "$this", "", "$this" },
        { "Helpers", "library-as-value", "Helpers is a library", "", "Helpers" },
        { "1\ndefine function F(a Integer, a String): a", "duplicate-name", "\"a\"", "", "a" },
        { "1 + 1\ndefine \"X\": 2", "duplicate-name", "\"X\"", "line 17", "\"X\"" },
    };
    EXPECT_MISTAKES(mistakes);
}

/* What would be null without a word when the value is of another type. */
static void choices_read_as_one_type_are_pointed_out(void) {
    static const Mistake mistakes[] = {
        { "\"One\".value > 5", "ambiguous-choice", "Clinic.Amount", "as Clinic.Amount",
          "\"One\".value" },
        { "\"One\".taken before Now()", "ambiguous-choice", "", "", "\"One\".taken" },
        { "ToString(\"One\".value)", "ambiguous-choice", "", "", "\"One\".value" },
    };
    EXPECT_MISTAKES(mistakes);
    CHECK(diagnostics.errors == 0);
}

static void suspicious_expressions_are_pointed_out(void) {
    static const Mistake mistakes[] = {
        { "1 = null", "null-comparison", "always null", "is null", "1 = null" },
        { "null != 1", "null-comparison", "always null", "is not null", "null != 1" },
        { "5 'mgg'", "unknown-unit", "'mgg'", "", "5 'mgg'" },
        { "5 'days'", "unknown-unit", "'days'", "without quotes", "5 'days'" },
    };
    EXPECT_MISTAKES(mistakes);
    CHECK(diagnostics.errors == 0);
}

static void cycles_are_named(void) {
    static const Mistake mistakes[] = {
        { "\"X\" + 1", "cycle", "\"X\" is defined by itself", "\"X\" uses \"X\"", "\"X\"" },
        { "\"Y\"\ndefine \"Y\": \"Z\"\ndefine \"Z\": \"X\"", "cycle", "\"X\"",
          "\"X\" uses \"Y\" uses \"Z\" uses \"X\"", "\"X\"" },
        { "1\ndefine function F(n Integer): F(n - 1)", "cycle", "\"F\"", "", "F" },
    };
    EXPECT_MISTAKES(mistakes);
}

static void all_mistakes_are_reported_once(void) {
    check_text("library A\ndefine A: Nothing + 1\ndefine B: A + A\ndefine C: not B\n"
               "define D: 1 + 'a' + Abs('b')\ndefine function F(x Nonsense): x.y + 1\n"
               "define E: F(1)\ndefine G: First(B)\n");
    static const char *const codes[] = { "unknown-type", "unknown-identifier", "no-overload",
                                         "no-overload" };
    CHECK(diagnostics.count == 4);
    for (size_t i = 0; i < diagnostics.count && i < 4; i++)
        CHECK_STR(str_from(diagnostics.items[i].code), codes[i]);
}

static void included_libraries_are_used(void) {
    Library *other = check_text("library Other\ndefine \"Shown\": 1\ndefine private \"Hidden\": 2\n"
                                "define function Add1(x Integer): x + 1\n"
                                "define private function Add3(x Integer): x + 3\n"
                                "define fluent function Add2(x Integer): x + 2\n");
    Library *main = parse_library(arena, STR("main.cql"),
                                  STR("library M\ninclude Other called O\ndefine A: O.Shown\n"
                                      "define B: O.Add1(1)\ndefine C: (1).Add2()\n"
                                      "define D: O.Hidden\ndefine E: O.Shwon\ndefine F: Shown\n"
                                      "define G: Add1(1)\ndefine H: O.Add3(1)\n"), &diagnostics);
    Checker checker = { .arena = arena, .model = &clinic_model, .types = types,
                        .diagnostics = &diagnostics };
    main->definitions[0]->included = other;
    check_library(&checker, main);
    for (uint32_t i = 1; i <= 3; i++)
        CHECK_STR(type_name(types, arena, main->definitions[i]->type), "Integer");
    static const char *const codes[] = { "private", "unknown-identifier", "unknown-identifier",
                                         "unknown-function", "private" };
    static const char *const hints[] = { "private", "Shown", "O.\"Shown\"", "O.\"Add1\"",
                                         "private" };
    CHECK(diagnostics.count == 5);
    for (size_t i = 0; i < diagnostics.count && i < 5; i++) {
        CHECK_STR(str_from(diagnostics.items[i].code), codes[i]);
        CHECK(contains(diagnostics.items[i].hint, hints[i]));
    }
}

/* D0 uses D1 uses D2 ..., and the last one what is given. */
static void check_row_of_defines(const char *last) {
    Buffer text = buffer_new(arena_new(8 << 20));
    buffer_add_text(&text, "library A\n");
    for (int i = 0; i < 10000; i++) buffer_format(&text, "define D%d: D%d + 1\n", i, i + 1);
    buffer_format(&text, "define D10000: %s\n", last);
    check_text(str_to_c(text.arena, buffer_str(&text)));
    arena_free(text.arena);
}

static void defines_use_what_stands_behind_them(void) {
    check_row_of_defines("1");
    CHECK(diagnostics.count == 0);
    check_row_of_defines("D0");
    CHECK(diagnostics.count == 1);
}

static void the_model_must_be_known(void) {
    check_text("library A\nusing QDM version '5'\ndefine A: 1\n");
    CHECK(diagnostics.count == 1);
    CHECK_STR(str_from(diagnostics.items[0].code), "unknown-model");
    check_text("library A\nusing Clinic version '9'\ndefine A: 1\n");
    CHECK(diagnostics.count == 1);
    CHECK_STR(str_from(diagnostics.items[0].code), "unknown-model");
}

int main(void) {
    arena = arena_new(64 << 20);
    RUN(operators_find_their_overload);
    RUN(literals_and_conditions_unify);
    RUN(names_are_found);
    RUN(elements_are_found);
    RUN(the_model_converts);
    RUN(retrieves_and_queries_have_types);
    RUN(conversions_stand_in_the_tree);
    RUN(is_asks_for_what_converts);
    RUN(queries_say_whether_duplicates_go);
    RUN(timing_phrases_become_operators);
    RUN(terminology_has_values);
    RUN(definitions_are_numbered_by_kind);
    RUN(lone_expressions_are_checked);
    RUN(misspelt_names_are_guessed);
    RUN(wrong_types_are_explained);
    RUN(choices_read_as_one_type_are_pointed_out);
    RUN(suspicious_expressions_are_pointed_out);
    RUN(cycles_are_named);
    RUN(all_mistakes_are_reported_once);
    RUN(included_libraries_are_used);
    RUN(defines_use_what_stands_behind_them);
    RUN(the_model_must_be_known);
    int status = check_report();
    arena_free(arena);
    return status;
}
