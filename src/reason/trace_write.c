/* trace_write.c - the tree of why, for people and for programs.
 *
 * Conversions that nobody wrote are left out: what is below them stands in their place.  For
 * people, constants are left out too, long values are cut, and of many rows the first are
 * shown. */
#include "reason/trace.h"

#include "cql/code.h"
#include "fhir/model.h"
#include "reason/value_plain.h"
#include "value/print.h"

enum { DEEPEST = 300, SHOWN_ROWS = 10 };
enum { SOURCE_BEFORE = 48, SOURCE_BEHIND = 28, VALUE_BEFORE = 80, VALUE_BEHIND = 1,
       NAMES_BEFORE = 240 };

static Str literal(Eval *eval, Value value, Arena *arena) {
    Buffer out = buffer_new(arena);
    value_print(eval, value_unwrap(eval, value), &out);
    return buffer_str(&out);
}

static Str resource_name(Eval *eval, Value resource) {
    return eval->nodes->to_text(eval, resource);
}

static Span span_of(const TraceNode *node) {
    return node->expression->ast == NULL ? node->define->span : node->expression->ast->span;
}

static Str file_of(const TraceNode *node) {
    const Definition *definition = node->expression->definition;
    return definition == NULL ? node->define->file : definition->owner->file;
}

/* What a missing thing is: without a value, an empty list, a query no row of which fits. */
typedef enum Reason { REASON_ABSENT, REASON_NONE, REASON_NONE_FITS } Reason;
static const char *const reason_codes[] = { "absent", "none", "none-fits" };
static const char *const reason_words[] = { "has no value", "none there", "none that fits" };

static Reason reason_of(const TraceNode *node) {
    const Ast *ast = node->expression->ast;
    if (node->value.tag != TAG_LIST) return REASON_ABSENT;
    return ast != NULL && ast->kind == AST_QUERY ? REASON_NONE_FITS : REASON_NONE;
}

/* ---- for people ---- */

typedef struct Text {
    const Trace *trace;
    Eval *eval;
    Buffer *out;
} Text;

/* On one line: blanks in a row as one. */
static Str one_line(Arena *arena, Str text) {
    Buffer out = buffer_new(arena);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (blank && (out.length == 0 || out.data[out.length - 1] == ' ')) continue;
        buffer_add_char(&out, blank ? ' ' : c);
    }
    return buffer_str(&out);
}

