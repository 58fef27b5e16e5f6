/* plan_fhir_elements.c - elements that many resources of the plan's FHIR have. */
#include <string.h>

#include "reason/plan_fhir_parts.h"
#include "reason/short_code.h"
#include "reason/value_form.h"

#define EXTENSION "https://w3id.org/islet/StructureDefinition/"
#define RULE_SYSTEM "https://w3id.org/islet/CodeSystem/rule"

void put_text(Fhir *f, const char *key, Str value) {
    if (value.length == 0) return;
    json_write_key(&f->w, key);
    json_write_str(&f->w, value);
}

void put_word(Fhir *f, const char *key, const char *value) { put_text(f, key, str_from(value)); }

void put_truth(Fhir *f, const char *key, bool value) {
    json_write_key(&f->w, key);
    json_write_boolean(&f->w, value);
}

void put_begin(Fhir *f, const char *key) {
    if (key != NULL) json_write_key(&f->w, key);
    json_begin_object(&f->w);
}
void put_end(Fhir *f) { json_end_object(&f->w); }
void put_begin_list(Fhir *f, const char *key) {
    json_write_key(&f->w, key);
    json_begin_array(&f->w);
}
void put_end_list(Fhir *f) { json_end_array(&f->w); }

void put_begin_resource(Fhir *f, const char *type, Str id) {
    put_begin(f, NULL);
    put_word(f, "resourceType", type);
    put_text(f, "id", id);
}

static bool is_reference(Str reference) {
    return memchr(reference.data, '/', reference.length) != NULL;
}

void put_reference(Fhir *f, const char *key, Str to) {
    put_begin(f, key);
    put_text(f, is_reference(to) || str_starts_with(to, STR("#")) ? "reference" : "display", to);
    put_end(f);
}

void put_references(Fhir *f, const char *key, StrList list) {
    if (list.count == 0) return;
    put_begin_list(f, key);
    for (uint32_t i = 0; i < list.count; i++) put_reference(f, NULL, list.items[i]);
    put_end_list(f);
}

void put_concept(Fhir *f, const char *key, Str code, Str words) {
    Str system, bare;
    put_begin(f, key);
    if (short_code_split(code, &system, &bare)) {
        put_begin_list(f, "coding");
        put_begin(f, NULL);
        put_text(f, "system", system);
        put_text(f, "code", bare);
        put_end(f);
        put_end_list(f);
        put_text(f, "text", words);
    } else {
        put_text(f, "text", words.length != 0 ? words : code);
    }
    put_end(f);
}

void put_extension(Fhir *f, const char *name, Str value) {
    if (value.length == 0) return;
    put_begin(f, NULL);
    put_text(f, "url", str_format(f->arena, EXTENSION "%s", name));
    put_text(f, "valueString", value);
    put_end(f);
}

void put_extensions(Fhir *f, const char *name, StrList values) {
    for (uint32_t i = 0; i < values.count; i++) put_extension(f, name, values.items[i]);
}

void put_deferred(Fhir *f, bool deferred) {
    if (!deferred) return;
    put_begin(f, NULL);
    put_word(f, "url", EXTENSION "deferred");
    put_truth(f, "valueBoolean", true);
    put_end(f);
}

Str fhir_value_words(Fhir *f, Value value) {
    Buffer out = buffer_new(f->arena);
    value_write_words(f->plan->eval, value, &out);
    return buffer_str(&out);
}

Str fhir_moment(Fhir *f, Value value) {
    return value_is_null(value) ? (Str){ "", 0 } : fhir_value_words(f, value);
}

/* ---- citations, reasons ---- */

void put_citations(Fhir *f, const Citation *const *items, uint32_t count) {
    if (count == 0) return;
    put_begin_list(f, "documentation");
    for (uint32_t i = 0; i < count; i++) {
        put_begin(f, NULL);
        put_word(f, "type", "citation");
        put_text(f, "label", items[i]->label);
        put_text(f, "citation", items[i]->cite);
        put_text(f, "url", items[i]->url);
        put_end(f);
    }
    put_end_list(f);
}

void put_reasons(Fhir *f, Reasons list) {
    if (list.count == 0) return;
    put_begin_list(f, "reasonCode");
    for (uint32_t i = 0; i < list.count; i++)
        put_concept(f, NULL, (Str){ "", 0 }, list.items[i].text);
    put_end_list(f);
}

void put_evidence(Fhir *f, const char *key, Reasons list) {
    StrList seen = { 0, NULL };
    uint32_t most = 0;
    for (uint32_t i = 0; i < list.count; i++) most += list.items[i].evidence.count;
    Str *items = arena_array(f->arena, most, sizeof *items);
    for (uint32_t i = 0; i < list.count; i++) {
        for (uint32_t k = 0; k < list.items[i].evidence.count; k++) {
            Str item = list.items[i].evidence.items[k];
            bool there = false;
            for (uint32_t j = 0; j < seen.count; j++) there |= str_equal(items[j], item);
            if (!there) items[seen.count++] = item;
        }
    }
    seen.items = items;
    put_references(f, key, seen);
}

