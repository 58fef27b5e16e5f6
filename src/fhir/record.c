/* record.c - reading a record: what makes a Bundle one patient's, and the index by type.
 *
 * A Bundle of type collection, transaction, batch or searchset holds resources in its
 * entries.  Exactly one is the Patient; a resource whose subject is another patient
 * refuses the record, since a plan must never mix two people. */
#include "fhir/record.h"

#include <string.h>

#include "fhir/fhir.h"
#include "fhir/references.h"

typedef struct Reading {
    Arena *arena;
    Str file, text;
    uint32_t line;
    Diagnostic *error;
    Str *resource;
} Reading;

/* Line and column of an offset; the record's own lines come on top of the stream's. */
static Span span_of(const Reading *r, uint32_t offset) {
    Span span = { r->line, 1, offset, 1 };
    for (uint32_t i = 0; i < offset && i < r->text.length; i++) {
        span.column++;
        if (r->text.data[i] == '\n') {
            span.line++;
            span.column = 1;
        }
    }
    return span;
}

static bool refuse(Reading *r, const Json *at, const char *code, Str message, const char *hint) {
    uint32_t mark = r->text.length >= 3 && memcmp(r->text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *r->error = (Diagnostic){ .severity = SEVERITY_ERROR, .code = code, .message = message,
                              .hint = str_from(hint), .file = r->file,
                              .span = span_of(r, at == NULL ? 0 : at->offset + mark) };
    return false;
}

Str record_reference(Arena *arena, const Json *resource) {
    Str type = fhir_member_text(resource, SYMBOL_RESOURCETYPE);
    Str id = fhir_member_text(resource, SYMBOL_ID);
    if (id.length == 0) return type;
    char *text = arena_alloc(arena, type.length + 1 + id.length);
    memcpy(text, type.data, type.length);
    text[type.length] = '/';
    memcpy(text + type.length + 1, id.data, id.length);
    return (Str){ text, type.length + 1 + id.length };
}

/* ---- the Bundle ---- */

static bool check_type(Reading *r, const Json *root) {
    static const char *const types[] = { "collection", "transaction", "searchset", "batch" };
    Str name = fhir_member_text(root, SYMBOL_TYPE);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(name, types[i])) return true;
    return refuse(r, root, "bundle-type",
                  name.length == 0
                      ? STR("the Bundle has no type")
                      : str_format(r->arena, "a Bundle of type \"%.*s\" is no patient's record",
                                   STR_ARGS(name)),
                  "give it \"type\": \"collection\" (or transaction, batch, searchset)");
}

static bool check_bundle(Reading *r, const Json *root) {
    if (root->kind != JSON_OBJECT)
        return refuse(r, root, "not-a-bundle", STR("a record is a JSON object, a FHIR Bundle"),
                      "put the patient's resources into one Bundle");
    const Json *name = fhir_member(root, SYMBOL_RESOURCETYPE);
    if (name == NULL || name->kind != JSON_STRING)
        return refuse(r, name != NULL ? name : root, "no-resource-type",
                      STR("the object has no resourceType"),
                      "a record starts {\"resourceType\": \"Bundle\", \"type\": \"collection\"");
    if (!str_is(json_text(name), "Bundle"))
        return refuse(r, name, "not-a-bundle",
                      str_format(r->arena, "expected a Bundle, but this is a bare %.*s",
                                 STR_ARGS(json_text(name))),
                      "put the patient's resources into one Bundle: {\"resourceType\": \"Bundle\", "
                      "\"type\": \"collection\", \"entry\": [{\"resource\": ...}]}");
    return check_type(r, root);
}

static bool read_entry(Reading *r, const Json *entry, uint32_t number, Instance *out) {
    const Json *resource = fhir_member(entry, SYMBOL_RESOURCE);
    if (resource == NULL || resource->kind != JSON_OBJECT)
        return refuse(r, resource != NULL ? resource : entry, "no-resource",
                      str_format(r->arena, "entry %u of the Bundle has no resource", number),
                      "give each entry a \"resource\" object, or remove the entry");
    const Json *name = fhir_member(resource, SYMBOL_RESOURCETYPE);
    if (name == NULL || name->kind != JSON_STRING)
        return refuse(r, resource, "no-resource-type",
                      str_format(r->arena, "the resource of entry %u has no resourceType", number),
                      "give it its \"resourceType\", such as \"Observation\"");
    Value node = fhir_resource(resource);
    if (value_is_null(node))
        return refuse(r, name, "unknown-resource-type",
                      str_format(r->arena, "FHIR R4 has no resource type \"%.*s\"",
                                 STR_ARGS(json_text(name))),
                      "write the type as FHIR does, with a capital: \"Observation\"");
    *out = (Instance){ resource, (ModelType)node.aux,
                       fhir_member_text(entry, SYMBOL_FULLURL) };
    return true;
}

