/* ast_print.c - the tree in words, one node a line, children two columns further in.
 * A checked tree prints too: what the checker inserted has its own words. */
#include "cql/parse.h"
#include "value/decimal.h"
#include "value/time.h"

enum { DEEPEST = 1200 };

typedef struct Printer {
    Buffer *out;
    unsigned depth;
} Printer;

static void print_node(Printer *p, const Ast *node);

/* ---- lines ---- */

static void begin_line(Printer *p) {
    for (unsigned i = 0; i < p->depth; i++) buffer_add_text(p->out, "  ");
}

static void add_name(Printer *p, Str name) { buffer_format(p->out, " \"%.*s\"", STR_ARGS(name)); }

static void add_text(Printer *p, Str text) {
    buffer_add_char(p->out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        unsigned byte = (unsigned char)c;
        if (c == '\n') buffer_add_text(p->out, "\\n");
        else if (c == '\r') buffer_add_text(p->out, "\\r");
        else if (byte < ' ') buffer_format(p->out, "\\u%04X", byte);
        else if (c == '\'' || c == '\\') buffer_format(p->out, "\\%c", c);
        else buffer_add_char(p->out, c);
    }
    buffer_add_char(p->out, '\'');
}

static void add_labelled(Printer *p, const char *label, Str text) {
    if (text.length == 0) return;
    buffer_format(p->out, " %s ", label);
    add_text(p, text);
}

/* A line with a word, then the node further in. */
static void print_part(Printer *p, const char *label, const Ast *node) {
    if (node == NULL) return;
    begin_line(p);
    buffer_format(p->out, "%s\n", label);
    p->depth++;
    print_node(p, node);
    p->depth--;
}

static void print_named(Printer *p, const char *label, Str name, const Ast *node) {
    begin_line(p);
    buffer_add_text(p->out, label);
    add_name(p, name);
    buffer_add_char(p->out, '\n');
    p->depth++;
    print_node(p, node);
    p->depth--;
}

/* ---- types ---- */

static void add_type(Printer *p, const TypeName *type) {
    static const char *const words[] = { "", "List", "Interval", "Tuple", "Choice" };
    if (type->kind == TYPE_NAME_NAMED) {
        if (type->qualifier.length != 0) buffer_format(p->out, "%.*s.", STR_ARGS(type->qualifier));
        buffer_add(p->out, type->name);
        return;
    }
    bool tuple = type->kind == TYPE_NAME_TUPLE;
    buffer_format(p->out, "%s%s", words[type->kind], tuple ? " { " : "<");
    for (uint32_t i = 0; i < type->count; i++) {
        if (i != 0) buffer_add_text(p->out, ", ");
        if (tuple) buffer_format(p->out, "%.*s ", STR_ARGS(type->names[i]));
        add_type(p, type->child[i]);
    }
    buffer_add_text(p->out, tuple ? " }" : ">");
}

static void add_typed(Printer *p, const char *label, const TypeName *type) {
    if (type == NULL) return;
    buffer_add_text(p->out, label);
    add_type(p, type);
}

/* ---- values ---- */

static void add_quantity(Printer *p, const Quantity *quantity) {
    decimal_print(quantity->value, p->out);
    buffer_add_char(p->out, ' ');
    if (quantity->calendar) buffer_add(p->out, quantity->unit);
    else add_text(p, quantity->unit);
}

static void add_value(Printer *p, Value value) {
    switch (value.tag) {
        case TAG_BOOLEAN: buffer_add_text(p->out, value.boolean ? "true" : "false"); return;
        case TAG_INTEGER: buffer_format(p->out, "Integer %lld", (long long)value.integer); return;
        case TAG_LONG: buffer_format(p->out, "Long %lld", (long long)value.integer); return;
        case TAG_DECIMAL: buffer_add_text(p->out, "Decimal "), decimal_print(value, p->out); return;
        case TAG_STRING: buffer_add_text(p->out, "String "), add_text(p, value_str(value)); return;
        case TAG_DATE: buffer_add_text(p->out, "Date "), time_print(value, p->out); return;
        case TAG_DATETIME: buffer_add_text(p->out, "DateTime "), time_print(value, p->out); return;
        case TAG_TIME: buffer_add_text(p->out, "Time "), time_print(value, p->out); return;
        case TAG_QUANTITY:
            buffer_add_text(p->out, "Quantity ");
            add_quantity(p, value.quantity);
            return;
        default: buffer_add_text(p->out, "value"); return;
    }
}

