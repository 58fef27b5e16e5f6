/* study_words.c - see study_words.h; the words are those of both forms of the registry. */
#include "trial/study_words.h"

#include "value/time.h"

static bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

Str words_code(Arena *arena, Str text) {
    Buffer out = buffer_new(arena);
    bool gap = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (!is_letter_or_digit(c)) {
            gap = out.length != 0;
            continue;
        }
        if (gap) buffer_add_char(&out, '_');
        gap = false;
        buffer_add_char(&out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    return buffer_str(&out);
}

/* ---- dates ---- */

static bool take_number(Str *rest, uint32_t *number) {
    size_t at = 0;
    *number = 0;
    while (at < rest->length && at < 6 && rest->data[at] >= '0' && rest->data[at] <= '9')
        *number = *number * 10 + (uint32_t)(rest->data[at++] - '0');
    *rest = str_slice(*rest, at, rest->length);
    return at != 0;
}

static uint32_t take_month(Str *rest) {
    static const char *const names[] = { "January", "February", "March", "April", "May", "June",
                                         "July", "August", "September", "October", "November",
                                         "December" };
    for (uint32_t i = 0; i < 12; i++) {
        Str name = str_from(names[i]);
        if (!str_starts_with(*rest, name)) continue;
        *rest = str_slice(*rest, name.length, rest->length);
        return i + 1;
    }
    return 0;
}

static bool take(Str *rest, Str what) {
    if (!str_starts_with(*rest, what)) return false;
    *rest = str_slice(*rest, what.length, rest->length);
    return true;
}

/* "March 8, 2018" or "March 2018" */
static bool spelled_date(Arena *arena, Str text, Str *date) {
    uint32_t month = take_month(&text), first, year;
    if (month == 0 || !take(&text, STR(" ")) || !take_number(&text, &first)) return false;
    if (text.length == 0) {
        *date = str_format(arena, "%04u-%02u", first, month);
        return true;
    }
    if (!take(&text, STR(", ")) || !take_number(&text, &year) || text.length != 0) return false;
    *date = str_format(arena, "%04u-%02u-%02u", year, month, first);
    return true;
}

bool words_date(Arena *arena, Str text, Str *date) {
    Value value;
    *date = text;
    if (text.length != 0 && is_letter_or_digit(text.data[0]) && text.data[0] > '9' &&
        !spelled_date(arena, text, date))
        return false;
    return date->length >= 4 && time_parse_date(*date, &value);
}

/* ---- ages ---- */

bool words_age(Str text, AgeLimit *age) {
    static const struct { const char *word, *unit, *name; } units[] = {
        { "Year", "a", "years" },  { "Month", "mo", "months" }, { "Week", "wk", "weeks" },
        { "Day", "d", "days" },    { "Hour", "h", "hours" },    { "Minute", "min", "minutes" } };
    uint32_t number;
    Str rest = text;
    *age = (AgeLimit){ .number = { "", 0 } };
    if (text.length == 0 || str_is(text, "N/A")) return true;
    if (!take_number(&rest, &number) || !take(&rest, STR(" "))) return false;
    size_t digits = text.length - rest.length - 1;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        Str unit = rest;
        if (!take(&unit, str_from(units[i].word)) || !(unit.length == 0 || str_is(unit, "s")))
            continue;
        size_t from = 0; /* JSON has no numbers with a leading zero */
        while (from + 1 < digits && text.data[from] == '0') from++;
        *age = (AgeLimit){ str_slice(text, from, digits), units[i].unit, units[i].name };
        return true;
    }
    return false;
}

/* ---- states and phases ---- */

bool words_status(Str code, Str *status) {
    static const struct { const char *code, *status; } table[] = {
        { "RECRUITING", "active" },
        { "ENROLLING_BY_INVITATION", "active" },
        { "NOT_YET_RECRUITING", "approved" },
        { "ACTIVE_NOT_RECRUITING", "closed-to-accrual" },
        { "COMPLETED", "completed" },
        { "SUSPENDED", "temporarily-closed-to-accrual" },
        { "TERMINATED", "administratively-completed" },
        { "WITHDRAWN", "withdrawn" },
        { "AVAILABLE", "active" },
        { "NO_LONGER_AVAILABLE", "administratively-completed" },
        { "TEMPORARILY_NOT_AVAILABLE", "temporarily-closed-to-accrual" },
        { "APPROVED_FOR_MARKETING", "completed" },
        { "WITHHELD", "" },
        { "UNKNOWN", "" },
        { "UNKNOWN_STATUS", "" },
    };
    *status = (Str){ "", 0 };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!str_is(code, table[i].code)) continue;
        *status = str_from(table[i].status);
        return true;
    }
    return false;
}

const char *words_phase(Arena *arena, const Str *phases, uint32_t count) {
    static const struct { const char *code, *phase; } table[] = {
        { "", "n-a" },           { "N_A", "n-a" },
        { "NA", "n-a" },         { "EARLY_PHASE_1", "early-phase-1" },
        { "EARLY_PHASE1", "early-phase-1" },
        { "PHASE_1", "phase-1" }, { "PHASE1", "phase-1" },
        { "PHASE_1_PHASE_2", "phase-1-phase-2" },
        { "PHASE1_PHASE2", "phase-1-phase-2" },
        { "PHASE_2", "phase-2" }, { "PHASE2", "phase-2" },
        { "PHASE_2_PHASE_3", "phase-2-phase-3" },
        { "PHASE2_PHASE3", "phase-2-phase-3" },
        { "PHASE_3", "phase-3" }, { "PHASE3", "phase-3" },
        { "PHASE_4", "phase-4" }, { "PHASE4", "phase-4" },
    };
    Buffer all = buffer_new(arena);
    for (uint32_t i = 0; i < count; i++) buffer_format(&all, " %.*s", STR_ARGS(phases[i]));
    Str code = words_code(arena, buffer_str(&all));
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_is(code, table[i].code)) return table[i].phase;
    return NULL;
}
