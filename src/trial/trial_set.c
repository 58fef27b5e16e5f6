/* trial_set.c - see trial_set.h.
 *
 * First the guideline's own studies and its names of conditions, then the studies asked for: one
 * that the guideline has too gets the guideline's criteria, and its own facts. */
#include "trial/trial_set.h"

#include "reason/locate.h"
#include "reason/name_table.h"

#define EXTENSION "https://w3id.org/islet/StructureDefinition/"

typedef struct Study {
    JsonFile file;
    const Json *json;
    Str id;
} Study;

typedef VEC(Study) Studies;
typedef VEC(Criterion) Criteria;

typedef struct Making {
    Arena *arena;
    const Guideline *guideline;
    Diagnostics *diagnostics;
    JsonReader *reader;
    Studies own, asked;
    NameTable conditions; /* to defines, by the name in small letters */
} Making;

/* ---- resources ---- */

static Str extension_text(const Json *resource, const char *name, const Json **value) {
    const Json *list = json_get(resource, "extension");
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++) {
        Str url = json_text(json_get(&list->items[i], "url"));
        if (str_starts_with(url, STR(EXTENSION)))
            url = str_slice(url, sizeof EXTENSION - 1, url.length);
        if (!str_is(url, name)) continue;
        const Json *item = &list->items[i];
        for (uint32_t k = 0; k < item->count; k++) {
            if (!str_starts_with(json_key(&item->items[k]), STR("value"))) continue;
            if (value != NULL) *value = &item->items[k];
            return json_text(&item->items[k]);
        }
    }
    return (Str){ "", 0 };
}

static const Json *extension_value(const Json *resource, const char *name) {
    const Json *value = NULL;
    extension_text(resource, name, &value);
    return value;
}

static void report(const JsonFile *file, const Json *at, const char *code, Str message,
                   const char *hint) {
    json_file_report(file, at, code, message, str_from(hint));
}

/* ---- names of conditions ---- */

/* In small letters, with what is no letter or digit as one blank. */
static Str plain_name(Arena *arena, Str text) {
    Buffer out = buffer_new(arena);
    bool gap = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (kept && gap && out.length != 0) buffer_add_char(&out, ' ');
        gap = !kept;
        if (kept) buffer_add_char(&out, c);
    }
    return buffer_str(&out);
}

/* The define of a name, "Define" of the main library or "Library.Define"; NO_INDEX: reported. */
static uint32_t find_define(Making *m, const JsonFile *file, const Json *at, Str name) {
    const Program *program = m->guideline->program;
    uint32_t found = program_find(program, (Str){ "", 0 }, name);
    for (size_t i = 1; found == UINT32_MAX && i + 1 < name.length; i++)
        if (name.data[i] == '.')
            found = program_find(program, str_slice(name, 0, i),
                                 str_slice(name, i + 1, name.length));
    if (found != UINT32_MAX && program_define(program, found)->boolean) return found;
    report(file, at, found == UINT32_MAX ? "unknown-define" : "criterion-not-boolean",
           str_format(m->arena, found == UINT32_MAX ? "there is no define \"%.*s\""
                                                    : "the define \"%.*s\" gives no Boolean",
                      STR_ARGS(name)),
           "Write Library.Define of a library that the main library of trials/ includes");
    return NO_INDEX;
}

static void add_condition(Making *m, Str name, uint32_t number) {
    Str plain = plain_name(m->arena, name);
    if (plain.length != 0) name_table_add(m->arena, &m->conditions, plain, number);
}

static uint32_t count_of(const Json *list) {
    return list != NULL && list->kind == JSON_ARRAY ? list->count : 0;
}

/* A CodeSystem: each concept has names, and the property `define`. */
static void read_conditions(Making *m, const JsonFile *file, const Json *system) {
    const Json *concepts = json_get(system, "concept");
    for (uint32_t i = 0; i < count_of(concepts); i++) {
        const Json *concept = &concepts->items[i];
        const Json *properties = json_get(concept, "property");
        const Json *names = json_get(concept, "designation");
        Str define = { "", 0 };
        for (uint32_t k = 0; k < count_of(properties); k++)
            if (str_is(json_text(json_get(&properties->items[k], "code")), "define"))
                define = json_text(json_get(&properties->items[k], "valueString"));
        uint32_t found = find_define(m, file, concept, define);
        if (found == NO_INDEX) continue;
        add_condition(m, json_text(json_get(concept, "display")), found);
        for (uint32_t k = 0; k < count_of(names); k++)
            add_condition(m, json_text(json_get(&names->items[k], "value")), found);
    }
}

