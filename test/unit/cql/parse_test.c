/* parse_test.c - what the parser makes of every production of the grammar, and how the tree
 * is printed.  Trees are written here as name(child, child). */
#include "check.h"
#include "cql/parse.h"

typedef struct Case {
    const char *text, *tree;
} Case;

static const Case literals[] = {
    { "null", "null" },
    { "true", "true" },
    { "false", "false" },
    { "12", "Integer 12" },
    { "-2147483648", "Integer -2147483648" },
    { "- 5", "Negate(Integer 5)" },
    { "+5", "Integer 5" },
    { "9223372036854775807L", "Long 9223372036854775807" },
    { "-9223372036854775808L", "Long -9223372036854775808" },
    { "1.50", "Decimal 1.5" },
    { "'a\\n\\'b\\' \\u00B5 \\ud83d\\ude00 \\\\'", "String 'a\\n\\'b\\' µ 😀 \\\\'" },
    { "@2026", "Date 2026" },
    { "@2026-01-31", "Date 2026-01-31" },
    { "@2026T", "DateTime 2026T local" },
    { "@2026-01-31T12:30", "DateTime 2026-01-31T12:30Z local" },
    { "@2026-01-31T12:30:01.5Z", "DateTime 2026-01-31T12:30:01.500Z" },
    { "@2026-01-31T12+01:00", "DateTime 2026-01-31T12+01:00" },
    { "@T12:30", "Time T12:30" },
    { "5 'mg'", "Quantity 5.0 'mg'" },
    { "3 days", "Quantity 3.0 days" },
    { "1 year", "Quantity 1.0 year" },
    { "5 ''", "Quantity 5.0 '1'" },
    { "1:128", "Ratio(Quantity 1.0 '1', Quantity 128.0 '1')" },
    { "5 'mg' : 10 'mL'", "Ratio(Quantity 5.0 'mg', Quantity 10.0 'mL')" },
    { "%context", "constant \"context\"" },
    { "%'a b'", "constant \"a b\"" },
    { "$this", "$this" },
    { "$index", "$index" },
    { "$total", "$total" },
};

static const Case selectors[] = {
    { "Interval[1, 10]", "Interval [ ](Integer 1, Integer 10)" },
    { "Interval(1, 10)", "Interval ( )(Integer 1, Integer 10)" },
    { "Interval[1, 10)", "Interval [ )(Integer 1, Integer 10)" },
    { "Interval(null, 10]", "Interval ( ](null, Integer 10)" },
    { "{}", "List" },
    { "{ 1, 2 }", "List(Integer 1, Integer 2)" },
    { "List { 1 }", "List(Integer 1)" },
    { "List<Integer> { 1 }", "List of Integer(Integer 1)" },
    { "List<List<Interval<Date>>> {}", "List of List<Interval<Date>>" },
    { "Tuple { id: 1, \"full name\": 'x' }",
      "Tuple(element \"id\"(Integer 1), element \"full name\"(String 'x'))" },
    { "{ code: 1 }", "Tuple(element \"code\"(Integer 1))" },
    { "Tuple { : }", "Tuple" },
    { "{ : }", "Tuple" },
    { "FHIR.Coding { code: 'a', system: 'b' }",
      "instance of FHIR.Coding(element \"code\"(String 'a'), element \"system\"(String "
      "'b'))" },
    { "Quantity { value: 1.0, unit: 'g' }",
      "instance of Quantity(element \"value\"(Decimal 1.0), element \"unit\"(String 'g'))" },
    { "Code { code: 'x' }", "instance of Code(element \"code\"(String 'x'))" },
    { "Concept { codes: {} }", "instance of Concept(element \"codes\"(List))" },
    { "Code '1' from \"S\"", "Code '1'(name \"S\")" },
    { "Code '1' from L.\"S\" display 'one'", "Code '1' display 'one'(property \"S\"(name \"L\"))" },
    { "Concept { Code '1' from \"S\", Code '2' from \"S\" } display 'both'",
      "Concept display 'both'(Code '1'(name \"S\"), Code '2'(name \"S\"))" },
};

