/* option_values.c - see option_values.h. */
#include "cli/option_values.h"

#include <stdlib.h>
#include <string.h>


static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool parse_offset(const char *text, int16_t *out) {
    enum { LARGEST = 14 * 60 };
    *out = 0;
    if (text == NULL || strcmp(text, "Z") == 0) return true;
    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    for (int i = 1; i < 6; i++)
        if (i != 3 && !is_digit(text[i])) return false;
    int hours = (text[1] - '0') * 10 + text[2] - '0';
    int minutes = (text[4] - '0') * 10 + text[5] - '0';
    int all = hours * 60 + minutes;
    *out = (int16_t)(text[0] == '-' ? -all : all);
    return minutes < 60 && all <= LARGEST;
}

/* ---- numbers with a unit ---- */

typedef struct Unit {
    const char *name;
    uint64_t factor;
} Unit;

static bool parse_number(const char *text, const Unit *units, size_t count, uint64_t most,
                         uint64_t *out) {
    char *end;
    if (!is_digit(text[0])) return false;
    uint64_t number = strtoull(text, &end, 10);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(end, units[i].name) != 0) continue;
        if (number == 0 || number > most / units[i].factor) return false;
        *out = number * units[i].factor;
        return true;
    }
    return false;
}

bool parse_size(const char *text, size_t otherwise, size_t *out) {
    static const Unit units[] = { { "", 1 }, { "B", 1 }, { "kB", 1000 }, { "KB", 1000 },
                                  { "MB", 1 << 20 }, { "M", 1 << 20 }, { "k", 1 << 10 },
                                  { "GB", 1 << 30 }, { "G", 1 << 30 } };
    uint64_t bytes = otherwise;
    bool sound = text == NULL ||
                 parse_number(text, units, sizeof units / sizeof *units, 1 << 30, &bytes);
    *out = (size_t)bytes;
    return sound;
}

bool parse_duration(const char *text, int64_t *milliseconds) {
    static const Unit units[] = { { "", 1000 }, { "s", 1000 }, { "ms", 1 }, { "min", 60000 } };
    uint64_t number = 0;
    bool sound = text == NULL ||
                 parse_number(text, units, sizeof units / sizeof *units, 86400000, &number);
    *milliseconds = (int64_t)number;
    return sound;
}

bool parse_count(const char *text, uint32_t otherwise, uint32_t most, uint32_t *out) {
    static const Unit one = { "", 1 };
    uint64_t number = otherwise;
    bool sound = text == NULL || parse_number(text, &one, 1, most, &number);
    *out = (uint32_t)number;
    return sound;
}
