/* guideline_parameter.c - the parameters by which a guideline may ask for what the plan has found
 * out so far: its triage, and its follow-up.  Their types are fixed. */
#include "cql/code.h"
#include "reason/guideline_load.h"

/* Names are sorted, as those of every tuple; a type of "L" is a list of strings. */
typedef struct TupleElement {
    const char *name, *type;
} TupleElement;

static const TupleElement triage[] = {
    { "cannotExclude", "L" }, { "level", "String" }, { "redFlags", "Boolean" }, { "rules", "L" } };
static const TupleElement follow_up[] = { { "due", "Date" },
                                          { "item", "String" },
                                          { "overdueDays", "Integer" },
                                          { "rule", "String" },
                                          { "status", "String" } };

static const Type *make_tuple(Types *types, const TupleElement *elements, uint32_t count) {
    Str names[8];
    const Type *parts[8];
    for (uint32_t i = 0; i < count; i++) {
        bool list = str_is(STR("L"), elements[i].type);
        names[i] = str_from(elements[i].name);
        parts[i] = type_find_system(types, list ? STR("String") : str_from(elements[i].type));
        if (list) parts[i] = type_list(types, parts[i]);
    }
    return type_tuple(types, count, names, parts);
}

/* The parameter of that name; one of another type is reported. */
static void find_parameter(Loading *loading, Str file, const char *name, const Type *type,
                           const TupleShape *shape, PlanParameter *out) {
    const Program *program = loading->guideline->program;
    *out = (PlanParameter){ NO_INDEX, shape };
    for (uint32_t i = 0; i < program_parameter_count(program); i++) {
        const Definition *found = program->main_parameters[i];
        if (!str_is(found->name, name)) continue;
        out->index = i;
        if (found->type == type) continue;
        Str wanted = type_name(program->types, loading->arena, type);
        diagnostics_add(
            loading->diagnostics,
            (Diagnostic){ .severity = SEVERITY_ERROR, .code = "parameter-type",
                          .message = str_format(loading->arena,
                                                "the parameter \"%s\" has another type", name),
                          .hint = str_format(loading->arena, "Write parameter \"%s\" %.*s", name,
                                             STR_ARGS(wanted)),
                          .file = file, .span = found->span });
    }
}

void loading_find_parameters(Loading *loading, Str file) {
    Guideline *guideline = loading->guideline;
    Types *types = guideline->program->types;
    const Type *of_triage = make_tuple(types, triage, sizeof triage / sizeof *triage);
    const Type *of_entry = make_tuple(types, follow_up, sizeof follow_up / sizeof *follow_up);
    find_parameter(loading, file, "Triage", of_triage, of_triage->shape,
                   &guideline->triage_parameter);
    find_parameter(loading, file, "Follow-up", type_list(types, of_entry), of_entry->shape,
                   &guideline->follow_up_parameter);
}
