/* record_code.h - what a resource of a record is about, and what its value is, by code. */
#ifndef ISLET_REASON_RECORD_CODE_H
#define ISLET_REASON_RECORD_CODE_H

#include "reason/guideline.h"

/* The CodeableConcept that says what a resource is about; NULL: none. */
const Json *record_concept(const Json *resource);

/* The code of a CodeableConcept at that place; false past the last. */
bool record_code_at(const Json *concept, uint32_t index, Code *out);

/* Is this short code ("loinc#29593-1") one of the concept's?  Where the system has no short name
 * the code alone is compared. */
bool record_has_code(const Json *concept, Str short_code);

/* Does the guideline know one of the concept's codes?  What has no code is not unknown. */
bool record_code_known(const Guideline *guideline, const Json *concept);

/* Why a rule that looked for a fact does not read the value of a resource that has the fact's
 * code: "bad-unit", "unknown-code", "not-interpretable".  Empty: it has no value, or one that
 * says that it is unknown. */
Str record_why_unread(const Guideline *guideline, const Json *resource);

/* The first code of a concept of which the guideline knows none, though it lists others of the
 * system.  False: it knows one, or none of those systems. */
bool record_unknown_code(const Guideline *guideline, const Json *concept, Code *out);

/* Why a fact is missing, in words: "stale" -> "too old to count". */
Str reason_in_words(Str reason);

/* What people call a short code: as the terminology says, an option's title, a fact's name; the
 * code itself where it has no name. */
Str code_name(const Guideline *guideline, Str short_code);

#endif