/* ---- files ---- */

static void read_resource(Making *m, const JsonFile *file, const Json *json, Studies *studies,
                          bool own) {
    Str type = json_text(json_get(json, "resourceType"));
    const Json *entries = json_get(json, "entry");
    if (str_is(type, "ResearchStudy")) {
        Study study = { *file, json, json_text(json_get(json, "id")) };
        if (study.id.length == 0)
            report(file, json, "no-identifier", STR("the ResearchStudy has no id"),
                   "Give it its number in the registry");
        else vec_push(m->arena, studies, study);
    } else if (own && str_is(type, "CodeSystem")) {
        read_conditions(m, file, json);
    } else if (str_is(type, "Bundle") && entries != NULL && entries->kind == JSON_ARRAY) {
        for (uint32_t i = 0; i < entries->count; i++) {
            const Json *inner = json_get(&entries->items[i], "resource");
            if (inner != NULL && !str_is(json_text(json_get(inner, "resourceType")), "Bundle"))
                read_resource(m, file, inner, studies, own);
        }
    } else {
        report(file, json, "wrong-resource-type", STR("this is no ResearchStudy"),
               "Make studies into ResearchStudy resources with islet trials import");
    }
}

static bool parse(Making *m, const JsonFile *file, Studies *studies, bool own,
                  Diagnostic *error) {
    const Json *json = json_parse(m->reader, m->arena, file->text, NULL, error);
    if (json != NULL) read_resource(m, file, json, studies, own);
    return json != NULL;
}

/* One resource a line; false: the first line is none, nothing was read. */
static bool read_lines(Making *m, const TrialFile *input, Studies *studies, bool own) {
    bool read = false;
    uint32_t number = 0;
    for (Str rest = input->text; rest.length != 0;) {
        Diagnostic error = { 0 };
        size_t end = 0;
        while (end < rest.length && rest.data[end] != '\n') end++;
        JsonFile file = { input->name, str_slice(rest, 0, end), m->diagnostics };
        rest = str_slice(rest, end + 1, rest.length);
        number++;
        if (plain_name(m->arena, file.text).length == 0) continue;
        if (parse(m, &file, studies, own, &error)) {
            read = true;
            continue;
        }
        if (!read) return false;
        error.file = input->name;
        error.span.line = number;
        diagnostics_add(m->diagnostics, error);
    }
    return read;
}

static void read_file(Making *m, const TrialFile *input, Studies *studies, bool own) {
    JsonFile file = { input->name, input->text, m->diagnostics };
    Diagnostic error = { 0 };
    if (parse(m, &file, studies, own, &error) || read_lines(m, input, studies, own)) return;
    error.file = input->name;
    diagnostics_add(m->diagnostics, error);
}

/* ---- criteria ---- */

static void add(Making *m, Criteria *criteria, Criterion criterion) {
    vec_push(m->arena, criteria, criterion);
}

/* Does the study take people in?  By invitation only, or not known: null. */
static Value takes_people(Str status) {
    if (str_is(status, "RECRUITING") || str_is(status, "AVAILABLE")) return value_boolean(true);
    if (status.length == 0 || str_is(status, "UNKNOWN") || str_is(status, "UNKNOWN_STATUS") ||
        str_is(status, "WITHHELD") || str_is(status, "ENROLLING_BY_INVITATION"))
        return value_null();
    return value_boolean(false);
}

static void add_status(Making *m, const Trial *trial, Criteria *criteria) {
    Str status = trial->overall_status.length != 0 ? trial->overall_status : STR("not given");
    Str text = str_format(m->arena, "The study takes people in (registry: %.*s%s%.*s)",
                          STR_ARGS(status), trial->verified.length == 0 ? "" : ", verified ",
                          STR_ARGS(trial->verified));
    add(m, criteria, (Criterion){ .source = CRITERION_STATUS, .text = text,
                                  .known = takes_people(trial->overall_status) });
}

