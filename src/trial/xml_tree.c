/* xml_tree.c - Expat's events, gathered in lists, then made into a tree.
 *
 * Control must not leave Expat sideways: its handlers allocate with arena_try_alloc, and stop
 * the parser where that fails. */
#include "trial/xml_tree.h"

#include <expat.h>

typedef struct Chunk {
    struct Chunk *next;
    size_t length;
    char data[];
} Chunk;

typedef struct Element {
    struct Element *parent, *next, *first, *last;
    Chunk *text, *text_end;
    size_t text_length;
    uint32_t count, offset;
    Str name;
} Element;

typedef struct Building {
    XML_Parser parser;
    Arena *arena;
    Element *root, *current;
    uint32_t depth, mark; /* mark: bytes of a byte-order mark */
    const char *code, *message, *hint; /* why the parser was stopped */
} Building;

static void stop(Building *b, const char *code, const char *message, const char *hint) {
    if (b->code != NULL) return;
    b->code = code;
    b->message = message;
    b->hint = hint;
    XML_StopParser(b->parser, XML_FALSE);
}

static void *allocate(Building *b, size_t size) {
    void *memory = arena_try_alloc(b->arena, size);
    if (memory == NULL)
        stop(b, "file-too-large", "the file needs more memory than a file may have",
             "Split the file, one study a file");
    return memory;
}

/* ---- handlers ---- */

static void begin_element(void *self, const XML_Char *name, const XML_Char **attributes) {
    (void)attributes;
    Building *b = self;
    if (++b->depth > XML_DEPTH) {
        stop(b, "too-deep", "elements nest deeper than 64", "No study nests so deep");
        return;
    }
    size_t length = strlen(name);
    Element *element = allocate(b, sizeof *element);
    char *copy = allocate(b, length + 1);
    if (element == NULL || copy == NULL) return;
    memcpy(copy, name, length + 1);
    XML_Index at = XML_GetCurrentByteIndex(b->parser);
    *element = (Element){ .parent = b->current, .name = { copy, length } };
    element->offset = at < (XML_Index)b->mark ? 0 : (uint32_t)(at - (XML_Index)b->mark);
    Element *parent = b->current;
    if (parent == NULL) b->root = element;
    else if (parent->last == NULL) parent->first = element;
    else parent->last->next = element;
    if (parent != NULL) parent->last = element;
    if (parent != NULL) parent->count++;
    b->current = element;
}

static void end_element(void *self, const XML_Char *name) {
    (void)name;
    Building *b = self;
    if (b->code != NULL) return;
    b->depth--;
    b->current = b->current->parent;
}

static void add_text(void *self, const XML_Char *text, int length) {
    Building *b = self;
    Element *element = b->current;
    if (element == NULL || b->code != NULL || element->first != NULL || length <= 0) return;
    Chunk *chunk = allocate(b, sizeof *chunk + (size_t)length);
    if (chunk == NULL) return;
    chunk->next = NULL;
    chunk->length = (size_t)length;
    memcpy(chunk->data, text, (size_t)length);
    if (element->text == NULL) element->text = chunk;
    else element->text_end->next = chunk;
    element->text_end = chunk;
    element->text_length += chunk->length;
}

/* Entities of one's own could make a short text endless. */
static void refuse_type(void *self, const XML_Char *name, const XML_Char *system,
                        const XML_Char *public, int internal) {
    (void)name, (void)system, (void)public, (void)internal;
    stop(self, "document-type", "the file declares a document type",
         "Take the DOCTYPE line out; studies have none");
}