static const Case names[] = {
    { "\"a b\".c", "property \"c\"(name \"a b\")" },
    { "`a b`", "name \"a b\"" },
    { "L.\"d\"", "property \"d\"(name \"L\")" },
    { "date", "name \"date\"" },
    { "A.code.display", "property \"display\"(property \"code\"(name \"A\"))" },
    { "f()", "call \"f\"" },
    { "f(1, 2)", "call \"f\"(Integer 1, Integer 2)" },
    { "\"a b\"(1)", "call \"a b\"(Integer 1)" },
    { "L.f(x)", "fluent call \"f\"(name \"L\", name \"x\")" },
    { "x.contains(1).exists()",
      "fluent call \"exists\"(fluent call \"contains\"(name \"x\", Integer 1))" },
    { "X[0].y[1]", "indexer(property \"y\"(indexer(name \"X\", Integer 0)), Integer 1)" },
    { "(a).b", "property \"b\"(name \"a\")" },
};

static const Case arithmetic[] = {
    { "1 + 2 * 3", "Add(Integer 1, Multiply(Integer 2, Integer 3))" },
    { "(1 + 2) * 3", "Multiply(Add(Integer 1, Integer 2), Integer 3)" },
    { "2 ^ 3 ^ 4", "Power(Power(Integer 2, Integer 3), Integer 4)" },
    { "-x ^ 2", "Power(Negate(name \"x\"), Integer 2)" },
    { "a div b mod c", "Modulo(TruncatedDivide(name \"a\", name \"b\"), name \"c\")" },
    { "a - b - c", "Subtract(Subtract(name \"a\", name \"b\"), name \"c\")" },
    { "a & b + c", "Add(Concatenate(name \"a\", name \"b\"), name \"c\")" },
    { "start of a + 1", "Add(Start(name \"a\"), Integer 1)" },
    { "-start of x.y", "Negate(Start(property \"y\"(name \"x\")))" },
    { "width of i", "Width(name \"i\")" },
    { "successor of 1", "Successor(Integer 1)" },
    { "predecessor of 1", "Predecessor(Integer 1)" },
    { "singleton from x", "SingletonFrom(name \"x\")" },
    { "point from i", "PointFrom(name \"i\")" },
    { "year from d", "DateTimeComponentFrom year(name \"d\")" },
    { "week from d", "DateTimeComponentFrom week(name \"d\")" },
    { "date from d", "DateFrom(name \"d\")" },
    { "time from d", "TimeFrom(name \"d\")" },
    { "timezoneoffset from d", "TimezoneOffsetFrom(name \"d\")" },
    { "minimum Integer", "MinValue of Integer" },
    { "maximum FHIR.Quantity", "MaxValue of FHIR.Quantity" },
    { "convert a to Integer", "convert to Integer(name \"a\")" },
    { "convert 5 'g' to 'mg'", "convert to unit 'mg'(Quantity 5.0 'g')" },
    { "convert 5 days to hours", "convert to unit 'hours'(Quantity 5.0 days)" },
    { "distinct a union b", "Distinct(Union(name \"a\", name \"b\"))" },
    { "flatten x", "Flatten(name \"x\")" },
    { "collapse x", "Collapse(name \"x\")" },
    { "collapse x per day", "Collapse(name \"x\", Quantity 1.0 day)" },
    { "expand x per 2 'g'", "Expand(name \"x\", Quantity 2.0 'g')" },
    { "expand x per day from y", "Expand(name \"x\", DateTimeComponentFrom day(name \"y\"))" },
    { "if a then b else c + 1", "if(name \"a\", name \"b\", Add(name \"c\", Integer 1))" },
    { "case when a then b else c end", "case(name \"a\", name \"b\", name \"c\")" },
    { "case x when 1 then a when 2 then b else c end",
      "case(name \"x\", Integer 1, name \"a\", Integer 2, name \"b\", name \"c\")" },
};

