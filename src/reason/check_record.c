/* check_record.c - every fact evaluated, and each resource with what was made of it.
 *
 * A fact stands with every resource that it rests on.  A resource on which nothing rests, or
 * whose own fact has no value, is a warning that says why as far as that can be told. */
#include "reason/check_parts.h"

#include "reason/record_code.h"
#include "reason/short_code.h"
#include "reason/unused.h"
#include "value/ucum.h"

typedef struct Checking {
    Applying *applying;
    const Record *record;
    const uint64_t *used;
    VEC(RecordWarning) warnings;
    uint32_t resource; /* the one being looked at */
} Checking;

static void warn(Checking *c, const char *code, Str message, Str hint) {
    RecordWarning warning = { .code = code, .message = message, .hint = hint };
    warning.resource = evidence_reference(&c->applying->evidence, c->resource);
    vec_push(c->applying->arena, &c->warnings, warning);
}

/* ---- what was used ---- */

static void use_define(Applying *a, uint32_t define, const uint64_t **used) {
    if (define == NO_INDEX) return;
    applying_value(a, define);
    if (!a->failed)
        evidence_unite_resources(&a->evidence, used, evidence_of(&a->evidence, define)->resources);
}

static void use_statement(Applying *a, const Statement *statement, const uint64_t **used) {
    use_define(a, statement->define, used);
    for (uint32_t i = 0; i < statement->dynamic_count; i++)
        use_define(a, statement->dynamics[i].define, used);
}

static void evaluate_all(Applying *a, const uint64_t **used) {
    const Guideline *g = a->guideline;
    *used = a->evidence.none;
    use_define(a, g->diagnosis, used);
    use_define(a, g->stage, used);
    for (uint32_t i = 0; i < g->fact_count; i++) use_define(a, g->facts[i].define, used);
    for (uint32_t i = 0; i < g->rule_count; i++) use_define(a, g->rules[i].define, used);
    for (uint32_t i = 0; i < g->option_count; i++)
        for (uint32_t k = 0; k < g->options[i].count; k++)
            use_statement(a, g->options[i].statements[k], used);
    for (uint32_t i = 0; i < g->alert_count; i++) use_statement(a, g->alerts[i], used);
    for (uint32_t i = 0; i < g->workup_count; i++) use_statement(a, g->workup[i], used);
}

typedef VEC(CheckedFact) CheckedFacts;

/* Two facts of one name and value are one to the reader. */
static bool has_text(const CheckedFacts *facts, Str text) {
    for (size_t i = 0; i < facts->count; i++)
        if (str_equal(facts->items[i].text, text)) return true;
    return false;
}

/* The facts that rest on the resource and have a value. */
static void find_facts(Checking *c, CheckedResource *resource) {
    Applying *a = c->applying;
    CheckedFacts facts = { 0 };
    for (uint32_t i = 0; i < a->guideline->fact_count; i++) {
        const Fact *fact = &a->guideline->facts[i];
        if (!evidence_bit(evidence_of(&a->evidence, fact->define)->resources, c->resource))
            continue;
        CheckedFact checked = { .fact = fact, .value = applying_value(a, fact->define) };
        if (value_is_null(checked.value)) continue;
        checked.text = evidence_fact_words(&a->evidence, fact, checked.value);
        if (!has_text(&facts, checked.text)) vec_push(a->arena, &facts, checked);
    }
    resource->facts = facts.items;
    resource->fact_count = (uint32_t)facts.count;
}

/* ---- facts that were looked for in vain ---- */

static void warn_unusable(Checking *c, const Fact *fact, Str reason, Value last) {
    Buffer message = buffer_new(c->applying->arena);
    buffer_format(&message, "\"%.*s\": %.*s", STR_ARGS(fact->text),
                  STR_ARGS(reason_in_words(reason)));
    if (!value_is_null(last)) {
        buffer_add_text(&message, ", of ");
        value_write_words(&c->applying->eval, last, &message);
    }
    warn(c, str_to_c(c->applying->arena, reason), buffer_str(&message), (Str){ "", 0 });
}

static void warn_unread(Checking *c, const Fact *fact, Str reason) {
    static const struct { const char *reason, *hint; } hints[] = {
        { "bad-unit", "Write the value in a unit that converts to that of doc/record.md" },
        { "unknown-code", "Add a code that doc/record.md lists, beside this one" },
        { "not-interpretable", "Write the value as doc/record.md says: with a unit, a code, true" },
    };
    Str hint = { "", 0 };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (str_is(reason, hints[i].reason)) hint = str_from(hints[i].hint);
    warn(c, str_to_c(c->applying->arena, reason),
         str_format(c->applying->arena, "\"%.*s\": %.*s", STR_ARGS(fact->text),
                    STR_ARGS(reason_in_words(reason))),
         hint);
}

/* A resource was read and no fact came of it: one that its define of @why explains, or one whose
 * own code the resource has. */
static void warn_no_fact(Checking *c, const Json *resource) {
    Applying *a = c->applying;
    for (uint32_t i = 0; i < a->guideline->fact_count; i++) {
        const Fact *fact = &a->guideline->facts[i];
        if (!evidence_bit(evidence_of(&a->evidence, fact->define)->resources, c->resource))
            continue;
        bool own = record_has_code(record_concept(resource), fact->code);
        Value why = fact->why == NO_INDEX ? value_null() : applying_value(a, fact->why);
        Value reason = value_element(why, "reason");
        Str unread = own ? record_why_unread(a->guideline, resource) : (Str){ "", 0 };
        if (reason.tag == TAG_STRING)
            warn_unusable(c, fact, value_str(reason), value_element(why, "lastDate"));
        else if (unread.length != 0) warn_unread(c, fact, unread);
        else continue;
        return;
    }
}

