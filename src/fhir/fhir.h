/* fhir.h - FHIR R4 (4.0.1) as the language's data model.
 *
 * The table of types, elements, choice elements and the patient compartment is made by
 * tools/ from HL7's definitions.  An instance (TAG_NODE) is a Json node; `aux` is its
 * class.  Conversions are those of FHIRHelpers 4.0.1. */
#ifndef ISLET_FHIR_FHIR_H
#define ISLET_FHIR_FHIR_H

#include "cql/model.h"
#include "json/json.h"

extern const Model fhir_r4;

/* The symbol of an element's JSON name, for json_parse. */
uint16_t fhir_symbol(Str key);

/* The Node of a resource's JSON object; null Value when resourceType is not of R4. */
Value fhir_resource(const Json *resource);

#endif