static const Case boolean[] = {
    { "a and b or c", "Or(And(name \"a\", name \"b\"), name \"c\")" },
    { "a or b and c", "Or(name \"a\", And(name \"b\", name \"c\"))" },
    { "a xor b or c", "Or(Xor(name \"a\", name \"b\"), name \"c\")" },
    { "a implies b implies c", "Implies(Implies(name \"a\", name \"b\"), name \"c\")" },
    { "a or b implies c", "Implies(Or(name \"a\", name \"b\"), name \"c\")" },
    { "not a = b", "Equal(Not(name \"a\"), name \"b\")" },
    { "not a and b", "And(Not(name \"a\"), name \"b\")" },
    { "not not a", "Not(Not(name \"a\"))" },
    { "exists a and b", "And(Exists(name \"a\"), name \"b\")" },
    { "exists a.b", "Exists(property \"b\"(name \"a\"))" },
    { "a is null", "IsNull(name \"a\")" },
    { "a is not null", "Not(IsNull(name \"a\"))" },
    { "a is true", "IsTrue(name \"a\")" },
    { "a is not false", "Not(IsFalse(name \"a\"))" },
    { "a is Integer", "is Integer(name \"a\")" },
    { "a is List<Choice<Integer, String>>", "is List<Choice<Integer, String>>(name \"a\")" },
    { "a as FHIR.Quantity", "as FHIR.Quantity(name \"a\")" },
    { "a as Tuple { x Integer, y Interval<Date> }",
      "as Tuple { x Integer, y Interval<Date> }(name \"a\")" },
    { "a = b as Integer", "Equal(name \"a\", as Integer(name \"b\"))" },
    { "cast a as Integer", "cast as Integer(name \"a\")" },
    { "cast a union b as List<Integer>", "cast as List<Integer>(Union(name \"a\", name \"b\"))" },
    { "cast (a as X) as Y", "cast as Y(as X(name \"a\"))" },
    { "a = b != c", "NotEqual(Equal(name \"a\", name \"b\"), name \"c\")" },
    { "a ~ b !~ c", "NotEquivalent(Equivalent(name \"a\", name \"b\"), name \"c\")" },
    { "a < b = c >= d",
      "Equal(Less(name \"a\", name \"b\"), GreaterOrEqual(name \"c\", name \"d\"))" },
    { "a < b and c <= d or e > f",
      "Or(And(Less(name \"a\", name \"b\"), LessOrEqual(name \"c\", name \"d\")), "
      "Greater(name \"e\", name \"f\"))" },
    { "a in b", "In(name \"a\", name \"b\")" },
    { "a in day of b", "In day(name \"a\", name \"b\")" },
    { "a contains b", "Contains(name \"a\", name \"b\")" },
    { "a contains month of b", "Contains month(name \"a\", name \"b\")" },
    { "a in b and c in d", "And(In(name \"a\", name \"b\"), In(name \"c\", name \"d\"))" },
    { "a between 1 and 10 and b", "And(between(name \"a\", Integer 1, Integer 10), name \"b\")" },
    { "a properly between 1 and 10", "properly between(name \"a\", Integer 1, Integer 10)" },
    { "a union b intersect c except d",
      "Except(Intersect(Union(name \"a\", name \"b\"), name \"c\"), name \"d\")" },
    { "a | b", "Union(name \"a\", name \"b\")" },
    { "a union b = c", "Union(name \"a\", Equal(name \"b\", name \"c\"))" },
    { "days between a and b", "duration between day(name \"a\", name \"b\")" },
    { "duration in weeks between a and b", "duration between week(name \"a\", name \"b\")" },
    { "difference in months between a and b > 5",
      "Greater(difference between month(name \"a\", name \"b\"), Integer 5)" },
    { "duration in days of i",
      "query(source \"the interval\"(name \"i\"), return(duration between day(Start(name "
      "\"the interval\"), End(name \"the interval\"))))" },
    { "difference in hours of i",
      "query(source \"the interval\"(name \"i\"), return(difference between "
      "hour(Start(name \"the interval\"), End(name \"the interval\"))))" },
    { "years between a and b + 1",
      "duration between year(name \"a\", Add(name \"b\", Integer 1))" },
};

