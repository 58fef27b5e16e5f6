/* guideline_statement.c - the extensions of an action: a table of what each may give to
 * which kind of entry, and the lists of words that some of them are limited to. */
#include <stddef.h>

#include "reason/guideline_load.h"
#include "reason/schedule.h"

enum {
    OF_OPTION = 1 << ENTRY_OPTION,
    OF_ALERT = 1 << ENTRY_ALERT,
    OF_WORKUP = 1 << ENTRY_WORKUP,
    OF_FOLLOW_UP = 1 << ENTRY_FOLLOW_UP,
    OF_TASK = 1 << ENTRY_TASK,
    OF_TEAM = 1 << ENTRY_TEAM,
    OF_TRIAGE = 1 << ENTRY_TRIAGE
};

static const char *const entry_names[ENTRY_COUNT] = { "option", "alert", "workup", "follow-up",
                                                      "task", "team", "triage" };

typedef struct ExtensionField {
    const char *name;
    uint8_t entries; /* which kinds of entry have it */
    bool list;       /* may repeat: a StrList; else a Str */
    size_t place;    /* in Statement */
} ExtensionField;

static const ExtensionField fields[] = {
    { "strength", OF_OPTION, false, offsetof(Statement, strength) },
    { "purpose", OF_OPTION, false, offsetof(Statement, purpose) },
    { "action", OF_OPTION, false, offsetof(Statement, action) },
    { "target", OF_OPTION, false, offsetof(Statement, target) },
    { "flag", OF_OPTION, true, offsetof(Statement, flags) },
    { "requires", OF_OPTION, true, offsetof(Statement, requires_first) },
    { "kind", OF_ALERT | OF_TRIAGE, false, offsetof(Statement, kind) },
    { "severity", OF_ALERT, false, offsetof(Statement, severity) },
    { "do", OF_ALERT, false, offsetof(Statement, action) },
    { "actor", OF_ALERT, false, offsetof(Statement, actor) },
    { "subject", OF_ALERT, true, offsetof(Statement, subjects) },
    { "conflictsWith", OF_ALERT, true, offsetof(Statement, conflicts_with) },
    { "blocks", OF_ALERT | OF_WORKUP, true, offsetof(Statement, blocks) },
    { "item", OF_WORKUP | OF_FOLLOW_UP, false, offsetof(Statement, item) },
    { "status", OF_WORKUP | OF_FOLLOW_UP, false, offsetof(Statement, advice) },
    { "when", OF_WORKUP, false, offsetof(Statement, when) },
    { "preparation", OF_WORKUP, true, offsetof(Statement, preparation) },
    { "firstMonths", OF_FOLLOW_UP, false, offsetof(Statement, first_months) },
    { "interval", OF_FOLLOW_UP, false, offsetof(Statement, interval) },
    { "intervalRange", OF_FOLLOW_UP, false, offsetof(Statement, interval_range) },
    { "until", OF_FOLLOW_UP, false, offsetof(Statement, until) },
    { "grace", OF_FOLLOW_UP, false, offsetof(Statement, grace) },
    { "taskCode", OF_TASK, true, offsetof(Statement, task_codes) },
    { "owner", OF_TASK, false, offsetof(Statement, owner) },
    { "dueDays", OF_TASK, false, offsetof(Statement, due_days) },
    { "dueWorkingDays", OF_TASK, false, offsetof(Statement, due_working_days) },
    { "role", OF_TEAM, true, offsetof(Statement, roles) },
    { "route", OF_TRIAGE, true, offsetof(Statement, routes) },
};

/* ---- values ---- */

/* The value[x] of an extension; NULL: none. */
static const Json *extension_value(const Json *extension) {
    for (uint32_t i = 0; i < extension->count; i++)
        if (str_starts_with(json_key(&extension->items[i]), STR("value")))
            return &extension->items[i];
    return NULL;
}

static Str extension_text(const Json *extension) { return json_text(extension_value(extension)); }

