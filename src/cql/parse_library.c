/* parse_library.c - declarations: library, using, include, terminology, parameters,
 * contexts, defines and functions. */
#include "cql/parse_state.h"

typedef VEC(Definition *) DefinitionVec;
typedef VEC(OperandDefinition) OperandVec;
typedef VEC(Str) NameVec;

typedef struct Reader {
    Parser *p;
    Library *library;
    DefinitionVec definitions;
    Str context;
    bool statements; /* a define or a context has been read */
    uint32_t start;  /* the declaration's first token */
} Reader;

/* ---- parts ---- */

static Str parse_string(Parser *p, const char *hint) {
    if (parser_at(p, TOKEN_STRING)) return text_decode(p, parser_advance(p));
    bool quoted = parser_at(p, TOKEN_QUOTED);
    parser_fail_expected(p, "expected-string", "a text in single quotes",
                         quoted ? STR("only names are quoted with \", text is with '")
                                : str_from(hint));
    return (Str){ "", 0 };
}

static Str parse_version(Parser *p) {
    if (!parser_accept(p, TOKEN_VERSION)) return (Str){ "", 0 };
    return parse_string(p, "as in version '1.0.0'");
}

static Str parse_display(Parser *p) {
    if (!parser_accept(p, TOKEN_DISPLAY)) return (Str){ "", 0 };
    return parse_string(p, "as in display 'Neuroendocrine tumour'");
}

/* The colon behind a name; `=`, which is meant so, and none at all are read on from. */
static void parse_colon(Parser *p) {
    if (parser_accept(p, TOKEN_COLON) || p->lost) return;
    const Token *token = parser_token(p);
    bool equal = token->kind == TOKEN_EQUAL;
    if (!equal && !operand_starts(p, p->at)) {
        parser_expect(p, TOKEN_COLON, "the name is followed by a colon");
        return;
    }
    parser_complain(p, token, "expected-token",
                    str_format(p->arena, "expected ':', found %.*s",
                               STR_ARGS(parser_describe(p, token))),
                    STR("the name is followed by a colon"));
    if (equal) parser_advance(p);
}

/* name.name.name as text, and its last part */
static Str parse_qualified(Parser *p, const char *what, Str *last) {
    Buffer out = buffer_new(p->arena);
    do {
        if (out.length != 0) buffer_add_char(&out, '.');
        *last = name_parse(p, what);
        buffer_add(&out, *last);
    } while (parser_accept(p, TOKEN_DOT));
    return buffer_str(&out);
}

static Definition *begin(Reader *r, DefinitionKind kind) {
    Definition *definition = arena_alloc_zeroed(r->p->arena, sizeof *definition);
    definition->kind = kind;
    definition->context = r->context;
    definition->is_private = parser_kind_at(r->p, r->start) == TOKEN_PRIVATE;
    comment_attach(r->p, r->start, definition);
    return definition;
}

static void parse_definition_name(Parser *p, Definition *definition, const char *what) {
    definition->span = parser_token(p)->span;
    definition->name = name_parse(p, what);
}

/* A definition without a name is of no use to anyone. */
static void finish(Reader *r, Definition *definition) {
    definition->extent = span_from(r->p, r->p->tokens.items[r->start].span);
    if (definition->name.length != 0) vec_push(r->p->arena, &r->definitions, definition);
}

/* ---- library, using, include, context ---- */

static bool is_access(TokenKind kind) { return kind == TOKEN_PUBLIC || kind == TOKEN_PRIVATE; }

static void parse_header(Reader *r) {
    Str last;
    const Token *token = &r->p->tokens.items[r->start];
    if (r->start != 0)
        parser_complain(r->p, token, "declaration-order",
                        STR("library stands at the beginning, once"), STR("a file is one library"));
    Str name = parse_qualified(r->p, "the name of the library", &last);
    Str version = parse_version(r->p);
    if (r->start != 0) return;
    r->library->name = name;
    r->library->version = version;
}