static const Case timing[] = {
    { "a same as b", "timing same as(name \"a\", name \"b\")" },
    { "a same day as b", "timing same day as(name \"a\", name \"b\")" },
    { "a same day or before b", "timing same day or before(name \"a\", name \"b\")" },
    { "a same or after b", "timing same or after(name \"a\", name \"b\")" },
    { "a starts same day as end b", "timing starts same day as end(name \"a\", name \"b\")" },
    { "a occurs same hour as b", "timing same hour as(name \"a\", name \"b\")" },
    { "a includes b", "timing includes(name \"a\", name \"b\")" },
    { "a includes day of start b", "timing includes day of start(name \"a\", name \"b\")" },
    { "a properly includes b", "timing properly includes(name \"a\", name \"b\")" },
    { "a during b", "timing included in(name \"a\", name \"b\")" },
    { "a included in b", "timing included in(name \"a\", name \"b\")" },
    { "a properly included in day of b",
      "timing properly included in day of(name \"a\", name \"b\")" },
    { "a properly during b", "timing properly included in(name \"a\", name \"b\")" },
    { "a starts during b", "timing starts included in(name \"a\", name \"b\")" },
    { "a ends properly during b", "timing ends properly included in(name \"a\", name \"b\")" },
    { "a before b", "timing before(name \"a\", name \"b\")" },
    { "a after day of start of b", "timing after day of(name \"a\", Start(name \"b\"))" },
    { "a before start b", "timing before start(name \"a\", name \"b\")" },
    { "a before start", "timing before(name \"a\", name \"start\")" },
    { "a before end", "timing before(name \"a\", name \"end\")" },
    { "a on or before b", "timing on or before(name \"a\", name \"b\")" },
    { "a on or after month of b", "timing on or after month of(name \"a\", name \"b\")" },
    { "a before or on b", "timing on or before(name \"a\", name \"b\")" },
    { "a after or on day of end b", "timing on or after day of end(name \"a\", name \"b\")" },
    { "a 3 days before b", "timing 3.0 days before(name \"a\", name \"b\")" },
    { "a 3 days or more before b", "timing 3.0 days or more before(name \"a\", name \"b\")" },
    { "a starts 5 'd' or less after end b",
      "timing starts 5.0 'd' or less after end(name \"a\", name \"b\")" },
    { "a less than 3 days before b", "timing less than 3.0 days before(name \"a\", name \"b\")" },
    { "a starts more than 2 hours on or before b",
      "timing starts more than 2.0 hours on or before(name \"a\", name \"b\")" },
    { "a within 3 days of b", "timing within 3.0 days of(name \"a\", name \"b\")" },
    { "a starts properly within 3 days of start b",
      "timing starts properly within 3.0 days of start(name \"a\", name \"b\")" },
    { "a meets b", "timing meets(name \"a\", name \"b\")" },
    { "a meets before day of b", "timing meets before day of(name \"a\", name \"b\")" },
    { "a meets after b", "timing meets after(name \"a\", name \"b\")" },
    { "a overlaps b", "timing overlaps(name \"a\", name \"b\")" },
    { "a overlaps before b", "timing overlaps before(name \"a\", name \"b\")" },
    { "a overlaps after day of b", "timing overlaps after day of(name \"a\", name \"b\")" },
    { "a starts b", "timing starts(name \"a\", name \"b\")" },
    { "a starts day of b", "timing starts day of(name \"a\", name \"b\")" },
    { "a ends b", "timing ends(name \"a\", name \"b\")" },
    { "a ends month of b", "timing ends month of(name \"a\", name \"b\")" },
    { "a starts before start b and c ends after end d",
      "And(timing starts before start(name \"a\", name \"b\"), timing ends after end(name "
      "\"c\", name \"d\"))" },
    { "a before b = true", "Equal(timing before(name \"a\", name \"b\"), true)" },
};

