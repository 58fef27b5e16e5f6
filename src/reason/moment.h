/* moment.h - the moment for which something is asked: the "as of" of plans and evaluations. */
#ifndef ISLET_REASON_MOMENT_H
#define ISLET_REASON_MOMENT_H

#include "value/value.h"

/* The present as a DateTime at `offset`, minutes east of UTC. */
Value moment_now(int16_t offset);

/* Reads a whole Date, or a DateTime to the minute or finer; one without an offset is at `offset`.
 * NULL is the present.  False: the text is neither. */
bool moment_read(const char *text, int16_t offset, Value *out);

/* The DateTime of a moment: a Date is its midnight, or the last millisecond of that day. */
Value moment_begin(Value moment, int16_t offset);
Value moment_end(Value moment, int16_t offset);

#endif
