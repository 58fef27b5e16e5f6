/* path_test.c - FHIRPath on FHIR R4 resources: what expressions give, written as CQL writes it. */
#include "cql/path.h"
#include "fixture.h"
#include "value/print.h"
#include "value/time.h"

static const char patient[] =
    "{'resourceType':'Patient','id':'p1','active':true,'gender':'female','birthDate':'1970-05-05',"
    "'_birthDate':{'extension':[{'url':'http://x/time','valueDateTime':'1970-05-05T10:00:00Z'}]},"
    "'name':[{'use':'official','family':'Berg','given':['Ada','Eva']},"
    "{'use':'usual','given':['Addie']}],"
    "'telecom':[{'system':'phone','value':'1','rank':2},{'system':'email','value':'a@b'}],"
    "'contained':[{'resourceType':'Organization','id':'o1','name':'Ward'}],"
    "'managingOrganization':{'reference':'#o1'},"
    "'generalPractitioner':[{'reference':'Practitioner/d1'}],"
    "'extension':[{'url':'http://x/a','valueString':'first'},"
    "{'url':'http://x/b','valueInteger':7}]}";

static const char observation[] =
    "{'resourceType':'Observation','id':'ki67','status':'final',"
    "'code':{'coding':[{'system':'http://loinc.org','code':'29593-1','display':'Ki-67'}]},"
    "'valueQuantity':{'value':4.50,'unit':'%','system':'http://unitsofmeasure.org','code':'%'},"
    "'effectiveDateTime':'2024-03-01','referenceRange':[{'low':{'value':0},'high':{'value':20}}],"
    "'component':[{'code':{'text':'a'},'valueInteger':3},{'code':{'text':'b'},'valueInteger':9}]}";

static const char questionnaire[] =
    "{'resourceType':'Questionnaire','status':'draft',"
    "'item':[{'linkId':'1','item':[{'linkId':'1.1',"
    "'item':[{'linkId':'1.1.1'}]},{'linkId':'1.2'}]},{'linkId':'2'}]}";

static Value resource(const char *quoted) {
    char *text = str_to_c(arena, str_from(quoted));
    for (char *c = text; *c != '\0'; c++)
        if (*c == '\'') *c = '"';
    const Json *json = json_parse(reader, arena, str_from(text), fhir_symbol, &error);
    if (json == NULL) printf("%.*s\n", STR_ARGS(error.message));
    CHECK(json != NULL);
    return json == NULL ? value_null() : fhir_resource(json);
}

static Value resolve(void *self, Eval *of, Str reference) {
    (void)self;
    (void)of;
    return str_is(reference, "Practitioner/d1")
               ? resource("{'resourceType':'Practitioner','id':'d1','active':true}")
               : value_null();
}

static Str evaluate(Value focus, const char *type, const char *expression) {
    Diagnostics diagnostics = diagnostics_new(arena);
    const PathVariable variables[] = { { STR("limit"), value_integer(5) } };
    const PathWorld world = { .variables = variables, .variable_count = 1, .resolve = resolve };
    TimeParts now = { 2026, 1, 15, 12, 0, 0, 0 };
    Value result;
    eval = (Eval){ .arena = arena, .nodes = fhir_r4.nodes,
                   .now = time_make_datetime(now, PRECISION_MILLISECOND, 0) };
    const Path *path = path_compile(arena, &fhir_r4, str_from(type), STR("test"),
                                    str_from(expression), &diagnostics);
    if (path == NULL) return str_format(arena, "refused: %s", diagnostics.items[0].code);
    if (!path_evaluate(path, &eval, &world, focus, &result))
        return str_format(arena, "error: %s", eval.error_code);
    Buffer out = buffer_new(arena);
    value_print(&eval, result, &out);
    return buffer_str(&out);
}

typedef struct Case {
    const char *expression, *result;
} Case;