/* ---- timing phrases ---- */

static const char *precision_text(unsigned precision) {
    static const char *const words[] = { "",       "year",   "month",       "day", "hour",
                                         "minute", "second", "millisecond", "week" };
    return words[precision];
}

static void add_offset(Printer *p, const Timing *timing) {
    static const char *const before[] = { "", "", "", "", "more than ", "less than " };
    static const char *const after[] = { "", "", " or more", " or less", "", "" };
    if (timing->offset == OFFSET_NONE) return;
    buffer_format(p->out, " %s", before[timing->offset]);
    if (timing->quantity.tag == TAG_QUANTITY) add_quantity(p, timing->quantity.quantity);
    buffer_add_text(p->out, after[timing->offset]);
}

static void add_relation(Printer *p, const Timing *timing) {
    static const char *const words[] = { "same",   "includes", "included in", "before", "after",
                                         "within", "meets",    "overlaps",    "starts", "ends" };
    static const char *const same[] = { " as", " or before", " or after" };
    static const char *const relative[] = { "", " before", " after" };
    bool is_same = timing->kind == TIMING_SAME;
    if (timing->properly) buffer_add_text(p->out, " properly");
    add_offset(p, timing);
    if (timing->or_equal) buffer_add_text(p->out, " on or");
    buffer_format(p->out, " %s", words[timing->kind]);
    if (timing->kind == TIMING_WITHIN && timing->quantity.tag == TAG_QUANTITY) {
        buffer_add_char(p->out, ' ');
        add_quantity(p, timing->quantity.quantity);
        buffer_add_text(p->out, " of");
    }
    if (!is_same) buffer_add_text(p->out, relative[timing->relative]);
    if (timing->precision != PRECISION_NONE)
        buffer_format(p->out, " %s%s", precision_text(timing->precision), is_same ? "" : " of");
    if (is_same) buffer_add_text(p->out, same[timing->relative]);
}

static void add_timing(Printer *p, const Timing *timing) {
    static const char *const left[] = { "", " starts", " ends" };
    static const char *const right[] = { "", " start", " end" };
    buffer_format(p->out, "timing%s", left[timing->left_edge]);
    add_relation(p, timing);
    buffer_add_text(p->out, right[timing->right_edge]);
}

/* ---- queries ---- */

static void print_aggregate(Printer *p, const Query *query) {
    if (query->aggregate == NULL) return;
    print_named(p, query->aggregate_all        ? "aggregate all"
                   : query->aggregate_distinct ? "aggregate distinct"
                                               : "aggregate",
                query->aggregate_name, query->aggregate);
    print_part(p, "starting", query->aggregate_start);
}

static void print_sort(Printer *p, const Query *query) {
    for (uint32_t i = 0; i < query->sort_count; i++) {
        const SortItem *item = &query->sort[i];
        const char *label = item->descending ? "sort descending" : "sort ascending";
        if (item->expression != NULL) {
            print_part(p, label, item->expression);
            continue;
        }
        begin_line(p);
        buffer_format(p->out, "%s\n", label);
    }
}

static void print_query(Printer *p, const Query *query) {
    for (uint32_t i = 0; i < query->source_count; i++)
        print_named(p, "source", query->sources[i].alias, query->sources[i].expression);
    for (uint32_t i = 0; i < query->let_count; i++)
        print_named(p, "let", query->lets[i].name, query->lets[i].expression);
    for (uint32_t i = 0; i < query->with_count; i++) {
        const QueryWith *with = &query->withs[i];
        print_named(p, with->without ? "without" : "with", with->source.alias,
                    with->source.expression);
        print_part(p, "such that", with->such_that);
    }
    print_part(p, "where", query->where);
    print_part(p, query->result_all        ? "return all"
                  : query->result_distinct ? "return distinct"
                                           : "return", query->result);
    print_aggregate(p, query);
    print_sort(p, query);
}

/* ---- nodes ---- */

static Str operator_name(const Ast *node) {
    return node->name.length == 0 && node->overload != NULL ? str_from(node->overload->name)
                                                            : node->name;
}

