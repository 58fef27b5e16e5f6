/* paragraph.c - see paragraph.h.  Control characters never reach the terminal: they stand as
 * a blank, so that a record cannot write over the page. */
#include "reason/paragraph.h"

#include <string.h>

static const char *const tones[] = { "", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[33m",
                                     "\x1b[31m" };

void page_begin_tone(Page *page, Tone tone) {
    if (page->colour && tone != TONE_PLAIN) buffer_add_text(page->out, tones[tone]);
}

void page_end_tone(Page *page, Tone tone) {
    if (page->colour && tone != TONE_PLAIN) buffer_add_text(page->out, "\x1b[0m");
}

static bool is_blank(char c) { return (unsigned char)c <= ' ' || c == '\x7f'; }

/* Characters of UTF-8: bytes that do not go on another. */
static uint32_t count_characters(Str s) {
    uint32_t count = 0;
    for (size_t i = 0; i < s.length; i++) count += ((unsigned char)s.data[i] & 0xC0) != 0x80;
    return count;
}

static Str next_word(Str text, size_t *at) {
    while (*at < text.length && is_blank(text.data[*at])) (*at)++;
    size_t from = *at;
    while (*at < text.length && !is_blank(text.data[*at])) (*at)++;
    return str_slice(text, from, *at);
}

static void indent(Page *page, uint32_t columns) {
    for (uint32_t i = 0; i < columns; i++) buffer_add_char(page->out, ' ');
}

void page_paragraph(Page *page, Tone tone, const char *first, Str text) {
    uint32_t left = count_characters(str_from(first)), column = left;
    size_t at = 0;
    Str word;
    bool begun = false;
    buffer_add_text(page->out, first);
    page_begin_tone(page, tone);
    while ((word = next_word(text, &at)).length != 0) {
        uint32_t size = count_characters(word);
        if (begun && column + 1 + size > page->width) {
            buffer_add_char(page->out, '\n');
            indent(page, left);
            column = left;
        } else if (begun) {
            buffer_add_char(page->out, ' ');
            column++;
        }
        buffer_add(page->out, word);
        column += size;
        begun = true;
    }
    page_end_tone(page, tone);
    buffer_add_char(page->out, '\n');
}

void page_heading(Page *page, const char *text) {
    buffer_add_char(page->out, '\n');
    page_begin_tone(page, TONE_STRONG);
    buffer_add_text(page->out, text);
    page_end_tone(page, TONE_STRONG);
    buffer_add_char(page->out, '\n');
}
