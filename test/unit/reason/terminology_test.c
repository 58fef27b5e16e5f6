/* terminology_test.c - which codes a value set holds. */
#include "reason/terminology.h"

#include "check.h"

static Arena *arena;
static JsonReader *reader;
static Diagnostics diagnostics;
static Terms *terms;

/* Resources, with ' for ". */
#define LISTED                                                                             \
    "{'resourceType':'ValueSet','url':'u:listed','version':'2','compose':{'include':["     \
    "{'system':'s:a','concept':[{'code':'1','display':'one'},{'code':'2'}]},"              \
    "{'system':'s:b','concept':[{'code':'1'}]}]}}"
#define SYSTEM                                                                             \
    "{'resourceType':'CodeSystem','url':'s:tree','concept':[{'code':'top','concept':["     \
    "{'code':'left','concept':[{'code':'leaf'}]},{'code':'right'}]},{'code':'other'}]}"
#define FILTERED(name, op, value)                                                          \
    "{'resourceType':'ValueSet','url':'" name "','compose':{'include':[{'system':"         \
    "'s:tree','filter':[{'property':'concept','op':'" op "','value':'" value "'}]}]}}"
#define WHOLE                                                                              \
    "{'resourceType':'ValueSet','url':'u:whole','compose':{'include':[{'system':'s:a'}],"  \
    "'exclude':[{'system':'s:a','concept':[{'code':'2'}]}]}}"
#define JOINED                                                                             \
    "{'resourceType':'ValueSet','url':'u:joined','compose':{'include':["                   \
    "{'valueSet':['u:listed']},{'valueSet':['u:is-a']}]}}"
#define BOTH                                                                               \
    "{'resourceType':'ValueSet','url':'u:both','compose':{'include':[{'system':'s:a',"     \
    "'concept':[{'code':'2'},{'code':'9'}],'valueSet':['u:listed']}]}}"
#define EXPANDED                                                                           \
    "{'resourceType':'ValueSet','url':'u:expanded','expansion':{'contains':["              \
    "{'system':'s:a','code':'5','contains':[{'system':'s:a','code':'6'}]}]}}"

#define NAMES                                                                              \
    "{'resourceType':'CodeSystem','url':'s:names','content':'supplement','supplements':"   \
    "'s:a','concept':[{'code':'1','display':'one'},{'code':'2','display':'the second'}," \
    "{'code':'78','display':'seventy-eight'}]}"

static void add(const char *resource) {
    Diagnostic error;
    char *text = str_to_c(arena, str_from(resource));
    for (char *c = text; *c != '\0'; c++)
        if (*c == '\'') *c = '"';
    const Json *json = json_parse(reader, arena, str_from(text), NULL, &error);
    CHECK(json != NULL);
    terms_add(terms, STR("test.json"), str_from(text), json, &diagnostics);
}

static bool known;

static bool has(const char *set, const char *system, const char *code) {
    Terminology t = terms_terminology(terms);
    Code asked = { .code = str_from(code), .system = str_from(system) };
    Reference reference = { .id = str_from(set) };
    return t.in_value_set(t.self, &asked, &reference, &known);
}

static void listed_codes_by_system_and_code(void) {
    CHECK(has("u:listed", "s:a", "1") && has("u:listed", "s:b", "1"));
    CHECK(!has("u:listed", "s:b", "2") && known);
    CHECK(!has("u:listed", "s:c", "1"));
}

static void a_code_without_a_system_is_in_when_any_system_has_it(void) {
    CHECK(has("u:listed", "", "2"));
    CHECK(!has("u:listed", "", "leaf"));
}

static void a_set_that_is_not_there_is_not_known(void) {
    CHECK(!has("u:nowhere", "s:a", "1") && !known);
    CHECK(!has("u:listed|3", "s:a", "1") && !known);
    CHECK(has("u:listed|2", "s:a", "1") && known);
}

static bool above(const char *system, const char *general, const char *special) {
    Terminology t = terms_terminology(terms);
    Code a = { .code = str_from(general), .system = str_from(system) };
    Code b = { .code = str_from(special), .system = str_from(system) };
    return t.subsumes(t.self, &a, &b, &known);
}

static void codes_above_others_are_said_by_the_system(void) {
    CHECK(above("s:tree", "top", "leaf") && above("s:tree", "left", "leaf") && known);
    CHECK(!above("s:tree", "leaf", "top") && !above("s:tree", "right", "leaf") && known);
    CHECK(!above("s:tree", "no", "leaf") && known);
    CHECK(!above("s:a", "1", "2") && !known);
}

static void filters_choose_below_a_concept(void) {
    CHECK(has("u:is-a", "s:tree", "left") && has("u:is-a", "s:tree", "leaf"));
    CHECK(!has("u:is-a", "s:tree", "right"));
    CHECK(!has("u:below", "s:tree", "left") && has("u:below", "s:tree", "leaf"));
    CHECK(has("u:not", "s:tree", "right") && has("u:not", "s:tree", "other"));
    CHECK(!has("u:not", "s:tree", "leaf"));
}

static void a_whole_system_but_what_is_left_out(void) {
    CHECK(has("u:whole", "s:a", "1") && has("u:whole", "s:a", "never mentioned"));
    CHECK(!has("u:whole", "s:a", "2"));
    CHECK(!has("u:whole", "s:b", "1"));
}

