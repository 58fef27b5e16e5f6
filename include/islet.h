/* islet.h - islet as a library: CQL evaluated on FHIR records, and guidelines applied to them.
 *
 * Two ways through it:
 *
 *   islet_library -> islet_evaluator -> islet_value   any CQL library, its defines by name
 *   islet_guideline -> islet_planner -> a plan        JSON, FHIR or text
 *
 * Specifications: Clinical Quality Language 1.5.3 and the FHIR R4 (4.0.1) data model with
 * FHIRHelpers 4.0.1, whose functions are built in.  doc/library.md is the way in.
 *
 * Results.  Every call that can fail returns an islet_status, ISLET_OK being 0.  What went
 * wrong is then in the error of the handle it was called on: islet_evaluator_error() and
 * the like.  Outputs are written only on ISLET_OK, unless it says otherwise.  A NULL where
 * none is allowed is ISLET_MISUSE.  CQL null is a value, never an error.  Nothing is printed,
 * and no call ends the process or leaves sideways.
 *
 * Text is UTF-8.  What goes in is a NUL-terminated string or an islet_input; what comes
 * out is an islet_text or a string that is never NULL.
 *
 * Ownership.  What NAME_new, NAME_compile or NAME_load gives is freed with NAME_free, which
 * takes NULL too.  Inputs are copied: they need not outlive the call.  Outputs belong to
 * the handle and live until it is freed, or as long as it says.  A handle must outlive those
 * that were made of it: free evaluators before their library and their terms, planners
 * before their guideline.
 *
 * Threads.  A compiled library, finished terms and a loaded guideline never change: any
 * number of threads may use one at the same time.  An evaluator or a planner, with all the
 * values that it gives, belongs to one thread at a time: make one per thread.
 *
 * Memory.  An evaluator or planner keeps its memory for the next record and grows no
 * further than its largest record needs. */
#ifndef ISLET_H
#define ISLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ISLET_PUBLIC __attribute__((visibility("default")))
#else
#define ISLET_PUBLIC
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- statuses, texts, errors ---- */

typedef enum islet_status {
    ISLET_OK = 0,
    ISLET_INVALID,    /* the CQL, record, terminology, guideline or argument has a mistake */
    ISLET_NOT_FOUND,  /* no define, parameter, element, folder ... of that name or number */
    ISLET_FAILED,     /* an expression failed while it was evaluated */
    ISLET_LIMIT,      /* a limit of memory, steps or depth was reached */
    ISLET_NO_MEMORY,  /* the machine has no memory for the handle */
    ISLET_WRONG_KIND, /* the value is of another kind than asked for */
    ISLET_MISUSE      /* a NULL, a call out of order, a value of an earlier record */
} islet_status;

/* The status in words: "invalid input".  A constant. */
ISLET_PUBLIC const char *islet_status_text(islet_status status);

/* The version of the library: "0.1.0".  A constant. */
ISLET_PUBLIC const char *islet_version(void);

/* A text that comes out.  data[length] is NUL; a text of CQL may hold others before it. */
typedef struct islet_text {
    const char *data;
    size_t length; /* bytes */
} islet_text;

/* A text that goes in, and where it is from. */
typedef struct islet_input {
    const char *text;
    size_t length;    /* bytes */
    const char *file; /* the name that errors give it; NULL: none */
    uint32_t line;    /* the line of `file` on which it starts; 0 is taken as 1 */
} islet_input;

/* What is wrong, where, and how to mend it.  Texts may be empty. */
typedef struct islet_error {
    islet_status status;
    bool warning;         /* it prevented nothing */
    const char *code;     /* stable, for programs: "unknown-identifier" */
    const char *message;  /* one sentence without a full stop */
    const char *hint;     /* how to mend it */
    const char *file;     /* of the input, or of a library */
    const char *resource; /* of the record: "Observation/ki67" */
    uint32_t line, column; /* from 1, columns in bytes; 0: no place */
    uint32_t length;       /* bytes of the place */
} islet_error;

/* ---- CQL libraries ---- */

typedef struct islet_library islet_library;

