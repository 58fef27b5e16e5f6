/* guideline_statement.c - the extensions of an action: a table of what each may give to
 * which kind of entry, and the lists of words that some of them are limited to. */
#include <stddef.h>

#include "reason/guideline_load.h"

enum { OF_OPTION = 1 << ENTRY_OPTION, OF_ALERT = 1 << ENTRY_ALERT, OF_WORKUP = 1 << ENTRY_WORKUP };

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
    { "kind", OF_ALERT, false, offsetof(Statement, kind) },
    { "severity", OF_ALERT, false, offsetof(Statement, severity) },
    { "do", OF_ALERT, false, offsetof(Statement, action) },
    { "actor", OF_ALERT, false, offsetof(Statement, actor) },
    { "subject", OF_ALERT, true, offsetof(Statement, subjects) },
    { "conflictsWith", OF_ALERT, true, offsetof(Statement, conflicts_with) },
    { "blocks", OF_ALERT | OF_WORKUP, true, offsetof(Statement, blocks) },
    { "item", OF_WORKUP, false, offsetof(Statement, item) },
    { "status", OF_WORKUP, false, offsetof(Statement, advice) },
    { "when", OF_WORKUP, false, offsetof(Statement, when) },
    { "preparation", OF_WORKUP, true, offsetof(Statement, preparation) },
};

/* ---- values ---- */

/* The value[x] of an extension, as text. */
static Str extension_text(const Json *extension) {
    for (uint32_t i = 0; i < extension->count; i++)
        if (str_starts_with(json_key(&extension->items[i]), STR("value")))
            return json_text(&extension->items[i]);
    return (Str){ "", 0 };
}

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
        if (str_is(kind, "alert")) return ENTRY_ALERT;
        if (str_is(kind, "workup")) return ENTRY_WORKUP;
        if (!str_is(kind, "option"))
            json_file_report(file, &list->items[i], "unknown-entry",
                             STR("an action makes no such entry"),
                             STR("Write option, alert or workup"));
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
    bool option = statement->entry == ENTRY_OPTION;
    if (str_is(name, "entry")) return;
    if (option && str_is(name, "status")) {
        read_status(file, extension, statement);
        return;
    }
    if (option && str_is(name, "line")) {
        read_line(file, extension, statement);
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

void loading_read_extensions(Loading *loading, const JsonFile *file, const Json *action,
                             Statement *statement) {
    const Json *list = json_get(action, "extension");
    statement->entry = read_entry_kind(file, action);
    statement->status = STATUS_INSUFFICIENT_DATA; /* no statement says this: none was given */
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++)
        read_extension(loading, file, &list->items[i], statement);
    if (statement->entry != ENTRY_OPTION) return;
    if (statement->purpose.length == 0) statement->purpose = STR("antitumour");
    if (statement->action.length == 0) statement->action = STR("start");
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

void loading_check_statement(Loading *loading, const JsonFile *file, const Json *action,
                             const Statement *statement) {
    if (statement->entry == ENTRY_OPTION && statement->status == STATUS_INSUFFICIENT_DATA)
        json_file_report(file, action, "no-status", STR("the statement gives no status"),
                         STR("Add the extension status"));
    if (statement->entry == ENTRY_ALERT && statement->text.length == 0)
        json_file_report(file, action, "no-text", STR("the alert has no text"),
                         STR("Write it as textEquivalent"));
    if (statement->entry == ENTRY_ALERT && statement->severity.length != 0)
        check_word(loading, file, action, "severity", statement->severity, "hard soft info");
    if (statement->entry != ENTRY_WORKUP) return;
    if (statement->item.length == 0)
        json_file_report(file, action, "no-item", STR("the work-up entry names no item"),
                         STR("Add the extension item"));
    check_word(loading, file, action, "status", statement->advice,
               "required advised not-routine not-recommended");
    if (statement->when.length != 0)
        check_word(loading, file, action, "when", statement->when,
                   "now before-decision before-procedure planned");
}
