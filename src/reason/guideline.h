/* guideline.h - a guideline, read, compiled and checked (doc/guideline.md).
 *
 * Immutable once loaded: any number of Planners, in any thread, may share it.  All of it
 * lives in the arena that it was loaded into. */
#ifndef ISLET_REASON_GUIDELINE_H
#define ISLET_REASON_GUIDELINE_H

#include "base/diagnostic.h"
#include "cql/program.h"
#include "reason/str_list.h"
#include "reason/terminology.h"

enum { NO_INDEX = UINT32_MAX };

/* A file of the guideline: its path within it ("cql/Net.cql"), the name by which
 * diagnostics call it, and its text. */
typedef struct GuidelineFile {
    Str path, name, text;
} GuidelineFile;

/* A source that statements cite.  doi and url may be empty. */
typedef struct Citation {
    Str label, cite, doi, url;
} Citation;

/* An ActivityDefinition: what an option is. */
typedef struct Activity {
    Str id, url, title, category, description, dosage;
    Str kind; /* the request that it becomes: "MedicationRequest"; may be empty */
} Activity;

/* A define with @fact.  `first` is the first fact with the same code (often itself). */
typedef struct Fact {
    uint32_t define;
    uint32_t why; /* the define of @why, or NO_INDEX */
    uint32_t first;
    Str code, text;
    Str unit; /* of a value that is a bare number, in UCUM; empty: none */
} Fact;

/* A define with @rule. */
typedef struct Rule {
    Str id;
    uint32_t define;
    bool draft;
    bool of_options; /* some statement of it speaks of an option */
} Rule;

/* A define with @element: what it gives stands in the plan at that place. */
typedef struct Element {
    Str place; /* "diagnosis.grade" */
    uint32_t define;
} Element;

/* In the order in which the plan shows them. */
typedef enum Status {
    STATUS_RECOMMENDED,
    STATUS_MAY_BE_CONSIDERED,
    STATUS_INSUFFICIENT_DATA,
    STATUS_NOT_RECOMMENDED,
    STATUS_CONTRAINDICATED,
    STATUS_COUNT
} Status;
extern const char *const status_names[STATUS_COUNT];

/* dynamicValue: a define that gives a field of the entry. */
typedef struct Dynamic {
    Str path;
    uint32_t define;
} Dynamic;

typedef enum EntryKind {
    ENTRY_OPTION, ENTRY_ALERT, ENTRY_WORKUP, ENTRY_FOLLOW_UP, ENTRY_TASK, ENTRY_TEAM, ENTRY_TRIAGE,
    ENTRY_COUNT
} EntryKind;

/* How soon a person is to be seen, the worst first. */
typedef enum TriageLevel {
    TRIAGE_EMERGENCY_NOW, TRIAGE_SAME_DAY, TRIAGE_URGENT_7D, TRIAGE_SOON_14D, TRIAGE_ROUTINE_28D,
    TRIAGE_NONE
} TriageLevel;
extern const char *const triage_levels[TRIAGE_NONE];

/* One action of a PlanDefinition: where `define` is true, the entry is so. */
typedef struct Statement {
    EntryKind entry;
    Str id;          /* the rule's id, or the alert's own */
    uint32_t rule;   /* index into rules, or NO_INDEX: an alert that is of no rule */
    uint32_t define;
    Str text;        /* textEquivalent */
    uint32_t source_count;
    const Citation *const *sources;
    uint32_t dynamic_count;
    const Dynamic *dynamics;
    const Activity *activity; /* option; others: may be NULL */
    /* option */
    Status status;
    Str strength, purpose, action, target;
    uint32_t line; /* 0: none */
    StrList flags, requires_first;
    /* alert: kind, severity, action, actor, subjects; work-up: item, advice, when */
    Str kind, severity, actor, item, advice, when;
    StrList subjects, blocks, conflicts_with, preparation;
    /* follow-up: item, advice, and numbers of months, a range as "6-12" */
    Str first_months, interval, interval_range, until, grace;
    /* task: one for each code */
    StrList task_codes;
    Str owner, due_days, due_working_days;
    StrList roles; /* team */
    /* triage; its kind says whether it is a red flag */
    TriageLevel level;
    StrList routes;
    bool red_flag;
    /* any */
    bool emergency;            /* is shown in an emergency, too */
    bool deferred_by_red_flag;
} Statement;

