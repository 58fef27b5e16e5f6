/* unused.c - see unused.h.
 *
 * The reasons of FHIR itself come first: status, date, a newer resource of the same code.  What
 * a resource that was used refers to, such as a sample or a drug, needs no reason. */
#include "reason/unused.h"

#include "reason/record_code.h"
#include "reason/short_code.h"

static Str text_at(const Json *resource, const char *key) {
    return json_text(json_get(resource, key));
}

/* ---- status ---- */

static bool is_withdrawn(Str status) {
    static const char *const withdrawn[] = { "entered-in-error", "cancelled", "not-taken",
                                             "not-done", "draft" };
    for (size_t i = 0; i < sizeof withdrawn / sizeof *withdrawn; i++)
        if (str_is(status, withdrawn[i])) return true;
    return false;
}

/* The status that keeps a resource from being read; empty: none. */
static Str withdrawn_status(const Json *resource) {
    Str status = text_at(resource, "status");
    Code code;
    if (is_withdrawn(status)) return status;
    const Json *verification = json_get(resource, "verificationStatus");
    if (record_code_at(verification, 0, &code) && is_withdrawn(code.code)) return code.code;
    return (Str){ "", 0 };
}

/* ---- date ---- */

/* When it happened, as it is written; empty: not said. */
static Str date_of(const Json *resource) {
    static const char *const keys[] = { "effectiveDateTime", "onsetDateTime", "performedDateTime",
                                        "occurrenceDateTime", "authoredOn", "started", "date" };
    static const char *const periods[] = { "effectivePeriod", "performedPeriod", "onsetPeriod" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        Str date = text_at(resource, keys[i]);
        if (date.length != 0) return date;
    }
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        const Json *period = json_get(resource, periods[i]);
        Str end = text_at(period, "end"), start = text_at(period, "start");
        if (end.length != 0 || start.length != 0) return end.length != 0 ? end : start;
    }
    return (Str){ "", 0 };
}

/* By the days alone, as far as both are given. */
static bool is_later(Str date, Str other) {
    size_t length = date.length < other.length ? date.length : other.length;
    if (length > 10) length = 10;
    return str_compare(str_slice(date, 0, length), str_slice(other, 0, length)) > 0;
}

/* ---- others that were used ---- */

static bool shares_code(const Json *concept, const Json *other) {
    Code a, b;
    for (uint32_t i = 0; record_code_at(concept, i, &a); i++)
        for (uint32_t k = 0; record_code_at(other, k, &b); k++)
            if (str_equal(a.code, b.code) && str_equal(a.system, b.system)) return true;
    return false;
}

/* Two lists, or two symptoms, have one code and are told apart by their values. */
static bool values_differ(const Json *resource, const Json *other) {
    const Json *a = json_get(resource, "valueCodeableConcept");
    const Json *b = json_get(other, "valueCodeableConcept");
    return a != NULL && b != NULL && !shares_code(a, b);
}

/* A resource of the same type and code that was used; NO_INDEX: none. */
static uint32_t used_instead(Evidence *e, const uint64_t *used, uint32_t resource) {
    const Json *json = record_resource(e->record, resource);
    for (uint32_t i = 0; i < record_resource_count(e->record); i++) {
        const Json *other = record_resource(e->record, i);
        if (evidence_bit(used, i) &&
            str_equal(text_at(json, "resourceType"), text_at(other, "resourceType")) &&
            shares_code(record_concept(json), record_concept(other)) &&
            !values_differ(json, other))
            return i;
    }
    return NO_INDEX;
}

/* Nesting is bounded by that of JSON. */
static bool refers_to(const Json *json, Str reference) {
    if (json->kind == JSON_STRING)
        return str_is(json_key(json), "reference") && str_equal(json_text(json), reference);
    for (uint32_t i = 0; json->kind >= JSON_ARRAY && i < json->count; i++)
        if (refers_to(&json->items[i], reference)) return true;
    return false;
}

/* A sample or a drug of a resource that was used. */
static bool is_part_of_used(Evidence *e, const uint64_t *used, uint32_t resource) {
    Str type = text_at(record_resource(e->record, resource), "resourceType");
    if (!str_is(type, "Specimen") && !str_is(type, "Medication")) return false;
    Str reference = evidence_reference(e, resource);
    for (uint32_t i = 0; i < record_resource_count(e->record); i++)
        if (evidence_bit(used, i) && refers_to(record_resource(e->record, i), reference))
            return true;
    return false;
}

/* ---- the reason ---- */

static Unused say(Evidence *e, const char *format, Str what, const char *hint) {
    Buffer message = buffer_new(e->arena);
    buffer_format(&message, "%s%.*s", format, STR_ARGS(what));
    return (Unused){ "not-used", buffer_str(&message), str_from(hint) };
}

static Unused known_but_unused(Evidence *e, const uint64_t *used, uint32_t resource, Str as_of) {
    const Json *json = record_resource(e->record, resource);
    Str status = withdrawn_status(json), date = date_of(json);
    if (status.length != 0) return say(e, "not read, since its status is ", status, "");
    if (is_later(date, as_of)) return say(e, "not read, since it is dated after the as-of date: ",
                                          date, "");
    uint32_t instead = used_instead(e, used, resource);
    if (instead != NO_INDEX)
        return say(e, "another of this code was used: ", evidence_reference(e, instead),
                   "The latest counts, and what is of the tumour that is planned");
    return say(e, "known, but no rule used it", (Str){ "", 0 },
               "It is of another tumour, superseded, or read by no rule yet");
}

/* Who and where: no facts of a patient. */
static bool is_administrative(const Json *resource) {
    static const char *const types[] = { "Practitioner", "PractitionerRole", "Organization",
                                         "Location", "Endpoint", "HealthcareService",
                                         "Provenance" };
    Str type = text_at(resource, "resourceType");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, types[i])) return true;
    return false;
}

static Unused unknown_code(Evidence *e, Code code) {
    Str system = short_code_system_name(code.system);
    return (Unused){ "unknown-code",
                     str_format(e->arena, "no rule of this guideline reads the code %.*s#%.*s",
                                STR_ARGS(system), STR_ARGS(code.code)),
                     STR("Add a code that doc/record.md lists, beside this one") };
}

static Unused no_code(Evidence *e, Str text) {
    return (Unused){ "no-code",
                     str_format(e->arena, "\"%.*s\" has no code, and rules read codes",
                                STR_ARGS(text)),
                     STR("Add a code that doc/record.md lists") };
}

Unused unused_reason(Evidence *evidence, const uint64_t *used, uint32_t resource, Str as_of) {
    const Json *json = record_resource(evidence->record, resource), *concept = record_concept(json);
    Str text = json_text(json_get(concept, "text"));
    Code code;
    bool coded = record_code_at(concept, 0, &code);
    if (is_administrative(json) || (!coded && text.length == 0) ||
        is_part_of_used(evidence, used, resource))
        return (Unused){ NULL, { "", 0 }, { "", 0 } };
    if (!coded) return no_code(evidence, text);
    if (record_code_known(evidence->guideline, concept))
        return known_but_unused(evidence, used, resource, as_of);
    return unknown_code(evidence, code);
}
