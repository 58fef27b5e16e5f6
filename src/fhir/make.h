/* make.h - instances of FHIR's classes that a library makes; for src/fhir only. */
#ifndef ISLET_FHIR_MAKE_H
#define ISLET_FHIR_MAKE_H

#include "fhir/model.h"

/* Model.make. */
bool fhir_make(Eval *eval, ModelType type, uint32_t count, const uint32_t *properties,
               const Value *values, Value *result);

#endif
