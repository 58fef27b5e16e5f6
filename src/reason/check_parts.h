/* check_parts.h - how apply.c has a record checked; for those two files only. */
#ifndef ISLET_REASON_CHECK_PARTS_H
#define ISLET_REASON_CHECK_PARTS_H

#include "reason/apply_parts.h"

/* Evaluates every fact and rule on a record that was begun; `failed` when one fails. */
const RecordCheck *check_record(Applying *a, const Record *record, uint32_t number);

#endif
