/* path.c - see path.h. */
#include "cql/path.h"

#include "cql/path_tree.h"

static void fail_type(Arena *arena, Str type, Str file, Diagnostics *diagnostics) {
    diagnostics_add(diagnostics, (Diagnostic){
        .severity = SEVERITY_ERROR, .code = "unknown-type", .file = file, .span = { 1, 1, 0, 1 },
        .message = str_format(arena, "there is no type %.*s", STR_ARGS(type)) });
}

Path *path_compile(Arena *arena, const Model *model, Str type, Str file, Str text,
                   Diagnostics *diagnostics) {
    size_t errors = diagnostics->errors;
    ModelType class = MODEL_NO_TYPE;
    if (type.length > 0 && (model == NULL || !model->find_class(type, &class)))
        fail_type(arena, type, file, diagnostics);
    Path path = { model, path_parse(arena, model, file, text, diagnostics) };
    if (diagnostics->errors > errors) return NULL;
    if (class != MODEL_NO_TYPE) path_check(arena, model, class, path.root, file, diagnostics);
    return diagnostics->errors > errors ? NULL : arena_copy(arena, &path, sizeof path);
}

static bool evaluate(const Path *path, Eval *eval, const PathWorld *world, Value focus,
                     PathRun *run, Items *out) {
    static const PathWorld empty = { 0 };
    eval->error_code = NULL;
    *run = (PathRun){ .eval = eval, .model = path->model, .world = world ? world : &empty };
    run->focus = items_of(run, focus);
    PathScope scope = { .this = run->focus, .place = -1 };
    return path_run(run, path->root, &scope, out) && eval->error_code == NULL;
}

bool path_evaluate(const Path *path, Eval *eval, const PathWorld *world, Value focus,
                   Value *result) {
    PathRun run;
    Items items;
    if (!evaluate(path, eval, world, focus, &run, &items)) return false;
    *result = value_list(eval->arena, items.items, items.count);
    return true;
}

bool path_holds(const Path *path, Eval *eval, const PathWorld *world, Value focus, bool *holds) {
    PathRun run;
    Items items;
    Value truth;
    if (!evaluate(path, eval, world, focus, &run, &items) ||
        !path_truth(&run, path->root, items, &truth))
        return false;
    *holds = value_is_true(truth);
    return true;
}
