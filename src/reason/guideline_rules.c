/* guideline_rules.c - what stands in the annotations above defines: facts, rules, and the
 * defines that give a place of the plan or a computed value. */
#include <stdlib.h>

#include "cql/model.h"
#include "fhir/fhir.h"
#include "reason/guideline_load.h"

static void report(Loading *loading, const Define *define, const char *code, Str message,
                   const char *hint) {
    diagnostics_add(loading->diagnostics,
                    (Diagnostic){ .severity = SEVERITY_ERROR, .code = code, .message = message,
                                  .hint = str_from(hint), .file = define->file,
                                  .span = define->span });
}

/* ---- defines by name ---- */

static Str describe_libraries(Loading *loading, const NamedNumber *found, uint32_t count) {
    Buffer text = buffer_new(loading->arena);
    for (uint32_t i = 0; i < count; i++) {
        const Define *define = program_define(loading->guideline->program, found[i].number);
        buffer_format(&text, "%s%.*s", i == 0 ? "" : ", ", STR_ARGS(define->library));
    }
    return buffer_str(&text);
}

static uint32_t find_qualified(Loading *loading, Str name) {
    for (size_t i = 1; i + 1 < name.length; i++) {
        if (name.data[i] != '.') continue;
        uint32_t found = program_find(loading->guideline->program, str_slice(name, 0, i),
                                      str_slice(name, i + 1, name.length));
        if (found != UINT32_MAX) return found;
    }
    return NO_INDEX;
}

uint32_t loading_find_define(Loading *loading, Str name, Str *message, Str *hint) {
    uint32_t count;
    const NamedNumber *found = name_table_find(&loading->defines, name, &count);
    if (count == 1) return found->number;
    if (count == 0) {
        uint32_t qualified = find_qualified(loading, name);
        if (qualified != NO_INDEX) return qualified;
        Str nearest = name_table_nearest(&loading->defines, name);
        *message = str_format(loading->arena, "there is no define \"%.*s\"", STR_ARGS(name));
        *hint = nearest.length == 0
                    ? STR("Name a define of the main library or of one that it includes")
                    : str_format(loading->arena, "Did you mean \"%.*s\"?", STR_ARGS(nearest));
        return NO_INDEX;
    }
    *message = str_format(loading->arena, "more than one library has a define \"%.*s\": %.*s",
                          STR_ARGS(name), STR_ARGS(describe_libraries(loading, found, count)));
    *hint = STR("Write Library.Define");
    return NO_INDEX;
}

/* ---- annotations ---- */

typedef struct Found {
    VEC(Fact) facts;
    VEC(Rule) rules;
    VEC(Element) elements;
    VEC(Computed) computed;
    NameTable fact_codes;
} Found;

/* The define that an annotation names, in the same library first; NO_INDEX: none. */
static uint32_t find_named(Loading *loading, const Define *define, Str annotation) {
    Str name, message, hint;
    if (!define_annotation(define, annotation, &name)) return NO_INDEX;
    uint32_t own = program_find(loading->guideline->program, define->library, name);
    if (own != UINT32_MAX) return own;
    uint32_t found = loading_find_define(loading, name, &message, &hint);
    if (found == NO_INDEX)
        diagnostics_add(loading->diagnostics,
                        (Diagnostic){ .severity = SEVERITY_ERROR, .code = "unknown-define",
                                      .message = message, .hint = hint, .file = define->file,
                                      .span = define->span });
    return found;
}

static void read_fact(Loading *loading, const Define *define, uint32_t index, Found *found) {
    Str code, text, unit;
    if (!define_annotation(define, STR("fact"), &code)) return;
    if (!define_annotation(define, STR("text"), &text)) text = define->name;
    if (!define_annotation(define, STR("unit"), &unit)) unit = (Str){ "", 0 };
    Fact fact = { .define = index, .code = code, .text = text, .unit = unit,
                  .why = find_named(loading, define, STR("why")) };
    name_table_add(loading->arena, &found->fact_codes, code, (uint32_t)found->facts.count);
    vec_push(loading->arena, &found->facts, fact);
}

static void read_rule(Loading *loading, const Define *define, uint32_t index, Found *found) {
    Str id, draft;
    if (!define_annotation(define, STR("rule"), &id)) return;
    if (!define->boolean)
        report(loading, define, "rule-not-boolean",
               str_format(loading->arena, "the rule %.*s gives %.*s, not a Boolean", STR_ARGS(id),
                          STR_ARGS(define->type)),
               "A rule is true, false, or null when it lacks a fact");
    Rule rule = { .id = id, .define = index };
    rule.draft = define_annotation(define, STR("draft"), &draft) && str_is(draft, "true");
    name_table_add(loading->arena, &loading->rule_ids, id, (uint32_t)found->rules.count);
    vec_push(loading->arena, &found->rules, rule);
}

static void read_computed(Loading *loading, const Define *define, uint32_t index, Found *found) {
    Computed computed = { .define = index };
    if (!define_annotation(define, STR("computed"), &computed.name)) return;
    if (!define_annotation(define, STR("unit"), &computed.unit)) computed.unit = (Str){ "", 0 };
    if (!define_annotation(define, STR("of-rule"), &computed.rule)) computed.rule = (Str){ "", 0 };
    computed.reason = find_named(loading, define, STR("reason"));
    computed.applies = find_named(loading, define, STR("applies"));
    for (size_t i = 0; i < found->computed.count; i++)
        if (str_equal(found->computed.items[i].name, computed.name))
            report(loading, define, "duplicate-computed",
                   str_format(loading->arena, "%.*s is computed by more than one define",
                              STR_ARGS(computed.name)),
                   "Leave @computed on one");
    vec_push(loading->arena, &found->computed, computed);
}