static void add_precise(Printer *p, const char *word, const Ast *node) {
    buffer_add_text(p->out, word);
    if (node->precision != PRECISION_NONE)
        buffer_format(p->out, " %s", precision_text(node->precision));
}

static void add_word(Printer *p, const char *word, Str name) {
    buffer_add_text(p->out, word);
    add_name(p, name);
}

static void add_interval(Printer *p, const Ast *node) {
    buffer_format(p->out, "Interval %c %c", node->closed_low ? '[' : '(',
                  node->closed_high ? ']' : ')');
}

static void add_retrieve(Printer *p, const Ast *node) {
    add_typed(p, "retrieve ", node->type_name);
    if (node->name.length != 0)
        buffer_format(p->out, ", %.*s %.*s", STR_ARGS(node->name), STR_ARGS(node->text));
}

static void add_code(Printer *p, const Ast *node) {
    buffer_add_text(p->out, "Code ");
    add_text(p, value_str(node->value));
    add_labelled(p, "display", node->text);
}

static void add_literal(Printer *p, const Ast *node) {
    add_value(p, node->value);
    if (node->value.tag == TAG_DATETIME && node->text.length != 0)
        buffer_format(p->out, " %.*s", STR_ARGS(node->text));
}

static void add_convert(Printer *p, const Ast *node) {
    buffer_add_text(p->out, "convert");
    add_typed(p, " to ", node->type_name);
    add_labelled(p, "to unit", node->text);
}

/* The kinds that words alone say. */
static const char *plain_word(const Ast *node) {
    switch (node->kind) {
        case AST_NULL: return "null";
        case AST_RATIO: return "Ratio";
        case AST_TUPLE: return "Tuple";
        case AST_INDEX: return "indexer";
        case AST_THIS: return "$this";
        case AST_INDEX_VARIABLE: return "$index";
        case AST_TOTAL: return "$total";
        case AST_BETWEEN: return node->properly ? "properly between" : "between";
        case AST_IF: return "if";
        case AST_CASE: return "case";
        case AST_QUERY: return "query";
        case AST_CONVERSION: return "conversion";
        case AST_CONTEXT: return "context";
        case AST_RELATED: return "from context";
        default: return "error";
    }
}

static void add_names(Printer *p, const Ast *node) {
    switch (node->kind) {
        case AST_NAME: add_word(p, "name", node->name); return;
        case AST_PROPERTY: add_word(p, "property", node->name); return;
        case AST_CALL: add_word(p, node->fluent ? "fluent call" : "call", node->name); return;
        case AST_EXTERNAL_CONSTANT: add_word(p, "constant", node->name); return;
        case AST_LOCAL: buffer_format(p->out, "local %u", node->slot); return;
        case AST_DEFINITION:
            add_word(p, "definition",
                     node->definition != NULL ? node->definition->name : node->name);
            return;
        default: buffer_add_text(p->out, plain_word(node)); return;
    }
}

static void add_node(Printer *p, const Ast *node) {
    switch (node->kind) {
        case AST_LITERAL: add_literal(p, node); return;
        case AST_INTERVAL: add_interval(p, node); return;
        case AST_LIST:
            buffer_add_text(p->out, "List");
            add_typed(p, " of ", node->type_name);
            return;
        case AST_INSTANCE: add_typed(p, "instance of ", node->type_name); return;
        case AST_CODE_LITERAL: add_code(p, node); return;
        case AST_CONCEPT_LITERAL:
            buffer_add_text(p->out, "Concept");
            add_labelled(p, "display", node->text);
            return;
        case AST_OPERATOR:
            buffer_add(p->out, operator_name(node));
            add_precise(p, "", node);
            return;
        case AST_IS: buffer_add_text(p->out, "is"), add_typed(p, " ", node->type_name); return;
        case AST_AS:
            buffer_add_text(p->out, node->strict ? "cast as" : "as");
            add_typed(p, " ", node->type_name);
            return;
        case AST_CONVERT: add_convert(p, node); return;
        case AST_DURATION_BETWEEN: add_precise(p, "duration between", node); return;
        case AST_DIFFERENCE_BETWEEN: add_precise(p, "difference between", node); return;
        case AST_TIMING: add_timing(p, node->timing); return;
        case AST_TYPE_EXTENT:
            buffer_add(p->out, node->name);
            add_typed(p, " of ", node->type_name);
            return;
        case AST_RETRIEVE: add_retrieve(p, node); return;
        default: add_names(p, node); return;
    }
}

