/* lex.c - see lex.h.  The text is read byte by byte; whatever is no token is reported
 * and left out, so that the parser sees the rest.
 *
 * A string may run over lines, so that one that is not closed swallows definitions up to the
 * next quote, and all that follows reads inside out.  Where a text has lexical errors and a
 * string that swallows what looks like a declaration, it is read again, cautiously: such a
 * string then ends with its line. */
#include "cql/lex.h"

#include "base/vec.h"

#include <string.h>

typedef struct Lexer {
    Arena *arena;
    Diagnostics *diagnostics;
    Str file, text;
    size_t at;
    uint32_t line;
    size_t line_begin;
    bool line_start;
    Span across_lines; /* the first string over several lines: suspect when one is open */
    bool found_open;   /* a string without an end: others are then sought on their line only */
    bool suspicious;   /* a string swallows a declaration */
    bool cautious;     /* and must not */
    bool open_comment; /* the end of the text is that of a comment */
    VEC(Token) tokens;
    VEC(Comment) comments;
} Lexer;

typedef struct Word {
    const char *text, *second; /* second: of a pair, or the mend of a wrong symbol */
    uint8_t kind;
    bool may_name;
} Word;

enum { RESERVED = 0, NAME = 1 };

static const Word symbols[] = {
#define SYMBOL(id, text) { text, NULL, TOKEN_##id, false },
#define WRONG(id, text, mend) { text, mend, TOKEN_##id, false },
#define PAIR(id, first, second)
#define KEYWORD(id, word, use)
#include "cql/tokens.def"
#undef SYMBOL
#undef WRONG
#undef PAIR
#undef KEYWORD
};

static const Word pairs[] = {
#define SYMBOL(id, text)
#define WRONG(id, text, mend)
#define PAIR(id, first, second) { first, second, TOKEN_##id, false },
#define KEYWORD(id, word, use)
#include "cql/tokens.def"
#undef SYMBOL
#undef WRONG
#undef PAIR
#undef KEYWORD
};

static const char *const pair_names[] = {
#define SYMBOL(id, text)
#define WRONG(id, text, mend)
#define PAIR(id, first, second) first " " second,
#define KEYWORD(id, word, use)
#include "cql/tokens.def"
#undef SYMBOL
#undef WRONG
#undef PAIR
#undef KEYWORD
};

