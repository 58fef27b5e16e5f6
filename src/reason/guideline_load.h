/* guideline_load.h - what the parts of loading a guideline share; for those files only.
 *
 * Loading goes on after a mistake, so that one run reports all of them. */
#ifndef ISLET_REASON_GUIDELINE_LOAD_H
#define ISLET_REASON_GUIDELINE_LOAD_H

#include "base/vec.h"
#include "reason/guideline.h"
#include "reason/locate.h"
#include "reason/name_table.h"

/* The beginnings of the URLs that a guideline uses. */
#define ISLET_EXTENSION "https://w3id.org/islet/StructureDefinition/"
#define ISLET_RULE_SYSTEM "https://w3id.org/islet/CodeSystem/rule"
#define ISLET_ALERT_SYSTEM "https://w3id.org/islet/CodeSystem/alert"

typedef VEC(GuidelineFile) GuidelineFiles;
typedef VEC(Statement) Statements;

typedef struct Loading {
    Arena *arena;
    Diagnostics *diagnostics;
    JsonReader *reader;
    Guideline *guideline;
    bool trials; /* the program is that of trials/ */
    Rule *rules; /* the guideline's, while `of_options` is being found out */
    VEC(Activity) activities;
    VEC(Measure) measures;
    VEC(Str) plan_ids, plan_urls;
    NameTable citations, activity_urls, rule_ids;
    NameTable defines; /* by name alone, of all libraries */
    Statements statements;
} Loading;

/* Calls `visit` for each resource of that type in the JSON files of a folder ("plans/"). */
typedef void (*VisitResource)(Loading *loading, const JsonFile *file, const Json *resource);
void loading_visit_resources(Loading *loading, const char *folder, const char *type,
                             VisitResource visit);

/* Reads the files of a folder into *files; the name is for diagnostics (guideline_folder.c). */
bool folder_read(Arena *arena, Str folder, GuidelineFiles *files, Diagnostics *diagnostics);

/* Facts, rules and elements, from the annotations above defines (guideline_rules.c). */
void loading_read_annotations(Loading *loading);

/* The define that `name` means, "Define" or "Library.Define"; NO_INDEX when none or more
 * than one does, and then *message and *hint say so. */
uint32_t loading_find_define(Loading *loading, Str name, Str *message, Str *hint);

/* The parameters of the main library, in `file`, that the plan fills (guideline_parameter.c). */
void loading_find_parameters(Loading *loading, Str file);

/* ActivityDefinitions, and PlanDefinitions to statements (guideline_plan.c). */
void loading_read_activities(Loading *loading);
void loading_read_plans(Loading *loading);

/* The fields of an action's extensions (guideline_statement.c). */
void loading_read_extensions(Loading *loading, const JsonFile *file, const Json *action,
                             Statement *statement);
void loading_check_statement(Loading *loading, const JsonFile *file, const Json *action,
                             const Statement *statement);

/* Measures, from measures/ (guideline_measure.c). */
void loading_read_measures(Loading *loading);

/* The define that an Expression names ("expression": { … } of `holder` is it); NO_INDEX: reported
 * (guideline_plan.c). */
uint32_t loading_read_expression(Loading *loading, const JsonFile *file, const Json *holder,
                                 const Json *expression);

/* Reports a condition that is no Boolean. */
void loading_check_boolean(Loading *loading, const JsonFile *file, const Json *holder,
                           uint32_t define);

/* Sorts statements into groups, alerts, work-up and so on (guideline_group.c). */
void loading_group(Loading *loading);

#endif