static void parse_using(Reader *r) {
    Parser *p = r->p;
    Library *library = r->library;
    Str last, alias = { "", 0 };
    const Token *token = parser_token(p);
    Str name = parse_qualified(p, "the name of a model", &last);
    Str version = parse_version(p);
    if (parser_accept(p, TOKEN_CALLED)) alias = name_parse(p, "a name for the model");
    if (p->lost || str_is(name, "System")) return;
    if (library->model.length != 0) {
        parser_complain(p, token, "not-supported", STR("a library uses one model"),
                        str_format(p->arena, "leave out this using, or that of %.*s",
                                   STR_ARGS(library->model)));
        return;
    }
    library->model = name;
    library->model_version = version;
    library->model_alias = alias;
    library->model_span = token->span;
}

static void parse_include(Reader *r) {
    Parser *p = r->p;
    Definition *definition = begin(r, DEFINITION_INCLUDE);
    definition->span = parser_token(p)->span;
    definition->library = parse_qualified(p, "the name of a library", &definition->name);
    definition->version = parse_version(p);
    if (parser_accept(p, TOKEN_CALLED))
        parse_definition_name(p, definition, "a name for the library");
    definition->alias = definition->name;
    finish(r, definition);
}

static void parse_context(Reader *r) {
    Str last;
    parse_qualified(r->p, "the name of a context", &last);
    if (!r->p->lost) r->context = last;
    r->statements = true;
}

/* ---- terminology ---- */

typedef struct References {
    NameVec qualifiers, names;
} References;

/* [library.]name */
static void parse_reference(Parser *p, References *references, const char *what) {
    Str qualifier = { "", 0 }, name = name_parse(p, what);
    if (parser_accept(p, TOKEN_DOT)) {
        qualifier = name;
        name = name_parse(p, what);
    }
    vec_push(p->arena, &references->qualifiers, qualifier);
    vec_push(p->arena, &references->names, name);
}

static void set_references(Definition *definition, const References *references) {
    definition->reference_qualifiers = references->qualifiers.items;
    definition->references = references->names.items;
    definition->reference_count = (uint32_t)references->names.count;
}

/* { [library.]name, ... } */
static void parse_references(Parser *p, Definition *definition, const char *what,
                             const char *hint) {
    References references = { { 0 }, { 0 } };
    if (!parser_at(p, TOKEN_LEFT_BRACE)) {
        parser_expect(p, TOKEN_LEFT_BRACE, hint);
        return;
    }
    Bracket bracket = bracket_open(p);
    do parse_reference(p, &references, what);
    while (bracket_more(p, &bracket));
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACE);
    set_references(definition, &references);
}

static void parse_codesystem(Reader *r) {
    Definition *definition = begin(r, DEFINITION_CODESYSTEM);
    parse_definition_name(r->p, definition, "a name for the code system");
    parse_colon(r->p);
    definition->id = parse_string(r->p, "as in codesystem \"LOINC\": 'http://loinc.org'");
    definition->version = parse_version(r->p);
    finish(r, definition);
}

static void parse_valueset(Reader *r) {
    Definition *definition = begin(r, DEFINITION_VALUESET);
    parse_definition_name(r->p, definition, "a name for the value set");
    parse_colon(r->p);
    definition->id = parse_string(r->p, "as in valueset \"Imaging\": 'http://example.org/imaging'");
    definition->version = parse_version(r->p);
    if (parser_accept(r->p, TOKEN_CODESYSTEMS))
        parse_references(r->p, definition, "the name of a code system",
                         "as in codesystems { \"LOINC\" }");
    finish(r, definition);
}

static void parse_code(Reader *r) {
    Parser *p = r->p;
    References references = { { 0 }, { 0 } };
    Definition *definition = begin(r, DEFINITION_CODE);
    parse_definition_name(p, definition, "a name for the code");
    parse_colon(p);
    definition->id = parse_string(p, "as in code \"Ki-67\": '29593-1' from \"LOINC\"");
    if (parser_expect(p, TOKEN_FROM, "a code is from a code system: from \"LOINC\""))
        parse_reference(p, &references, "the name of a code system");
    set_references(definition, &references);
    definition->display = parse_display(p);
    finish(r, definition);
}

