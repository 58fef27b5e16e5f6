/* study.h - a clinical study as its registry tells it, and the same as a FHIR ResearchStudy.
 *
 * Read from ClinicalTrials.gov: version 2 of its interface as JSON, or the classic XML.  What is
 * not understood is a warning that names it; the rest of the study is read all the same. */
#ifndef ISLET_TRIAL_STUDY_H
#define ISLET_TRIAL_STUDY_H

#include "json/json.h"

typedef struct Texts {
    uint32_t count;
    const Str *items;
} Texts;

/* An arm, an intervention or a site; a site's label is the facility. */
typedef struct StudyPart {
    Str label, type, description, city, state, country, status;
} StudyPart;

typedef struct StudyParts {
    uint32_t count;
    const StudyPart *items;
} StudyParts;

/* Texts as the registry has them; one that is empty is not given. */
typedef struct Study {
#define TEXT(member, json, xml) Str member;
#define LIST(member, json, xml) Texts member;
#define GROUP(member, json, xml) StudyParts member;
#define PART(group, member, json, xml)
#define LEFT_OUT(json, xml)
#include "trial/study_fields.def"
#undef TEXT
#undef LIST
#undef GROUP
#undef PART
#undef LEFT_OUT
} Study;

/* The studies of one file. */
typedef struct StudyFile {
    Arena *arena;
    Str name, text;
    bool xml;
    uint32_t count;
    const Json *const *roots;
} StudyFile;

/* Reads the text, whose first character tells its form; JSON may hold one study, an array of
 * them, or {"studies": [...]}.  False after an error, which stands in `diagnostics`. */
bool study_file_read(StudyFile *file, Arena *arena, JsonReader *reader, Str name, Str text,
                     Diagnostics *diagnostics);

/* Reads the study of that number.  False: it has no identifier, which is an error in
 * `diagnostics`; warnings stand there too. */
bool study_read(const StudyFile *file, uint32_t index, Study *study, Diagnostics *diagnostics);

/* The study as a FHIR R4 ResearchStudy on one line, without the line's end.  Words that it does not
 * understand (a date, an age, a status) are warnings. */
void study_write_fhir(const StudyFile *file, uint32_t index, const Study *study, Buffer *out,
                      Diagnostics *diagnostics);

#endif
