/* guideline_plan.c - ActivityDefinitions to activities, PlanDefinitions to statements.
 *
 * An action with a condition is a statement; one without is a group of actions.  The fields
 * of its extensions are read in guideline_statement.c. */
#include "reason/guideline_load.h"

static bool is_list(const Json *json) { return json != NULL && json->kind == JSON_ARRAY; }

static const Json *first_of(const Json *object, const char *key) {
    const Json *list = json_get(object, key);
    return is_list(list) && list->count != 0 ? &list->items[0] : NULL;
}

/* ---- activities ---- */

static Str read_category(const Json *activity, Str id) {
    Str code = json_text(json_get(first_of(first_of(activity, "topic"), "coding"), "code"));
    size_t point = 0;
    while (point < id.length && id.data[point] != '.') point++;
    return code.length != 0 ? code : str_slice(id, 0, point);
}

static void read_activity(Loading *loading, const JsonFile *file, const Json *json) {
    Activity activity = { .id = json_text(json_get(json, "id")),
                          .url = json_text(json_get(json, "url")),
                          .title = json_text(json_get(json, "title")),
                          .description = json_text(json_get(json, "description")),
                          .kind = json_text(json_get(json, "kind")),
                          .dosage = json_text(json_get(first_of(json, "dosage"), "text")) };
    activity.category = read_category(json, activity.id);
    if (activity.id.length == 0 || activity.url.length == 0 || activity.title.length == 0)
        json_file_report(file, json, "activity",
                         STR("an ActivityDefinition needs an id, a url and a title"),
                         STR("The id is the option's id in the plan"));
    for (size_t i = 0; i < loading->activities.count; i++)
        if (str_equal(loading->activities.items[i].id, activity.id))
            json_file_report(file, json_get(json, "id"), "duplicate-activity",
                             str_format(loading->arena, "the activity %.*s is there twice",
                                        STR_ARGS(activity.id)),
                             STR("Give each ActivityDefinition its own id"));
    vec_push(loading->arena, &loading->activities, activity);
}

void loading_read_activities(Loading *loading) {
    Guideline *guideline = loading->guideline;
    loading_visit_resources(loading, "activities/", "ActivityDefinition", read_activity);
    guideline->activities = loading->activities.items;
    guideline->activity_count = (uint32_t)loading->activities.count;
    for (uint32_t i = 0; i < guideline->activity_count; i++)
        name_table_add(loading->arena, &loading->activity_urls, guideline->activities[i].url, i);
    name_table_sort(&loading->activity_urls);
}

/* ---- the parts of a statement ---- */

uint32_t loading_read_expression(Loading *loading, const JsonFile *file, const Json *holder,
                                 const Json *expression) {
    const Json *name = json_get(expression, "expression");
    Str language = json_text(json_get(expression, "language")), message, hint;
    bool cql = str_is(language, "text/cql-identifier") || str_is(language, "text/cql");
    if (name == NULL || !cql) {
        json_file_report(file, holder, "no-expression", STR("no define is named here"),
                         STR("Write \"expression\": { \"language\": \"text/cql-identifier\", "
                             "\"expression\": \"Define\" }"));
        return NO_INDEX;
    }
    uint32_t define = loading_find_define(loading, json_text(name), &message, &hint);
    if (define == NO_INDEX) json_file_report(file, name, "unknown-define", message, hint);
    return define;
}

static uint32_t read_expression(Loading *loading, const JsonFile *file, const Json *holder) {
    return loading_read_expression(loading, file, holder, json_get(holder, "expression"));
}

void loading_check_boolean(Loading *loading, const JsonFile *file, const Json *holder,
                           uint32_t index) {
    if (index == NO_INDEX) return;
    const Define *define = program_define(loading->guideline->program, index);
    if (!define->boolean)
        json_file_report(file, holder, "condition-not-boolean",
                         str_format(loading->arena, "\"%.*s\" gives %.*s, not a Boolean",
                                    STR_ARGS(define->name), STR_ARGS(define->type)),
                         STR("A condition is a define that is true, false or null"));
}