static bool read_entries(Reading *r, const Json *root, Record *record) {
    const Json *entries = fhir_member(root, SYMBOL_ENTRY);
    if (entries != NULL && entries->kind != JSON_ARRAY)
        return refuse(r, entries, "bundle-entry", STR("the entry of a Bundle must be a list"),
                      "write \"entry\": [ ... ]");
    uint32_t count = entries != NULL ? entries->count : 0;
    record->instances = arena_array(r->arena, count, sizeof *record->instances);
    for (uint32_t i = 0; i < count; i++)
        if (!read_entry(r, &entries->items[i], i + 1, &record->instances[record->count++]))
            return false;
    return true;
}

/* ---- one patient ---- */

static bool refuse_second(Reading *r, const Json *first, const Json *second) {
    Str a = record_reference(r->arena, first), b = record_reference(r->arena, second);
    *r->resource = b;
    return refuse(r, second, "two-patients",
                  str_format(r->arena, "the record has two patients: %.*s and %.*s", STR_ARGS(a),
                             STR_ARGS(b)),
                  "give each patient a Bundle of their own, one a line (NDJSON)");
}

static bool find_patient(Reading *r, const Json *root, Record *record) {
    for (uint32_t i = 0; i < record->count; i++) {
        if (record->instances[i].type != CLASS_Patient) continue;
        if (record->patient != NULL)
            return refuse_second(r, record->patient->json, record->instances[i].json);
        record->patient = &record->instances[i];
    }
    if (record->patient != NULL) return true;
    return refuse(r, root, "no-patient", STR("the record has no patient"),
                  "add an entry with a resource of type Patient");
}

/* "Patient/p1", "http://host/fhir/Patient/p1", with or without "/_history/2". */
Str record_patient_id(Str reference) {
    for (size_t i = 0; i + 8 <= reference.length; i++) {
        if (memcmp(reference.data + i, "Patient/", 8) != 0) continue;
        if (i != 0 && reference.data[i - 1] != '/') continue;
        size_t end = i + 8;
        while (end < reference.length && reference.data[end] != '/') end++;
        return str_slice(reference, i + 8, end);
    }
    return (Str){ "", 0 };
}

/* Does the reference name another patient than the record's?  What cannot be told, such
 * as an urn:uuid of no entry, does not. */
static bool is_other_patient(const Record *record, const Json *reference) {
    Str target = fhir_member_text(reference, SYMBOL_REFERENCE);
    if (str_equal(target, record->patient_reference)) return false;
    if (target.length == 0 || target.data[0] == '#') return false;
    if (str_equal(target, record->patient->full_url)) return false;
    Str id = record_patient_id(target);
    if (id.length != 0) {
        Str own = fhir_member_text(record->patient->json, SYMBOL_ID);
        return own.length == 0 ? record->patient->full_url.length == 0 : !str_equal(id, own);
    }
    return str_starts_with(target, STR("urn:")) && record->patient->full_url.length != 0 &&
           str_is(fhir_member_text(reference, SYMBOL_TYPE), "Patient");
}

static bool check_subject(Reading *r, const Record *record, const Instance *instance) {
    static const uint16_t subjects[] = { SYMBOL_SUBJECT, SYMBOL_PATIENT };
    for (size_t i = 0; i < 2; i++) {
        const Json *subject = fhir_member(instance->json, subjects[i]);
        if (!is_other_patient(record, subject)) continue;
        if (!record_in_compartment_by(instance->type, subjects[i])) continue;
        Str own = record_reference(r->arena, record->patient->json);
        Str other = fhir_member_text(subject, SYMBOL_REFERENCE);
        *r->resource = record_reference(r->arena, instance->json);
        return refuse(r, subject, "other-patient",
                      str_format(r->arena, "%.*s is of %.*s, but the record is of %.*s",
                                 STR_ARGS(*r->resource), STR_ARGS(other), STR_ARGS(own)),
                      "a record holds one patient: remove the resource or mend its reference");
    }
    return true;
}

static bool check_subjects(Reading *r, Record *record) {
    record->patient_reference = record_reference(r->arena, record->patient->json);
    for (uint32_t i = 0; i < record->count; i++)
        if (!check_subject(r, record, &record->instances[i])) return false;
    return true;
}

Record *record_read(JsonReader *reader, Arena *arena, Str file, uint32_t line, Str text,
                    Diagnostic *error, Str *resource) {
    Reading reading = { arena, file, text, line, error, resource };
    *resource = (Str){ "", 0 };
    const Json *root = json_parse(reader, arena, text, fhir_symbol, error);
    if (root == NULL) {
        error->file = file;
        error->span.line += line - 1;
        return NULL;
    }
    if (!check_bundle(&reading, root)) return NULL;
    Record *record = arena_alloc_zeroed(arena, sizeof *record);
    record->root = root;
    if (!read_entries(&reading, root, record) || !find_patient(&reading, root, record) ||
        !check_subjects(&reading, record))
        return NULL;
    record_link(record, arena);
    record_index(record, arena);
    return record;
}

const Json *record_patient(const Record *record) { return record->patient->json; }
uint32_t record_resource_count(const Record *record) { return record->count; }
Str record_patient_reference(const Record *record) { return record->patient_reference; }

const Json *record_resource(const Record *record, uint32_t index) {
    return record->instances[index].json;
}