static void expect(const char *quoted, const char *type, const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        arena_reset(arena);
        Value focus = quoted == NULL ? value_null() : resource(quoted);
        Str got = evaluate(focus, type, cases[i].expression);
        if (!str_is(got, cases[i].result)) printf("%s\n", cases[i].expression);
        CHECK_STR(got, cases[i].result);
    }
}

#define EXPECT(resource, type, cases) expect(resource, type, cases, sizeof cases / sizeof *cases)

static void paths(void) {
    static const Case cases[] = {
        { "Patient.name.given", "{Ada, Eva, Addie}" },
        { "name.given", "{Ada, Eva, Addie}" },
        { "Resource.id", "{p1}" },
        { "DomainResource.extension.value", "{first, 7}" },
        { "Patient.name[0].family", "{Berg}" },
        { "Patient.name[5].family", "{}" },
        { "Patient.deceased", "{}" },
        { "name.given | name.family", "{Ada, Eva, Addie, Berg}" },
        { "(Patient.name.given)[1]", "{Eva}" },
        { "`name`.`given`.first()", "{Ada}" },
        { "Patient.birthDate.extension.value", "{1970-05-05T10:00:00Z}" },
        { "name.where(use = 'official').given.last()", "{Eva}" },
        { "name.select(given.first())", "{Ada, Addie}" },
        { "name.given.where($index = 1)", "{Eva}" },
        { "name.given.select($this + '!')", "{'Ada!', 'Eva!', 'Addie!'}" },
        { "telecom.where(system = 'phone' and rank = 2).value", "{1}" },
        { "$this.id", "{p1}" },
        { "%resource.id", "{p1}" },
        { "%context.active", "{true}" },
        { "%limit + 1", "{6}" },
        { "%ucum", "{'http://unitsofmeasure.org'}" },
        { "%sct", "{'http://snomed.info/sct'}" },
        { "%`vs-x`", "{'http://hl7.org/fhir/ValueSet/x'}" },
        { "%'ext-y'", "{'http://hl7.org/fhir/StructureDefinition/y'}" },
        { "%nothing", "error: unknown-variable" },
    };
    EXPECT(patient, "Patient", cases);
}

static void types(void) {
    static const Case cases[] = {
        { "Observation.value.ofType(Quantity).value", "{4.50}" },
        { "(Observation.value as Quantity).unit", "{%}" },
        { "Observation.value.as(Quantity).exists()", "{true}" },
        { "(Observation.value as string)", "{}" },
        { "Observation.value is Quantity", "{true}" },
        { "Observation.value is FHIR.Quantity", "{true}" },
        { "Observation.value.is(string)", "{false}" },
        { "Observation.component.value.ofType(integer)", "{3, 9}" },
        { "Observation.component.value.as(integer)", "{3, 9}" },
        { "Observation.component.value is integer", "error: not-a-singleton" },
        { "(Observation.effective as dateTime) < @2025", "{true}" },
        { "Observation.effective.ofType(Period).start", "{}" },
        { "1 is Integer", "{true}" },
        { "1.5 is System.Decimal", "{true}" },
        { "'a' is System.Integer", "{false}" },
        { "value.ofType(Nonsense)", "refused: unknown-type" },
        { "value.ofType(1)", "refused: type-mismatch" },
    };
    EXPECT(observation, "Observation", cases);
}

