/* guideline_measure.c - Measure resources: who counts, who not, and who is well cared for.
 *
 * Of a Measure one group is read, and of that the populations of a proportion. */
#include "reason/guideline_load.h"

typedef VEC(Exclusion) Exclusions;

static const Json *item(const Json *list, uint32_t index) {
    return list != NULL && list->kind == JSON_ARRAY && index < list->count ? &list->items[index]
                                                                            : NULL;
}

static Str first_code(const Json *concept) {
    return json_text(json_get(item(json_get(concept, "coding"), 0), "code"));
}

/* The reason is the population's id, unless the define gives it. */
static void add_exclusion(Loading *loading, const JsonFile *file, const Json *population,
                          uint32_t define, Exclusions *exclusions) {
    Str reason = json_text(json_get(population, "id"));
    if (reason.length == 0 && program_define(loading->guideline->program, define)->boolean)
        json_file_report(file, population, "no-reason", STR("the exclusion has no reason"),
                         STR("Give the population an id, which is the code of the reason"));
    vec_push(loading->arena, exclusions, ((Exclusion){ reason, define }));
}

static void read_population(Loading *loading, const JsonFile *file, const Json *population,
                            Measure *measure, Exclusions *exclusions) {
    Str kind = first_code(json_get(population, "code"));
    uint32_t define =
        loading_read_expression(loading, file, population, json_get(population, "criteria"));
    if (define == NO_INDEX) return;
    bool denominator = str_is(kind, "denominator"), numerator = str_is(kind, "numerator");
    if (denominator || numerator) loading_check_boolean(loading, file, population, define);
    if (denominator) measure->denominator = define;
    else if (numerator) measure->numerator = define;
    else if (str_is(kind, "denominator-exclusion"))
        add_exclusion(loading, file, population, define, exclusions);
    else if (!str_is(kind, "initial-population"))
        json_file_report(file, population, "unknown-population",
                         STR("a measure has no such population"),
                         STR("Write denominator, denominator-exclusion or numerator"));
}

static uint32_t read_due(Loading *loading, const JsonFile *file, const Json *group) {
    const Json *list = json_get(group, "extension"), *extension;
    for (uint32_t i = 0; (extension = item(list, i)) != NULL; i++)
        if (str_is(json_text(json_get(extension, "url")), ISLET_EXTENSION "due"))
            return loading_read_expression(loading, file, extension,
                                           json_get(extension, "valueExpression"));
    return NO_INDEX;
}

static void read_group(Loading *loading, const JsonFile *file, const Json *json,
                       Measure *measure) {
    const Json *group = item(json_get(json, "group"), 0), *population;
    Exclusions exclusions = { 0 };
    for (uint32_t i = 0; (population = item(json_get(group, "population"), i)) != NULL; i++)
        read_population(loading, file, population, measure, &exclusions);
    measure->due = read_due(loading, file, group);
    measure->exclusions = exclusions.items;
    measure->exclusion_count = (uint32_t)exclusions.count;
    if (measure->denominator == NO_INDEX || measure->numerator == NO_INDEX)
        json_file_report(file, json, "no-population",
                         STR("a measure has a denominator and a numerator"),
                         STR("Write both as populations of its group, each with criteria"));
}

static void read_measure(Loading *loading, const JsonFile *file, const Json *json) {
    Measure measure = { .id = json_text(json_get(json, "id")),
                        .url = json_text(json_get(json, "url")),
                        .title = json_text(json_get(json, "title")),
                        .improvement = first_code(json_get(json, "improvementNotation")),
                        .denominator = NO_INDEX, .numerator = NO_INDEX };
    if (measure.id.length == 0 || measure.url.length == 0 || measure.title.length == 0)
        json_file_report(file, json, "measure", STR("a Measure needs an id, a url and a title"),
                         STR("The id is the measure's id in the plan"));
    for (size_t i = 0; i < loading->measures.count; i++)
        if (str_equal(loading->measures.items[i].id, measure.id))
            json_file_report(file, json_get(json, "id"), "duplicate-measure",
                             str_format(loading->arena, "the measure %.*s is there twice",
                                        STR_ARGS(measure.id)),
                             STR("Give each Measure its own id"));
    read_group(loading, file, json, &measure);
    vec_push(loading->arena, &loading->measures, measure);
}

void loading_read_measures(Loading *loading) {
    loading_visit_resources(loading, "measures/", "Measure", read_measure);
    loading->guideline->measures = loading->measures.items;
    loading->guideline->measure_count = (uint32_t)loading->measures.count;
}
