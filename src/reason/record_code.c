/* record_code.c - see record_code.h. */
#include "reason/record_code.h"

#include "reason/short_code.h"

const Json *record_concept(const Json *resource) {
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

bool record_code_at(const Json *concept, uint32_t index, Code *out) {
    const Json *list = json_get(concept, "coding");
    if (list == NULL || list->kind != JSON_ARRAY || index >= list->count) return false;
    const Json *coding = &list->items[index];
    *out = (Code){ .code = json_text(json_get(coding, "code")),
                   .system = json_text(json_get(coding, "system")),
                   .display = json_text(json_get(coding, "display")) };
    return true;
}

/* "tiny#size" -> "size" */
static Str after_mark(Str text) {
    size_t at = 0;
    while (at < text.length && text.data[at] != '#') at++;
    return at < text.length ? str_slice(text, at + 1, text.length) : text;
}

bool record_has_code(const Json *concept, Str short_code) {
    Str system = { "", 0 }, wanted = short_code;
    Code code;
    if (!short_code_split(short_code, &system, &wanted)) wanted = after_mark(short_code);
    for (uint32_t i = 0; record_code_at(concept, i, &code); i++)
        if (str_equal(code.code, wanted) &&
            (system.length == 0 || str_equal(code.system, system)))
            return true;
    return false;
}

static bool is_mentioned(const Guideline *guideline, const Code *code) {
    const Code *codes;
    uint32_t count = program_codes(guideline->program, &codes);
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(codes[i].code, code->code) && str_equal(codes[i].system, code->system))
            return true;
    return terms_mention(guideline->term_set, code);
}

bool record_code_known(const Guideline *guideline, const Json *concept) {
    Code code;
    if (!record_code_at(concept, 0, &code)) return true;
    for (uint32_t i = 0; record_code_at(concept, i, &code); i++)
        if (is_mentioned(guideline, &code)) return true;
    return false;
}

static bool lists_system(const Guideline *guideline, Str system) {
    const Code *codes;
    uint32_t count = program_codes(guideline->program, &codes);
    for (uint32_t i = 0; i < count; i++)
        if (str_equal(codes[i].system, system)) return true;
    return false;
}

bool record_unknown_code(const Guideline *guideline, const Json *concept, Code *out) {
    Code code;
    bool listed = false;
    if (!record_code_at(concept, 0, &code) || record_code_known(guideline, concept)) return false;
    for (uint32_t i = 0; !listed && record_code_at(concept, i, &code); i++) {
        listed = lists_system(guideline, code.system);
        *out = code;
    }
    return listed;
}

/* The value[x] of an Observation. */
static const Json *value_of(const Json *resource) {
    for (uint32_t i = 0; i < resource->count; i++)
        if (str_starts_with(json_key(&resource->items[i]), STR("value")))
            return &resource->items[i];
    return NULL;
}

Str record_why_unread(const Guideline *guideline, const Json *resource) {
    const Json *value = value_of(resource);
    if (value == NULL) return (Str){ "", 0 };
    Str key = json_key(value);
    Code code;
    if (str_is(key, "valueQuantity") || str_is(key, "valueRange")) return STR("bad-unit");
    if (!str_is(key, "valueCodeableConcept") || !record_code_at(value, 0, &code))
        return STR("not-interpretable");
    return record_code_known(guideline, value) ? (Str){ "", 0 } : STR("unknown-code");
}

/* ---- words ---- */

Str reason_in_words(Str reason) {
    static const struct { const char *reason, *words; } all[] = {
        { "absent", "not in the record" },
        { "stale", "too old to count" },
        { "bad-unit", "in a unit that does not convert" },
        { "unknown-code", "by a code that is not known" },
        { "not-interpretable", "cannot be used as it is" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_is(reason, all[i].reason)) return str_from(all[i].words);
    return reason;
}

static Str activity_title(const Guideline *guideline, Str id) {
    for (uint32_t i = 0; i < guideline->activity_count; i++)
        if (str_equal(guideline->activities[i].id, id)) return guideline->activities[i].title;
    return (Str){ "", 0 };
}

static Str fact_name(const Guideline *guideline, Str code) {
    for (uint32_t i = 0; i < guideline->fact_count; i++)
        if (str_equal(guideline->facts[i].code, code)) return guideline->facts[i].text;
    return (Str){ "", 0 };
}

Str code_name(const Guideline *guideline, Str short_code) {
    Str system, code, name = { "", 0 };
    if (short_code_split(short_code, &system, &code))
        name = terms_display(guideline->term_set, system, code);
    else code = short_code;
    if (name.length == 0) name = activity_title(guideline, code);
    if (name.length == 0) name = fact_name(guideline, short_code);
    return name.length != 0 ? name : short_code;
}