static void add_conditions(Making *m, const Study *study, Criteria *criteria) {
    const Json *list = json_get(study->json, "condition");
    if (list == NULL || list->kind != JSON_ARRAY || list->count == 0) return;
    Criterion criterion = { .source = CRITERION_CONDITION };
    Buffer text = buffer_new(m->arena);
    VEC(uint32_t) defines = { 0 };
    buffer_add_text(&text, "Condition: ");
    for (uint32_t i = 0; i < list->count; i++) {
        Str name = json_text(json_get(&list->items[i], "text"));
        uint32_t count;
        const NamedNumber *found =
            name_table_find(&m->conditions, plain_name(m->arena, name), &count);
        buffer_format(&text, "%s%.*s", i == 0 ? "" : " or ", STR_ARGS(name));
        if (found != NULL) vec_push(m->arena, &defines, found->number);
        else buffer_add_text(&text, " (not understood)");
        criterion.other_conditions |= found == NULL;
    }
    criterion.text = buffer_str(&text);
    criterion.conditions = defines.items;
    criterion.condition_count = (uint32_t)defines.count;
    add(m, criteria, criterion);
}

/* The whole number that a text is, up to nine digits; false: none. */
static bool whole_number(Str text, int64_t *number) {
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i == 9) return false;
        *number = *number * 10 + (text.data[i] - '0');
    }
    return text.length != 0;
}

static void add_age(Making *m, const Study *study, bool maximum, Criteria *criteria) {
    const char *name = maximum ? "eligibility-maximum-age" : "eligibility-minimum-age";
    const Json *value = extension_value(study->json, name);
    if (value == NULL) return;
    Str unit = json_text(json_get(value, "code")), word = json_text(json_get(value, "unit"));
    Criterion criterion = { .source = maximum ? CRITERION_MAXIMUM_AGE : CRITERION_MINIMUM_AGE };
    criterion.unit = time_unit(unit, false);
    const char *bound = maximum ? "at most" : "at least";
    bool sound = whole_number(json_text(json_get(value, "value")), &criterion.age) &&
                 criterion.unit != PRECISION_NONE;
    if (!sound) {
        add(m, criteria, (Criterion){ .source = CRITERION_NOT_ENCODED,
                                      .text = str_format(m->arena, "Age %s: \"%.*s\"", bound,
                                                         STR_ARGS(json_text(value))) });
        return;
    }
    criterion.text = str_format(m->arena, "Age %s %lld %.*s", bound, (long long)criterion.age,
                                STR_ARGS(word.length != 0 ? word : unit));
    add(m, criteria, criterion);
}

static void add_sex(Making *m, const Study *study, Criteria *criteria) {
    Str sex = extension_text(study->json, "eligibility-sex", NULL);
    if (sex.length == 0 || str_is(sex, "ALL")) return;
    Criterion criterion = { .source = CRITERION_SEX,
                            .word = str_is(sex, "FEMALE") ? STR("female") : STR("male") };
    criterion.text = str_format(m->arena, "Sex: %.*s", STR_ARGS(criterion.word));
    if (!str_is(sex, "FEMALE") && !str_is(sex, "MALE")) {
        criterion.source = CRITERION_NOT_ENCODED;
        criterion.text = str_format(m->arena, "Sex: \"%.*s\"", STR_ARGS(sex));
    }
    add(m, criteria, criterion);
}

/* The extensions `criterion` of a study of the guideline. */
static void add_criterion(Making *m, const Study *study, const Json *extension,
                          Criteria *criteria) {
    const Json *expression = extension_value(extension, "expression");
    const Json *asked = extension_value(extension, "ask");
    Str kind = extension_text(extension, "kind", NULL);
    Criterion criterion = { .source = CRITERION_NOT_ENCODED,
                            .text = extension_text(extension, "text", NULL) };
    criterion.exclusion = str_is(kind, "exclusion");
    if (criterion.text.length == 0 || !(criterion.exclusion || str_is(kind, "inclusion")))
        report(&study->file, extension, "criterion",
               STR("a criterion has a text and the kind inclusion or exclusion"), "");
    if (asked != NULL && asked->kind == JSON_TRUE) criterion.source = CRITERION_ASK;
    if (expression != NULL) {
        criterion.source = CRITERION_DEFINE;
        criterion.define = find_define(m, &study->file, expression,
                                       json_text(json_get(expression, "expression")));
        if (criterion.define == NO_INDEX) return;
    }
    add(m, criteria, criterion);
}