static void print_children(Printer *p, const Ast *node) {
    bool named = node->kind == AST_TUPLE || node->kind == AST_INSTANCE;
    for (uint32_t i = 0; i < node->count; i++) {
        if (named && node->names != NULL) print_named(p, "element", node->names[i], node->child[i]);
        else if (node->child[i] != NULL) print_node(p, node->child[i]);
    }
}

/* Chains of operators may be deeper than is of use to anyone. */
static void print_node(Printer *p, const Ast *node) {
    begin_line(p);
    if (p->depth > DEEPEST) {
        buffer_add_text(p->out, "...\n");
        return;
    }
    add_node(p, node);
    buffer_add_char(p->out, '\n');
    p->depth++;
    print_children(p, node);
    if (node->kind == AST_QUERY) print_query(p, node->query);
    p->depth--;
}

/* ---- declarations ---- */

static void print_operands(Printer *p, const Definition *definition) {
    for (uint32_t i = 0; i < definition->operand_count; i++) {
        begin_line(p);
        add_word(p, "operand", definition->operands[i].name);
        add_typed(p, " ", definition->operands[i].type_name);
        buffer_add_char(p->out, '\n');
    }
}

static void print_references(Printer *p, const Definition *definition) {
    for (uint32_t i = 0; i < definition->reference_count; i++) {
        Str qualifier = definition->reference_qualifiers[i];
        begin_line(p);
        buffer_add_text(p->out, "from");
        if (qualifier.length != 0) add_name(p, qualifier);
        add_name(p, definition->references[i]);
        buffer_add_char(p->out, '\n');
    }
}

static void print_notes(Printer *p, const Definition *definition) {
    if (definition->comment.length != 0) {
        begin_line(p);
        buffer_add_text(p->out, "comment ");
        add_text(p, definition->comment);
        buffer_add_char(p->out, '\n');
    }
    for (uint32_t i = 0; i < definition->annotation_count; i++) {
        const Annotation *annotation = &definition->annotations[i];
        begin_line(p);
        buffer_format(p->out, "@%.*s: %.*s\n", STR_ARGS(annotation->name),
                      STR_ARGS(annotation->value));
    }
}

static void add_heading(Printer *p, const Definition *definition) {
    static const char *const words[] = { "define",   "function", "parameter", "codesystem",
                                         "valueset", "code",     "concept",   "include" };
    add_word(p, words[definition->kind], definition->name);
    add_labelled(p, "id", definition->id);
    add_labelled(p, "library", definition->library);
    add_labelled(p, "version", definition->version);
    add_labelled(p, "display", definition->display);
    add_typed(p, " ", definition->type_name);
    if (definition->is_private) buffer_add_text(p->out, ", private");
    if (definition->fluent) buffer_add_text(p->out, ", fluent");
    if (definition->external) buffer_add_text(p->out, ", external");
    if (definition->context.length != 0)
        buffer_format(p->out, ", in context %.*s", STR_ARGS(definition->context));
    buffer_format(p->out, ", line %u\n", definition->span.line);
}

static void print_definition(Printer *p, const Definition *definition) {
    begin_line(p);
    add_heading(p, definition);
    p->depth++;
    print_notes(p, definition);
    print_operands(p, definition);
    print_references(p, definition);
    if (definition->body != NULL) print_node(p, definition->body);
    p->depth--;
}

void ast_print(const Library *library, Buffer *out) {
    Printer p = { .out = out };
    add_word(&p, "library", library->name);
    add_labelled(&p, "version", library->version);
    buffer_add_char(out, '\n');
    p.depth = 1;
    if (library->model.length != 0) {
        begin_line(&p);
        add_word(&p, "using", library->model);
        add_labelled(&p, "version", library->model_version);
        if (library->model_alias.length != 0) add_labelled(&p, "called", library->model_alias);
        buffer_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < library->count; i++) print_definition(&p, library->definitions[i]);
}
