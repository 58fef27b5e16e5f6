/* terms_fuzz.c - any text as a value set, a code system or a Bundle of them: read, worked out,
 * and asked for members.  What a value set lists is in it; what it has is known. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "reason/terminology.h"

static void require(bool condition, const char *what) {
    if (condition) return;
    fprintf(stderr, "terms: %s\n", what);
    abort();
}

static void check_members(Eval *eval, const Terms *terms, Str url) {
    Terminology t = terms_terminology(terms);
    Reference set = { .id = url };
    const Code code = { .code = STR("a"), .system = STR("s") };
    bool known = false;
    t.in_value_set(t.self, &code, &set, &known);
    require(known == terms_has_value_set(terms, url), "known, and yet not there");
    Value codes = t.expand(t.self, eval, &set);
    require(value_is_null(codes) || known, "codes of what is not there");
    for (uint32_t i = 0; codes.tag == TAG_LIST && i < codes.list->count && i < 64; i++) {
        const Code *member = codes.list->items[i].code;
        require(t.in_value_set(t.self, member, &set, &known), "a member that is none");
        terms_mention(terms, member);
        terms_display(terms, member->system, member->code);
        t.in_code_system(t.self, member, &set, &known);
        if (t.subsumes != NULL) t.subsumes(t.self, member, &code, &known);
    }
}

static void visit_urls(Eval *eval, const Terms *terms, const Json *json, int depth) {
    if (json->kind != JSON_OBJECT && json->kind != JSON_ARRAY) return;
    const Json *url = json->kind == JSON_OBJECT ? json_get(json, "url") : NULL;
    if (url != NULL && url->kind == JSON_STRING) check_members(eval, terms, json_text(url));
    for (uint32_t i = 0; i < json->count && depth < 4; i++)
        visit_urls(eval, terms, &json->items[i], depth + 1);
}

static void check_terms(JsonReader *reader, Arena *arena, Str text) {
    Diagnostic error;
    Diagnostics diagnostics = diagnostics_new(arena);
    Eval eval = { .arena = arena };
    const Json *json = json_parse(reader, arena, text, NULL, &error);
    if (json == NULL) return;
    Terms *terms = terms_new(arena);
    terms_add(terms, STR("fuzz"), text, json, &diagnostics);
    terms_finish(terms);
    for (size_t i = 0; i < diagnostics.count; i++)
        require(diagnostics.items[i].message.length > 0, "a diagnostic that says nothing");
    visit_urls(&eval, terms, json, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static JsonReader *reader;
    if (reader == NULL) reader = json_reader_new();
    Arena *arena = arena_new(64 << 20);
    const Str text = { (const char *)data, size };
    if (setjmp(*arena_guard(arena)) == 0) check_terms(reader, arena, text);
    arena_unguard(arena);
    arena_free(arena);
    return 0;
}