/* Gives the text of included libraries.  `version` is empty when the include names none.
 * Fills in *found, whose text must live until islet_library_compile returns, and returns
 * true; false when there is no such library.  It must return in the ordinary way: no
 * longjmp, no exception.  `self` is handed through. */
typedef struct islet_finder {
    bool (*find)(void *self, const char *name, const char *version, islet_input *found);
    void *self;
} islet_finder;

/* Compiles a library with all that it includes.  Included libraries are asked of the finder
 * (NULL: none), then looked for among those inside islet; FHIRHelpers is built in.
 * *library is given also when there are mistakes, to ask for them; it is NULL only with
 * ISLET_MISUSE and ISLET_NO_MEMORY.
 * ISLET_INVALID: there are mistakes, all of them as its errors.  ISLET_LIMIT: too large. */
ISLET_PUBLIC islet_status islet_library_compile(const islet_input *source,
                                                const islet_finder *finder,
                                                islet_library **library);
ISLET_PUBLIC void islet_library_free(islet_library *library);

/* Mistakes and warnings of the library and of those that it includes. */
ISLET_PUBLIC size_t islet_library_error_count(const islet_library *library);
/* NULL past the last. */
ISLET_PUBLIC const islet_error *islet_library_error(const islet_library *library, size_t index);

/* As the text declares them; empty when it does not.  (CQL, "Library".) */
ISLET_PUBLIC const char *islet_library_name(const islet_library *library);
ISLET_PUBLIC const char *islet_library_version(const islet_library *library);

/* The public defines of the library itself, in the order of the text; no functions.  None
 * when it has mistakes.  Name and type are NULL past the last; the type is written as CQL
 * does: "List<FHIR.Observation>". */
ISLET_PUBLIC size_t islet_library_define_count(const islet_library *library);
ISLET_PUBLIC const char *islet_library_define_name(const islet_library *library, size_t index);
ISLET_PUBLIC const char *islet_library_define_type(const islet_library *library, size_t index);

/* Its parameters, likewise. */
ISLET_PUBLIC size_t islet_library_parameter_count(const islet_library *library);
ISLET_PUBLIC const char *islet_library_parameter_name(const islet_library *library, size_t index);
ISLET_PUBLIC const char *islet_library_parameter_type(const islet_library *library, size_t index);

/* ---- terminology ---- */

/* Value sets and code systems, from FHIR R4 ValueSet and CodeSystem resources. */
typedef struct islet_terms islet_terms;

/* ISLET_NO_MEMORY, ISLET_MISUSE; *terms is then NULL. */
ISLET_PUBLIC islet_status islet_terms_new(islet_terms **terms);
ISLET_PUBLIC void islet_terms_free(islet_terms *terms);

/* Adds a ValueSet, a CodeSystem or a Bundle of them, as JSON.
 * ISLET_INVALID: it has mistakes; they are among the errors.  ISLET_LIMIT: it is too much,
 * and the terms are good for nothing more.  ISLET_MISUSE: they are finished. */
ISLET_PUBLIC islet_status islet_terms_add(islet_terms *terms, const islet_input *resource);

/* Works out what each value set holds (compose, filters over code systems that were added,
 * value sets in value sets); an expansion, where given, is taken as it is.  Must be called
 * once, after the last addition and before the first use.
 * ISLET_INVALID: something cannot be worked out; among the errors.  ISLET_LIMIT as above. */
ISLET_PUBLIC islet_status islet_terms_finish(islet_terms *terms);

/* Of all calls so far; NULL past the last. */
ISLET_PUBLIC size_t islet_terms_error_count(const islet_terms *terms);
ISLET_PUBLIC const islet_error *islet_terms_error(const islet_terms *terms, size_t index);

/* ---- evaluation ---- */

/* Evaluates one library on one record after the other. */
typedef struct islet_evaluator islet_evaluator;

/* What one record may use; 0: the default. */
typedef struct islet_limits {
    size_t memory;  /* bytes; 384 MiB */
    uint64_t steps; /* instructions of the evaluation; 50 million */
} islet_limits;

/* An evaluator of a library that compiled.  terms NULL: no value set is known, and asking
 * for one is an error of the define.  limits NULL: the defaults.
 * ISLET_INVALID: the library has mistakes.  ISLET_NO_MEMORY.  ISLET_MISUSE: the terms are
 * not finished.  *evaluator is then NULL. */
