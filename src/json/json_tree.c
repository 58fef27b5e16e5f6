/* json_tree.c - json_parse: the fast reading, and what to say when it refuses.
 *
 * An array or object is read by json.cc.  The parser below it says that a text is not
 * valid, never where: then the slow reading of json_locate.c finds line and column.  A
 * text that is one number, string or literal is read inside brackets of our own. */
#include <string.h>

#include "json/json_walk.h"

static Span span_at(Str text, size_t offset) {
    Span span = { 1, 1, (uint32_t)offset, 1 };
    for (size_t i = 0; i < offset && i < text.length; i++) {
        span.column++;
        if (text.data[i] == '\n') {
            span.line++;
            span.column = 1;
        }
    }
    return span;
}

static const Json *refuse(Diagnostic *error, Str text, size_t offset, const char *code,
                          Str message, Str hint) {
    *error = (Diagnostic){ .severity = SEVERITY_ERROR, .code = code, .message = message,
                           .hint = hint, .span = span_at(text, offset) };
    return NULL;
}

static Str without_mark(Str text) {
    bool marked = text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0;
    return marked ? str_slice(text, 3, text.length) : text;
}

static const Json *refuse_invalid(Arena *arena, Str text, Str body, Diagnostic *error) {
    JsonFault fault;
    size_t mark = text.length - body.length;
    if (json_locate(arena, body, &fault)) /* the two readings disagree: say the little known */
        return refuse(error, text, mark, "json-syntax", STR("the text is not valid JSON"),
                      STR("check it with another JSON reader"));
    return refuse(error, text, mark + fault.offset, fault.code, fault.message, fault.hint);
}

/* The key, as written, of the member whose value starts at `at`. */
static Str key_before(Str text, size_t at) {
    while (at > 0 && text.data[at - 1] != '"') at--; /* over the colon and white space */
    size_t end = at > 0 ? at - 1 : 0, from = end;
    while (from > 0 && text.data[from - 1] != '"') from--;
    while (from > 1 && text.data[from - 2] == '\\') { /* an escaped quote within the key */
        from--;
        while (from > 0 && text.data[from - 1] != '"') from--;
    }
    return str_slice(text, from, end - from > 80 ? from + 80 : end);
}

static const Json *refuse_status(Arena *arena, JsonStatus status, Str text, Str body,
                                 size_t offset, Diagnostic *error) {
    size_t place = offset + (text.length - body.length);
    switch (status) {
        case JSON_DUPLICATE:
            return refuse(error, text, place, "json-duplicate-key",
                          str_format(arena, "the object has \"%.*s\" twice; its second value stands here",
                                     STR_ARGS(key_before(text, place))),
                          STR("remove one of the two"));
        case JSON_TOO_DEEP:
            return refuse(error, text, place, "json-too-deep",
                          str_format(arena, "arrays and objects are nested more than %d deep",
                                     JSON_DEPTH),
                          STR("a record of FHIR never needs this; check what wrote it"));
        case JSON_TOO_LARGE:
            return refuse(error, text, 0, "json-too-large",
                          STR("the text needs more memory than one record may use"),
                          STR("split the record, or raise --max-record"));
        default: return refuse_invalid(arena, text, body, error);
    }
}

static bool starts_as_container(Str text) {
    for (size_t i = 0; i < text.length; i++)
        if (strchr(" \t\n\r", text.data[i]) == NULL || text.data[i] == '\0')
            return text.data[i] == '[' || text.data[i] == '{';
    return true;
}

/* A text of one value that is no container; already found valid. */
static const Json *parse_scalar(JsonReader *reader, Arena *arena, Str text, Str body,
                                Diagnostic *error) {
    JsonFault fault;
    if (!json_locate(arena, body, &fault)) return refuse_invalid(arena, text, body, error);
    Str wrapped = str_format(arena, "[%.*s]", STR_ARGS(body));
    Json list = { 0 };
    size_t offset = 0;
    JsonStatus status = json_walk(reader, arena, wrapped, NULL, &list, &offset);
    if (status != JSON_OK) return refuse_status(arena, status, text, body, 0, error);
    Json *root = arena_copy(arena, list.items, sizeof *root);
    root->offset--;
    return root;
}

const Json *json_parse(JsonReader *reader, Arena *arena, Str text, JsonSymbols symbols,
                       Diagnostic *error) {
    Str body = without_mark(text);
    if (body.length > UINT32_MAX / 2)
        return refuse_status(arena, JSON_TOO_LARGE, text, body, 0, error);
    if (!starts_as_container(body)) return parse_scalar(reader, arena, text, body, error);
    Json *root = arena_alloc_zeroed(arena, sizeof *root);
    size_t offset = 0;
    JsonStatus status = json_walk(reader, arena, body, symbols, root, &offset);
    if (status == JSON_OK) return root;
    return refuse_status(arena, status, text, body, offset, error);
}

const Json *json_get(const Json *json, const char *key) {
    if (json == NULL || json->kind != JSON_OBJECT) return NULL;
    for (uint32_t i = 0; i < json->count; i++)
        if (str_is(json_key(&json->items[i]), key)) return &json->items[i];
    return NULL;
}
