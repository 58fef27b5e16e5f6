/* evidence.h - on what a define of one evaluation rests: resources, facts, missing facts.
 *
 * Read from the run's graph of which define asked for which, each define once.  A define
 * that gives resources rests on those; any other rests on what it used.  The facts of a
 * define are those that it met first on each way down and that have a value.  A define
 * that is null is missing the null facts on its ways of null defines; where there are none, the
 * facts that are known only as a range. */
#ifndef ISLET_REASON_EVIDENCE_H
#define ISLET_REASON_EVIDENCE_H

#include "fhir/record.h"
#include "reason/plan.h"

typedef struct Support {
    const uint64_t *resources; /* bits by the record's order */
    const uint64_t *facts;     /* bits by the guideline's order of facts */
    const uint64_t *missing;   /* the same */
    enum { SUPPORT_UNKNOWN, SUPPORT_OPEN, SUPPORT_KNOWN } state;
} Support;

typedef struct Evidence {
    Arena *arena;
    const Guideline *guideline;
    const Run *run;
    Eval *eval;
    const Record *record;
    Support *supports;      /* of each define */
    Reason **reasons;       /* of each fact, made when first wanted */
    Str *references;        /* of each resource, the same */
    const Json **slots;     /* resources by address */
    uint32_t *slot_numbers;
    uint32_t slot_mask;
    uint32_t resource_words, fact_words;
    const uint64_t *none;   /* no bits, of either kind */
} Evidence;

/* Starts on an evaluation; the evidence lives in `arena`. */
Evidence evidence_new(Arena *arena, const Guideline *guideline, const Run *run, Eval *eval,
                      const Record *record);

/* Of a define that was evaluated. */
const Support *evidence_of(Evidence *evidence, uint32_t define);

/* Adds the bits of `more` to *into, a row of the same kind. */
void evidence_unite_facts(Evidence *evidence, const uint64_t **into, const uint64_t *more);
void evidence_unite_resources(Evidence *evidence, const uint64_t **into, const uint64_t *more);

/* Bits as what they stand for. */
Str evidence_reference(Evidence *evidence, uint32_t resource);
StrList evidence_references(Evidence *evidence, const uint64_t *resources);
Reasons evidence_reasons(Evidence *evidence, const uint64_t *facts);
StrList evidence_fact_codes(Evidence *evidence, const uint64_t *facts); /* each code once */

/* A fact with its value in words: "Ki-67 4 %", "Pregnant: no". */
Str evidence_fact_words(Evidence *evidence, const Fact *fact, Value value);

static inline bool evidence_bit(const uint64_t *bits, uint32_t at) {
    return (bits[at / 64] >> (at % 64) & 1) != 0;
}

#endif
