/* plan_json_parts.h - what the parts of the plan's JSON share; for the plan_json files only. */
#ifndef ISLET_REASON_PLAN_JSON_PARTS_H
#define ISLET_REASON_PLAN_JSON_PARTS_H

#include "json/json.h"
#include "reason/plan.h"

void plan_json_value(JsonWriter *w, const Plan *plan, const char *key, Value value);
void plan_json_sources(JsonWriter *w, const Citation *const *items, uint32_t count);
void plan_json_fields(JsonWriter *w, const Plan *plan, const Field *fields, uint32_t count);
void plan_json_option(JsonWriter *w, const Plan *plan, const PlanOption *option);

/* An array of what `write` gives of each item. */
#define PLAN_JSON_ENTRIES(key, write, items, count)                                            \
    do {                                                                                   \
        json_write_key(w, key);                                                            \
        json_begin_array(w);                                                               \
        for (uint32_t i_ = 0; i_ < (count); i_++) write(w, plan, &(items)[i_]);            \
        json_end_array(w);                                                                 \
    } while (0)

/* Trials, follow-up, supportive options, team, triage, computed values, board, measures, tasks:
 * plan_json_sections.c */
void plan_json_sections(JsonWriter *w, const Plan *plan);

#endif
