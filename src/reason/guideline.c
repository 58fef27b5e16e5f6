/* guideline.c - from the files of a guideline to one that can be applied.
 *
 * In this order: guideline.json, the terminology, the CQL, what stands in annotations above
 * defines, the activities, the plans, the measures.  Each step reports its mistakes and the next
 * goes on; only annotations, plans and measures need CQL that compiles. */
#include "reason/guideline.h"

#include <string.h>

#include "fhir/fhir.h"
#include "reason/embedded.h"
#include "reason/guideline_load.h"

const char *const status_names[STATUS_COUNT] = { "recommended", "may-be-considered",
                                                 "insufficient-data", "not-recommended",
                                                 "contraindicated" };
const char *const triage_levels[TRIAGE_NONE] = { "EMERGENCY_NOW", "SAME_DAY", "URGENT_7D",
                                                 "SOON_14D", "ROUTINE_28D" };

/* ---- files ---- */

static const GuidelineFile *find_file(const Guideline *guideline, Str path) {
    for (uint32_t i = 0; i < guideline->file_count; i++)
        if (str_equal(guideline->files[i].path, path)) return &guideline->files[i];
    return NULL;
}

Str guideline_text(const Guideline *guideline, Str name) {
    for (uint32_t i = 0; i < guideline->file_count; i++)
        if (str_equal(guideline->files[i].name, name)) return guideline->files[i].text;
    return (Str){ "", 0 };
}

/* The tree of a JSON file; NULL: reported. */
static const Json *read_json(Loading *loading, const GuidelineFile *file) {
    Diagnostic error;
    const Json *json = json_parse(loading->reader, loading->arena, file->text, NULL, &error);
    if (json != NULL) return json;
    error.file = file->name;
    diagnostics_add(loading->diagnostics, error);
    return NULL;
}

static void visit_resource(Loading *loading, const JsonFile *file, const Json *json,
                           const char *type, VisitResource visit) {
    Str found = json_text(json_get(json, "resourceType"));
    const Json *entries = json_get(json, "entry");
    if (str_is(found, type)) {
        visit(loading, file, json);
    } else if (str_is(found, "Bundle")) {
        for (uint32_t i = 0; entries != NULL && entries->kind == JSON_ARRAY && i < entries->count;
             i++) {
            const Json *resource = json_get(&entries->items[i], "resource");
            Str inner = json_text(json_get(resource, "resourceType"));
            if (resource != NULL && !str_is(inner, "Bundle"))
                visit_resource(loading, file, resource, type, visit);
        }
    } else {
        json_file_report(file, json, "wrong-resource-type",
                         str_format(loading->arena, "this is no %s", type),
                         str_format(loading->arena, "Give it \"resourceType\": \"%s\"", type));
    }
}

void loading_visit_resources(Loading *loading, const char *folder, const char *type,
                             VisitResource visit) {
    const Guideline *guideline = loading->guideline;
    for (uint32_t i = 0; i < guideline->file_count; i++) {
        const GuidelineFile *file = &guideline->files[i];
        if (!str_starts_with(file->path, str_from(folder))) continue;
        JsonFile of = { file->name, file->text, loading->diagnostics };
        const Json *json = read_json(loading, file);
        if (json != NULL) visit_resource(loading, &of, json, type, visit);
    }
}

static void read_terms(Loading *loading) {
    Guideline *guideline = loading->guideline;
    Terms *terms = terms_new(loading->arena);
    for (uint32_t i = 0; i < guideline->file_count; i++) {
        const GuidelineFile *file = &guideline->files[i];
        if (!str_starts_with(file->path, STR("terms/"))) continue;
        const Json *json = read_json(loading, file);
        if (json != NULL) terms_add(terms, file->name, file->text, json, loading->diagnostics);
    }
    terms_finish(terms);
    guideline->term_set = terms;
    guideline->terms = terms_terminology(terms);
}

/* ---- guideline.json ---- */

static Citation read_citation(const Json *artifact) {
    static const char doi[] = "https://doi.org/";
    Citation citation = { .label = json_text(json_get(artifact, "label")),
                          .cite = json_text(json_get(artifact, "citation")),
                          .url = json_text(json_get(artifact, "url")) };
    if (str_starts_with(citation.url, str_from(doi)))
        citation.doi = str_slice(citation.url, sizeof doi - 1, citation.url.length);
    return citation;
}