static void parse_concept(Reader *r) {
    Definition *definition = begin(r, DEFINITION_CONCEPT);
    parse_definition_name(r->p, definition, "a name for the concept");
    parse_colon(r->p);
    parse_references(r->p, definition, "the name of a code",
                     "as in concept \"NET\": { \"NET code\" }");
    definition->display = parse_display(r->p);
    finish(r, definition);
}

/* ---- parameters, defines, functions ---- */

static void parse_parameter(Reader *r) {
    Parser *p = r->p;
    Definition *definition = begin(r, DEFINITION_PARAMETER);
    parse_definition_name(p, definition, "a name for the parameter");
    bool typed = !parser_at(p, TOKEN_DEFAULT) && !parser_at(p, TOKEN_END) &&
                 !parser_declaration_at(p, p->at);
    if (!p->lost && typed) definition->type_name = type_parse(p);
    if (parser_accept(p, TOKEN_DEFAULT)) definition->body = expression_parse(p);
    finish(r, definition);
}

static void parse_operands(Parser *p, Definition *definition) {
    OperandVec operands = { 0 };
    if (!parser_at(p, TOKEN_LEFT_PARENTHESIS)) {
        parser_expect(p, TOKEN_LEFT_PARENTHESIS, "as in define function f(x Integer): x + 1");
        return;
    }
    Bracket bracket = bracket_open(p);
    if (!parser_at(p, TOKEN_RIGHT_PARENTHESIS)) {
        do {
            OperandDefinition operand = { .span = parser_token(p)->span };
            operand.name = name_parse_referential(p, "the name of an operand");
            operand.type_name = type_parse(p);
            vec_push(p->arena, &operands, operand);
        } while (bracket_more(p, &bracket));
    }
    bracket_close(p, &bracket, TOKEN_RIGHT_PARENTHESIS);
    definition->operands = operands.items;
    definition->operand_count = (uint32_t)operands.count;
}

/* Words of the grammar that are no keywords anywhere else. */
static bool word_at(const Parser *p, const char *word) {
    return parser_at(p, TOKEN_NAME) && str_is(token_text(&p->tokens, parser_token(p)), word);
}

static void parse_function_name(Parser *p, Definition *definition) {
    bool keyword = !p->lost && token_is_keyword(parser_kind(p, 0));
    definition->span = parser_token(p)->span;
    definition->name = keyword ? token_text(&p->tokens, parser_advance(p))
                               : name_parse(p, "a name for the function");
}

static void parse_function(Reader *r, Definition *definition) {
    Parser *p = r->p;
    parse_function_name(p, definition);
    parse_operands(p, definition);
    if (word_at(p, "returns")) {
        parser_advance(p);
        definition->type_name = type_parse(p);
    }
    parse_colon(p);
    definition->external = word_at(p, "external");
    if (definition->external) parser_advance(p);
    else definition->body = expression_parse(p);
}

/* define fluent f(...) is read as though `function` stood there. */
static void parse_function_word(Parser *p) {
    if (parser_accept(p, TOKEN_FUNCTION)) return;
    parser_complain(p, parser_token(p), "expected-token",
                    str_format(p->arena, "expected 'function', found %.*s",
                               STR_ARGS(parser_describe(p, parser_token(p)))),
                    STR("write define fluent function"));
}

static void parse_define(Reader *r) {
    Parser *p = r->p;
    Definition *definition = begin(r, DEFINITION_EXPRESSION);
    if (parser_at(p, TOKEN_PRIVATE)) definition->is_private = true;
    if (is_access(parser_kind(p, 0))) parser_advance(p);
    bool named = parser_kind(p, 1) == TOKEN_COLON; /* by a keyword, which is a mistake */
    definition->fluent = !named && parser_accept(p, TOKEN_FLUENT);
    if (!named && (definition->fluent || parser_at(p, TOKEN_FUNCTION))) {
        definition->kind = DEFINITION_FUNCTION;
        parse_function_word(p);
        parse_function(r, definition);
    } else {
        parse_definition_name(p, definition, "a name for the define");
        parse_colon(p);
        definition->body = expression_parse(p);
    }
    r->statements = true;
    finish(r, definition);
}

/* ---- the library ---- */