static bool is_inside_character(Str text, size_t at) {
    return at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

/* At most so many bytes before and behind what is cut out of the middle. */
static void add_cut(Buffer *out, Str text, size_t before, size_t behind) {
    text = one_line(out->arena, text);
    if (text.length <= before + behind + 3) {
        buffer_add(out, text);
        return;
    }
    size_t from = text.length - behind;
    while (is_inside_character(text, before)) before--;
    while (is_inside_character(text, from)) from++;
    buffer_add(out, str_slice(text, 0, before));
    buffer_add_text(out, "…");
    buffer_add(out, str_slice(text, from, text.length));
}

static void add_source(Buffer *out, const TraceNode *node) {
    add_cut(out, trace_source(node), SOURCE_BEFORE, SOURCE_BEHIND);
}

static void indent(Text *t, uint32_t depth) {
    for (uint32_t i = 0; i < depth; i++) buffer_add_text(t->out, "  ");
}

static void write_value(Text *t, const TraceNode *node) {
    if (!node->ended) {
        buffer_add_text(t->out, ": failed");
    } else if (node->has_value) {
        buffer_add_text(t->out, " = ");
        add_cut(t->out, literal(t->eval, node->value, t->out->arena), VALUE_BEFORE, VALUE_BEHIND);
    }
}

static bool was_told(const Text *t, const TraceNode *node) {
    return node->define != NULL && node->first == NULL &&
           t->trace->defines[node->define->definition->index] != NULL;
}

/* The line alone, or, of a define, the file too. */
static void write_line_number(Text *t, const TraceNode *node) {
    Str file = file_of(node);
    size_t from = file.length;
    while (from > 0 && file.data[from - 1] != '/') from--;
    if (node->define == NULL) file = STR("");
    buffer_format(t->out, "  [%.*s:%u]", STR_ARGS(str_slice(file, from, file.length)),
                  span_of(node).line);
}

static void write_line(Text *t, const TraceNode *node, uint32_t depth) {
    indent(t, depth);
    if (node->alias != NULL) buffer_add(t->out, *node->alias);
    else add_source(t->out, node);
    write_value(t, node);
    if (was_told(t, node)) buffer_add_text(t->out, "  (see above)");
    else if (node->alias == NULL) write_line_number(t, node);
    buffer_add_char(t->out, '\n');
}

static void write_missing(Text *t, const TraceNode *node, uint32_t depth) {
    TraceMissing missing = trace_missing(t->trace, node);
    for (uint32_t i = 0; i < missing.count; i++) {
        const TraceNode *one = missing.items[i];
        indent(t, depth + 1);
        buffer_add_text(t->out, "missing: ");
        add_source(t->out, one);
        buffer_format(t->out, " (%s)", reason_words[reason_of(one)]);
        write_line_number(t, one);
        buffer_add_char(t->out, '\n');
    }
}

static void write_resources(Text *t, const TraceNode *node, uint32_t depth) {
    TraceResources resources = trace_resources(t->trace, node);
    if (resources.count == 0) return;
    Buffer names = buffer_new(t->out->arena);
    for (uint32_t i = 0; i < resources.count; i++)
        buffer_format(&names, "%s%.*s", i == 0 ? "" : ", ",
                      STR_ARGS(resource_name(t->eval, resources.items[i])));
    indent(t, depth + 1);
    buffer_add_text(t->out, "rests on: ");
    add_cut(t->out, buffer_str(&names), NAMES_BEFORE, 0);
    buffer_add_char(t->out, '\n');
}

static void write_children(Text *t, const TraceNode *node, uint32_t depth);

/* A constant, or an alias of a part of the record, which is shown where it came from. */
static bool tells_nothing(const TraceNode *node) {
    const Ast *ast = node->expression->ast;
    if (ast == NULL || node->alias != NULL || !node->ended) return false;
    if (trace_is_constant(node)) return true;
    return ast->kind == AST_LOCAL && node->value.tag == TAG_NODE &&
           fhir_classes[node->value.aux].value_tag == TAG_NULL;
}

static bool changes_nothing(const TraceNode *node) {
    const Ast *ast = node->expression->ast;
    return ast != NULL && node->alias == NULL && node->ended && ast->kind == AST_AS &&
           node->first != NULL && value_is_null(node->value) == value_is_null(node->first->value);
}

static void write_node(Text *t, const TraceNode *node, uint32_t depth) {
    if (trace_is_inserted(node) || changes_nothing(node)) {
        write_children(t, node, depth);
        return;
    }
    if (tells_nothing(node)) return;
    write_line(t, node, depth);
    if (node->define != NULL && !was_told(t, node)) {
        write_missing(t, node, depth);
        write_resources(t, node, depth);
    }
    if (depth < DEEPEST) write_children(t, node, depth + 1);
}

static void write_children(Text *t, const TraceNode *node, uint32_t depth) {
    uint32_t rows = 0;
    for (const TraceNode *child = node->first; child != NULL; child = child->next) {
        if (child->alias != NULL && ++rows > SHOWN_ROWS) continue;
        write_node(t, child, depth);
    }
    if (rows <= SHOWN_ROWS) return;
    indent(t, depth);
    buffer_format(t->out, "... and %u more rows\n", rows - SHOWN_ROWS);
}

void trace_write_text(const Trace *trace, Eval *eval, Buffer *out) {
    Text text = { trace, eval, out };
    write_node(&text, trace->root, 0);
    if (trace->left_out != 0)
        buffer_format(out, "... and %u more expressions\n", trace->left_out);
}

/* ---- for programs ---- */

typedef struct Writing {
    const Trace *trace;
    Eval *eval;
    JsonWriter *w;
} Writing;

static void write_place(Writing *x, const TraceNode *node) {
    json_write_member(x->w, "file", file_of(node));
    json_write_key(x->w, "line");
    json_write_integer(x->w, span_of(node).line);
    json_write_key(x->w, "column");
    json_write_integer(x->w, span_of(node).column);
}

static void write_resource_list(Writing *x, const TraceNode *node) {
    TraceResources resources = trace_resources(x->trace, node);
    json_write_key(x->w, "resources");
    json_begin_array(x->w);
    for (uint32_t i = 0; i < resources.count; i++)
        json_write_str(x->w, resource_name(x->eval, resources.items[i]));
    json_end_array(x->w);
}

static void write_missing_list(Writing *x, const TraceNode *node) {
    TraceMissing missing = trace_missing(x->trace, node);
    json_write_key(x->w, "missing");
    json_begin_array(x->w);
    for (uint32_t i = 0; i < missing.count; i++) {
        json_begin_object(x->w);
        json_write_member(x->w, "expression", trace_source(missing.items[i]));
        json_write_member(x->w, "reason", str_from(reason_codes[reason_of(missing.items[i])]));
        write_place(x, missing.items[i]);
        json_end_object(x->w);
    }
    json_end_array(x->w);
}

static Str type_of(const Writing *x, const TraceNode *node) {
    if (node->expression->ast == NULL) return node->define->type;
    return type_name(x->trace->program->types, x->trace->arena, node->expression->ast->type);
}

static void write_head(Writing *x, const TraceNode *node) {
    if (node->alias != NULL) {
        json_write_member(x->w, "row", *node->alias);
    } else {
        if (node->define != NULL) json_write_member(x->w, "define", node->define->name);
        json_write_member(x->w, "expression", trace_source(node));
        write_place(x, node);
        json_write_member(x->w, "type", type_of(x, node));
    }
    if (node->has_value)
        json_write_member(x->w, "cql", literal(x->eval, node->value, x->w->out->arena));
    if (!node->ended) {
        json_write_key(x->w, "failed");
        json_write_boolean(x->w, true);
    }
}

static void write_all_children(Writing *x, const TraceNode *node, uint32_t depth);

static void write_object(Writing *x, const TraceNode *node, uint32_t depth) {
    if (trace_is_inserted(node)) {
        write_all_children(x, node, depth);
        return;
    }
    json_begin_object(x->w);
    write_head(x, node);
    write_resource_list(x, node);
    if (node->alias == NULL) write_missing_list(x, node);
    json_write_key(x->w, "children");
    json_begin_array(x->w);
    if (depth < DEEPEST) write_all_children(x, node, depth + 1);
    json_end_array(x->w);
    json_end_object(x->w);
}

static void write_all_children(Writing *x, const TraceNode *node, uint32_t depth) {
    for (const TraceNode *child = node->first; child != NULL; child = child->next)
        write_object(x, child, depth);
}

void trace_write_json(const Trace *trace, Eval *eval, JsonWriter *w) {
    Writing writing = { trace, eval, w };
    write_object(&writing, trace->root, 0);
}