static void comparisons(void) {
    static const Case cases[] = {
        { "value > 4 '%'", "{true}" },
        { "value = 4.5 '%'", "{true}" },
        { "value ~ 4.5 '%'", "{true}" },
        { "status = 'final'", "{true}" },
        { "status != 'final'", "{false}" },
        { "status in ('final' | 'amended')", "{true}" },
        { "('final' | 'amended') contains status", "{true}" },
        { "code.coding.code = '29593-1'", "{true}" },
        { "component.value > 3", "error: not-a-singleton" },
        { "component[1].value > 3", "{true}" },
        { "component.value.aggregate($this + $total, 0)", "{12}" },
        { "{} = {}", "{}" },
        { "{} ~ {}", "{true}" },
        { "(1 | 2) = (1 | 2)", "{true}" },
        { "(1 | 2) = (2 | 1)", "{false}" },
        { "(1 | 2) ~ (2 | 1)", "{true}" },
        { "1 = {}", "{}" },
        { "1 != 2", "{true}" },
        { "1 = 1.0", "{true}" },
        { "'a' ~ 'A'", "{true}" },
        { "'a' !~ 'b'", "{true}" },
        { "@2012 = @2012-01", "{}" },
        { "@2012-01 < @2012-02", "{true}" },
        { "'a' < 1", "error: wrong-type" },
        { "true and {}", "{}" },
        { "false and {}", "{false}" },
        { "true or {}", "{true}" },
        { "{} or false", "{}" },
        { "true xor true", "{false}" },
        { "{} implies true", "{true}" },
        { "false implies {}", "{true}" },
        { "true implies {}", "{}" },
        { "'a' and true", "{true}" },
        { "(true | false) and true", "error: not-a-singleton" },
        { "1 in (1 | 2)", "{true}" },
        { "{} in (1 | 2)", "{}" },
        { "3 in {}", "{false}" },
    };
    EXPECT(observation, "", cases);
}

static void calculations(void) {
    static const Case cases[] = {
        { "1 + 2 * 3", "{7}" },
        { "(1 + 2) * 3", "{9}" },
        { "5 / 2", "{2.5}" },
        { "5 div 2", "{2}" },
        { "5 mod 2", "{1}" },
        { "5 - 7", "{-2}" },
        { "-5 + 2", "{-3}" },
        { "- - 5", "{5}" },
        { "1 + 1.5", "{2.5}" },
        { "1 / 0", "{}" },
        { "'a' + 'b'", "{'ab'}" },
        { "'a' & {}", "{'a'}" },
        { "'a' + {}", "{}" },
        { "1 'g' + 1 'mg'", "{1001.0 'mg'}" },
        { "4 'm' / 2 'm'", "{2.0 '1'}" },
        { "2 * 3 'm'", "{6.0 'm'}" },
        { "@2012-01-31 + 1 month", "{@2012-02-29}" },
        { "@2012-03-01 - 1 day", "{@2012-02-29}" },
        { "@T10:00 + 90 minutes", "{@T11:30}" },
        { "1 + 'a'", "error: wrong-type" },
        { "1 | 2 | 1", "{1, 2}" },
        { "(-5).abs()", "{5}" },
        { "(-5.5 'mg').abs()", "{5.5 'mg'}" },
        { "1.2.ceiling()", "{2}" },
        { "3.14159.round(2)", "{3.14}" },
        { "16.log(2)", "{4.0}" },
        { "2.power(3)", "{8}" },
        { "4.sqrt()", "{2.0}" },
        { "(-4).sqrt()", "{}" },
        { "1.587.lowBoundary(2)", "{1.58}" },
        { "@2014.highBoundary(6)", "{@2014-12}" },
        { "1.58700.precision()", "{5}" },
        { "today()", "{@2026-01-15}" },
        { "now() > @2026-01-15T11:00:00Z", "{true}" },
    };
    EXPECT(NULL, "", cases);
}