static Str extension_name(const Json *extension) {
    static const char base[] = ISLET_EXTENSION;
    Str url = json_text(json_get(extension, "url"));
    if (!str_starts_with(url, str_from(base))) return (Str){ "", 0 };
    return str_slice(url, sizeof base - 1, url.length);
}

static void append(Arena *arena, StrList *list, Str item) {
    Str *items = arena_array(arena, list->count + 1, sizeof *items);
    for (uint32_t i = 0; i < list->count; i++) items[i] = list->items[i];
    items[list->count] = item;
    *list = (StrList){ list->count + 1, items };
}

/* ---- fields with a meaning of their own ---- */

static EntryKind read_entry_kind(const JsonFile *file, const Json *action) {
    const Json *list = json_get(action, "extension");
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++) {
        if (!str_is(extension_name(&list->items[i]), "entry")) continue;
        Str kind = extension_text(&list->items[i]);
        for (int k = 0; k < ENTRY_COUNT; k++)
            if (str_is(kind, entry_names[k])) return (EntryKind)k;
        json_file_report(file, &list->items[i], "unknown-entry",
                         STR("an action makes no such entry"),
                         STR("Write option, alert, workup, follow-up, task, team or triage"));
    }
    return ENTRY_OPTION;
}

static void read_status(const JsonFile *file, const Json *extension, Statement *statement) {
    Str text = extension_text(extension);
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (i == STATUS_INSUFFICIENT_DATA || !str_is(text, status_names[i])) continue;
        statement->status = (Status)i;
        return;
    }
    json_file_report(file, extension, "unknown-status", STR("an option has no such status"),
                     STR("Write recommended, may-be-considered, not-recommended or "
                         "contraindicated"));
}

static void read_line(const JsonFile *file, const Json *extension, Statement *statement) {
    Str text = extension_text(extension);
    if (text.length == 1 && text.data[0] >= '1' && text.data[0] <= '9')
        statement->line = (uint32_t)(text.data[0] - '0');
    else
        json_file_report(file, extension, "line", STR("a line is a number from 1 to 9"),
                         STR("Write \"valueInteger\": 1"));
}

static void read_level(const JsonFile *file, const Json *extension, Statement *statement) {
    Str text = extension_text(extension);
    for (int i = 0; i < TRIAGE_NONE; i++)
        if (str_is(text, triage_levels[i])) statement->level = (TriageLevel)i;
    if (statement->level == TRIAGE_NONE)
        json_file_report(file, extension, "unknown-level", STR("triage has no such level"),
                         STR("Write EMERGENCY_NOW, SAME_DAY, URGENT_7D, SOON_14D or ROUTINE_28D"));
}

static void read_emergency(const JsonFile *file, const Json *extension, Statement *statement) {
    const Json *value = extension_value(extension);
    statement->emergency = value != NULL && value->kind == JSON_TRUE;
    if (!statement->emergency)
        json_file_report(file, extension, "not-true", STR("emergency is true where it stands"),
                         STR("Write \"valueBoolean\": true, or leave the extension out"));
}

static void read_deferred_by(const JsonFile *file, const Json *extension, Statement *statement) {
    statement->deferred_by_red_flag = str_is(extension_text(extension), "red-flag");
    if (!statement->deferred_by_red_flag)
        json_file_report(file, extension, "unknown-word",
                         STR("an entry can be deferred by a red flag only"),
                         STR("Write \"valueCode\": \"red-flag\""));
}

/* Extensions that are no text of the statement. */
static const struct {
    const char *name;
    uint8_t entries;
    void (*read)(const JsonFile *file, const Json *extension, Statement *statement);
} special_fields[] = {
    { "status", OF_OPTION, read_status },
    { "line", OF_OPTION, read_line },
    { "level", OF_TRIAGE, read_level },
    { "emergency", 0xff, read_emergency },
    { "deferredBy", 0xff, read_deferred_by },
};

