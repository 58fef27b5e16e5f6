/* plan_fhir_parts.h - what the parts of the plan's FHIR share; for the plan_fhir files only. */
#ifndef ISLET_REASON_PLAN_FHIR_PARTS_H
#define ISLET_REASON_PLAN_FHIR_PARTS_H

#include "json/json.h"
#include "reason/plan.h"

typedef struct Fhir {
    JsonWriter w;
    const Plan *plan;
    Arena *arena;
} Fhir;

/* ---- elements ---- */

/* Empty texts are left out: FHIR has no empty strings. */
void put_text(Fhir *f, const char *key, Str value);
void put_word(Fhir *f, const char *key, const char *value);
void put_truth(Fhir *f, const char *key, bool value);
void put_begin(Fhir *f, const char *key); /* an object; NULL: as the item of a list */
void put_end(Fhir *f);
void put_begin_list(Fhir *f, const char *key);
void put_end_list(Fhir *f);
void put_begin_resource(Fhir *f, const char *type, Str id);
/* A resource without an id cannot be referred to; then its type is all there is. */
void put_reference(Fhir *f, const char *key, Str to);
void put_references(Fhir *f, const char *key, StrList list);
/* A CodeableConcept of a short code ("loinc#2345-7") or of a text. */
void put_concept(Fhir *f, const char *key, Str code, Str words);
void put_extension(Fhir *f, const char *name, Str value);
void put_extensions(Fhir *f, const char *name, StrList values);
void put_deferred(Fhir *f, bool deferred); /* an extension, where true */
void put_citations(Fhir *f, const Citation *const *items, uint32_t count);
void put_reasons(Fhir *f, Reasons list);
void put_evidence(Fhir *f, const char *key, Reasons list);

Str fhir_value_words(Fhir *f, Value value);
/* A date or date-time as FHIR writes it; empty: null. */
Str fhir_moment(Fhir *f, Value value);

/* ---- observations ---- */

/* The beginning of an Observation that the plan makes; the caller ends it. */
void put_begin_observation(Fhir *f, Str id, Str code);
/* Its value[x]. */
void put_value(Fhir *f, Value value);
void put_component(Fhir *f, Str name, Value value);
/* One with a component for each element of a tuple; of no tuple, none. */
void put_tuple_observation(Fhir *f, const char *id, Value tuple);

/* ---- actions ---- */

void put_rule_codes(Fhir *f, StrList rules);
void put_condition(Fhir *f, const Statement *statement);
Str fhir_local_reference(Fhir *f, const char *kind, uint32_t number); /* "#option-1" */
/* What every action of one statement ends with: title, rule, sources, condition and the contained
 * resource of that kind and number. */
void put_end_action(Fhir *f, const Statement *statement, Str title, const char *kind,
                    uint32_t number);
/* An action of that title with what `write` gives of each number. */
void put_action_group(Fhir *f, const char *title, uint32_t count,
                      void (*write)(Fhir *f, uint32_t number));

/* ---- beside treatment: plan_fhir_sections.c ---- */

void put_section_actions(Fhir *f);   /* follow-up and tasks, in the RequestGroup */
bool fhir_has_section_actions(const Plan *plan);
void put_section_resources(Fhir *f); /* contained in the CarePlan */
/* What of these the CarePlan refers to as supporting information. */
StrList fhir_section_references(Fhir *f);
void put_priority(Fhir *f);          /* of the RequestGroup, by triage */

#endif
