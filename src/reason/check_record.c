/* check_record.c - every fact evaluated, and each resource with what was made of it.
 *
 * A fact stands with every resource that it rests on.  What no fact or rule rests on is a
 * warning, which tells a code that this guideline does not know from one that it knows but
 * did not use (an older value, a wrong status, a date after the as-of date). */
#include "reason/check_parts.h"

#include "reason/short_code.h"
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

static void evaluate_all(Applying *a, const uint64_t **used) {
    const Guideline *guideline = a->guideline;
    *used = a->evidence.none;
    for (uint32_t i = 0; i < guideline->fact_count; i++)
        applying_value(a, guideline->facts[i].define);
    for (uint32_t i = 0; i < guideline->rule_count; i++)
        applying_value(a, guideline->rules[i].define);
    if (a->failed) return;
    for (uint32_t i = 0; i < guideline->fact_count; i++)
        evidence_unite_resources(&a->evidence, used,
                                 evidence_of(&a->evidence, guideline->facts[i].define)->resources);
    for (uint32_t i = 0; i < guideline->rule_count; i++)
        evidence_unite_resources(&a->evidence, used,
                                 evidence_of(&a->evidence, guideline->rules[i].define)->resources);
}

typedef VEC(CheckedFact) CheckedFacts;

/* Two facts of one name and value are one to the reader. */
static bool has_text(const CheckedFacts *facts, Str text) {
    for (size_t i = 0; i < facts->count; i++)
        if (str_equal(facts->items[i].text, text)) return true;
    return false;
}

/* The facts that rest on the resource and have a value.  Gives a fact that rests on it and has
 * none, where there are only such; else NULL. */
static const Fact *find_facts(Checking *c, CheckedResource *resource) {
    Applying *a = c->applying;
    CheckedFacts facts = { 0 };
    const Fact *unread = NULL;
    for (uint32_t i = 0; i < a->guideline->fact_count; i++) {
        const Fact *fact = &a->guideline->facts[i];
        if (!evidence_bit(evidence_of(&a->evidence, fact->define)->resources, c->resource))
            continue;
        CheckedFact checked = { .fact = fact, .value = applying_value(a, fact->define) };
        if (value_is_null(checked.value)) {
            unread = fact;
            continue;
        }
        checked.text = evidence_fact_words(&a->evidence, fact, checked.value);
        if (!has_text(&facts, checked.text)) vec_push(a->arena, &facts, checked);
    }
    resource->facts = facts.items;
    resource->fact_count = (uint32_t)facts.count;
    return facts.count == 0 ? unread : NULL;
}

/* A rule read the resource for this fact and got none: the define of @why may know why. */
static void warn_unread(Checking *c, const Fact *fact) {
    Applying *a = c->applying;
    Value why = fact->why == NO_INDEX ? value_null() : applying_value(a, fact->why);
    Value reason = value_element(why, "reason"), last = value_element(why, "lastDate");
    if (reason.tag != TAG_STRING) {
        warn(c, "not-understood",
             str_format(a->arena, "\"%.*s\" was looked for here, but this does not tell it",
                        STR_ARGS(fact->text)),
             STR("Is the value of another kind, or with another unit or code, than doc/record.md "
                 "says?"));
        return;
    }
    Buffer message = buffer_new(a->arena);
    buffer_format(&message, "\"%.*s\" is not usable: %.*s", STR_ARGS(fact->text),
                  STR_ARGS(value_str(reason)));
    if (!value_is_null(last)) {
        buffer_add_text(&message, ", last ");
        value_write_words(&a->eval, last, &message);
    }
    warn(c, str_to_c(a->arena, value_str(reason)), buffer_str(&message), (Str){ "", 0 });
}

/* ---- codes ---- */