/* ---- observations ---- */

static void put_number(Fhir *f, const char *key, Value number) {
    json_write_key(&f->w, key);
    json_write_number(&f->w, fhir_value_words(f, number));
}

static void put_quantity(Fhir *f, const Quantity *quantity) {
    put_begin(f, "valueQuantity");
    put_number(f, "value", quantity->value);
    put_text(f, "unit", quantity->unit);
    if (!quantity->calendar) {
        put_word(f, "system", "http://unitsofmeasure.org");
        put_text(f, "code", quantity->unit);
    }
    put_end(f);
}

void put_value(Fhir *f, Value value) {
    switch (value.tag) {
        case TAG_BOOLEAN: put_truth(f, "valueBoolean", value.boolean); break;
        case TAG_INTEGER:
            json_write_key(&f->w, "valueInteger");
            json_write_integer(&f->w, value.integer);
            break;
        case TAG_DATE:
        case TAG_DATETIME: put_text(f, "valueDateTime", fhir_moment(f, value)); break;
        case TAG_QUANTITY:
            if (!value_is_null(value.quantity->value)) put_quantity(f, value.quantity);
            break;
        default: put_text(f, "valueString", fhir_value_words(f, value)); break;
    }
}

void put_component(Fhir *f, Str name, Value value) {
    put_begin(f, NULL);
    put_concept(f, "code", (Str){ "", 0 }, name);
    put_value(f, value);
    put_end(f);
}

static bool has_words(Fhir *f, Value value) {
    return !value_is_null(value) && fhir_value_words(f, value).length != 0;
}

void put_begin_observation(Fhir *f, Str id, Str code) {
    put_begin_resource(f, "Observation", id);
    put_word(f, "status", "preliminary");
    put_concept(f, "code", (Str){ "", 0 }, code);
    put_reference(f, "subject", f->plan->patient);
    put_text(f, "effectiveDateTime", fhir_moment(f, f->plan->as_of));
}

void put_tuple_observation(Fhir *f, const char *id, Value tuple) {
    bool begun = false;
    if (tuple.tag != TAG_TUPLE) return;
    put_begin_observation(f, str_from(id), str_from(id));
    for (uint32_t i = 0; i < tuple.tuple->shape->count; i++) {
        if (!has_words(f, tuple.tuple->items[i])) continue;
        if (!begun) put_begin_list(f, "component");
        begun = true;
        put_component(f, tuple.tuple->shape->names[i], tuple.tuple->items[i]);
    }
    if (begun) put_end_list(f);
    put_end(f);
}

/* ---- actions ---- */

void put_rule_codes(Fhir *f, StrList rules) {
    if (rules.count == 0) return;
    put_begin_list(f, "code");
    for (uint32_t i = 0; i < rules.count; i++) {
        put_begin(f, NULL);
        put_begin_list(f, "coding");
        put_begin(f, NULL);
        put_word(f, "system", RULE_SYSTEM);
        put_text(f, "code", rules.items[i]);
        put_end(f);
        put_end_list(f);
        put_end(f);
    }
    put_end_list(f);
}

void put_condition(Fhir *f, const Statement *statement) {
    const Define *define = program_define(f->plan->guideline->program, statement->define);
    put_begin_list(f, "condition");
    put_begin(f, NULL);
    put_word(f, "kind", "applicability");
    put_begin(f, "expression");
    put_word(f, "language", "text/cql");
    put_text(f, "expression", str_format(f->arena, "\"%.*s\".\"%.*s\"", STR_ARGS(define->library),
                                     STR_ARGS(define->name)));
    put_end(f);
    put_end(f);
    put_end_list(f);
}

Str fhir_local_reference(Fhir *f, const char *kind, uint32_t number) {
    return str_format(f->arena, "#%s-%u", kind, number + 1);
}

void put_end_action(Fhir *f, const Statement *statement, Str title, const char *kind,
                    uint32_t number) {
    put_text(f, "title", title);
    put_rule_codes(f, (StrList){ statement->rule != NO_INDEX ? 1 : 0, &statement->id });
    put_citations(f, statement->sources, statement->source_count);
    put_condition(f, statement);
    put_reference(f, "resource", fhir_local_reference(f, kind, number));
    put_end(f);
}

void put_action_group(Fhir *f, const char *title, uint32_t count,
                         void (*write)(Fhir *f, uint32_t number)) {
    if (count == 0) return;
    put_begin(f, NULL);
    put_word(f, "title", title);
    put_begin_list(f, "action");
    for (uint32_t i = 0; i < count; i++) write(f, i);
    put_end_list(f);
    put_end(f);
}

