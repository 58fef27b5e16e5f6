/* paragraph.h - text for people: wrapped lines, colours that the caller may refuse. */
#ifndef ISLET_REASON_PARAGRAPH_H
#define ISLET_REASON_PARAGRAPH_H

#include "base/str.h"

typedef struct Page {
    Buffer *out;
    uint32_t width;
    bool colour;
} Page;

typedef enum Tone { TONE_PLAIN, TONE_STRONG, TONE_FAINT, TONE_GOOD, TONE_CARE, TONE_BAD } Tone;

/* Writes `text` wrapped at blanks: the first line after `first` ("  - "), the others indented
 * as far.  Characters count, not bytes. */
void page_paragraph(Page *page, Tone tone, const char *first, Str text);

/* A heading over a section, with an empty line above. */
void page_heading(Page *page, const char *text);

void page_begin_tone(Page *page, Tone tone);
void page_end_tone(Page *page, Tone tone);

#endif