ISLET_PUBLIC islet_status islet_evaluator_new(const islet_library *library,
                                              const islet_terms *terms,
                                              const islet_limits *limits,
                                              islet_evaluator **evaluator);
ISLET_PUBLIC void islet_evaluator_free(islet_evaluator *evaluator);

/* The following three make the evaluator forget what was worked out for the present record;
 * values given before end there.  The memory that they took is used again from the next
 * record on. */

/* What Now(), Today() and TimeOfDay() give: a day, "2026-06-01", meaning its 00:00, or a
 * moment to the minute or finer, "2026-06-01T08:30:00Z", of which what is not written is zero;
 * and the default offset, in minutes east of UTC (-840 to 840).  Until it is called: the moment when the evaluator was made,
 * at UTC; as_of NULL: the moment of this call.  ISLET_INVALID: no such moment or offset.
 * (CQL, "Date and time operators".) */
ISLET_PUBLIC islet_status islet_evaluator_set_as_of(islet_evaluator *evaluator, const char *as_of,
                                                    int offset_minutes);

/* Gives a parameter of the library its value for this and all later records: an expression
 * of CQL that needs no record, "Interval[@2026-01-01, @2026-12-31]".  It is evaluated at
 * once, and converted to the parameter's type as CQL does implicitly.
 * ISLET_NOT_FOUND: no such parameter.  ISLET_INVALID: it does not compile, is of another type
 * or fails; the error's place is in the expression.  ISLET_LIMIT.  The value that it had
 * before then stays.  (CQL, "Parameters".) */
ISLET_PUBLIC islet_status islet_evaluator_set_parameter(islet_evaluator *evaluator,
                                                        const char *name, const char *expression);
/* The same with a String as it is, whatever characters it holds. */
ISLET_PUBLIC islet_status islet_evaluator_set_parameter_string(islet_evaluator *evaluator,
                                                               const char *name,
                                                               const char *text);

/* Starts a record: a FHIR R4 Bundle (collection, transaction, batch or searchset) of one
 * patient, as JSON.  All values of the record before end here.
 * ISLET_INVALID: it is no such record; there is none then.  ISLET_LIMIT: it is too large. */
ISLET_PUBLIC islet_status islet_evaluator_read_record(islet_evaluator *evaluator,
                                                      const islet_input *record);
/* Ends the present record; only defines that need none can then be asked for.  A new
 * evaluator starts like this, and a record that is refused leaves it like this. */
ISLET_PUBLIC islet_status islet_evaluator_clear_record(islet_evaluator *evaluator);

typedef struct islet_value islet_value;

/* The value of a public define of the library, on the present record.  Each is worked out
 * once a record, with those that it uses.
 * ISLET_NOT_FOUND: no such define.  ISLET_FAILED: the expression failed; the error says
 * where.  ISLET_LIMIT: too many steps or too deep; or the memory of the record is used up,
 * and then also for its other defines.  ISLET_MISUSE: the define needs a record (it or what
 * it uses retrieves, or asks for the Patient) and there is none. */
ISLET_PUBLIC islet_status islet_evaluator_define(islet_evaluator *evaluator, const char *name,
                                                 islet_value *value);

/* Of the last call on the evaluator or a value of it that did not return ISLET_OK, but for
 * NULL arguments; lives until the next such call.  Before any: a status of ISLET_OK. */
ISLET_PUBLIC const islet_error *islet_evaluator_error(const islet_evaluator *evaluator);

/* ---- values ---- */

/* CQL, "Types"; an instance is an object of FHIR. */
typedef enum islet_kind {
    ISLET_KIND_NULL,
    ISLET_KIND_BOOLEAN,
    ISLET_KIND_INTEGER,
    ISLET_KIND_LONG,
    ISLET_KIND_DECIMAL,
    ISLET_KIND_STRING,
    ISLET_KIND_DATE,
    ISLET_KIND_DATETIME,
    ISLET_KIND_TIME,
    ISLET_KIND_QUANTITY,
    ISLET_KIND_RATIO,
    ISLET_KIND_CODE,
    ISLET_KIND_CONCEPT,
    ISLET_KIND_VALUE_SET,
    ISLET_KIND_CODE_SYSTEM,
    ISLET_KIND_INTERVAL,
    ISLET_KIND_LIST,
    ISLET_KIND_TUPLE,
    ISLET_KIND_INSTANCE
} islet_kind;

