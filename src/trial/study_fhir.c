/* study_fhir.c - a Study as a FHIR R4 ResearchStudy; the extensions are those of doc/trials.md. */
#include "reason/locate.h"
#include "trial/study.h"
#include "trial/study_words.h"

#define EXTENSION "https://w3id.org/islet/StructureDefinition/"
#define PHASE_SYSTEM "http://terminology.hl7.org/CodeSystem/research-study-phase"

typedef struct Writing {
    const StudyFile *file;
    JsonFile place;
    const Json *root;
    const Study *study;
    Arena *arena;
    JsonWriter w;
} Writing;

static void warn(Writing *s, const char *code, const char *what, Str text) {
    json_file_warn(&s->place, s->root, code,
                   str_format(s->arena, "%.*s: %s \"%.*s\" is not understood",
                              STR_ARGS(s->study->id), what, STR_ARGS(text)),
                   (Str){ "", 0 });
}

static void write_text(Writing *s, const char *key, Str text) {
    if (text.length == 0) return;
    json_write_key(&s->w, key);
    json_write_str(&s->w, text);
}

static void write_concept(Writing *s, Str text) {
    json_begin_object(&s->w);
    write_text(s, "text", text);
    json_end_object(&s->w);
}

static void write_concepts(Writing *s, const char *key, Texts texts) {
    if (texts.count == 0) return;
    json_write_key(&s->w, key);
    json_begin_array(&s->w);
    for (uint32_t i = 0; i < texts.count; i++) write_concept(s, texts.items[i]);
    json_end_array(&s->w);
}

/* ---- extensions ---- */

static void begin_extension(Writing *s, const char *name, const char *value) {
    json_begin_object(&s->w);
    json_write_key(&s->w, "url");
    json_write_str(&s->w, str_format(s->arena, EXTENSION "%s", name));
    json_write_key(&s->w, value);
}

static void write_extension(Writing *s, const char *name, const char *value, Str text) {
    if (text.length == 0) return;
    begin_extension(s, name, value);
    json_write_str(&s->w, text);
    json_end_object(&s->w);
}

static void write_age(Writing *s, const char *name, const char *what, Str text) {
    AgeLimit age;
    if (!words_age(text, &age)) {
        warn(s, "unreadable-age", what, text);
        write_extension(s, name, "valueString", text);
        return;
    }
    if (age.number.length == 0) return;
    begin_extension(s, name, "valueQuantity");
    json_begin_object(&s->w);
    json_write_key(&s->w, "value");
    json_write_number(&s->w, age.number);
    write_text(s, "unit", str_from(age.name));
    write_text(s, "system", STR("http://unitsofmeasure.org"));
    write_text(s, "code", str_from(age.unit));
    json_end_object(&s->w);
    json_end_object(&s->w);
}

static void write_sex(Writing *s) {
    Str sex = words_code(s->arena, s->study->sex);
    if (sex.length == 0) return;
    if (str_is(sex, "BOTH")) sex = STR("ALL");
    if (!str_is(sex, "ALL") && !str_is(sex, "FEMALE") && !str_is(sex, "MALE"))
        warn(s, "unknown-sex", "the sex", s->study->sex);
    write_extension(s, "eligibility-sex", "valueCode", sex);
}

static void write_healthy(Writing *s) {
    Str text = words_code(s->arena, s->study->healthy_volunteers);
    bool yes = str_is(text, "TRUE") || str_is(text, "ACCEPTS_HEALTHY_VOLUNTEERS") ||
               str_is(text, "YES");
    if (text.length == 0) return;
    if (!yes && !str_is(text, "FALSE") && !str_is(text, "NO")) {
        warn(s, "unknown-healthy-volunteers", "healthy volunteers", s->study->healthy_volunteers);
        return;
    }
    begin_extension(s, "eligibility-healthy-volunteers", "valueBoolean");
    json_write_boolean(&s->w, yes);
    json_end_object(&s->w);
}

static void write_verified(Writing *s) {
    Str date;
    if (s->study->verified.length == 0) return;
    if (words_date(s->arena, s->study->verified, &date))
        write_extension(s, "study-verified", "valueDate", date);
    else warn(s, "unreadable-date", "the date of verification", s->study->verified);
}

