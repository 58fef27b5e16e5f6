/* parse_comment.c - the comment right above a definition, and the annotations in it.
 *
 * It is made of the comments that stand alone on their lines, without an empty line between
 * them and the definition. */
#include "cql/parse_state.h"

typedef VEC(Annotation) AnnotationVec;

typedef struct Reader {
    Parser *parser;
    Buffer text;
    AnnotationVec annotations;
} Reader;

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static Str trim(Str s) {
    while (s.length > 0 && is_blank(s.data[0])) s = str_slice(s, 1, s.length);
    while (s.length > 0 && is_blank(s.data[s.length - 1])) s.length--;
    return s;
}

static bool is_annotation_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

/* "@name: value" */
static bool read_annotation(Reader *r, Str line) {
    size_t end = 1;
    if (line.length < 2 || line.data[0] != '@') return false;
    while (end < line.length && is_annotation_letter(line.data[end])) end++;
    if (end == 1 || end >= line.length || line.data[end] != ':') return false;
    Str value = trim(str_slice(line, end + 1, line.length));
    Annotation annotation = { str_slice(line, 1, end), value };
    vec_push(r->parser->arena, &r->annotations, annotation);
    return true;
}

static void read_line(Reader *r, Str line) {
    line = trim(line);
    if (read_annotation(r, line)) return;
    if (r->text.length != 0) buffer_add_char(&r->text, '\n');
    buffer_add(&r->text, line);
}

/* The line of a block comment without the star that it may begin with. */
static void read_block_line(Reader *r, Str line) {
    line = trim(line);
    if (line.length > 0 && line.data[0] == '*') line = trim(str_slice(line, 1, line.length));
    if (line.length != 0) read_line(r, line);
}

static void read_block(Reader *r, Str text) {
    while (text.length > 0) {
        size_t end = 0;
        while (end < text.length && text.data[end] != '\n') end++;
        read_block_line(r, str_slice(text, 0, end));
        text = str_slice(text, end + 1, text.length);
    }
}

static void read_comment(Reader *r, Str text) {
    bool line = text.data[1] == '/';
    text = str_slice(text, 2, line ? text.length : text.length - 2);
    if (line) read_line(r, text);
    else read_block(r, text);
}

/* The line on which the token before `index` ends; 0 for the first token. */
static uint32_t line_before(const Parser *p, uint32_t index) {
    if (index == 0) return 0;
    const Token *token = &p->tokens.items[index - 1];
    Str text = token_text(&p->tokens, token);
    uint32_t line = token->span.line;
    for (size_t i = 0; i < text.length; i++) line += text.data[i] == '\n';
    return line;
}

void comment_attach(Parser *p, uint32_t index, Definition *definition) {
    const Token *token = &p->tokens.items[index];
    uint32_t least = index == 0 ? 0 : p->tokens.items[index - 1].comments;
    uint32_t from = token->comments, line = token->span.line, before = line_before(p, index);
    while (from > least) {
        const Comment *comment = &p->tokens.comments[from - 1];
        if (comment->line == before || comment->last_line + 1 < line) break;
        line = comment->line;
        from--;
    }
    Reader reader = { .parser = p, .text = buffer_new(p->arena) };
    for (uint32_t i = from; i < token->comments; i++)
        read_comment(&reader, p->tokens.comments[i].text);
    definition->comment = buffer_str(&reader.text);
    definition->annotations = reader.annotations.items;
    definition->annotation_count = (uint32_t)reader.annotations.count;
}
