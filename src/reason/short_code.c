/* short_code.c - see short_code.h. */
#include "reason/short_code.h"

static const struct { const char *url, *name; } systems[] = {
    { "http://loinc.org", "loinc" },
    { "http://snomed.info/sct", "snomed" },
    { "http://hl7.org/fhir/sid/icd-10-cm", "icd10cm" },
    { "http://hl7.org/fhir/sid/icd-10", "icd10" },
    { "http://terminology.hl7.org/CodeSystem/icd-o-3", "icdo3" },
    { "urn:oid:2.16.840.1.113883.6.43.1", "icdo3" },
    { "http://www.whocc.no/atc", "atc" },
    { "http://www.nlm.nih.gov/research/umls/rxnorm", "rxnorm" },
    { "http://www.genenames.org", "hgnc" },
    { "http://www.genenames.org/geneId", "hgnc" },
    { "http://hl7.org/fhir/sid/cvx", "cvx" },
    { "http://cancerstaging.org", "ajcc" },
    { "https://w3id.org/islet/CodeSystem/finding", "islet" },
};

enum { SYSTEMS = sizeof systems / sizeof *systems };

Str short_code_system_name(Str url) {
    for (size_t i = 0; i < SYSTEMS; i++)
        if (str_is(url, systems[i].url)) return str_from(systems[i].name);
    return url;
}

bool short_code_split(Str text, Str *system, Str *code) {
    size_t mark = 0;
    while (mark < text.length && text.data[mark] != '#') mark++;
    for (size_t i = 0; i < SYSTEMS && mark + 1 < text.length; i++) {
        if (!str_is(str_slice(text, 0, mark), systems[i].name)) continue;
        *system = str_from(systems[i].url);
        *code = str_slice(text, mark + 1, text.length);
        return true;
    }
    return false;
}