static void write_extensions(Writing *s) {
    json_write_key(&s->w, "extension");
    json_begin_array(&s->w);
    write_extension(s, "study-overall-status", "valueCode",
                    words_code(s->arena, s->study->status));
    write_verified(s);
    write_extension(s, "study-acronym", "valueString", s->study->acronym);
    write_extension(s, "study-official-title", "valueString", s->study->official_title);
    write_age(s, "eligibility-minimum-age", "the minimum age", s->study->minimum_age);
    write_age(s, "eligibility-maximum-age", "the maximum age", s->study->maximum_age);
    write_sex(s);
    write_healthy(s);
    write_extension(s, "eligibility-text", "valueMarkdown", s->study->eligibility);
    json_end_array(&s->w);
}

/* ---- elements ---- */

static void write_identifier(Writing *s) {
    json_write_key(&s->w, "identifier");
    json_begin_array(&s->w);
    json_begin_object(&s->w);
    write_text(s, "system", STR("http://clinicaltrials.gov"));
    write_text(s, "value", s->study->id);
    json_end_object(&s->w);
    json_end_array(&s->w);
}

/* The status must be there; where it is not known, it says so. */
static void write_status(Writing *s) {
    Str status;
    Str code = words_code(s->arena, s->study->status);
    if (!words_status(code, &status) || s->study->status.length == 0)
        warn(s, "unknown-status", "the overall status", s->study->status);
    if (status.length != 0) {
        write_text(s, "status", status);
        return;
    }
    json_write_key(&s->w, "_status");
    json_begin_object(&s->w);
    json_write_key(&s->w, "extension");
    json_begin_array(&s->w);
    json_begin_object(&s->w);
    write_text(s, "url", STR("http://hl7.org/fhir/StructureDefinition/data-absent-reason"));
    write_text(s, "valueCode", STR("unknown"));
    json_end_object(&s->w);
    json_end_array(&s->w);
    json_end_object(&s->w);
}

static void write_phase(Writing *s) {
    const char *phase = words_phase(s->arena, s->study->phases.items, s->study->phases.count);
    if (phase == NULL) warn(s, "unknown-phase", "the phase", s->study->phases.items[0]);
    json_write_key(&s->w, "phase");
    json_begin_object(&s->w);
    if (phase == NULL) {
        write_text(s, "text", s->study->phases.items[0]);
    } else {
        json_write_key(&s->w, "coding");
        json_begin_array(&s->w);
        json_begin_object(&s->w);
        write_text(s, "system", STR(PHASE_SYSTEM));
        write_text(s, "code", str_from(phase));
        json_end_object(&s->w);
        json_end_array(&s->w);
    }
    json_end_object(&s->w);
}

static void write_category(Writing *s) {
    if (s->study->study_type.length == 0) return;
    json_write_key(&s->w, "category");
    json_begin_array(&s->w);
    write_concept(s, words_code(s->arena, s->study->study_type));
    json_end_array(&s->w);
}

static void write_interventions(Writing *s) {
    StudyParts parts = s->study->interventions;
    if (parts.count == 0) return;
    json_write_key(&s->w, "focus");
    json_begin_array(&s->w);
    for (uint32_t i = 0; i < parts.count; i++) {
        Str type = words_code(s->arena, parts.items[i].type), name = parts.items[i].label;
        json_begin_object(&s->w);
        if (parts.items[i].description.length != 0) {
            json_write_key(&s->w, "extension");
            json_begin_array(&s->w);
            write_extension(s, "intervention-description", "valueMarkdown",
                            parts.items[i].description);
            json_end_array(&s->w);
        }
        write_text(s, "text", type.length == 0 ? name
                                               : str_format(s->arena, "%.*s: %.*s", STR_ARGS(type),
                                                            STR_ARGS(name)));
        json_end_object(&s->w);
    }
    json_end_array(&s->w);
}