static const Case retrieves[] = {
    { "[Patient]", "retrieve Patient" },
    { "[FHIR.Condition]", "retrieve FHIR.Condition" },
    { "[Condition: \"Codes\"]", "retrieve Condition(name \"Codes\")" },
    { "[Condition: code in \"Codes\"]", "retrieve Condition, code in(name \"Codes\")" },
    { "[Condition: L.\"Codes\"]", "retrieve Condition(property \"Codes\"(name \"L\"))" },
    { "[Observation: category ~ \"lab\"]", "retrieve Observation, category ~(name \"lab\")" },
    { "[Observation: value = \"x\"]", "retrieve Observation, value =(name \"x\")" },
    { "[Observation: component[0].code in \"Codes\"]",
      "retrieve Observation, component[0].code in(name \"Codes\")" },
    { "[Condition: Code '1' from \"S\"]", "retrieve Condition(Code '1'(name \"S\"))" },
    { "[Condition: f(x)]", "retrieve Condition(call \"f\"(name \"x\"))" },
    { "[Condition: code in { \"a\", \"b\" }]",
      "retrieve Condition, code in(List(name \"a\", name \"b\"))" },
    { "[A] union [B]", "Union(retrieve A, retrieve B)" },
};

static const Case queries[] = {
    { "[Condition] C", "query(source \"C\"(retrieve Condition))" },
    { "[Condition] C where C.x = 1",
      "query(source \"C\"(retrieve Condition), where(Equal(property \"x\"(name \"C\"), "
      "Integer 1)))" },
    { "(f(x)) X return X.y",
      "query(source \"X\"(call \"f\"(name \"x\")), return(property \"y\"(name \"X\")))" },
    { "\"Define name\" D return D",
      "query(source \"D\"(name \"Define name\"), return(name \"D\"))" },
    { "L.\"Define name\" D return all D.x",
      "query(source \"D\"(property \"Define name\"(name \"L\")), return all(property "
      "\"x\"(name \"D\")))" },
    { "A a return distinct a.x",
      "query(source \"a\"(name \"A\"), return distinct(property \"x\"(name \"a\")))" },
    { "from A a, B b", "query(source \"a\"(name \"A\"), source \"b\"(name \"B\"))" },
    { "from A a, [B] b, (c) d where a = b return a",
      "query(source \"a\"(name \"A\"), source \"b\"(retrieve B), source \"d\"(name \"c\"), "
      "where(Equal(name \"a\", name \"b\")), return(name \"a\"))" },
    { "A a, B b where a = b",
      "query(source \"a\"(name \"A\"), source \"b\"(name \"B\"), where(Equal(name \"a\", "
      "name \"b\")))" },
    { "A a let x: 1, y: a.z where x = y",
      "query(source \"a\"(name \"A\"), let \"x\"(Integer 1), let \"y\"(property \"z\"(name "
      "\"a\")), where(Equal(name \"x\", name \"y\")))" },
    { "A a with [B] b such that a.x = b.x without C c such that true where a",
      "query(source \"a\"(name \"A\"), with \"b\"(retrieve B), such that(Equal(property "
      "\"x\"(name \"a\"), property \"x\"(name \"b\"))), without \"c\"(name \"C\"), such "
      "that(true), where(name \"a\"))" },
    { "A a sort asc", "query(source \"a\"(name \"A\"), sort ascending)" },
    { "A a sort desc", "query(source \"a\"(name \"A\"), sort descending)" },
    { "A a sort by x", "query(source \"a\"(name \"A\"), sort ascending(name \"x\"))" },
    { "A a sort by x descending, f(y) ascending, (z as Integer) desc, $this",
      "query(source \"a\"(name \"A\"), sort descending(name \"x\"), sort ascending(call "
      "\"f\"(name \"y\")), sort descending(as Integer(name \"z\")), sort ascending($this))" },
    { "A a aggregate R starting 1: R * a",
      "query(source \"a\"(name \"A\"), aggregate \"R\"(Multiply(name \"R\", name \"a\")), "
      "starting(Integer 1))" },
    { "A a aggregate R: R * a",
      "query(source \"a\"(name \"A\"), aggregate \"R\"(Multiply(name \"R\", name \"a\")))" },
    { "A a aggregate all R starting (null as Integer): R",
      "query(source \"a\"(name \"A\"), aggregate all \"R\"(name \"R\"), starting(as "
      "Integer(null)))" },
    { "A a aggregate distinct R starting 5 'g': R",
      "query(source \"a\"(name \"A\"), aggregate distinct \"R\"(name \"R\"), "
      "starting(Quantity 5.0 'g'))" },
    { "exists [C] c where c.x",
      "Exists(query(source \"c\"(retrieve C), where(property \"x\"(name \"c\"))))" },
    { "[A] union [B] b where b.x",
      "Union(retrieve A, query(source \"b\"(retrieve B), where(property \"x\"(name "
      "\"b\"))))" },
    { "f(A a, 2)", "call \"f\"(query(source \"a\"(name \"A\")), Integer 2)" },
    { "{ A a, b }", "List(query(source \"a\"(name \"A\")), name \"b\")" },
    { "First([A] a sort by x)",
      "call \"First\"(query(source \"a\"(retrieve A), sort ascending(name \"x\")))" },
    { "not exists ([A] a where a.x is null)",
      "Not(Exists(query(source \"a\"(retrieve A), where(IsNull(property \"x\"(name "
      "\"a\"))))))" },
    { "(A a where (B b where b = a) is null) x",
      "query(source \"x\"(query(source \"a\"(name \"A\"), where(IsNull(query(source "
      "\"b\"(name \"B\"), where(Equal(name \"b\", name \"a\"))))))))" },
};

