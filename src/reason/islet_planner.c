/* islet_planner.c - guidelines and plans by islet.h.
 *
 * A Planner's options are fixed when it is made, so that it is made anew for the first record
 * after they changed. */
#include <string.h>

#include "reason/apply.h"
#include "reason/islet_parts.h"

enum { GUIDELINE_MEMORY = 1 << 30, PLANNER_MEMORY = 16 << 10, OUTPUT_MEMORY = 512 << 20,
       USUAL_WIDTH = 80, LEAST_WIDTH = 40 };

struct islet_guideline {
    Arena *arena;
    const Guideline *guideline; /* NULL: it has mistakes */
    ErrorList errors;
    const char *name, *version;
};

struct islet_planner {
    Arena *own, *output; /* this; the forms of the present plan */
    const islet_guideline *guideline;
    PlannerOptions options;
    Planner *planner; /* NULL: to be made */
    const Plan *plan; /* NULL: none */
    bool failed;      /* `failure` stands in the place of the plan */
    RecordError failure;
    LastError last;
};

/* ---- guidelines ---- */

typedef Guideline *(*Load)(Arena *arena, Str name, Diagnostics *diagnostics);

static islet_status status_of(const Diagnostics *diagnostics) {
    static const char *const absent[] = { "unknown-guideline", "cannot-read" };
    const char *code = diagnostics->count != 0 ? diagnostics->items[0].code : "";
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        if (strcmp(code, absent[i]) == 0) return ISLET_NOT_FOUND;
    return ISLET_INVALID;
}

static islet_status load(islet_guideline *guideline, const char *name, Load load_from) {
    Arena *arena = guideline->arena;
    Diagnostics diagnostics = diagnostics_new(arena);
    const Guideline *loaded = load_from(arena, str_copy(arena, str_from(name)), &diagnostics);
    error_list_add(arena, &guideline->errors, &diagnostics);
    if (loaded == NULL) return status_of(&diagnostics);
    guideline->name = str_to_c(arena, loaded->name);
    guideline->version = str_to_c(arena, loaded->version);
    guideline->guideline = loaded;
    return ISLET_OK;
}

static islet_status load_guarded(islet_guideline *guideline, const char *name, Load load_from) {
    if (setjmp(*arena_guard(guideline->arena))) {
        error_list_set_too_large(&guideline->errors);
        return ISLET_LIMIT;
    }
    islet_status status = load(guideline, name, load_from);
    arena_unguard(guideline->arena);
    return status;
}

static islet_status open_guideline(const char *name, Load load_from, islet_guideline **guideline) {
    if (guideline == NULL) return ISLET_MISUSE;
    *guideline = NULL;
    if (name == NULL) return ISLET_MISUSE;
    Arena *arena = arena_new(GUIDELINE_MEMORY);
    islet_guideline *made = arena != NULL ? arena_try_alloc(arena, sizeof *made) : NULL;
    if (made == NULL) {
        arena_free(arena);
        return ISLET_NO_MEMORY;
    }
    *made = (islet_guideline){ .arena = arena, .name = "", .version = "" };
    *guideline = made;
    return load_guarded(made, name, load_from);
}

islet_status islet_guideline_load(const char *name, islet_guideline **guideline) {
    return open_guideline(name, guideline_load_embedded, guideline);
}

islet_status islet_guideline_load_folder(const char *folder, islet_guideline **guideline) {
    return open_guideline(folder, guideline_load_folder, guideline);
}

void islet_guideline_free(islet_guideline *guideline) {
    if (guideline != NULL) arena_free(guideline->arena);
}

size_t islet_guideline_error_count(const islet_guideline *guideline) {
    return guideline != NULL ? guideline->errors.count : 0;
}

const islet_error *islet_guideline_error(const islet_guideline *guideline, size_t index) {
    return guideline != NULL ? error_list_at(&guideline->errors, index) : NULL;
}

const char *islet_guideline_name(const islet_guideline *guideline) {
    return guideline != NULL ? guideline->name : "";
}

const char *islet_guideline_version(const islet_guideline *guideline) {
    return guideline != NULL ? guideline->version : "";
}

/* ---- planners ---- */

static islet_planner *make(const islet_guideline *guideline, const islet_limits *limits) {
    Arena *own = arena_new(PLANNER_MEMORY);
    islet_planner *p = own != NULL ? arena_try_alloc(own, sizeof *p) : NULL;
    if (p == NULL) return arena_free(own), NULL;
    *p = (islet_planner){ .own = own, .output = arena_new(OUTPUT_MEMORY), .guideline = guideline };
    p->options.memory_limit = limits != NULL ? limits->memory : 0;
    input_moment(NULL, 0, &p->options.as_of);
    p->planner = planner_new(guideline->guideline, p->options);
    if (last_error_open(&p->last) && p->output != NULL && p->planner != NULL) return p;
    islet_planner_free(p);
    return NULL;
}