static Str describe_code(const Guideline *guideline, Arena *arena, const Json *concept) {
    Str text = json_text(json_get(concept, "text"));
    Code code;
    if (!record_code_at(concept, 0, &code)) return text;
    Str system = short_code_system_name(code.system);
    Str name = str_format(arena, "%.*s#%.*s", STR_ARGS(system), STR_ARGS(code.code));
    Str words = code_name(guideline, name);
    if (words.data == name.data) words = code.display.length != 0 ? code.display : text;
    return str_format(arena, "%.*s%s%.*s", STR_ARGS(name), words.length != 0 ? " " : "",
                      STR_ARGS(words));
}

/* ---- units ---- */

/* Is it a Quantity whose unit should be UCUM?  Gives the unit. */
static bool has_unit(const Json *json, Str *unit) {
    const Json *value = json_get(json, "value");
    Str system = json_text(json_get(json, "system"));
    if (value == NULL || value->kind != JSON_NUMBER) return false;
    *unit = json_text(json_get(json, "code"));
    if (unit->length == 0) *unit = json_text(json_get(json, "unit"));
    return unit->length != 0 &&
           (system.length == 0 || str_is(system, "http://unitsofmeasure.org"));
}

/* "Observation/ki67: valueQuantity" without what the warning says anyhow. */
static Str place_in_resource(Checking *c, const Json *json) {
    Str place = record_place(c->record, c->applying->arena, json);
    Str reference = evidence_reference(&c->applying->evidence, c->resource);
    return str_starts_with(place, reference) && place.length > reference.length + 2
               ? str_slice(place, reference.length + 2, place.length)
               : place;
}

/* Nesting is bounded by that of JSON. */
static void check_units(Checking *c, const Json *json) {
    Str unit;
    if (json->kind < JSON_ARRAY) return;
    if (has_unit(json, &unit) && !ucum_valid(unit)) {
        Str place = place_in_resource(c, json);
        warn(c, "unknown-unit",
             str_format(c->applying->arena, "%.*s: the unit \"%.*s\" is not UCUM", STR_ARGS(place),
                        STR_ARGS(unit)),
             STR("Write units in UCUM: mm, %, 10*9/L, {mitoses}/(2.mm2)"));
    }
    for (uint32_t i = 0; i < json->count; i++) check_units(c, &json->items[i]);
}

/* ---- the record ---- */

/* A code in the value that the guideline does not know, though it lists others of the system. */
static bool warn_value(Checking *c, const Json *resource) {
    Code code;
    const Json *value = json_get(resource, "valueCodeableConcept");
    if (!record_unknown_code(c->applying->guideline, value, &code)) return false;
    Str system = short_code_system_name(code.system);
    warn(c, "unknown-code",
         str_format(c->applying->arena, "the value %.*s#%.*s is not known", STR_ARGS(system),
                    STR_ARGS(code.code)),
         STR("Add a code that doc/record.md lists, beside this one"));
    return true;
}

static void warn_unused(Checking *c) {
    Applying *a = c->applying;
    Buffer as_of = buffer_new(a->arena);
    value_write_words(&a->eval, a->options->as_of, &as_of);
    Unused reason = unused_reason(&a->evidence, c->used, c->resource, buffer_str(&as_of));
    if (reason.code != NULL) warn(c, reason.code, reason.message, reason.hint);
}

static CheckedResource check_resource(Checking *c) {
    Applying *a = c->applying;
    const Json *json = record_resource(c->record, c->resource), *concept = record_concept(json);
    CheckedResource resource = { .reference = evidence_reference(&a->evidence, c->resource) };
    if (concept != NULL) resource.label = describe_code(a->guideline, a->arena, concept);
    bool patient = json == record_patient(c->record);
    resource.used = patient || evidence_bit(c->used, c->resource);
    find_facts(c, &resource);
    if (!resource.used) warn_unused(c);
    else if (!warn_value(c, json) && resource.fact_count == 0 && !patient) warn_no_fact(c, json);
    check_units(c, json);
    return resource;
}

static void add_record_warning(void *self, const Json *resource, const char *code, Str message) {
    Checking *c = self;
    RecordWarning warning = { .code = code, .message = message };
    warning.resource = record_reference(c->applying->arena, resource);
    vec_push(c->applying->arena, &c->warnings, warning);
}

const RecordCheck *check_record(Applying *a, const Record *record, uint32_t number) {
    uint32_t count = record_resource_count(record);
    Checking c = { .applying = a, .record = record };
    CheckedResource *resources = arena_array(a->arena, count, sizeof *resources);
    evaluate_all(a, &c.used);
    if (a->failed) return NULL;
    for (c.resource = 0; c.resource < count; c.resource++)
        resources[c.resource] = check_resource(&c);
    record_warnings(record, a->arena, add_record_warning, &c);
    RecordCheck *check = arena_alloc(a->arena, sizeof *check);
    *check = (RecordCheck){ a->guideline, number, a->options->as_of,
                            record_patient_reference(record), count,
                            (uint32_t)c.warnings.count, resources, c.warnings.items, &a->eval };
    return check;
}