/* ---- text ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static Str trim(Str s) {
    size_t from = 0, to = s.length;
    while (to > from && is_blank(s.data[to - 1])) to--;
    while (from < to && is_blank(s.data[from])) from++;
    return str_slice(s, from, to);
}

static size_t indent_of(Str line) {
    size_t at = 0;
    while (at < line.length && line.data[at] == ' ') at++;
    return at;
}

static Str next_line(Str *rest) {
    size_t end = 0;
    while (end < rest->length && rest->data[end] != '\n') end++;
    Str line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->length);
    return line;
}

/* The text without blank ends and without the indentation that all its lines share. */
static Str without_indent(Arena *arena, Str text) {
    size_t least = SIZE_MAX;
    for (Str rest = text; rest.length != 0;) {
        Str line = next_line(&rest);
        if (trim(line).length != 0 && indent_of(line) < least) least = indent_of(line);
    }
    Buffer out = buffer_new(arena);
    for (Str rest = text; rest.length != 0;) {
        Str line = next_line(&rest);
        buffer_add(&out, str_slice(line, least < line.length ? least : line.length, line.length));
        buffer_add_char(&out, '\n');
    }
    return trim(buffer_str(&out));
}

static Str text_of(Arena *arena, const Element *element) {
    Buffer all = buffer_new(arena);
    for (const Chunk *chunk = element->text; chunk != NULL; chunk = chunk->next)
        buffer_add(&all, (Str){ chunk->data, chunk->length });
    return without_indent(arena, buffer_str(&all));
}

/* ---- the tree ---- */

static void make_node(Arena *arena, const Element *element, Json *node) {
    *node = (Json){ .kind = JSON_STRING, .offset = element->offset, .key = element->name.data,
                    .key_length = (uint32_t)element->name.length };
    if (element->first == NULL) {
        Str text = text_of(arena, element);
        node->text = text.data == NULL ? "" : text.data;
        node->count = (uint32_t)text.length;
        return;
    }
    Json *items = arena_array(arena, element->count, sizeof *items);
    uint32_t count = 0;
    for (const Element *child = element->first; child != NULL; child = child->next)
        make_node(arena, child, &items[count++]);
    node->kind = JSON_OBJECT;
    node->count = count;
    node->items = items;
}

static void tell_error(const Building *b, Arena *arena, Diagnostic *error) {
    XML_Index at = XML_GetCurrentByteIndex(b->parser);
    *error = (Diagnostic){ .severity = SEVERITY_ERROR, .code = "not-xml",
                           .hint = STR("Fetch the study again; the file may be cut off") };
    error->span = (Span){ (uint32_t)XML_GetCurrentLineNumber(b->parser),
                          (uint32_t)XML_GetCurrentColumnNumber(b->parser) + 1,
                          at < 0 ? 0 : (uint32_t)at, 1 };
    error->message = str_format(arena, "this is no XML: %s",
                                XML_ErrorString(XML_GetErrorCode(b->parser)));
    if (b->code == NULL) return;
    error->code = b->code;
    error->message = str_from(b->message);
    error->hint = str_from(b->hint);
}

static bool parse(Building *b, Str text) {
    enum { PIECE = 1 << 20 };
    for (size_t at = 0;; at += PIECE) {
        size_t rest = text.length - at, size = rest < PIECE ? rest : PIECE;
        bool last = size == rest;
        if (XML_Parse(b->parser, text.data + at, (int)size, last) != XML_STATUS_OK) return false;
        if (last) return true;
    }
}

const Json *xml_read(Arena *arena, Str text, Diagnostic *error) {
    Building b = { .arena = arena, .parser = XML_ParserCreate(NULL) };
    if (b.parser == NULL) arena_give_up(arena);
    b.mark = str_starts_with(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    XML_SetUserData(b.parser, &b);
    XML_SetElementHandler(b.parser, begin_element, end_element);
    XML_SetCharacterDataHandler(b.parser, add_text);
    XML_SetStartDoctypeDeclHandler(b.parser, refuse_type);
    bool sound = parse(&b, text) && b.code == NULL;
    Json *root = sound ? arena_try_alloc(arena, sizeof *root) : NULL;
    if (!sound) tell_error(&b, arena, error);
    XML_ParserFree(b.parser);
    if (sound && root == NULL) arena_give_up(arena);
    if (root != NULL) make_node(arena, b.root, root);
    return root;
}