/* The printed lines, further in than `from` blanks, as name(child, child). */
static Str flattened(Arena *arena, Str printed, size_t from) {
    Buffer out = buffer_new(arena);
    size_t depth = from, at = 0;
    bool any = false;
    while (at < printed.length) {
        size_t blanks = 0, end = at;
        while (end < printed.length && printed.data[end] != '\n') end++;
        while (at + blanks < end && printed.data[at + blanks] == ' ') blanks++;
        if (blanks >= from) {
            for (; depth < blanks; depth += 2) buffer_add_char(&out, '(');
            bool closed = depth > blanks;
            for (; depth > blanks; depth -= 2) buffer_add_char(&out, ')');
            if (any && (closed || out.data[out.length - 1] != '(')) buffer_add_text(&out, ", ");
            buffer_add(&out, str_slice(printed, at + blanks, end));
            any = true;
        }
        at = end + 1;
    }
    for (; depth > from; depth -= 2) buffer_add_char(&out, ')');
    return buffer_str(&out);
}

static Str printed_expression(Arena *arena, const char *text, Diagnostics *diagnostics) {
    Buffer out = buffer_new(arena);
    Ast *body = parse_expression(arena, STR("test"), str_from(text), diagnostics);
    Definition definition = { .body = body };
    Definition *definitions[] = { &definition };
    Library library = { .count = 1, .definitions = definitions };
    ast_print(&library, &out);
    return flattened(arena, buffer_str(&out), 4);
}

static void check_cases(const Case *cases, size_t count) {
    Arena *arena = arena_new(1 << 24);
    for (size_t i = 0; i < count; i++) {
        Diagnostics diagnostics = diagnostics_new(arena);
        CHECK_STR(printed_expression(arena, cases[i].text, &diagnostics), cases[i].tree);
        CHECK(diagnostics.count == 0);
    }
    arena_free(arena);
}

#define CHECK_CASES(cases) check_cases(cases, sizeof(cases) / sizeof *(cases))