static void texts_and_conversions(void) {
    static const Case cases[] = {
        { "'abc'.upper()", "{'ABC'}" },
        { "'abc'.indexOf('c')", "{2}" },
        { "'abcb'.lastIndexOf('b')", "{3}" },
        { "'abc'.contains('bc')", "{true}" },
        { "'abc'.substring(1, 1)", "{'b'}" },
        { "'abc'.substring(7)", "{}" },
        { "'abc'.startsWith('a') and 'abc'.endsWith('c')", "{true}" },
        { "'abc'.replace('b', '')", "{'ac'}" },
        { "'abc'.matches('b')", "{true}" },
        { "'abc'.matchesFull('b')", "{false}" },
        { "'a1'.replaceMatches('[0-9]', '-')", "{'a-'}" },
        { "'abc'.length()", "{3}" },
        { "'abc'.toChars()", "{'a', 'b', 'c'}" },
        { "'a,b'.split(',')", "{'a', 'b'}" },
        { "('a' | 'b').join('-')", "{'a-b'}" },
        { "' a '.trim()", "{'a'}" },
        { "1.upper()", "error: wrong-type" },
        { "{}.upper()", "{}" },
        { "'1'.toInteger() + 1", "{2}" },
        { "'x'.toInteger()", "{}" },
        { "'1.5'.toDecimal()", "{1.5}" },
        { "1.toString()", "{'1'}" },
        { "'true'.toBoolean()", "{true}" },
        { "'2012-01'.toDate()", "{@2012-01}" },
        { "'10:30'.toTime()", "{@T10:30}" },
        { "'5 days'.toQuantity()", "{5.0 days}" },
        { "'1 \\'g\\''.toQuantity('mg')", "{1000.0 'mg'}" },
        { "'x'.convertsToInteger()", "{false}" },
        { "'5'.convertsToQuantity()", "{true}" },
        { "{}.convertsToInteger()", "{}" },
        { "true.not()", "{false}" },
        { "iif(1 = 1, 'yes', 'no')", "{'yes'}" },
        { "iif({}, 'yes')", "{}" },
        { "(1 | 2).iif(count() = 2, 'two', 'other')", "{'two'}" },
    };
    EXPECT(NULL, "", cases);
}

static void collections(void) {
    static const Case cases[] = {
        { "(1 | 2 | 3).exists($this > 2)", "{true}" },
        { "(1 | 2 | 3).all($this > 1)", "{false}" },
        { "{}.all(false)", "{true}" },
        { "{}.empty()", "{true}" },
        { "(true | false).anyFalse()", "{true}" },
        { "(true | false).allTrue()", "{false}" },
        { "(1 | 2).subsetOf(1 | 2 | 3)", "{true}" },
        { "(1 | 2).supersetOf(1 | 2 | 3)", "{false}" },
        { "(1).combine(1 | 2).count()", "{3}" },
        { "(1).combine(1).distinct()", "{1}" },
        { "(1).combine(1).isDistinct()", "{false}" },
        { "(1 | 2 | 3).tail()", "{2, 3}" },
        { "(1 | 2 | 3).skip(1).take(1)", "{2}" },
        { "(1 | 2).single()", "error: not-a-singleton" },
        { "(1 | 2 | 3).intersect(2 | 5)", "{2}" },
        { "(1 | 2 | 3).exclude(2)", "{1, 3}" },
        { "(1 | 2).union(2 | 3)", "{1, 2, 3}" },
        { "(3 | 5).aggregate(iif($total.empty(), $this, iif($this < $total, $this, $total)))",
          "{3}" },
        { "(1 | 2).select($index)", "{0, 1}" },
        { "(1 | 2).trace('x').count()", "{2}" },
    };
    EXPECT(NULL, "", cases);
}

static void what_fhir_adds(void) {
    static const Case cases[] = {
        { "Patient.extension('http://x/a').value", "{first}" },
        { "Patient.birthDate.extension('http://x/time').exists()", "{true}" },
        { "Patient.birthDate.hasValue()", "{true}" },
        { "Patient.deceased.hasValue()", "{false}" },
        { "Patient.birthDate.getValue()", "{@1970-05-05}" },
        { "Patient.managingOrganization.resolve().name", "{Ward}" },
        { "Patient.generalPractitioner.resolve().active", "{true}" },
        { "Patient.generalPractitioner.resolve() is Practitioner", "{true}" },
        { "contained.where('#' + id = %resource.managingOrganization.reference).name", "{Ward}" },
        { "conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", "{true}" },
        { "conformsTo('http://hl7.org/fhir/StructureDefinition/Observation')", "{false}" },
        { "conformsTo('http://example.org/profile')", "error: unknown-profile" },
        { "gender.memberOf('http://x/vs')", "error: unknown-value-set" },
        { "name.children().count()", "{6}" },
        { "descendants().where($this is Coding).count()", "{0}" },
        { "contact.exists() implies contact.all(name.exists())", "{true}" },
    };
    EXPECT(patient, "", cases);
}