/* ---- reading ---- */

static void read_field(Loading *loading, const JsonFile *file, const Json *extension,
                       const ExtensionField *field, Statement *statement) {
    Str text = extension_text(extension);
    if (text.length == 0)
        json_file_report(file, extension, "no-value", STR("the extension has no value"),
                         STR("Give it a valueString or valueCode"));
    char *place = (char *)statement + field->place;
    if (field->list) append(loading->arena, (StrList *)(void *)place, text);
    else *(Str *)(void *)place = text;
}

static void read_extension(Loading *loading, const JsonFile *file, const Json *extension,
                           Statement *statement) {
    Str name = extension_name(extension);
    if (str_is(name, "entry")) return;
    for (size_t i = 0; i < sizeof special_fields / sizeof *special_fields; i++) {
        if (!str_is(name, special_fields[i].name) ||
            !(special_fields[i].entries >> statement->entry & 1))
            continue;
        special_fields[i].read(file, extension, statement);
        return;
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!str_is(name, fields[i].name) || !(fields[i].entries >> statement->entry & 1)) continue;
        read_field(loading, file, extension, &fields[i], statement);
        return;
    }
    json_file_report(file, extension, "unknown-extension",
                     str_format(loading->arena, "an entry of this kind has no \"%.*s\"",
                                STR_ARGS(name.length != 0 ? name
                                                          : json_text(json_get(extension, "url")))),
                     STR("See doc/guideline.md; the url begins " ISLET_EXTENSION));
}

static void set_default(Str *field, const char *word) {
    if (field->length == 0) *field = str_from(word);
}

static void set_defaults(Statement *statement) {
    switch (statement->entry) {
        case ENTRY_OPTION:
            set_default(&statement->purpose, "antitumour");
            set_default(&statement->action, "start");
            break;
        case ENTRY_FOLLOW_UP: set_default(&statement->advice, "planned"); break;
        case ENTRY_TASK: set_default(&statement->owner, "navigator"); break;
        case ENTRY_TRIAGE:
            set_default(&statement->kind, "symptom");
            statement->red_flag = str_is(statement->kind, "red-flag");
            break;
        default: break;
    }
}

void loading_read_extensions(Loading *loading, const JsonFile *file, const Json *action,
                             Statement *statement) {
    const Json *list = json_get(action, "extension");
    statement->entry = read_entry_kind(file, action);
    statement->status = STATUS_INSUFFICIENT_DATA; /* no statement says this: none was given */
    statement->level = TRIAGE_NONE;
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++)
        read_extension(loading, file, &list->items[i], statement);
    set_defaults(statement);
}

/* ---- checking ---- */

static void check_word(Loading *loading, const JsonFile *file, const Json *action,
                       const char *field, Str word, const char *words) {
    Str list = str_from(words);
    size_t from = 0;
    for (size_t i = 0; i <= list.length; i++) {
        if (i != list.length && list.data[i] != ' ') continue;
        if (str_equal(str_slice(list, from, i), word)) return;
        from = i + 1;
    }
    json_file_report(file, action, "unknown-word",
                     word.length == 0
                         ? str_format(loading->arena, "the entry gives no %s", field)
                         : str_format(loading->arena, "%s must not be \"%.*s\"", field,
                                      STR_ARGS(word)),
                     str_format(loading->arena, "Write one of: %s", words));
}

static bool is_computed(const Statement *statement, const char *path) {
    for (uint32_t i = 0; i < statement->dynamic_count; i++)
        if (str_is(statement->dynamics[i].path, path)) return true;
    return false;
}

/* A field that the entry cannot do without. */
static void need(Loading *loading, const JsonFile *file, const Json *action,
                 const Statement *statement, const char *field, bool given) {
    if (given || is_computed(statement, field)) return;
    json_file_report(file, action, "no-field",
                     str_format(loading->arena, "the %s entry gives no %s",
                                entry_names[statement->entry], field),
                     str_format(loading->arena, "Add the extension %s, or a dynamicValue of it",
                                field));
}