static void read_condition(Loading *loading, const JsonFile *file, const Json *action,
                           Statement *statement) {
    const Json *list = json_get(action, "condition");
    statement->define = NO_INDEX;
    if (!is_list(list) || list->count != 1) {
        json_file_report(file, list != NULL ? list : action, "condition",
                         STR("a statement has exactly one condition"),
                         STR("Join several in one define"));
        return;
    }
    statement->define = read_expression(loading, file, &list->items[0]);
    loading_check_boolean(loading, file, &list->items[0], statement->define);
}

static void read_rule(Loading *loading, const JsonFile *file, const Json *action,
                      Statement *statement) {
    const Json *coding = first_of(first_of(action, "code"), "coding");
    const Json *code = json_get(coding, "code");
    Str system = json_text(json_get(coding, "system"));
    statement->rule = NO_INDEX;
    statement->id = json_text(code);
    if (code == NULL || statement->id.length == 0) {
        json_file_report(file, action, "no-rule", STR("the action names no rule"),
                         STR("Add \"code\": [ { \"coding\": [ { \"system\": \"" ISLET_RULE_SYSTEM
                             "\", \"code\": \"RULE\" } ] } ]"));
        return;
    }
    if (str_is(system, ISLET_ALERT_SYSTEM) && statement->entry == ENTRY_ALERT) return;
    uint32_t count;
    const NamedNumber *found = name_table_find(&loading->rule_ids, statement->id, &count);
    if (!str_is(system, ISLET_RULE_SYSTEM)) {
        json_file_report(file, coding, "rule-system", STR("the code of a statement is a rule"),
                         STR("Its system is " ISLET_RULE_SYSTEM));
    } else if (found == NULL) {
        Str nearest = name_table_nearest(&loading->rule_ids, statement->id);
        json_file_report(file, code, "unknown-rule",
                         str_format(loading->arena, "no define has @rule: %.*s",
                                    STR_ARGS(statement->id)),
                         nearest.length == 0
                             ? STR("Write @rule: ID in the comment above the rule's define")
                             : str_format(loading->arena, "Did you mean %.*s?", STR_ARGS(nearest)));
    } else {
        statement->rule = found->number;
        if (statement->entry == ENTRY_OPTION) loading->rules[found->number].of_options = true;
    }
}

static void read_activity_of(Loading *loading, const JsonFile *file, const Json *action,
                             Statement *statement) {
    const Json *canonical = json_get(action, "definitionCanonical");
    Str url = json_text(canonical);
    for (size_t i = 0; i < url.length; i++)
        if (url.data[i] == '|') url = str_slice(url, 0, i);
    if (canonical == NULL && statement->entry != ENTRY_OPTION) return;
    uint32_t count;
    const NamedNumber *found = name_table_find(&loading->activity_urls, url, &count);
    if (found != NULL) {
        statement->activity = &loading->guideline->activities[found->number];
        return;
    }
    Str nearest = name_table_nearest(&loading->activity_urls, url);
    json_file_report(file, canonical != NULL ? canonical : action, "unknown-activity",
                     canonical == NULL
                         ? STR("the statement names no option")
                         : str_format(loading->arena, "there is no ActivityDefinition %.*s",
                                      STR_ARGS(url)),
                     nearest.length == 0
                         ? STR("definitionCanonical is the url of a file in activities/")
                         : str_format(loading->arena, "Did you mean %.*s?", STR_ARGS(nearest)));
}

static void read_sources(Loading *loading, const JsonFile *file, const Json *action,
                         Statement *statement) {
    const Json *list = json_get(action, "documentation");
    uint32_t count = is_list(list) ? list->count : 0, there;
    const Citation **sources = arena_array(loading->arena, count, sizeof *sources);
    for (uint32_t i = 0; i < count; i++) {
        const Json *label = json_get(&list->items[i], "label");
        const NamedNumber *found =
            name_table_find(&loading->citations, json_text(label), &there);
        if (found != NULL) {
            sources[statement->source_count++] = &loading->guideline->citations[found->number];
            continue;
        }
        Str nearest = name_table_nearest(&loading->citations, json_text(label));
        json_file_report(file, label != NULL ? label : &list->items[i], "unknown-source",
                         str_format(loading->arena, "guideline.json has no source \"%.*s\"",
                                    STR_ARGS(json_text(label))),
                         nearest.length == 0
                             ? STR("Add it to relatedArtifact of guideline.json")
                             : str_format(loading->arena, "Did you mean \"%.*s\"?",
                                          STR_ARGS(nearest)));
    }
    statement->sources = sources;
}