static int compare_computed(const void *a, const void *b) {
    return str_compare(((const Computed *)a)->name, ((const Computed *)b)->name);
}

static void check_rule_of(Loading *loading, const Computed *computed) {
    uint32_t there;
    if (computed->rule.length == 0 ||
        name_table_find(&loading->rule_ids, computed->rule, &there) != NULL)
        return;
    Str nearest = name_table_nearest(&loading->rule_ids, computed->rule);
    Str hint = nearest.length == 0
                   ? STR("Write @rule: ID above the rule's define, or leave @of-rule out")
                   : str_format(loading->arena, "Did you mean %.*s?", STR_ARGS(nearest));
    report(loading, program_define(loading->guideline->program, computed->define), "unknown-rule",
           str_format(loading->arena, "no define has @rule: %.*s", STR_ARGS(computed->rule)),
           str_to_c(loading->arena, hint));
}

/* Once all rules are known. */
static void finish_computed(Loading *loading, Found *found) {
    for (size_t i = 0; i < found->computed.count; i++)
        check_rule_of(loading, &found->computed.items[i]);
    if (found->computed.count != 0)
        qsort(found->computed.items, found->computed.count, sizeof *found->computed.items,
              compare_computed);
}

static void read_define(Loading *loading, uint32_t index, Found *found) {
    const Define *define = program_define(loading->guideline->program, index);
    Element element = { .define = index };
    read_fact(loading, define, index, found);
    read_rule(loading, define, index, found);
    read_computed(loading, define, index, found);
    if (define_annotation(define, STR("element"), &element.place))
        vec_push(loading->arena, &found->elements, element);
}

static void check_rule_ids(Loading *loading, const Found *found) {
    const NameTable *ids = &loading->rule_ids;
    for (size_t i = 1; i < ids->count; i++) {
        if (!str_equal(ids->items[i].name, ids->items[i - 1].name)) continue;
        const Rule *rule = &found->rules.items[ids->items[i].number];
        report(loading, program_define(loading->guideline->program, rule->define),
               "duplicate-rule",
               str_format(loading->arena, "the rule %.*s stands on more than one define",
                          STR_ARGS(rule->id)),
               "Leave @rule on one; a PlanDefinition may name the others in its conditions");
    }
}

/* Facts with one code are one in the plan: the first. */
static void join_facts(Found *found) {
    uint32_t count;
    name_table_sort(&found->fact_codes);
    for (size_t i = 0; i < found->facts.count; i++)
        found->facts.items[i].first =
            name_table_find(&found->fact_codes, found->facts.items[i].code, &count)->number;
}

/* ---- types ---- */

static bool is_resource(Str name) {
    ModelType class;
    return fhir_r4.find_class(name, &class) && fhir_r4.is_resource(class);
}

/* Does the type, as CQL writes it, name resources of the model and nothing else?  Such are
 * "FHIR.Observation", "List<FHIR.Observation>", "List<Choice<FHIR.Condition, FHIR.Procedure>>". */
static bool names_resources(Str type) {
    Str model = STR("FHIR.");
    bool named = false;
    for (size_t i = 0; i < type.length; i++) {
        Str rest = str_slice(type, i, type.length);
        if (str_starts_with(rest, STR("Tuple"))) return false;
        if (!str_starts_with(rest, model)) continue;
        size_t end = model.length;
        while (end < rest.length && rest.data[end] != '>' && rest.data[end] != ',') end++;
        if (!is_resource(str_slice(rest, model.length, end))) return false;
        named = true;
    }
    return named;
}

static void index_defines(Loading *loading, const Found *found) {
    Guideline *guideline = loading->guideline;
    uint32_t count = program_define_count(guideline->program);
    uint32_t *fact_of = arena_array(loading->arena, count, sizeof *fact_of);
    bool *gives_resources = arena_array(loading->arena, count, sizeof *gives_resources);
    for (uint32_t i = 0; i < count; i++) {
        fact_of[i] = NO_INDEX;
        gives_resources[i] = names_resources(program_define(guideline->program, i)->type);
    }
    for (uint32_t i = 0; i < found->facts.count; i++) fact_of[found->facts.items[i].define] = i;
    guideline->fact_of = fact_of;
    guideline->gives_resources = gives_resources;
}

void loading_read_annotations(Loading *loading) {
    Guideline *guideline = loading->guideline;
    uint32_t count = program_define_count(guideline->program);
    Found found = { 0 };
    for (uint32_t i = 0; i < count; i++)
        name_table_add(loading->arena, &loading->defines,
                       program_define(guideline->program, i)->name, i);
    name_table_sort(&loading->defines);
    for (uint32_t i = 0; i < count; i++) read_define(loading, i, &found);
    name_table_sort(&loading->rule_ids);
    check_rule_ids(loading, &found);
    finish_computed(loading, &found);
    join_facts(&found);
    index_defines(loading, &found);
    guideline->facts = found.facts.items;
    guideline->fact_count = (uint32_t)found.facts.count;
    guideline->rules = loading->rules = found.rules.items;
    guideline->rule_count = (uint32_t)found.rules.count;
    guideline->elements = found.elements.items;
    guideline->element_count = (uint32_t)found.elements.count;
    guideline->computed = found.computed.items;
    guideline->computed_count = (uint32_t)found.computed.count;
}