static void sets_take_in_sets(void) {
    CHECK(has("u:joined", "s:b", "1") && has("u:joined", "s:tree", "leaf"));
    CHECK(!has("u:joined", "s:tree", "right"));
    CHECK(has("u:both", "s:a", "2") && !has("u:both", "s:a", "9") && !has("u:both", "s:a", "1"));
}

static void an_expansion_is_taken_as_it_is(void) {
    CHECK(has("u:expanded", "s:a", "5") && has("u:expanded", "s:a", "6"));
    CHECK(!has("u:expanded", "s:a", "1"));
}

static void code_systems_hold_their_concepts(void) {
    Terminology t = terms_terminology(terms);
    Reference tree = { .id = STR("s:tree") }, nowhere = { .id = STR("s:nowhere") };
    Code leaf = { .code = STR("leaf"), .system = STR("s:tree") };
    Code other = { .code = STR("1"), .system = STR("s:a") };
    CHECK(t.in_code_system(t.self, &leaf, &tree, &known) && known);
    CHECK(!t.in_code_system(t.self, &other, &tree, &known) && known);
    CHECK(!t.in_code_system(t.self, &leaf, &nowhere, &known) && !known);
}

static void a_set_gives_its_codes(void) {
    Terminology t = terms_terminology(terms);
    Eval eval = { .arena = arena };
    Reference listed = { .id = STR("u:listed") }, whole = { .id = STR("u:whole") };
    Value codes = t.expand(t.self, &eval, &listed);
    CHECK(codes.tag == TAG_LIST && codes.list->count == 3);
    CHECK_STR(codes.list->items[0].code->display, "one");
    CHECK(value_is_null(t.expand(t.self, &eval, &whole))); /* nobody knows them all */
}

static void mentioned_codes_are_those_of_any_set(void) {
    Code one = { .code = STR("1"), .system = STR("s:a") };
    Code never = { .code = STR("77"), .system = STR("s:a") };
    CHECK(terms_mention(terms, &one) && !terms_mention(terms, &never));
    CHECK(terms_has_value_set(terms, STR("u:both")) && !terms_has_value_set(terms, STR("u:x")));
}

static void names_come_from_where_a_code_is_listed(void) {
    CHECK_STR(terms_display(terms, STR("s:a"), STR("1")), "one");
    CHECK_STR(terms_display(terms, STR("s:a"), STR("2")), "the second");
    CHECK_STR(terms_display(terms, STR("s:a"), STR("78")), "seventy-eight");
    CHECK_STR(terms_display(terms, STR("s:b"), STR("1")), "");
    CHECK_STR(terms_display(terms, STR("s:b"), STR("none")), "");
}

static void a_supplement_names_codes_and_lists_none(void) {
    Terminology t = terms_terminology(terms);
    Code code = { .code = STR("78"), .system = STR("s:a") };
    Reference system = { .id = STR("s:a") };
    CHECK(!t.in_code_system(t.self, &code, &system, &known) && !known);
    system.id = STR("s:names");
    CHECK(!t.in_code_system(t.self, &code, &system, &known) && !known);
}

static void combinations_that_have_no_meaning_here_are_refused(void) {
    Terms *before = terms;
    size_t errors = diagnostics.errors;
    terms = terms_new(arena);
    add(WHOLE);
    add("{'resourceType':'ValueSet','url':'u:x','compose':{'include':[{'system':'s:a',"
        "'concept':[{'code':'1'}],'valueSet':['u:whole']}]}}");
    add("{'resourceType':'ValueSet','url':'u:y','compose':{'include':[{'valueSet':['u:whole']}],"
        "'exclude':[{'system':'s:a'}]}}");
    terms_finish(terms);
    CHECK(diagnostics.errors == errors + 2);
    terms = before;
}

int main(void) {
    arena = arena_new(16 << 20);
    reader = json_reader_new();
    diagnostics = diagnostics_new(arena);
    terms = terms_new(arena);
    add(JOINED);
    add(BOTH);
    add(LISTED);
    add(SYSTEM);
    add(FILTERED("u:is-a", "is-a", "left"));
    add(FILTERED("u:below", "descendent-of", "left"));
    add(FILTERED("u:not", "is-not-a", "left"));
    add(WHOLE);
    add(EXPANDED);
    add(NAMES);
    terms_finish(terms);
    CHECK(diagnostics.count == 0);
    RUN(listed_codes_by_system_and_code);
    RUN(a_code_without_a_system_is_in_when_any_system_has_it);
    RUN(a_set_that_is_not_there_is_not_known);
    RUN(codes_above_others_are_said_by_the_system);
    RUN(filters_choose_below_a_concept);
    RUN(a_whole_system_but_what_is_left_out);
    RUN(sets_take_in_sets);
    RUN(an_expansion_is_taken_as_it_is);
    RUN(code_systems_hold_their_concepts);
    RUN(a_set_gives_its_codes);
    RUN(mentioned_codes_are_those_of_any_set);
    RUN(names_come_from_where_a_code_is_listed);
    RUN(a_supplement_names_codes_and_lists_none);
    RUN(combinations_that_have_no_meaning_here_are_refused);
    json_reader_free(reader);
    arena_free(arena);
    return check_report();
}