/* An entry that has no further fields: what its dynamicValues may give. */
static void check_paths(Loading *loading, const JsonFile *file, const Json *action,
                        const Statement *statement, const char *paths) {
    for (uint32_t i = 0; i < statement->dynamic_count; i++)
        check_word(loading, file, action, "path", statement->dynamics[i].path, paths);
}

static void check_alert(Loading *loading, const JsonFile *file, const Json *action,
                        const Statement *statement) {
    if (statement->text.length == 0)
        json_file_report(file, action, "no-text", STR("the alert has no text"),
                         STR("Write it as textEquivalent"));
    if (statement->severity.length != 0)
        check_word(loading, file, action, "severity", statement->severity, "hard soft info");
}

static void check_workup(Loading *loading, const JsonFile *file, const Json *action,
                         const Statement *statement) {
    if (statement->item.length == 0)
        json_file_report(file, action, "no-item", STR("the work-up entry names no item"),
                         STR("Add the extension item"));
    check_word(loading, file, action, "status", statement->advice,
               "required advised not-routine not-recommended");
    if (statement->when.length != 0)
        check_word(loading, file, action, "when", statement->when,
                   "now before-decision before-procedure planned");
}

/* A number, or two with a hyphen between. */
static void check_numbers(Loading *loading, const JsonFile *file, const Json *action,
                          const char *field, Str text, bool range) {
    int32_t low, high;
    if (text.length == 0 || (months_read(text, &low, &high) && (range || low == high))) return;
    json_file_report(file, action, "not-a-number",
                     str_format(loading->arena, "%s must not be \"%.*s\"", field, STR_ARGS(text)),
                     range ? STR("Write a number, or a range as \"6-12\"")
                           : STR("Write a number, such as \"12\""));
}

static void check_follow_up(Loading *loading, const JsonFile *file, const Json *action,
                            const Statement *s) {
    need(loading, file, action, s, "item", s->item.length != 0);
    check_word(loading, file, action, "status", s->advice, "planned none not-routine");
    check_numbers(loading, file, action, "firstMonths", s->first_months, true);
    check_numbers(loading, file, action, "interval", s->interval, false);
    check_numbers(loading, file, action, "intervalRange", s->interval_range, true);
    check_numbers(loading, file, action, "grace", s->grace, false);
    if (!str_is(s->until, "lifelong") && !str_is(s->until, "while-active"))
        check_numbers(loading, file, action, "until", s->until, false);
}

void loading_check_statement(Loading *loading, const JsonFile *file, const Json *action,
                             const Statement *s) {
    switch (s->entry) {
        case ENTRY_OPTION:
            if (s->status == STATUS_INSUFFICIENT_DATA)
                json_file_report(file, action, "no-status", STR("the statement gives no status"),
                                 STR("Add the extension status"));
            break;
        case ENTRY_ALERT: check_alert(loading, file, action, s); break;
        case ENTRY_WORKUP: check_workup(loading, file, action, s); break;
        case ENTRY_FOLLOW_UP: check_follow_up(loading, file, action, s); break;
        case ENTRY_TASK:
            need(loading, file, action, s, "taskCode",
                 s->task_codes.count != 0 || is_computed(s, "tasks"));
            check_numbers(loading, file, action, "dueDays", s->due_days, false);
            check_numbers(loading, file, action, "dueWorkingDays", s->due_working_days, false);
            break;
        case ENTRY_TEAM:
            need(loading, file, action, s, "role", s->roles.count != 0);
            check_paths(loading, file, action, s, "role");
            break;
        case ENTRY_TRIAGE:
            check_word(loading, file, action, "kind", s->kind, "red-flag symptom");
            need(loading, file, action, s, "level", s->level != TRIAGE_NONE);
            check_paths(loading, file, action, s, "level route");
            break;
        case ENTRY_COUNT: break;
    }
}
