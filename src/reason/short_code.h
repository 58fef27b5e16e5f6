/* short_code.h - codes as plans write them: "loinc#29593-1", "islet#eus". */
#ifndef ISLET_REASON_SHORT_CODE_H
#define ISLET_REASON_SHORT_CODE_H

#include "base/str.h"

/* The short name of a code system by its URL; the URL itself when it has none. */
Str short_code_system_name(Str url);

/* Takes a short code apart: the URL of its system and the code.  False: it is none. */
bool short_code_split(Str text, Str *system, Str *code);

#endif