static void check_citation(const JsonFile *file, const Json *artifact, const Citation *citation) {
    if (citation->label.length == 0 || citation->cite.length == 0)
        json_file_report(file, artifact, "citation",
                         STR("a citation needs a label and a citation"),
                         STR("Write \"label\": \"KEY\", \"citation\": \"Author. Title …\""));
}

static void read_citations(Loading *loading, const JsonFile *file, const Json *list) {
    VEC(Citation) citations = { 0 };
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++) {
        const Json *artifact = &list->items[i];
        if (!str_is(json_text(json_get(artifact, "type")), "citation")) continue;
        Citation citation = read_citation(artifact);
        check_citation(file, artifact, &citation);
        for (size_t k = 0; k < citations.count; k++)
            if (str_equal(citations.items[k].label, citation.label))
                json_file_report(file, artifact, "duplicate-source",
                                 str_format(loading->arena, "the source %.*s is there twice",
                                            STR_ARGS(citation.label)),
                                 STR("Give each source its own label"));
        name_table_add(loading->arena, &loading->citations, citation.label,
                       (uint32_t)citations.count);
        vec_push(loading->arena, &citations, citation);
    }
    name_table_sort(&loading->citations);
    loading->guideline->citations = citations.items;
    loading->guideline->citation_count = (uint32_t)citations.count;
}

/* The CQL library named in guideline.json in that folder of the guideline. */
static Str read_main_path(const Json *library, const char *folder) {
    const Json *content = json_get(library, "content");
    uint32_t count = content != NULL && content->kind == JSON_ARRAY ? content->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        Str url = json_text(json_get(&content->items[i], "url"));
        if (str_is(json_text(json_get(&content->items[i], "contentType")), "text/cql") &&
            str_starts_with(url, str_from(folder)))
            return url;
    }
    return (Str){ "", 0 };
}

/* guideline.json; gives the main CQL library, or NULL. */
static const GuidelineFile *read_library(Loading *loading) {
    Guideline *guideline = loading->guideline;
    const GuidelineFile *file = find_file(guideline, STR("guideline.json"));
    const Json *library = file != NULL ? read_json(loading, file) : NULL;
    if (library == NULL) return NULL;
    JsonFile of = { file->name, file->text, loading->diagnostics };
    guideline->name = json_text(json_get(library, "name"));
    guideline->version = json_text(json_get(library, "version"));
    guideline->title = json_text(json_get(library, "title"));
    guideline->url = json_text(json_get(library, "url"));
    if (!str_is(json_text(json_get(library, "resourceType")), "Library") ||
        guideline->name.length == 0 || guideline->version.length == 0)
        json_file_report(&of, library, "guideline-name",
                         STR("guideline.json is a Library with a name and a version"),
                         STR("Start {\"resourceType\": \"Library\", \"name\": …, \"version\": …"));
    read_citations(loading, &of, json_get(library, "relatedArtifact"));
    const char *folder = loading->trials ? "trials/" : "cql/";
    const GuidelineFile *main = find_file(guideline, read_main_path(library, folder));
    if (main == NULL)
        json_file_report(&of, json_get(library, "content"), "no-main-library",
                         str_format(loading->arena, "the main CQL library of %s is not there",
                                    folder),
                         str_format(loading->arena,
                                    "Name it: \"content\": [ { \"contentType\": \"text/cql\", "
                                    "\"url\": \"%sMain.cql\" } ]", folder));
    return main;
}

/* ---- CQL ---- */

static bool find_library(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    (void)version;
    const Guideline *guideline = self;
    const GuidelineFile *found =
        find_file(guideline, str_format(arena, "cql/%.*s.cql", STR_ARGS(name)));
    if (found == NULL)
        found = find_file(guideline, str_format(arena, "trials/%.*s.cql", STR_ARGS(name)));
    if (found == NULL) return false;
    *file = found->name;
    *text = found->text;
    return true;
}

static uint32_t find_output(const Loading *loading, const char *name) {
    return program_find(loading->guideline->program, (Str){ "", 0 }, str_from(name));
}

static void compile(Loading *loading, const GuidelineFile *main) {
    Guideline *guideline = loading->guideline;
    LibraryFinder finder = { guideline, find_library };
    guideline->program = program_compile(loading->arena, &fhir_r4, &finder, main->name, main->text,
                                         loading->diagnostics);
    if (guideline->program == NULL) return;
    guideline->diagnosis = find_output(loading, "Diagnosis");
    guideline->stage = find_output(loading, "Stage");
    guideline->boundaries = find_output(loading, "Boundaries");
    guideline->board = find_output(loading, "Board");
    guideline->grace = find_output(loading, "Follow-up grace");
    guideline->option_flags = find_output(loading, "Option flags");
    loading_find_parameters(loading, main->name);
    loading_read_annotations(loading);
}

