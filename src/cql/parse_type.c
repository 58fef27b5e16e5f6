/* parse_type.c - types as written: names, List, Interval, Tuple, Choice. */
#include "cql/parse_state.h"

typedef VEC(TypeName *) TypeVec;
typedef VEC(Str) NameVec;

static TypeName *begin(Parser *p, int kind) {
    TypeName *type = arena_alloc_zeroed(p->arena, sizeof *type);
    type->kind = (uint8_t)kind;
    type->span = parser_token(p)->span;
    return type;
}

static bool type_word_at(const Parser *p, uint32_t index) {
    TokenKind kind = parser_kind_at(p, index);
    return name_referential_at(p, index) || kind == TOKEN_CODE_TYPE || kind == TOKEN_CONCEPT_TYPE;
}

static Str read_word(Parser *p) {
    const Token *token = parser_advance(p);
    return token->kind == TOKEN_QUOTED ? text_decode(p, token) : token_text(&p->tokens, token);
}

static Str join(Parser *p, Str qualifier, Str name) {
    if (qualifier.length == 0) return name;
    return str_format(p->arena, "%.*s.%.*s", STR_ARGS(qualifier), STR_ARGS(name));
}

TypeName *type_parse_named(Parser *p) {
    TypeName *type = begin(p, TYPE_NAME_NAMED);
    do {
        if (p->lost || !type_word_at(p, p->at)) {
            parser_fail_expected(p, "expected-type", "a type",
                                 STR("such as Integer, FHIR.Patient, List<String>, "
                                     "Interval<Date>"));
            return type;
        }
        type->qualifier = join(p, type->qualifier, type->name);
        type->name = read_word(p);
    } while (parser_accept(p, TOKEN_DOT));
    type->span = span_from(p, type->span);
    return type;
}

/* <T> or <T, U> */
static void parse_arguments(Parser *p, TypeName *type, bool several) {
    TypeVec parts = { 0 };
    parser_advance(p);
    bool open = parser_expect(p, TOKEN_LESS, "write the type of the elements, as in List<Integer>");
    if (!open) return;
    do vec_push(p->arena, &parts, type_parse(p));
    while (several && parser_accept(p, TOKEN_COMMA));
    parser_expect(p, TOKEN_GREATER, NULL);
    type->child = parts.items;
    type->count = (uint32_t)parts.count;
}

static void parse_tuple(Parser *p, TypeName *type) {
    TypeVec parts = { 0 };
    NameVec names = { 0 };
    parser_advance(p);
    if (!parser_at(p, TOKEN_LEFT_BRACE)) {
        parser_expect(p, TOKEN_LEFT_BRACE, "write the elements, as in Tuple { id Integer }");
        return;
    }
    Bracket bracket = bracket_open(p);
    do {
        vec_push(p->arena, &names, name_parse_referential(p, "the name of an element"));
        vec_push(p->arena, &parts, type_parse(p));
    } while (bracket_more(p, &bracket));
    bracket_close(p, &bracket, TOKEN_RIGHT_BRACE);
    type->child = parts.items;
    type->names = names.items;
    type->count = (uint32_t)parts.count;
}

static bool choice_at(const Parser *p) {
    return parser_kind(p, 0) == TOKEN_NAME && parser_kind(p, 1) == TOKEN_LESS &&
           str_is(token_text(&p->tokens, parser_token(p)), "Choice");
}

static TypeName *parse_type(Parser *p) {
    TokenKind kind = parser_kind(p, 0);
    TypeName *type;
    if (kind == TOKEN_LIST || kind == TOKEN_INTERVAL) {
        type = begin(p, kind == TOKEN_LIST ? TYPE_NAME_LIST : TYPE_NAME_INTERVAL);
        parse_arguments(p, type, false);
    } else if (kind == TOKEN_TUPLE) {
        type = begin(p, TYPE_NAME_TUPLE);
        parse_tuple(p, type);
    } else if (choice_at(p)) {
        type = begin(p, TYPE_NAME_CHOICE);
        parse_arguments(p, type, true);
    } else {
        return type_parse_named(p);
    }
    type->span = span_from(p, type->span);
    if (type->count == 0) type->kind = TYPE_NAME_NAMED; /* after an error: of no name */
    return type;
}

TypeName *type_parse(Parser *p) {
    TypeName *type = parser_enter(p) ? parse_type(p) : begin(p, TYPE_NAME_NAMED);
    parser_leave(p);
    return type;
}
