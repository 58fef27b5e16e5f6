/* bulk.h - Bulk Data: resources of many patients, gathered into a record for each.
 *
 * A Bulk Data export is a file for each type of resource, a resource a line.  Resources are
 * added in the order of the files and given back patient by patient, in the order in which
 * the Patient resources came.  A resource of a type that belongs to no patient (Medication,
 * Organization) goes to each record that refers to it.  The resources wait in a temporary
 * file that has no name; in memory stands what is needed to find them. */
#ifndef ISLET_FHIR_BULK_H
#define ISLET_FHIR_BULK_H

#include "base/diagnostic.h"

typedef struct Bulk Bulk;

/* NULL: no memory, or no place for a temporary file (errno). */
Bulk *bulk_new(size_t max_record);
void bulk_free(Bulk *bulk); /* NULL is allowed */

/* Adds a resource.  False when it cannot be: *error, with `file` and `line`, lives until the next
 * call. */
bool bulk_add(Bulk *bulk, Str file, uint32_t line, Str text, Diagnostic *error);

/* The next patient's record, a Bundle; *file and *line are those of the Patient.
 * 1: a record; 0: the end; -1: it cannot be made, *error says why, and the next may follow.
 * What is given lives until the next call. */
int bulk_next(Bulk *bulk, Str *text, Str *file, uint32_t *line, Diagnostic *error);

uint32_t bulk_patient_count(const Bulk *bulk);
uint32_t bulk_given_count(const Bulk *bulk);

/* How many resources belong to no patient whose Patient resource came. */
uint32_t bulk_left_out_count(const Bulk *bulk);

#endif