/* The concept that says what a resource is about; NULL: none. */
static const Json *concept_of(const Json *resource) {
    static const char *const keys[] = { "code", "medicationCodeableConcept", "vaccineCode",
                                        "type" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const Json *concept = json_get(resource, keys[i]);
        if (concept != NULL && concept->kind == JSON_ARRAY && concept->count != 0)
            concept = &concept->items[0];
        if (concept != NULL && concept->kind == JSON_OBJECT) return concept;
    }
    return NULL;
}

static const Json *coding_at(const Json *concept, uint32_t index) {
    const Json *list = json_get(concept, "coding");
    bool there = list != NULL && list->kind == JSON_ARRAY && index < list->count;
    return there ? &list->items[index] : NULL;
}

static Code read_code(const Json *coding) {
    return (Code){ .code = json_text(json_get(coding, "code")),
                   .system = json_text(json_get(coding, "system")),
                   .display = json_text(json_get(coding, "display")) };
}

static Str describe_code(Arena *arena, const Json *concept) {
    const Json *coding = coding_at(concept, 0);
    Str text = json_text(json_get(concept, "text"));
    if (coding == NULL) return text;
    Code code = read_code(coding);
    Str words = code.display.length != 0 ? code.display : text;
    Str name = short_code_system_name(code.system);
    return str_format(arena, "%.*s#%.*s%s%.*s", STR_ARGS(name), STR_ARGS(code.code),
                      words.length != 0 ? " " : "", STR_ARGS(words));
}

static bool is_mentioned(const Guideline *guideline, const Code *code) {
    const Code *codes;
    uint32_t count = program_codes(guideline->program, &codes);
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(codes[i].code, code->code) && str_equal(codes[i].system, code->system))
            return true;
    return terms_mention(guideline->term_set, code);
}

/* Does the guideline know one of the concept's codes?  What has no code is not unknown. */
static bool is_known(const Guideline *guideline, const Json *concept) {
    const Json *coding = coding_at(concept, 0);
    if (coding == NULL) return true;
    for (uint32_t i = 0; (coding = coding_at(concept, i)) != NULL; i++) {
        Code code = read_code(coding);
        if (is_mentioned(guideline, &code)) return true;
    }
    return false;
}

static void warn_unused(Checking *c, const Json *resource, Str label) {
    Arena *arena = c->applying->arena;
    if (!is_known(c->applying->guideline, concept_of(resource)))
        warn(c, "unknown-code",
             str_format(arena, "no rule of this guideline reads the code %.*s", STR_ARGS(label)),
             STR("Add a code that doc/record.md lists, beside this one"));
    else
        warn(c, "not-used", STR("the guideline can read this, but did not use it"),
             STR("Is it older than another, dated after the as-of date, of another tumour, or "
                 "of a status that is not read?"));
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

/* Nesting is bounded by that of JSON. */
static void check_units(Checking *c, const Json *json) {
    Str unit;
    if (json->kind < JSON_ARRAY) return;
    if (has_unit(json, &unit) && !ucum_valid(unit)) {
        Str place = record_place(c->record, c->applying->arena, json);
        warn(c, "unknown-unit",
             str_format(c->applying->arena, "%.*s: the unit \"%.*s\" is not UCUM", STR_ARGS(place),
                        STR_ARGS(unit)),
             STR("Write units in UCUM: mm, %, 10*9/L, {mitoses}/(2.mm2)"));
    }
    for (uint32_t i = 0; i < json->count; i++) check_units(c, &json->items[i]);
}

/* ---- the record ---- */

static CheckedResource check_resource(Checking *c) {
    Applying *a = c->applying;
    const Json *json = record_resource(c->record, c->resource), *concept = concept_of(json);
    CheckedResource resource = { .reference = evidence_reference(&a->evidence, c->resource) };
    if (concept != NULL) resource.label = describe_code(a->arena, concept);
    bool patient = json == record_patient(c->record);
    resource.used = patient || evidence_bit(c->used, c->resource);
    const Fact *unread = find_facts(c, &resource);
    if (!resource.used) warn_unused(c, json, resource.label);
    else if (unread != NULL && !patient) warn_unread(c, unread);
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