static void read_dynamics(Loading *loading, const JsonFile *file, const Json *action,
                          Statement *statement) {
    const Json *list = json_get(action, "dynamicValue");
    uint32_t count = is_list(list) ? list->count : 0;
    Dynamic *dynamics = arena_array(loading->arena, count, sizeof *dynamics);
    for (uint32_t i = 0; i < count; i++) {
        const Json *path = json_get(&list->items[i], "path");
        if (json_text(path).length == 0)
            json_file_report(file, &list->items[i], "no-path", STR("the dynamicValue has no path"),
                             STR("The path is the field that it gives, such as \"flags\""));
        uint32_t define = read_expression(loading, file, &list->items[i]);
        if (define == NO_INDEX) continue;
        dynamics[statement->dynamic_count++] = (Dynamic){ json_text(path), define };
    }
    statement->dynamics = dynamics;
}

/* ---- actions ---- */

/* What is not read is said, so that a misspelt word does not go unnoticed. */
static void check_elements(Loading *loading, const JsonFile *file, const Json *action) {
    static const char *const known[] = { "id",        "title",     "description",
                                         "code",      "condition", "definitionCanonical",
                                         "extension", "action",    "documentation",
                                         "prefix",    "dynamicValue", "textEquivalent" };
    for (uint32_t i = 0; i < action->count; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found |= str_is(json_key(&action->items[i]), known[k]);
        if (!found)
            json_file_warn(file, &action->items[i], "not-read",
                           str_format(loading->arena, "%.*s of an action is not read here",
                                      STR_ARGS(json_key(&action->items[i]))),
                           STR("See doc/guideline.md for what an action may hold"));
    }
}

static void read_statement(Loading *loading, const JsonFile *file, const Json *action) {
    Statement statement = { .text = json_text(json_get(action, "textEquivalent")) };
    check_elements(loading, file, action);
    loading_read_extensions(loading, file, action, &statement);
    read_rule(loading, file, action, &statement);
    read_condition(loading, file, action, &statement);
    read_activity_of(loading, file, action, &statement);
    read_sources(loading, file, action, &statement);
    read_dynamics(loading, file, action, &statement);
    loading_check_statement(loading, file, action, &statement);
    vec_push(loading->arena, &loading->statements, statement);
}

/* Nesting is bounded by that of JSON. */
static void read_actions(Loading *loading, const JsonFile *file, const Json *holder) {
    const Json *list = json_get(holder, "action");
    if (!is_list(list)) return;
    for (uint32_t i = 0; i < list->count; i++) {
        const Json *action = &list->items[i];
        if (action->kind != JSON_OBJECT) continue;
        bool group = json_get(action, "condition") == NULL && json_get(action, "action") != NULL;
        if (!group) read_statement(loading, file, action);
        read_actions(loading, file, action);
    }
}

static void read_plan(Loading *loading, const JsonFile *file, const Json *plan) {
    const Json *id = json_get(plan, "id");
    for (size_t i = 0; i < loading->plan_ids.count; i++)
        if (str_equal(loading->plan_ids.items[i], json_text(id)))
            json_file_report(file, id, "duplicate-plan",
                             str_format(loading->arena, "the PlanDefinition %.*s is there twice",
                                        STR_ARGS(json_text(id))),
                             STR("Give each PlanDefinition its own id"));
    vec_push(loading->arena, &loading->plan_ids, json_text(id));
    if (json_get(plan, "url") != NULL)
        vec_push(loading->arena, &loading->plan_urls, json_text(json_get(plan, "url")));
    read_actions(loading, file, plan);
}

void loading_read_plans(Loading *loading) {
    loading_visit_resources(loading, "plans/", "PlanDefinition", read_plan);
    loading->guideline->plan_urls =
        (StrList){ (uint32_t)loading->plan_urls.count, loading->plan_urls.items };
}
