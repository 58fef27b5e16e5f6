/* study_read.c - from the registry's tree to a Study, by the table of its fields.
 *
 * A path goes through arrays and repeated keys as if they were one list.  What stands in the tree
 * and not in the table is reported, once for each path of a study. */
#include "base/vec.h"
#include "reason/locate.h"
#include "trial/study.h"
#include "trial/xml_tree.h"

typedef enum FieldKind {
    FIELD_TEXT, FIELD_LIST, FIELD_GROUP, FIELD_PART, FIELD_LEFT_OUT
} FieldKind;

typedef struct Field {
    FieldKind kind;
    const char *json, *xml;
    size_t group, member; /* where in the Study, or in the StudyPart */
} Field;

static const Field fields[] = {
#define TEXT(member, json, xml) { FIELD_TEXT, json, xml, 0, offsetof(Study, member) },
#define LIST(member, json, xml) { FIELD_LIST, json, xml, 0, offsetof(Study, member) },
#define GROUP(member, json, xml) { FIELD_GROUP, json, xml, 0, offsetof(Study, member) },
#define PART(group, member, json, xml) \
    { FIELD_PART, json, xml, offsetof(Study, group), offsetof(StudyPart, member) },
#define LEFT_OUT(json, xml) { FIELD_LEFT_OUT, json, xml, 0, 0 },
#include "trial/study_fields.def"
#undef TEXT
#undef LIST
#undef GROUP
#undef PART
#undef LEFT_OUT
};

enum { FIELD_COUNT = sizeof fields / sizeof *fields };

typedef VEC(const Json *) Nodes;

static const char *path_of(const StudyFile *file, const Field *field) {
    return file->xml ? field->xml : field->json;
}

