/* islet_input.c - what goes in by islet.h: texts, and the moment of an evaluation. */
#include <string.h>

#include "reason/islet_parts.h"
#include "reason/moment.h"

enum { FARTHEST_OFFSET = 14 * 60 };

bool input_is_sound(const islet_input *input) {
    return input != NULL && input->text != NULL && input->length <= LARGEST_INPUT;
}

bool input_moment(const char *text, int offset_minutes, Value *out) {
    if (offset_minutes < -FARTHEST_OFFSET || offset_minutes > FARTHEST_OFFSET) return false;
    return moment_read(text, (int16_t)offset_minutes, out);
}

islet_status refuse_moment(LastError *last, const char *text, int offset_minutes) {
    return last_error_say(last, ISLET_INVALID, "as-of",
                          "Write 2026-06-01 or 2026-06-01T08:30:00Z, and an offset of up to 840 "
                          "minutes",
                          "%s at an offset of %d minutes is no day or moment",
                          text != NULL ? text : "now", offset_minutes);
}