static const Word keywords[] = { /* in the order of TokenKind and sorted but for case */
#define SYMBOL(id, text)
#define WRONG(id, text, mend)
#define PAIR(id, first, second)
#define KEYWORD(id, word, use) { word, NULL, TOKEN_##id, use },
#include "cql/tokens.def"
#undef SYMBOL
#undef WRONG
#undef PAIR
#undef KEYWORD
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- kinds ---- */

bool token_is_keyword(TokenKind kind) { return kind >= keywords[0].kind; }

bool token_may_name(TokenKind kind) {
    return token_is_keyword(kind) && keywords[kind - keywords[0].kind].may_name;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

const char *token_keyword_like(Str text) {
    for (size_t i = 0; i < COUNT(keywords); i++) {
        const char *word = keywords[i].text;
        size_t length = 0;
        while (length < text.length && lower(text.data[length]) == lower(word[length])) length++;
        if (length == text.length && word[length] == '\0') return word;
    }
    return NULL;
}

static const char *const class_names[] = {
    "the end of the text", "a name", "a quoted name", "a string", "a number", "a Long number",
    "a date",              "a date and time", "a time",
};

const char *token_kind_name(TokenKind kind) {
    if (kind < COUNT(class_names)) return class_names[kind];
    if (token_is_keyword(kind)) return keywords[kind - keywords[0].kind].text;
    for (size_t i = 0; i < COUNT(symbols); i++)
        if (symbols[i].kind == kind && symbols[i].second == NULL) return symbols[i].text;
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (pairs[i].kind == kind) return pair_names[i];
    return "";
}

Str token_text(const Tokens *tokens, const Token *token) {
    return str_slice(tokens->text, token->span.offset, token->span.offset + token->span.length);
}

/* ---- reading ---- */

static char peek(const Lexer *lexer, size_t ahead) {
    size_t at = lexer->at + ahead;
    return at < lexer->text.length ? lexer->text.data[at] : '\0';
}

static bool at_end(const Lexer *lexer) { return lexer->at >= lexer->text.length; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

static void advance(Lexer *lexer) {
    if (lexer->text.data[lexer->at++] != '\n') return;
    lexer->line++;
    lexer->line_begin = lexer->at;
    lexer->line_start = true;
}

static void advance_by(Lexer *lexer, size_t count) {
    while (count-- > 0 && !at_end(lexer)) advance(lexer);
}

static Span span_here(const Lexer *lexer) {
    return (Span){ lexer->line, (uint32_t)(lexer->at - lexer->line_begin + 1),
                   (uint32_t)lexer->at, 1 };
}

static void complain(Lexer *lexer, Span span, const char *code, Str message, Str hint) {
    diagnostics_add(lexer->diagnostics, (Diagnostic){ .severity = SEVERITY_ERROR, .code = code,
                                                      .message = message, .hint = hint,
                                                      .file = lexer->file, .span = span });
}

static void add_token(Lexer *lexer, TokenKind kind, Span span, bool line_start, bool broken) {
    span.length = (uint32_t)(lexer->at - span.offset);
    vec_push(lexer->arena, &lexer->tokens,
             ((Token){ (uint8_t)kind, line_start, broken, (uint32_t)lexer->comments.count, span }));
    lexer->line_start = false;
}

/* ---- comments ---- */

static void add_comment(Lexer *lexer, Span span) {
    vec_push(lexer->arena, &lexer->comments,
             ((Comment){ str_slice(lexer->text, span.offset, lexer->at), span.line, lexer->line }));
}

static void read_line_comment(Lexer *lexer) {
    Span span = span_here(lexer);
    while (!at_end(lexer) && peek(lexer, 0) != '\n') advance(lexer);
    add_comment(lexer, span);
}

static void read_block_comment(Lexer *lexer) {
    Span span = span_here(lexer);
    bool line_start = lexer->line_start;
    advance_by(lexer, 2);
    while (!at_end(lexer) && !(peek(lexer, 0) == '*' && peek(lexer, 1) == '/')) advance(lexer);
    if (at_end(lexer)) {
        span.length = 2;
        complain(lexer, span, "unclosed-comment", STR("this comment is never closed"),
                 STR("close it with */"));
        lexer->open_comment = true;
        return;
    }
    advance_by(lexer, 2);
    add_comment(lexer, span);
    if (span.line == lexer->line) lexer->line_start = line_start;
}

static bool skip_blank(Lexer *lexer) {
    if (at_end(lexer)) return false;
    if (is_space(peek(lexer, 0))) return advance(lexer), true;
    if (peek(lexer, 0) != '/') return false;
    if (peek(lexer, 1) == '/') return read_line_comment(lexer), true;
    if (peek(lexer, 1) == '*') return read_block_comment(lexer), true;
    return false;
}

/* ---- words ---- */

static size_t word_length(Str text, size_t from) {
    size_t to = from;
    while (to < text.length && (is_letter(text.data[to]) || is_digit(text.data[to]))) to++;
    return to - from;
}

/* The second word of a pair, when it follows after nothing but white space. */
static bool pair_follows(const Lexer *lexer, size_t first_length, const char *second) {
    size_t from = lexer->at + first_length, length = strlen(second);
    while (from < lexer->text.length && is_space(lexer->text.data[from])) from++;
    return word_length(lexer->text, from) == length &&
           memcmp(lexer->text.data + from, second, length) == 0;
}

static size_t pair_length(const Lexer *lexer, size_t first_length, const char *second) {
    size_t to = lexer->at + first_length;
    while (is_space(lexer->text.data[to])) to++;
    return to + strlen(second) - lexer->at;
}

static TokenKind keyword_kind(Str word) {
    for (size_t i = 0; i < COUNT(keywords); i++)
        if (keywords[i].text[0] == word.data[0] && str_is(word, keywords[i].text))
            return keywords[i].kind;
    return TOKEN_NAME;
}

static void read_word(Lexer *lexer) {
    Span span = span_here(lexer);
    bool line_start = lexer->line_start;
    size_t length = word_length(lexer->text, lexer->at);
    Str word = { lexer->text.data + lexer->at, length };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (!str_is(word, pairs[i].text) || !pair_follows(lexer, length, pairs[i].second)) continue;
        advance_by(lexer, pair_length(lexer, length, pairs[i].second));
        add_token(lexer, pairs[i].kind, span, line_start, false);
        return;
    }
    advance_by(lexer, length);
    add_token(lexer, keyword_kind(word), span, line_start, false);
}

/* ---- strings and quoted names ---- */

static void complain_unclosed(Lexer *lexer, Span span, char quote) {
    Str hint = quote == '\'' ? STR("close the string with '")
                             : STR("close the name with the same mark");
    if (quote == '\'' && lexer->across_lines.line != 0)
        hint = str_format(lexer->arena,
                          "close it with '; perhaps it is the string that begins at line %u and "
                          "runs over several lines that is not closed where it should be",
                          lexer->across_lines.line);
    complain(lexer, span, quote == '\'' ? "unclosed-string" : "unclosed-name",
             quote == '\'' ? STR("this string is never closed")
                           : STR("this quoted name is not closed on its line"),
             hint);
}

/* Does a line begin at `at` that declares something? */
static bool declaration_line(const Lexer *lexer, size_t at) {
    static const char *const words[] = { "define ",    "parameter \"",  "code \"",
                                         "concept \"", "codesystem \"", "valueset \"",
                                         "context P",  "context U" };
    Str rest = str_slice(lexer->text, at, lexer->text.length);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts_with(rest, str_from(words[i]))) return true;
    return false;
}

/* Where the closing mark is; the text's length when there is none. */
static size_t find_close(Lexer *lexer, char quote) {
    bool one_line = quote != '\'' || lexer->found_open; /* a name over two lines is never meant */
    bool swallows = false;
    for (size_t i = lexer->at + 1; i < lexer->text.length; i++) {
        char c = lexer->text.data[i];
        if (c == quote) {
            lexer->suspicious |= swallows;
            return i;
        }
        if (c == '\\' && i + 1 < lexer->text.length) c = lexer->text.data[++i];
        if (c != '\n') continue;
        swallows = swallows || declaration_line(lexer, i + 1);
        if (one_line || (swallows && lexer->cautious)) break;
    }
    lexer->suspicious |= swallows;
    return lexer->text.length;
}

static void read_quoted(Lexer *lexer, char quote) {
    Span span = span_here(lexer);
    bool line_start = lexer->line_start;
    TokenKind kind = quote == '\'' ? TOKEN_STRING : TOKEN_QUOTED;
    size_t close = find_close(lexer, quote);
    if (close >= lexer->text.length) {
        complain_unclosed(lexer, span, quote);
        if (quote == '\'') lexer->found_open = true;
        while (!at_end(lexer) && peek(lexer, 0) != '\n') advance(lexer);
        add_token(lexer, kind, span, line_start, true);
        return;
    }
    advance_by(lexer, close + 1 - lexer->at);
    if (lexer->line != span.line && lexer->across_lines.line == 0) lexer->across_lines = span;
    add_token(lexer, kind, span, line_start, false);
}

/* ---- numbers and dates ---- */

static size_t digits(const Lexer *lexer, size_t ahead) {
    size_t count = 0;
    while (is_digit(peek(lexer, ahead + count))) count++;
    return count;
}

static void read_number(Lexer *lexer) {
    Span span = span_here(lexer);
    bool line_start = lexer->line_start;
    TokenKind kind = TOKEN_NUMBER;
    size_t length = digits(lexer, 0);
    if (peek(lexer, length) == '.' && is_digit(peek(lexer, length + 1)))
        length += 1 + digits(lexer, length + 1);
    else if (peek(lexer, length) == 'L' && !is_letter(peek(lexer, length + 1))) {
        length++;
        kind = TOKEN_LONG;
    }
    advance_by(lexer, length);
    add_token(lexer, kind, span, line_start, false);
}

/* The length of hh[:mm[:ss[.fff]]] at `ahead`; 0: none. */
static size_t time_length(const Lexer *lexer, size_t ahead) {
    if (digits(lexer, ahead) != 2) return 0;
    size_t length = 2;
    for (int field = 0; field < 2; field++) {
        if (peek(lexer, ahead + length) != ':' || digits(lexer, ahead + length + 1) != 2)
            return length;
        length += 3;
    }
    size_t fraction = peek(lexer, ahead + length) == '.' ? digits(lexer, ahead + length + 1) : 0;
    return fraction == 0 ? length : length + 1 + fraction;
}

static size_t date_length(const Lexer *lexer, size_t ahead) {
    if (digits(lexer, ahead) != 4) return 0;
    size_t length = 4;
    for (int field = 0; field < 2; field++) {
        if (peek(lexer, ahead + length) != '-' || digits(lexer, ahead + length + 1) != 2) break;
        length += 3;
    }
    return length;
}

static size_t offset_length(const Lexer *lexer, size_t ahead) {
    char sign = peek(lexer, ahead);
    if (sign == 'Z') return 1;
    if ((sign != '+' && sign != '-') || digits(lexer, ahead + 1) != 2) return 0;
    return peek(lexer, ahead + 3) == ':' && digits(lexer, ahead + 4) == 2 ? 6 : 0;
}

/* What follows '@': its length and kind; 0 when it is no date or time. */
static size_t moment_length(const Lexer *lexer, TokenKind *kind) {
    *kind = TOKEN_TIME;
    if (peek(lexer, 1) == 'T') {
        size_t time = time_length(lexer, 2);
        return time == 0 ? 0 : 2 + time;
    }
    size_t length = 1 + date_length(lexer, 1);
    *kind = TOKEN_DATE;
    if (length == 1 || peek(lexer, length) != 'T') return length == 1 ? 0 : length;
    *kind = TOKEN_DATETIME;
    length++;
    length += time_length(lexer, length);
    return length + offset_length(lexer, length);
}

static void read_moment(Lexer *lexer) {
    Span span = span_here(lexer);
    bool line_start = lexer->line_start;
    TokenKind kind;
    size_t length = moment_length(lexer, &kind);
    char next = peek(lexer, length);
    bool more = (next == '-' || next == ':') && is_digit(peek(lexer, length + 1)); /* @2026-1 */
    bool broken = length == 0 || more || is_digit(next) || is_letter(next);
    if (length == 0) length = 1;
    if (broken)
        while (is_digit(peek(lexer, length)) || is_letter(peek(lexer, length)) ||
               peek(lexer, length) == ':' || peek(lexer, length) == '-')
            length++;
    advance_by(lexer, length);
    if (broken) {
        span.length = (uint32_t)length;
        complain(lexer, span, "invalid-date", STR("this is no date or time"),
                 STR("write a date as @2026-01-31, a date and time as @2026-01-31T12:30:00, "
                     "a time as @T12:30"));
    }
    add_token(lexer, kind, span, line_start, broken);
}

/* ---- the rest ---- */

static bool symbol_here(const Lexer *lexer, const char *symbol) {
    size_t length = strlen(symbol);
    return lexer->text.length - lexer->at >= length &&
           memcmp(lexer->text.data + lexer->at, symbol, length) == 0;
}

static bool read_symbol(Lexer *lexer) {
    for (size_t i = 0; i < COUNT(symbols); i++) {
        const Word *symbol = &symbols[i];
        if (!symbol_here(lexer, symbol->text)) continue;
        Span span = span_here(lexer);
        bool line_start = lexer->line_start;
        advance_by(lexer, strlen(symbol->text));
        span.length = (uint32_t)strlen(symbol->text);
        if (symbol->second != NULL)
            complain(lexer, span, "foreign-operator",
                     str_format(lexer->arena, "'%s' is no operator of CQL", symbol->text),
                     str_format(lexer->arena, "write %s", symbol->second));
        add_token(lexer, symbol->kind, span, line_start, false);
        return true;
    }
    return false;
}

static size_t character_length(char first) {
    unsigned char c = (unsigned char)first;
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static void refuse_character(Lexer *lexer) {
    Span span = span_here(lexer);
    span.length = (uint32_t)character_length(peek(lexer, 0));
    Str character = str_slice(lexer->text, lexer->at, lexer->at + span.length);
    Str hint = { "", 0 };
    if (character.data[0] == ';') hint = STR("CQL has no semicolons; leave it out");
    else if (str_starts_with(character, STR("\xE2\x80"))) /* typographic quotation marks, dashes */
        hint = STR("a word processor may have put it there: use plain ' and \" and -");
    advance_by(lexer, span.length);
    bool printable = (unsigned char)character.data[0] >= ' ' && character.data[0] != 0x7F;
    complain(lexer, span, "invalid-character",
             printable ? str_format(lexer->arena, "'%.*s' has no meaning here", STR_ARGS(character))
                       : str_format(lexer->arena, "the control character %u has no meaning here",
                                    (unsigned)(unsigned char)character.data[0]),
             hint);
}

static void read_token(Lexer *lexer) {
    char c = peek(lexer, 0);
    if (is_letter(c)) read_word(lexer);
    else if (is_digit(c)) read_number(lexer);
    else if (c == '\'' || c == '"' || c == '`') read_quoted(lexer, c);
    else if (c == '@') read_moment(lexer);
    else if (!read_symbol(lexer)) refuse_character(lexer);
}

/* ---- UTF-8 ---- */

/* The length of the valid UTF-8 sequence at `at`; 0 when there is none. */
static size_t sequence_length(Str text, size_t at) {
    const unsigned char *s = (const unsigned char *)text.data + at;
    size_t left = text.length - at;
    if (s[0] < 0x80) return 1;
    size_t length = s[0] >= 0xC2 && s[0] < 0xE0 ? 2 : (s[0] & 0xF0) == 0xE0 ? 3
                  : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4 : 0;
    if (length == 0 || left < length) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80) return 0;
    if (s[0] == 0xE0 && s[1] < 0xA0) return 0; /* longer than needed */
    if (s[0] == 0xED && s[1] > 0x9F) return 0; /* surrogates */
    if (s[0] == 0xF0 && s[1] < 0x90) return 0;
    if (s[0] == 0xF4 && s[1] > 0x8F) return 0; /* past U+10FFFF */
    return length;
}

/* Goes to the first byte that is no UTF-8; false when all is well. */
static bool find_bad_utf8(Lexer *lexer) {
    while (!at_end(lexer)) {
        size_t length = sequence_length(lexer->text, lexer->at);
        if (length == 0) return true;
        advance_by(lexer, length);
    }
    return false;
}

static void begin(Lexer *lexer) {
    lexer->at = str_starts_with(lexer->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    lexer->line = 1;
    lexer->line_begin = lexer->at;
    lexer->line_start = true;
}

static void read_all(Lexer *lexer) {
    begin(lexer);
    while (!at_end(lexer))
        if (!skip_blank(lexer)) read_token(lexer);
    Span end = span_here(lexer);
    add_token(lexer, TOKEN_END, end, true, lexer->open_comment);
}

static Lexer read_text(Arena *arena, Str file, Str text, bool cautious, Diagnostics *diagnostics) {
    Lexer lexer = { .arena = arena, .diagnostics = diagnostics, .file = file, .text = text,
                    .cautious = cautious };
    begin(&lexer);
    if (find_bad_utf8(&lexer)) {
        complain(&lexer, span_here(&lexer), "invalid-utf8", STR("this byte is no UTF-8"),
                 STR("save the file with the encoding UTF-8"));
        lexer.text.length = 0;
    }
    read_all(&lexer);
    return lexer;
}

Tokens lex(Arena *arena, Str file, Str text, Diagnostics *diagnostics) {
    Diagnostics found = diagnostics_new(arena);
    Lexer lexer = read_text(arena, file, text, false, &found);
    if (found.errors != 0 && lexer.suspicious) {
        found = diagnostics_new(arena);
        lexer = read_text(arena, file, text, true, &found);
    }
    for (size_t i = 0; i < found.count; i++) diagnostics_add(diagnostics, found.items[i]);
    return (Tokens){ file, text, (uint32_t)lexer.tokens.count, lexer.tokens.items,
                     (uint32_t)lexer.comments.count, lexer.comments.items };
}

void lex_print(Str text, Buffer *out) {
    Diagnostics unheard = diagnostics_new(out->arena);
    Tokens tokens = lex(out->arena, (Str){ "", 0 }, text, &unheard);
    for (uint32_t i = 0; i + 1 < tokens.count; i++) {
        const Token *token = &tokens.items[i];
        const char *kind = token->kind < COUNT(class_names) ? class_names[token->kind]
                           : token_is_keyword(token->kind)  ? "a keyword"
                                                            : "a symbol";
        buffer_format(out, "%u:%u\t%s\t%.*s\n", token->span.line, token->span.column, kind,
                      STR_ARGS(token_text(&tokens, token)));
    }
}