/* ---- loading ---- */

static void load_all(Loading *loading) {
    const GuidelineFile *main = read_library(loading);
    read_terms(loading);
    if (main != NULL) compile(loading, main);
    if (loading->trials) return;
    loading_read_activities(loading);
    if (loading->guideline->program == NULL) return;
    loading_read_plans(loading);
    loading_read_measures(loading);
    loading_group(loading);
}

static void free_reader(void *reader) { json_reader_free(reader); }

static Guideline *load(Arena *arena, const GuidelineFiles *files, bool trials,
                       Diagnostics *diagnostics) {
    Guideline *guideline = arena_alloc_zeroed(arena, sizeof *guideline);
    size_t errors_before = diagnostics->errors;
    guideline->files = files->items;
    guideline->file_count = (uint32_t)files->count;
    guideline->diagnosis = guideline->stage = guideline->boundaries = NO_INDEX;
    guideline->board = guideline->grace = guideline->option_flags = NO_INDEX;
    Loading loading = { .arena = arena, .diagnostics = diagnostics, .guideline = guideline,
                        .trials = trials, .reader = json_reader_new() };
    if (loading.reader == NULL) arena_give_up(arena);
    Kept *reader = arena_keep(arena, loading.reader, free_reader);
    load_all(&loading);
    arena_release(reader);
    return diagnostics->errors == errors_before ? guideline : NULL;
}

static Guideline *load_folder(Arena *arena, Str folder, bool trials, Diagnostics *diagnostics) {
    GuidelineFiles files = { 0 };
    if (!folder_read(arena, folder, &files, diagnostics)) return NULL;
    return load(arena, &files, trials, diagnostics);
}

Guideline *guideline_load_folder(Arena *arena, Str folder, Diagnostics *diagnostics) {
    return load_folder(arena, folder, false, diagnostics);
}

Guideline *guideline_load_folder_trials(Arena *arena, Str folder, Diagnostics *diagnostics) {
    return load_folder(arena, folder, true, diagnostics);
}

/* ---- inside the program ---- */

static Str embedded_text(const EmbeddedFile *file) { return (Str){ file->text, file->length }; }

static Guideline *load_embedded(Arena *arena, Str name, bool trials, Diagnostics *diagnostics) {
    GuidelineFiles files = { 0 };
    Str folder = str_format(arena, "%.*s/", STR_ARGS(name));
    for (uint32_t i = 0; i < embedded_file_count; i++) {
        Str path = str_from(embedded_files[i].path);
        if (!str_starts_with(path, folder)) continue;
        GuidelineFile file = { .path = str_slice(path, folder.length, path.length), .name = path,
                               .text = embedded_text(&embedded_files[i]) };
        vec_push(arena, &files, file);
    }
    if (files.count != 0) return load(arena, &files, trials, diagnostics);
    Str message = str_format(arena, "the program holds no guideline %.*s", STR_ARGS(name));
    diagnostics_add(diagnostics, (Diagnostic){ .severity = SEVERITY_ERROR,
                                               .code = "unknown-guideline", .message = message });
    return NULL;
}

Guideline *guideline_load_embedded(Arena *arena, Str name, Diagnostics *diagnostics) {
    return load_embedded(arena, name, false, diagnostics);
}

Guideline *guideline_load_embedded_trials(Arena *arena, Str name, Diagnostics *diagnostics) {
    return load_embedded(arena, name, true, diagnostics);
}

static bool find_embedded(void *self, Arena *arena, Str name, Str version, Str *file, Str *text) {
    (void)self;
    (void)version;
    Str wanted = str_format(arena, "/cql/%.*s.cql", STR_ARGS(name));
    for (uint32_t i = 0; i < embedded_file_count; i++) {
        Str path = str_from(embedded_files[i].path);
        size_t from = path.length < wanted.length ? path.length : path.length - wanted.length;
        if (!str_equal(str_slice(path, from, path.length), wanted)) continue;
        *file = path;
        *text = embedded_text(&embedded_files[i]);
        return true;
    }
    return false;
}

LibraryFinder guideline_embedded_libraries(void) { return (LibraryFinder){ NULL, find_embedded }; }