static void repetition(void) {
    static const Case cases[] = {
        { "Questionnaire.repeat(item).linkId", "{1, 2, 1.1, 1.2, 1.1.1}" },
        { "Questionnaire.descendants().linkId.count()", "{5}" },
        { "repeat(item).where(item.empty()).count()", "{3}" },
    };
    EXPECT(questionnaire, "Questionnaire", cases);
}

/* Words of CQL name elements here. */
static void words_of_cql(void) {
    static const char period[] = "{'resourceType':'Encounter','status':'finished',"
                                 "'class':{'code':'A'},"
                                 "'period':{'start':'2024-01-01','end':'2024-01-02'}}";
    static const Case cases[] = {
        { "period.where(start.hasValue().not() or end.hasValue().not() or start <= end).exists()",
          "{true}" },
        { "Encounter.period.start", "{2024-01-01}" },
        { "class.code", "{A}" },
        { "status.exists() or on.exists()", "{true}" },
        { "status.empty() or less.exists() or after.empty()", "{true}" },
    };
    EXPECT(period, "", cases);
}

static void mistakes(void) {
    static const Case cases[] = {
        { "Patient.nam", "refused: unknown-property" },
        { "name.where(us = 'x')", "refused: unknown-property" },
        { "name.select(given.first().foo)", "refused: unknown-property" },
        { "contained.foo", "{}" },
        { "name.given.frobnicate()", "refused: unknown-function" },
        { "name.first(1)", "refused: no-overload" },
        { "name.where()", "refused: no-overload" },
        { "name.", "refused: expected-name" },
        { "(name", "refused: unclosed-bracket" },
        { "name name", "refused: expected-token" },
        { "1 +", "refused: expected-expression" },
        { "", "refused: expected-expression" },
    };
    EXPECT(patient, "Patient", cases);
}

static void deep_expressions_end_in_an_error(void) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Buffer text = buffer_new(arena);
    for (int i = 0; i < 5000; i++) buffer_add_char(&text, '(');
    CHECK(path_compile(arena, &fhir_r4, STR(""), STR("test"), buffer_str(&text),
                       &diagnostics) == NULL);
    text = buffer_new(arena);
    buffer_add_text(&text, "1");
    for (int i = 0; i < 5000; i++) buffer_add_text(&text, " + 1");
    CHECK_STR(evaluate(value_null(), "", str_to_c(arena, buffer_str(&text))), "error: too-deep");
}

static void invariants_hold_or_not(void) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Value focus = resource(patient);
    static const struct { const char *expression; bool holds; } cases[] = {
        { "name.exists()", true }, { "name.all(family.exists())", false }, { "{}", false },
        { "contained.contained.empty()", true },
        { "contained.where((('#'+id in (%resource.descendants().reference | "
          "%resource.descendants().as(canonical) | %resource.descendants().as(uri) | "
          "%resource.descendants().as(url))) or descendants().where(reference = '#').exists() or "
          "descendants().where(as(canonical) = '#').exists()).not())"
          ".trace('unmatched', id).empty()",
          true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool holds = !cases[i].holds;
        const Path *path = path_compile(arena, &fhir_r4, STR("Patient"), STR("test"),
                                        str_from(cases[i].expression), &diagnostics);
        CHECK(path != NULL && path_holds(path, &eval, NULL, focus, &holds));
        CHECK(holds == cases[i].holds);
    }
}

int main(void) {
    fixture_open();
    RUN(paths);
    RUN(types);
    RUN(comparisons);
    RUN(calculations);
    RUN(texts_and_conversions);
    RUN(collections);
    RUN(what_fhir_adds);
    RUN(repetition);
    RUN(words_of_cql);
    RUN(mistakes);
    RUN(deep_expressions_end_in_an_error);
    RUN(invariants_hold_or_not);
    return fixture_close();
}