/* A value of CQL, passed by value; the fields are private.  It and all texts read from it
 * live until its evaluator starts the next record (or is set anew, see above) or is freed.
 * After the former it is refused as ISLET_MISUSE, and its kind is ISLET_KIND_NULL. */
struct islet_value {
    islet_evaluator *evaluator_;
    uint64_t record_;
    uint64_t bits_[2];
};

ISLET_PUBLIC islet_kind islet_value_kind(islet_value value);

/* Each of the following reads values of the kinds named, and is ISLET_WRONG_KIND on any
 * other, null included.  Those that give texts may also be ISLET_LIMIT. */

ISLET_PUBLIC islet_status islet_value_boolean(islet_value value, bool *out);
/* Integer and Long. */
ISLET_PUBLIC islet_status islet_value_integer(islet_value value, int64_t *out);
/* Decimal, Integer and Long, exactly, in digits: "-0.05", "2.0" (a Decimal), "2". */
ISLET_PUBLIC islet_status islet_value_decimal(islet_value value, islet_text *out);
ISLET_PUBLIC islet_status islet_value_string(islet_value value, islet_text *out);
/* Date, DateTime and Time in ISO 8601, exactly to the value's precision and with its
 * offset: "2026-03", "2026-03-10T08:30:00.000+00:00", "08:30". */
ISLET_PUBLIC islet_status islet_value_date(islet_value value, islet_text *out);
/* Quantity: the number as in islet_value_decimal (empty when it is null) and the unit, a
 * UCUM code ("1" for none) or a calendar duration ("months"). */
ISLET_PUBLIC islet_status islet_value_quantity(islet_value value, islet_text *number,
                                               islet_text *unit);
/* Ratio: two quantities. */
ISLET_PUBLIC islet_status islet_value_ratio(islet_value value, islet_value *numerator,
                                            islet_value *denominator);
/* Interval: its bounds as constructed.  A null bound that is closed is the type's least or
 * greatest value, one that is open is unknown.  (CQL, "Interval values".) */
ISLET_PUBLIC islet_status islet_value_interval(islet_value value, islet_value *low,
                                               islet_value *high, bool *low_closed,
                                               bool *high_closed);

/* A Code; for ValueSet and CodeSystem: `code` is the id (its URL), `display` the name, and
 * `system` empty.  What is not given is empty. */
typedef struct islet_code {
    islet_text code, system, version, display;
} islet_code;
ISLET_PUBLIC islet_status islet_value_code(islet_value value, islet_code *out);

/* The items of a List, the codes of a Concept, the elements of a Tuple (by name). */
ISLET_PUBLIC islet_status islet_value_count(islet_value value, size_t *out);
/* The item of that number, from 0.  ISLET_NOT_FOUND: there are not so many. */
ISLET_PUBLIC islet_status islet_value_item(islet_value value, size_t index, islet_value *out);
/* The name of a Tuple's element of that number.  ISLET_NOT_FOUND likewise. */
ISLET_PUBLIC islet_status islet_value_element_name(islet_value value, size_t index,
                                                   islet_text *out);

/* An element by name, of a Tuple or of an instance of FHIR, where it is named as in CQL:
 * "onset" of a Condition, "value" of a FHIR.string.  Null when the instance has none.
 * ISLET_NOT_FOUND: the type has no such element.  ISLET_FAILED: what stands there is no
 * value of its type. */
ISLET_PUBLIC islet_status islet_value_element(islet_value value, const char *name,
                                              islet_value *out);

/* The class of an instance: "Observation", "string". */
ISLET_PUBLIC islet_status islet_value_class(islet_value value, islet_text *out);

/* Any value as a literal of CQL, primitives of FHIR as what they hold, resources as
 * "Type/id".  (CQL, "Literals".) */
