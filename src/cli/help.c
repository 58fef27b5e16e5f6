/* help.c - what each command does, with examples. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static const char plan_page[] =
    "islet plan - a personalised plan from a patient's record\n"
    "\n"
    "usage: islet plan [options] RECORD...\n"
    "\n"
    "A RECORD is a file with a FHIR R4 Bundle of one patient, or many as NDJSON (one Bundle a\n"
    "line); - is standard input. Files of FHIR Bulk Data, one a type, or a folder of them, give a\n"
    "record for each patient. The plan says what the guideline advises for this person, why, from\n"
    "which source, and which missing facts would change it. It supports the tumour board and does\n"
    "not replace it.\n"
    "\n"
    "  --format text|json|fhir  for people (default), for programs (one object a line), or as\n"
    "                           FHIR R4 (the result of PlanDefinition/$apply)\n"
    "  --as-of DATE             the day for which to plan, as 2026-06-01 or a date and time; what is\n"
    "                           dated later is not read (default: now)\n"
    "  --explain                adds the trace: each define that decided, its source line, its value\n"
    "  --all-rules              in JSON, also the rules that do not hold\n"
    "  --acknowledged           in text, also what is withheld until an emergency or a red flag has\n"
    "                           been seen to\n"
    "  --no-trials              does not match the record with the guideline's trials\n"
    "  --guideline DIR          the guideline of that folder instead of the one built in\n"
    "  --max-record SIZE        the longest record, such as 8MB (default 64MB)\n"
    "\n"
    "examples:\n"
    "  islet plan examples/ileum-carcinoid-syndrome.json\n"
    "  islet plan --format json --as-of 2026-06-01 patients.ndjson > plans.ndjson\n"
    "  cat record.json | islet plan --explain -\n"
    "\n"
    "exit status: 0 a plan for each record; 1 a record failed; 2 wrong usage; 3 an option, the\n"
    "grade or the stage lacks a fact (the plan names it)\n";

static const char check_record_page[] =
    "islet check-record - what islet understood of a record, and what not\n"
    "\n"
    "usage: islet check-record [options] RECORD...\n"
    "\n"
    "Lists, resource by resource, the facts that the guideline read and what it did not read or\n"
    "understand. What is not understood is a warning; nothing is dropped silently.\n"
    "\n"
    "  --format text|json\n"
    "  --as-of DATE             as for islet plan\n"
    "  --guideline DIR          the guideline of that folder instead of the one built in\n"
    "  --max-record SIZE        the longest record (default 64MB)\n"
    "\n"
    "example:\n"
    "  islet check-record examples/jejunum-little-known.json\n"
    "\n"
    "exit status: 0 clean or warnings only; 1 a record failed; 2 wrong usage\n";

static const char check_page[] =
    "islet check - compile CQL libraries and report every mistake\n"
    "\n"
    "usage: islet check [options] FILE.cql...\n"
    "\n"
    "Each mistake with its line, column, a caret under the place and how to mend it. Included\n"
    "libraries are looked for beside the file and in the guideline built in.\n"
    "\n"
    "  --format text|json\n"
    "  --include DIR            where included libraries are looked for too; may be repeated\n"
    "\n"
    "example:\n"
    "  islet check guideline/net/cql/*.cql\n"
    "\n"
    "exit status: 0 clean or warnings only; 1 mistakes; 2 wrong usage\n";

static const char eval_page[] =
    "islet eval - the defines of a CQL library, over records or by themselves\n"
    "\n"
    "usage: islet eval [options] LIBRARY.cql\n"
    "\n"
    "Evaluates every public define of the library, or those that --define names. With --data it\n"
    "does so for each record, in the order of the records; without, once, and a define that needs\n"
    "a record is an error. An error of one record or define leaves the others as they are.\n"
    "\n"
    "  --define NAME            only this define; may be repeated, as may the next two\n"
    "  --param NAME=EXPRESSION  the value of a parameter, as a CQL expression\n"
    "  --include DIR            where included libraries are looked for, after the library's own\n"
    "                           folder and before those inside the program\n"
    "  --data FILE|DIR|-        records: Bundles (one, or NDJSON) or Bulk Data files by type, which\n"
    "                           are gathered by patient; packed with gzip or Zstandard or not; may\n"
    "                           be repeated\n"
    "  --terms DIR              FHIR ValueSets and CodeSystems as JSON\n"
    "  --format FORMAT          table (default on a terminal), ndjson (default elsewhere), json\n"
    "                           (with types and CQL literals) or csv\n"
    "  --as-of DATE             what Now() and Today() give (default: now)\n"
    "  --offset +00:00          the offset of times that have none (default: UTC)\n"
    "  --threads N              default: as many as there are processors\n"
    "  --explain DEFINE         why: each expression, its value and line, what it rested on, what was\n"
    "                           missing; with --format json for programs\n"
    "  --coverage FILE.lcov     how often each clause was true, false, null or never reached\n"
    "  --timeout TIME           the longest that one record may take, as 10s or 500ms\n"
    "  --max-record SIZE        the longest record, such as 8MB (default 64MB)\n"
    "\n"
    "examples:\n"
    "  islet eval arithmetic.cql\n"
    "  islet eval NetAudit.cql --data patients.ndjson.gz --as-of 2026-06-01 > results.ndjson\n"
    "  islet eval NetAudit.cql --data export/ --terms terms/ --define Grade --format csv\n"
    "\n"
    "exit status: 0; 1 the library has mistakes, or a record or define failed; 2 wrong usage\n";

static const char explain_page[] =
    "islet explain - a CQL library as tokens, tree, types and code\n"
    "\n"
    "usage: islet explain [options] FILE.cql\n"
    "\n"
    "Shows what the compiler makes of a library, step by step.\n"
    "\n"
    "  --only tokens|tree|types|code   one of the four\n"
    "  --include DIR                   where included libraries are looked for too\n"
    "\n"
    "example:\n"
    "  islet explain --only code guideline/net/cql/NetGrade.cql\n"
    "\n"
    "exit status: 0; 1 the library has mistakes (those of check); 2 wrong usage\n";

static const char trials_page[] =
    "islet trials - clinical trials: import studies, match records with them\n"
    "\n"
    "usage: islet trials import [--out DIR] FILE...\n"
    "       islet trials match [options] RECORD...\n"
    "\n"
    "import reads studies of ClinicalTrials.gov, as JSON (version 2 of its interface: a study, a list\n"
    "or a page of studies) or as classic XML, into FHIR R4 ResearchStudy resources. A field that is\n"
    "not known, a date that is none and a missing eligibility section are warnings that name them.\n"
    "\n"
    "match says for each study and each criterion: met, not met, unknown and which facts are missing,\n"
    "not encoded, or to be asked. No study is left out. Eligible is by what is encoded.\n"
    "\n"
    "  --out DIR                a file for each study, DIR/NCT....json (default: standard output, one\n"
    "                           study a line)\n"
    "  --trials FILE|DIR        ResearchStudy resources; may be repeated (default: the trials of the\n"
    "                           guideline)\n"
    "  --format text|json       for people (default), or one object a line\n"
    "  --as-of DATE             as for islet plan\n"
    "  --guideline DIR          the guideline of that folder instead of the one built in\n"
    "\n"
    "examples:\n"
    "  islet trials import studies.json NCT03375320.xml > studies.ndjson\n"
    "  islet trials match examples/pancreas-metastatic-g3.json\n"
    "  islet trials match --format json --trials studies.ndjson patients.ndjson > matches.ndjson\n"
    "\n"
    "exit status: 0 all was read and matched, or warnings only; 1 a file, study or record failed;\n"
    "2 wrong usage\n";

static const char help_page_text[] =
    "islet help - what a command does, with examples\n"
    "\n"
    "usage: islet help [COMMAND]\n";

static const struct { const char *command, *page; } pages[] = {
    { "plan", plan_page },       { "check-record", check_record_page },
    { "eval", eval_page },       { "check", check_page },
    { "trials", trials_page },
    { "explain", explain_page }, { "help", help_page_text },
};

const char *help_page(const char *command) {
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp(pages[i].command, command) == 0) return pages[i].page;
    return NULL;
}

static void print_overview(FILE *out) {
    fputs("islet - a neuroendocrine-tumour programme as software\n\n"
          "usage: islet COMMAND [options] [arguments]\n\n", out);
#define COMMAND(function, name, summary) fprintf(out, "  %-14s %s\n", name, summary);
#include "cli/commands.def"
#undef COMMAND
    fputs("\nislet help COMMAND shows a command with examples; islet --version the version.\n"
          "islet supports qualified clinicians: it is no medical device and no substitute for a\n"
          "tumour board.\n", out);
}

int command_help(Arguments arguments) {
    if (arguments.count == 0) return print_overview(stdout), EXIT_FINE;
    const char *page = help_page(arguments.items[0]);
    if (page == NULL) return refuse_usage("help", "there is no command %s", arguments.items[0]);
    fputs(page, stdout);
    return EXIT_FINE;
}
