/* terminology.h - value sets and code systems from FHIR JSON, for membership by code.
 *
 * A ValueSet may list codes, take in a whole code system or other value sets, leave some out,
 * and choose from a CodeSystem that is there by `is-a`, `descendent-of` or `is-not-a`; an
 * expansion, where given, is taken instead.  Membership compares system and code; a code
 * without a system is a member when any system has it.  A CodeSystem that is a supplement gives
 * names to the codes of another. */
#ifndef ISLET_REASON_TERMINOLOGY_H
#define ISLET_REASON_TERMINOLOGY_H

#include "base/diagnostic.h"
#include "json/json.h"
#include "value/eval.h"

typedef struct Terms Terms;

Terms *terms_new(Arena *arena);

/* Adds a ValueSet, a CodeSystem or a Bundle of them.  `json` is of `text`, the content of
 * `file`; all live as long as the terms, `diagnostics` until terms_finish. */
void terms_add(Terms *terms, Str file, Str text, const Json *json, Diagnostics *diagnostics);

/* Works out what each value set holds.  After this nothing may be added. */
void terms_finish(Terms *terms);

/* For Eval.terms; lives as long as the terms, which may be shared between threads. */
Terminology terms_terminology(const Terms *terms);

bool terms_has_value_set(const Terms *terms, Str url);

/* Does any value set or code system list the code? */
bool terms_mention(const Terms *terms, const Code *code);

/* What people call the code, as some value set or code system says; empty: none does. */
Str terms_display(const Terms *terms, Str system, Str code);

#endif