ISLET_PUBLIC islet_status islet_value_cql(islet_value value, islet_text *out);
/* Any value as JSON: tuples are objects, lists arrays, dates ISO text, quantities {"value",
 * "unit"}, codes {"code", "system", ...}, intervals {"low", "high", "lowClosed",
 * "highClosed"}; primitives of FHIR are what they hold, resources "Type/id", other parts of
 * the record their JSON. */
ISLET_PUBLIC islet_status islet_value_json(islet_value value, islet_text *out);

/* ---- guidelines and plans ---- */

typedef struct islet_guideline islet_guideline;

/* The guideline of that name inside islet ("net"), or the one in a folder (guideline.json,
 * cql/, terms/, activities/, plans/).  *guideline as in islet_library_compile.
 * ISLET_INVALID: it has mistakes, all of them as its errors.  ISLET_NOT_FOUND: none of that
 * name.  ISLET_LIMIT: too large. */
ISLET_PUBLIC islet_status islet_guideline_load(const char *name, islet_guideline **guideline);
ISLET_PUBLIC islet_status islet_guideline_load_folder(const char *folder,
                                                      islet_guideline **guideline);
ISLET_PUBLIC void islet_guideline_free(islet_guideline *guideline);

/* NULL past the last. */
ISLET_PUBLIC size_t islet_guideline_error_count(const islet_guideline *guideline);
ISLET_PUBLIC const islet_error *islet_guideline_error(const islet_guideline *guideline,
                                                      size_t index);

/* Empty when it did not load. */
ISLET_PUBLIC const char *islet_guideline_name(const islet_guideline *guideline);
ISLET_PUBLIC const char *islet_guideline_version(const islet_guideline *guideline);

/* Applies one guideline to one record after the other. */
typedef struct islet_planner islet_planner;

/* limits NULL: the defaults; `steps` is not looked at.
 * ISLET_INVALID: the guideline did not load.  ISLET_NO_MEMORY.  *planner is then NULL. */
ISLET_PUBLIC islet_status islet_planner_new(const islet_guideline *guideline,
                                            const islet_limits *limits, islet_planner **planner);
ISLET_PUBLIC void islet_planner_free(islet_planner *planner);

/* As islet_evaluator_set_as_of.  The plan made last ends here. */
ISLET_PUBLIC islet_status islet_planner_set_as_of(islet_planner *planner, const char *as_of,
                                                  int offset_minutes);

/* Whether plans list rules that are false too, and whether the text form shows why, define
 * by define.  Neither at first.  The plan made last ends here. */
ISLET_PUBLIC islet_status islet_planner_set_detail(islet_planner *planner, bool all_rules,
                                                   bool explain);

/* Makes the plan of a record (see islet_evaluator_read_record).  The plan before ends here.
 * ISLET_INVALID: it is no such record, or something in it makes a rule fail.  ISLET_LIMIT:
 * it needs more memory or steps than it may have. */
ISLET_PUBLIC islet_status islet_planner_make_plan(islet_planner *planner,
                                                  const islet_input *record);

/* The plan as one line of JSON, as a FHIR CarePlan (PlanDefinition/$apply) on one line, or
 * for people at a width in columns (0: 80).  After islet_planner_make_plan failed on a record
 * the first two give that error as JSON and as an OperationOutcome.  The texts live until
 * the next plan.  ISLET_MISUSE: there is no plan.  ISLET_LIMIT. */
ISLET_PUBLIC islet_status islet_planner_json(islet_planner *planner, islet_text *out);
ISLET_PUBLIC islet_status islet_planner_fhir(islet_planner *planner, islet_text *out);
ISLET_PUBLIC islet_status islet_planner_text(islet_planner *planner, unsigned width,
                                             islet_text *out);

/* Does the plan lack data: some option, the grade or the stage waits for a fact?
 * ISLET_MISUSE: there is no plan. */
ISLET_PUBLIC islet_status islet_planner_lacks_data(const islet_planner *planner, bool *out);

/* Of the last call that did not return ISLET_OK; as islet_evaluator_error. */
ISLET_PUBLIC const islet_error *islet_planner_error(const islet_planner *planner);

#ifdef __cplusplus
}
#endif

#endif