static Str date_of(Writing *s, const char *what, Str text) {
    Str date = { "", 0 };
    if (text.length == 0 || words_date(s->arena, text, &date)) return date;
    warn(s, "unreadable-date", what, text);
    return (Str){ "", 0 };
}

static void write_period(Writing *s) {
    Str start = date_of(s, "the start date", s->study->start);
    Str end = date_of(s, "the completion date", s->study->completion);
    if (start.length == 0 && end.length == 0) return;
    json_write_key(&s->w, "period");
    json_begin_object(&s->w);
    write_text(s, "start", start);
    write_text(s, "end", end);
    json_end_object(&s->w);
}

static void write_sponsor(Writing *s) {
    if (s->study->sponsor.length == 0) return;
    json_write_key(&s->w, "sponsor");
    json_begin_object(&s->w);
    write_text(s, "display", s->study->sponsor);
    json_end_object(&s->w);
}

static Str site_name(Writing *s, const StudyPart *site) {
    const Str parts[] = { site->label, site->city, site->state, site->country };
    Buffer name = buffer_new(s->arena);
    for (int i = 0; i < 4; i++) {
        if (parts[i].length == 0) continue;
        if (name.length != 0) buffer_add_text(&name, ", ");
        buffer_add(&name, parts[i]);
    }
    return name.length != 0 ? buffer_str(&name) : STR("(no name)");
}

static void write_sites(Writing *s) {
    StudyParts sites = s->study->sites;
    if (sites.count == 0) return;
    json_write_key(&s->w, "site");
    json_begin_array(&s->w);
    for (uint32_t i = 0; i < sites.count; i++) {
        json_begin_object(&s->w);
        if (sites.items[i].status.length != 0) {
            json_write_key(&s->w, "extension");
            json_begin_array(&s->w);
            write_extension(s, "site-status", "valueCode",
                            words_code(s->arena, sites.items[i].status));
            json_end_array(&s->w);
        }
        write_text(s, "display", site_name(s, &sites.items[i]));
        json_end_object(&s->w);
    }
    json_end_array(&s->w);
}

static void write_arms(Writing *s) {
    StudyParts arms = s->study->arms;
    if (arms.count == 0) return;
    json_write_key(&s->w, "arm");
    json_begin_array(&s->w);
    for (uint32_t i = 0; i < arms.count; i++) {
        json_begin_object(&s->w);
        write_text(s, "name", arms.items[i].label.length != 0 ? arms.items[i].label
                                                              : STR("(no name)"));
        if (arms.items[i].type.length != 0) {
            json_write_key(&s->w, "type");
            write_concept(s, words_code(s->arena, arms.items[i].type));
        }
        write_text(s, "description", arms.items[i].description);
        json_end_object(&s->w);
    }
    json_end_array(&s->w);
}

static void write_purpose(Writing *s) {
    if (s->study->purpose.length == 0) return;
    json_write_key(&s->w, "primaryPurposeType");
    write_concept(s, words_code(s->arena, s->study->purpose));
}

static void write_why_stopped(Writing *s) {
    if (s->study->why_stopped.length == 0) return;
    json_write_key(&s->w, "reasonStopped");
    write_concept(s, s->study->why_stopped);
}

void study_write_fhir(const StudyFile *file, uint32_t index, const Study *study, Buffer *out,
                      Diagnostics *diagnostics) {
    Writing s = { .file = file, .place = { file->name, file->text, diagnostics },
                  .root = file->roots[index], .study = study, .arena = file->arena,
                  .w = json_writer(out) };
    json_begin_object(&s.w);
    write_text(&s, "resourceType", STR("ResearchStudy"));
    write_text(&s, "id", study->id);
    write_extensions(&s);
    write_identifier(&s);
    write_text(&s, "title", study->title);
    write_status(&s);
    write_purpose(&s);
    write_phase(&s);
    write_category(&s);
    write_interventions(&s);
    write_concepts(&s, "condition", study->conditions);
    write_concepts(&s, "keyword", study->keywords);
    write_text(&s, "description", study->summary);
    write_period(&s);
    write_sponsor(&s);
    write_sites(&s);
    write_why_stopped(&s);
    write_arms(&s);
    json_end_object(&s.w);
}