islet_status islet_planner_new(const islet_guideline *guideline, const islet_limits *limits,
                               islet_planner **planner) {
    if (planner == NULL) return ISLET_MISUSE;
    *planner = NULL;
    if (guideline == NULL) return ISLET_MISUSE;
    if (guideline->guideline == NULL) return ISLET_INVALID;
    *planner = make(guideline, limits);
    return *planner != NULL ? ISLET_OK : ISLET_NO_MEMORY;
}

void islet_planner_free(islet_planner *planner) {
    if (planner == NULL) return;
    planner_free(planner->planner);
    last_error_close(&planner->last);
    arena_free(planner->output);
    arena_free(planner->own);
}

const islet_error *islet_planner_error(const islet_planner *planner) {
    return planner != NULL ? &planner->last.error : error_of_no_handle();
}

/* ---- options ---- */

static void forget_plan(islet_planner *p) {
    p->plan = NULL;
    p->failed = false;
    arena_reset(p->output);
}

static void change(islet_planner *p) {
    forget_plan(p);
    planner_free(p->planner);
    p->planner = NULL;
}

islet_status islet_planner_set_as_of(islet_planner *planner, const char *as_of,
                                     int offset_minutes) {
    Value moment;
    if (planner == NULL) return ISLET_MISUSE;
    if (!input_moment(as_of, offset_minutes, &moment))
        return refuse_moment(&planner->last, as_of, offset_minutes);
    planner->options.as_of = moment;
    planner->options.offset = (int16_t)offset_minutes;
    change(planner);
    return ISLET_OK;
}

islet_status islet_planner_set_detail(islet_planner *planner, bool all_rules, bool explain) {
    if (planner == NULL) return ISLET_MISUSE;
    planner->options.all_rules = all_rules;
    planner->options.explain = explain;
    change(planner);
    return ISLET_OK;
}

/* ---- plans ---- */

static islet_status fail_for_memory(islet_planner *p) {
    return last_error_say(&p->last, ISLET_LIMIT, "plan-too-large", "Split the record",
                          "the plan needs more memory than it may have");
}

islet_status islet_planner_make_plan(islet_planner *planner, const islet_input *record) {
    if (planner == NULL) return ISLET_MISUSE;
    forget_plan(planner);
    if (record == NULL || record->text == NULL) return ISLET_MISUSE;
    if (!input_is_sound(record)) return fail_for_memory(planner);
    if (planner->planner == NULL)
        planner->planner = planner_new(planner->guideline->guideline, planner->options);
    if (planner->planner == NULL) return fail_for_memory(planner);
    RecordInput input = { .file = str_from(record->file), .text = input_text(record),
                          .line = input_line(record), .number = 1 };
    planner->plan = planner_plan(planner->planner, &input, &planner->failure);
    planner->failed = planner->plan == NULL;
    if (!planner->failed) return ISLET_OK;
    const Diagnostic *failure = &planner->failure.diagnostic;
    return last_error_set(&planner->last, status_of_failure(failure, ISLET_INVALID), failure,
                          planner->failure.resource);
}

islet_status islet_planner_lacks_data(const islet_planner *planner, bool *out) {
    if (planner == NULL || out == NULL || planner->plan == NULL) return ISLET_MISUSE;
    *out = planner->plan->lacks_data;
    return ISLET_OK;
}

/* ---- forms ---- */

typedef enum Form { FORM_JSON, FORM_FHIR, FORM_TEXT } Form;

static void write(const islet_planner *p, Form form, unsigned width, Buffer *out) {
    if (width == 0) width = USUAL_WIDTH;
    TextStyle style = { .width = width < LEAST_WIDTH ? LEAST_WIDTH : width,
                        .explain = p->options.explain };
    if (form == FORM_TEXT) plan_write_text(p->plan, style, out);
    else if (form == FORM_JSON && p->failed) record_error_write_json(&p->failure, out);
    else if (form == FORM_JSON) plan_write_json(p->plan, out);
    else if (p->failed) record_error_write_fhir(&p->failure, out);
    else plan_write_fhir(p->plan, out);
}

static islet_status give(islet_planner *p, Form form, unsigned width, islet_text *out) {
    if (p == NULL || out == NULL) return ISLET_MISUSE;
    if (p->plan == NULL && (!p->failed || form == FORM_TEXT))
        return last_error_say(&p->last, ISLET_MISUSE, "no-plan", "Make one first",
                              "there is no plan");
    if (setjmp(*arena_guard(p->output))) return fail_for_memory(p);
    Buffer text = buffer_new(p->output);
    write(p, form, width, &text);
    buffer_add_char(&text, '\0');
    *out = (islet_text){ text.data, text.length - 1 };
    arena_unguard(p->output);
    return ISLET_OK;
}

islet_status islet_planner_json(islet_planner *planner, islet_text *out) {
    return give(planner, FORM_JSON, 0, out);
}

islet_status islet_planner_fhir(islet_planner *planner, islet_text *out) {
    return give(planner, FORM_FHIR, 0, out);
}

islet_status islet_planner_text(islet_planner *planner, unsigned width, islet_text *out) {
    return give(planner, FORM_TEXT, width, out);
}