/* ---- files ---- */

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool looks_like_xml(Str text) {
    size_t at = str_starts_with(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    while (at < text.length && is_blank(text.data[at])) at++;
    return at < text.length && text.data[at] == '<';
}

static bool fail_whole(StudyFile *file, Diagnostics *diagnostics, Diagnostic error) {
    error.file = file->name;
    error.severity = SEVERITY_ERROR;
    diagnostics_add(diagnostics, error);
    return false;
}

static bool read_xml(StudyFile *file, Diagnostics *diagnostics) {
    Diagnostic error = { 0 };
    const Json *root = xml_read(file->arena, file->text, &error);
    if (root == NULL) return fail_whole(file, diagnostics, error);
    if (!str_is(json_key(root), "clinical_study"))
        return fail_whole(file, diagnostics,
                          (Diagnostic){ .code = "no-study", .span = { 1, 1, 0, 1 },
                                        .message = STR("the file's root is no clinical_study"),
                                        .hint = STR("Fetch the study's own XML, not a list") });
    const Json **roots = arena_alloc(file->arena, sizeof *roots);
    *roots = root;
    file->roots = roots;
    file->count = 1;
    return true;
}

static bool read_json(StudyFile *file, JsonReader *reader, Diagnostics *diagnostics) {
    Diagnostic error = { 0 };
    const Json *json = json_parse(reader, file->arena, file->text, NULL, &error);
    if (json == NULL) return fail_whole(file, diagnostics, error);
    const Json *list = json->kind == JSON_ARRAY ? json : json_get(json, "studies");
    bool several = list != NULL && list->kind == JSON_ARRAY;
    uint32_t count = several ? list->count : 1;
    const Json **roots = arena_array(file->arena, count, sizeof *roots);
    for (uint32_t i = 0; i < count; i++) roots[i] = several ? &list->items[i] : json;
    file->roots = roots;
    file->count = count;
    return true;
}

bool study_file_read(StudyFile *file, Arena *arena, JsonReader *reader, Str name, Str text,
                     Diagnostics *diagnostics) {
    *file = (StudyFile){ .arena = arena, .name = name, .text = text };
    file->xml = looks_like_xml(text);
    return file->xml ? read_xml(file, diagnostics) : read_json(file, reader, diagnostics);
}

/* ---- finding ---- */

/* Adds what stands at the path below the node, in order. */
static void find(Arena *arena, const Json *node, const char *path, Nodes *found) {
    if (node->kind == JSON_ARRAY) {
        for (uint32_t i = 0; i < node->count; i++) find(arena, &node->items[i], path, found);
        return;
    }
    if (*path == 0) {
        vec_push(arena, found, node);
        return;
    }
    if (node->kind != JSON_OBJECT) return;
    size_t length = strcspn(path, "/");
    const char *rest = path[length] == '/' ? path + length + 1 : path + length;
    for (uint32_t i = 0; i < node->count; i++)
        if (str_equal(json_key(&node->items[i]), (Str){ path, length }))
            find(arena, &node->items[i], rest, found);
}

/* A string or number as it is, a boolean as a word; false: it is none of these. */
static bool scalar_text(const Json *node, Str *text) {
    *text = json_text(node);
    if (node->kind == JSON_TRUE) *text = STR("true");
    if (node->kind == JSON_FALSE) *text = STR("false");
    return node->kind != JSON_OBJECT && node->kind != JSON_ARRAY;
}

typedef struct Reading {
    const StudyFile *file;
    JsonFile place;
    const Json *root;
    Study *study;
    VEC(Str) unknown; /* paths that were reported */
} Reading;

static void warn(Reading *r, const Json *at, const char *code, Str message, const char *hint) {
    Arena *arena = r->file->arena;
    Str id = r->study->id;
    Str full = str_format(arena, "%.*s: %.*s", STR_ARGS(id.length != 0 ? id : STR("study")),
                          STR_ARGS(message));
    json_file_warn(&r->place, at, code, full, str_from(hint));
}

static Str read_text(Reading *r, const Json *node, const char *path) {
    Nodes found = { 0 };
    Str text = { "", 0 };
    find(r->file->arena, node, path, &found);
    if (found.count == 0) return text;
    if (!scalar_text(found.items[0], &text))
        warn(r, found.items[0], "wrong-type",
             str_format(r->file->arena, "%s is no text and is left out", path), "");
    if (found.count > 1)
        warn(r, found.items[1], "repeated-field",
             str_format(r->file->arena, "%s stands there %zu times; the first is read", path,
                        found.count), "");
    return text;
}

static Texts read_list(Reading *r, const char *path) {
    Nodes found = { 0 };
    find(r->file->arena, r->root, path, &found);
    Str *items = arena_array(r->file->arena, found.count, sizeof *items);
    Texts texts = { 0, items };
    for (size_t i = 0; i < found.count; i++)
        if (scalar_text(found.items[i], &items[texts.count])) texts.count++;
        else warn(r, found.items[i], "wrong-type",
                  str_format(r->file->arena, "%s is no text and is left out", path), "");
    return texts;
}

static StudyParts read_group(Reading *r, const Field *group) {
    Nodes found = { 0 };
    const char *path = path_of(r->file, group);
    find(r->file->arena, r->root, path, &found);
    StudyPart *items = arena_array(r->file->arena, found.count, sizeof *items);
    for (size_t i = 0; i < found.count; i++)
        for (uint32_t k = 0; k < FIELD_COUNT; k++) {
            if (fields[k].kind != FIELD_PART || fields[k].group != group->member) continue;
            const char *below = path_of(r->file, &fields[k]) + strlen(path) + 1;
            Str text = read_text(r, found.items[i], below);
            memcpy((char *)&items[i] + fields[k].member, &text, sizeof text);
        }
    return (StudyParts){ (uint32_t)found.count, items };
}

/* ---- what is not known ---- */

typedef enum Known { KNOWN_NOT, KNOWN_ABOVE, KNOWN_WHOLE } Known;

static Known knows(const StudyFile *file, Str path) {
    Known known = KNOWN_NOT;
    for (uint32_t i = 0; i < FIELD_COUNT; i++) {
        Str field = str_from(path_of(file, &fields[i]));
        if (!str_starts_with(field, path)) continue;
        if (field.length == path.length && fields[i].kind != FIELD_GROUP) return KNOWN_WHOLE;
        if (field.length == path.length || field.data[path.length] == '/') known = KNOWN_ABOVE;
    }
    return known;
}

static void report_unknown(Reading *r, const Json *node, Str path) {
    for (size_t i = 0; i < r->unknown.count; i++)
        if (str_equal(r->unknown.items[i], path)) return;
    vec_push(r->file->arena, &r->unknown, path);
    warn(r, node, "unknown-field",
         str_format(r->file->arena, "the field %.*s is not known and is left out", STR_ARGS(path)),
         "");
}

/* Depth is bounded by the table's paths. */
static void check_known(Reading *r, const Json *node, Str above) {
    if (node->kind == JSON_ARRAY)
        for (uint32_t i = 0; i < node->count; i++) check_known(r, &node->items[i], above);
    for (uint32_t i = 0; node->kind == JSON_OBJECT && i < node->count; i++) {
        const Json *child = &node->items[i];
        Str key = json_key(child);
        Str path = above.length == 0 ? key
                                     : str_format(r->file->arena, "%.*s/%.*s", STR_ARGS(above),
                                                  STR_ARGS(key));
        Known known = knows(r->file, path);
        if (known == KNOWN_ABOVE) check_known(r, child, path);
        if (known == KNOWN_NOT) report_unknown(r, child, path);
    }
}

/* ---- studies ---- */

static bool is_identifier(Str id) {
    if (id.length != 11 || !str_starts_with(id, STR("NCT"))) return false;
    for (size_t i = 3; i < id.length; i++)
        if (id.data[i] < '0' || id.data[i] > '9') return false;
    return true;
}

static void read_fields(Reading *r) {
    for (uint32_t i = 0; i < FIELD_COUNT; i++) {
        const char *path = path_of(r->file, &fields[i]);
        char *member = (char *)r->study + fields[i].member;
        if (*path == 0) continue;
        if (fields[i].kind == FIELD_TEXT) {
            Str text = read_text(r, r->root, path);
            memcpy(member, &text, sizeof text);
        } else if (fields[i].kind == FIELD_LIST) {
            Texts texts = read_list(r, path);
            memcpy(member, &texts, sizeof texts);
        } else if (fields[i].kind == FIELD_GROUP) {
            StudyParts parts = read_group(r, &fields[i]);
            memcpy(member, &parts, sizeof parts);
        }
    }
}

static void check_sections(Reading *r) {
    Nodes found = { 0 };
    find(r->file->arena, r->root,
         r->file->xml ? "eligibility" : "protocolSection/eligibilityModule", &found);
    if (found.count == 0)
        warn(r, r->root, "no-eligibility", STR("the study has no eligibility section"),
             "Whether someone is eligible cannot be evaluated");
    else if (r->study->eligibility.length == 0)
        warn(r, found.items[0], "no-eligibility-text",
             STR("the eligibility section has no criteria text"), "");
    if (r->study->title.length == 0)
        warn(r, r->root, "no-title", STR("the study has no title"), "");
    if (r->study->conditions.count == 0)
        warn(r, r->root, "no-condition", STR("the study names no condition"), "");
}

bool study_read(const StudyFile *file, uint32_t index, Study *study, Diagnostics *diagnostics) {
    *study = (Study){ 0 };
    Reading r = { .file = file, .place = { file->name, file->text, diagnostics },
                  .root = file->roots[index], .study = study };
    read_fields(&r);
    if (!is_identifier(study->id)) {
        json_file_report(&r.place, r.root, "no-identifier",
                         study->id.length == 0
                             ? STR("this is no study: it has no NCT number")
                             : str_format(file->arena, "\"%.*s\" is no NCT number",
                                          STR_ARGS(study->id)),
                         STR("A study of ClinicalTrials.gov has NCT and eight digits"));
        return false;
    }
    check_known(&r, r.root, (Str){ "", 0 });
    check_sections(&r);
    return true;
}