static void reads_literals(void) { CHECK_CASES(literals); }
static void reads_selectors(void) { CHECK_CASES(selectors); }
static void reads_names(void) { CHECK_CASES(names); }
static void reads_arithmetic(void) { CHECK_CASES(arithmetic); }
static void reads_boolean(void) { CHECK_CASES(boolean); }
static void reads_timing(void) { CHECK_CASES(timing); }
static void reads_retrieves(void) { CHECK_CASES(retrieves); }
static void reads_queries(void) { CHECK_CASES(queries); }

/* ---- spans ---- */

static void spans_cover_what_was_read(void) {
    Arena *arena = arena_new(1 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Str text = STR("x +\n  (1 + f(2)) * y");
    Ast *sum = parse_expression(arena, STR("test"), text, &diagnostics);
    Ast *product = sum->child[1], *inner = product->child[0];
    CHECK(sum->span.line == 1 && sum->span.column == 1 && sum->span.length == text.length);
    CHECK(product->span.line == 2 && product->span.column == 3);
    CHECK_STR(str_slice(text, inner->span.offset, inner->span.offset + inner->span.length),
              "(1 + f(2))");
    arena_free(arena);
}

/* ---- long texts ---- */

static Str repeated(Arena *arena, const char *before, const char *part, size_t count,
                    const char *after) {
    Buffer out = buffer_new(arena);
    buffer_add_text(&out, before);
    for (size_t i = 0; i < count; i++) buffer_add_text(&out, part);
    buffer_add_text(&out, after);
    return buffer_str(&out);
}

static void reads_long_lists(void) {
    Arena *arena = arena_new(256 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Ast *list = parse_expression(arena, STR("test"), repeated(arena, "{ ", "1, ", 99999, "1 }"),
                                 &diagnostics);
    CHECK(diagnostics.count == 0);
    CHECK(list->kind == AST_LIST && list->count == 100000);
    arena_free(arena);
}

static void refuses_deep_nesting_with_one_error(void) {
    static const char *const parts[] = {
        "(",         "[",          "{ ",         "f(",    "-",           "not ",        "a.b + (",
        "Interval[", "case when ", "if a then ", "cast ", "Tuple { a: ", "(A a where ", "start of ",
    };
    Arena *arena = arena_new(512 << 20);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        Diagnostics diagnostics = diagnostics_new(arena);
        Str text = repeated(arena, "", parts[i], 20000, "1");
        parse_expression(arena, STR("test"), text, &diagnostics);
        CHECK(diagnostics.count == 1);
        arena_reset(arena);
    }
    arena_free(arena);
}

static void reads_operators_in_a_row(void) {
    Arena *arena = arena_new(256 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Str text = repeated(arena, "", "x and ", 40000, "x");
    CHECK(parse_expression(arena, STR("test"), text, &diagnostics)->kind == AST_OPERATOR);
    CHECK(diagnostics.count == 0);
    text = repeated(arena, "", "x and ", 60000, "x");
    parse_expression(arena, STR("test"), text, &diagnostics);
    CHECK(diagnostics.count == 1);
    arena_free(arena);
}

static void reads_what_is_deep_within_reason(void) {
    Arena *arena = arena_new(64 << 20);
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer text = buffer_new(arena);
    buffer_add(&text, repeated(arena, "", "(", 400, "1"));
    buffer_add(&text, repeated(arena, "", ")", 400, ""));
    buffer_add(&text, repeated(arena, "", " + 1", 500, ""));
    CHECK(parse_expression(arena, STR("test"), buffer_str(&text), &diagnostics)->kind ==
          AST_OPERATOR);
    CHECK(diagnostics.count == 0);
    arena_free(arena);
}

int main(void) {
    RUN(reads_literals);
    RUN(reads_selectors);
    RUN(reads_names);
    RUN(reads_arithmetic);
    RUN(reads_boolean);
    RUN(reads_timing);
    RUN(reads_retrieves);
    RUN(reads_queries);
    RUN(spans_cover_what_was_read);
    RUN(reads_long_lists);
    RUN(refuses_deep_nesting_with_one_error);
    RUN(reads_operators_in_a_row);
    RUN(reads_what_is_deep_within_reason);
    return check_report();
}