static bool is_criterion(const Json *extension) {
    return str_is(json_text(json_get(extension, "url")), EXTENSION "criterion");
}

static void add_own_criteria(Making *m, const Study *study, Trial *trial, Criteria *criteria) {
    const Json *list = study == NULL ? NULL : json_get(study->json, "extension");
    if (study != NULL) trial->certainty = extension_text(study->json, "criteria-certainty", NULL);
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++) {
        if (!is_criterion(&list->items[i])) continue;
        trial->curated = true;
        add_criterion(m, study, &list->items[i], criteria);
    }
}

static const Study *find_study(const Studies *studies, Str id) {
    for (size_t i = 0; i < studies->count; i++)
        if (str_equal(studies->items[i].id, id)) return &studies->items[i];
    return NULL;
}

static Trial make_trial(Making *m, const Study *study) {
    Criteria criteria = { 0 };
    Trial trial = { .id = study->id, .title = json_text(json_get(study->json, "title")) };
    trial.acronym = extension_text(study->json, "study-acronym", NULL);
    trial.overall_status = extension_text(study->json, "study-overall-status", NULL);
    trial.verified = extension_text(study->json, "study-verified", NULL);
    add_status(m, &trial, &criteria);
    add_conditions(m, study, &criteria);
    add_age(m, study, false, &criteria);
    add_age(m, study, true, &criteria);
    add_sex(m, study, &criteria);
    add_own_criteria(m, find_study(&m->own, study->id), &trial, &criteria);
    if (!trial.curated)
        add(m, &criteria,
            (Criterion){ .source = CRITERION_NOT_ENCODED,
                         .text = extension_value(study->json, "eligibility-text") != NULL
                                     ? STR("The eligibility text of the registry")
                                     : STR("Eligibility: the registry's entry has no text") });
    trial.criteria = criteria.items;
    trial.count = (uint32_t)criteria.count;
    return trial;
}

/* ---- the set ---- */

static uint32_t find_output(Making *m, const char *name) {
    uint32_t found = program_find(m->guideline->program, (Str){ "", 0 }, str_from(name));
    if (found == UINT32_MAX)
        diagnostics_add(m->diagnostics,
                        (Diagnostic){ .severity = SEVERITY_ERROR, .code = "no-such-define",
                                      .message = str_format(m->arena,
                                                            "the main library of trials/ has no "
                                                            "define \"%s\"", name),
                                      .file = STR("guideline.json"), .span = { 1, 1, 0, 1 } });
    return found;
}

static void read_own(Making *m) {
    const Guideline *guideline = m->guideline;
    for (uint32_t i = 0; i < guideline->file_count; i++) {
        const GuidelineFile *file = &guideline->files[i];
        bool json = file->path.length > 5 &&
                    str_equal(str_slice(file->path, file->path.length - 5, file->path.length),
                              STR(".json"));
        if (json && str_starts_with(file->path, STR("trials/")))
            read_file(m, &(TrialFile){ file->name, file->text }, &m->own, true);
    }
    name_table_sort(&m->conditions);
}

static void free_reader(void *reader) { json_reader_free(reader); }

const TrialSet *trial_set_new(Arena *arena, const Guideline *guideline, const TrialFile *files,
                              uint32_t file_count, Diagnostics *diagnostics) {
    Making m = { .arena = arena, .guideline = guideline, .diagnostics = diagnostics,
                 .reader = json_reader_new() };
    if (m.reader == NULL) arena_give_up(arena);
    Kept *reader = arena_keep(arena, m.reader, free_reader);
    TrialSet *set = arena_alloc_zeroed(arena, sizeof *set);
    set->guideline = guideline;
    set->birth_date = find_output(&m, "Birth date");
    set->sex = find_output(&m, "Sex");
    read_own(&m);
    for (uint32_t i = 0; i < file_count; i++) read_file(&m, &files[i], &m.asked, false);
    const Studies *studies = file_count == 0 ? &m.own : &m.asked;
    Trial *trials = arena_array(arena, studies->count, sizeof *trials);
    for (size_t i = 0; i < studies->count; i++) trials[i] = make_trial(&m, &studies->items[i]);
    set->trials = trials;
    set->count = (uint32_t)studies->count;
    arena_release(reader);
    return diagnostics->errors == 0 ? set : NULL;
}
