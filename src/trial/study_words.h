/* study_words.h - the registry's words for dates, ages, states and phases. */
#ifndef ISLET_TRIAL_STUDY_WORDS_H
#define ISLET_TRIAL_STUDY_WORDS_H

#include "base/str.h"

/* "Active, not recruiting" and "ACTIVE_NOT_RECRUITING" alike: "ACTIVE_NOT_RECRUITING". */
Str words_code(Arena *arena, Str text);

/* "2018-03", "2018-03-08", "March 2018", "March 8, 2018" as FHIR writes dates; false: no date. */
bool words_date(Arena *arena, Str text, Str *date);

/* "18 Years" as a number and its unit of UCUM and in words ("a", "years"). "N/A" and nothing: no
 * limit, an empty number.  False: not understood. */
typedef struct AgeLimit {
    Str number;
    const char *unit, *name;
} AgeLimit;
bool words_age(Str text, AgeLimit *age);

/* The status of a ResearchStudy that the registry's overall status (a code) is; empty when the
 * registry does not know it.  False: the code is not known. */
bool words_status(Str code, Str *status);

/* The phases (texts or codes, also "Phase 1/Phase 2") as the code of FHIR's list; NULL: not
 * known.  No phase at all, and "N/A", are "n-a". */
const char *words_phase(Arena *arena, const Str *phases, uint32_t count);

#endif