static void warn_order(Reader *r, TokenKind kind) {
    bool anywhere = kind == TOKEN_DEFINE || kind == TOKEN_CONTEXT || kind == TOKEN_LIBRARY;
    if (!r->statements || anywhere) return;
    parser_warn(r->p, r->p->tokens.items[r->start].span, "declaration-order",
                STR("this stands behind the first define or context"),
                STR("other engines read it only before them"));
}

static void parse_declaration(Reader *r) {
    Parser *p = r->p;
    r->start = p->at;
    if (is_access(parser_kind(p, 0))) {
        const Token *word = parser_advance(p);
        Str access = token_text(&p->tokens, word);
        if (parser_at(p, TOKEN_DEFINE))
            parser_complain(p, word, "declaration-order",
                            str_format(p->arena, "'%.*s' stands behind define", STR_ARGS(access)),
                            str_format(p->arena, "write define %.*s", STR_ARGS(access)));
    }
    TokenKind kind = parser_kind(p, 0);
    warn_order(r, kind);
    if (parser_accept(p, TOKEN_DEFINE)) parse_define(r);
    else if (parser_accept(p, TOKEN_CONTEXT)) parse_context(r);
    else if (parser_accept(p, TOKEN_PARAMETER)) parse_parameter(r);
    else if (parser_accept(p, TOKEN_CODE)) parse_code(r);
    else if (parser_accept(p, TOKEN_CONCEPT)) parse_concept(r);
    else if (parser_accept(p, TOKEN_VALUESET)) parse_valueset(r);
    else if (parser_accept(p, TOKEN_CODESYSTEM)) parse_codesystem(r);
    else if (parser_accept(p, TOKEN_INCLUDE)) parse_include(r);
    else if (parser_accept(p, TOKEN_USING)) parse_using(r);
    else if (parser_accept(p, TOKEN_LIBRARY)) parse_header(r);
    else parser_fail_expected(p, "expected-declaration", "a declaration, such as define",
                              (Str){ "", 0 });
}

static bool is_declaration(TokenKind kind) {
    switch (kind) {
        case TOKEN_DEFINE: case TOKEN_CONTEXT: case TOKEN_PARAMETER: case TOKEN_CODE:
        case TOKEN_CONCEPT: case TOKEN_VALUESET: case TOKEN_CODESYSTEM: case TOKEN_INCLUDE:
        case TOKEN_USING: case TOKEN_LIBRARY: case TOKEN_PUBLIC: case TOKEN_PRIVATE:
        case TOKEN_END: return true;
        default: return false;
    }
}

/* Goes to the next declaration; complains of what stands before it. */
static void end_declaration(Reader *r) {
    Parser *p = r->p;
    if (!p->lost && is_declaration(parser_kind(p, 0))) return;
    parser_fail_expected(p, "unexpected-token", "an operator or the next define", (Str){ "", 0 });
    if (p->at == r->start) parser_advance(p);
    while (parser_kind(p, 0) != TOKEN_END &&
           !parser_declaration_at(p, p->at))
        parser_advance(p);
    p->lost = false;
}

Library *parse_library(Arena *arena, Str file, Str text, Diagnostics *diagnostics) {
    Library *library = arena_alloc_zeroed(arena, sizeof *library);
    size_t known = diagnostics->count;
    Parser p = parser_new(arena, file, text, diagnostics);
    Reader reader = { .p = &p, .library = library };
    library->file = file;
    library->text = text;
    while (!parser_at(&p, TOKEN_END)) {
        parse_declaration(&reader);
        end_declaration(&reader);
    }
    library->definitions = reader.definitions.items;
    library->count = (uint32_t)reader.definitions.count;
    diagnostics_sort(diagnostics, known);
    return library;
}

Ast *parse_expression(Arena *arena, Str file, Str text, Diagnostics *diagnostics) {
    size_t known = diagnostics->count;
    Parser p = parser_new(arena, file, text, diagnostics);
    Ast *node = expression_parse(&p);
    if (!parser_at(&p, TOKEN_END))
        parser_fail_expected(&p, "unexpected-token", "an operator or the end of the text",
                             (Str){ "", 0 });
    diagnostics_sort(diagnostics, known);
    return node;
}