/* All statements on one (activity, purpose, action). */
typedef struct OptionGroup {
    const Activity *activity;
    Str purpose, action;
    uint32_t count;
    const Statement *const *statements;
} OptionGroup;

/* A define with @computed: a value that stands in the plan by its name. */
typedef struct Computed {
    Str name, unit, rule; /* unit and rule may be empty */
    uint32_t define;
    uint32_t reason;      /* why there is no value; or NO_INDEX */
    uint32_t applies;     /* false: it is left out; or NO_INDEX */
} Computed;

/* Who does not count in a measure, and why: a code, or what the define gives. */
typedef struct Exclusion {
    Str reason;
    uint32_t define;
} Exclusion;

/* A Measure: its populations for one person. */
typedef struct Measure {
    Str id, url, title, improvement; /* "increase", "decrease" */
    uint32_t denominator, numerator; /* defines */
    uint32_t due;                    /* or NO_INDEX */
    uint32_t exclusion_count;
    const Exclusion *exclusions;
} Measure;

/* A parameter of the main library that is given what the plan has found out so far. */
typedef struct PlanParameter {
    uint32_t index;          /* NO_INDEX: the library has none */
    const TupleShape *shape; /* of the tuple that it is, or of which it is a list */
} PlanParameter;

typedef struct Guideline {
    Str name, version, title, url;
    uint32_t file_count;
    const GuidelineFile *files;
    StrList plan_urls; /* of the PlanDefinitions */
    const Program *program;
    Terminology terms;
    const Terms *term_set;
    uint32_t citation_count;
    const Citation *citations;
    uint32_t activity_count;
    const Activity *activities; /* by id */
    uint32_t fact_count;
    const Fact *facts;          /* in the order of their defines */
    const uint32_t *fact_of;    /* of each define the fact, or NO_INDEX */
    const bool *gives_resources; /* of each define: its type is a resource or a list of them */
    uint32_t rule_count;
    const Rule *rules;          /* in the order of their defines */
    uint32_t element_count;
    const Element *elements;
    uint32_t option_count;
    const OptionGroup *options; /* by id, purpose, action */
    uint32_t alert_count, workup_count;
    const Statement *const *alerts; /* emergencies, then hard ones first */
    const Statement *const *workup; /* required ones first */
    uint32_t follow_up_count, task_count, team_count, triage_count;
    const Statement *const *follow_up, *const *tasks, *const *team; /* in the order of the files */
    const Statement *const *triage;                                 /* the worst levels first */
    uint32_t computed_count;
    const Computed *computed; /* by name */
    uint32_t measure_count;
    const Measure *measures;  /* in the order of the files */
    /* defines of the main library, or NO_INDEX */
    uint32_t diagnosis, stage, boundaries, board, grace, option_flags;
    PlanParameter triage_parameter, follow_up_parameter;
} Guideline;

/* The guideline of that name inside the program, or the one in a folder.  NULL when there
 * were errors, all of which stand in `diagnostics`. */
Guideline *guideline_load_embedded(Arena *arena, Str name, Diagnostics *diagnostics);
Guideline *guideline_load_folder(Arena *arena, Str folder, Diagnostics *diagnostics);

/* The same guideline for the matching of trials: its program is the main library of trials/ with
 * all that it includes; activities and plans are not read. */
Guideline *guideline_load_embedded_trials(Arena *arena, Str name, Diagnostics *diagnostics);
Guideline *guideline_load_folder_trials(Arena *arena, Str folder, Diagnostics *diagnostics);

/* The text of a file by the name that diagnostics use; empty when there is none. */
Str guideline_text(const Guideline *guideline, Str name);

/* Finds libraries among the CQL files inside the program, for commands that compile
 * libraries of the user's own. */
LibraryFinder guideline_embedded_libraries(void);

#endif
