/* json_walk.h - what the readers of src/json share; not for other layers. */
#ifndef ISLET_JSON_JSON_WALK_H
#define ISLET_JSON_JSON_WALK_H

#include "json/json.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum JsonStatus {
    JSON_OK,
    JSON_INVALID,   /* not JSON: json_locate says where */
    JSON_DUPLICATE, /* a key twice in one object; offset: of the second */
    JSON_TOO_DEEP,  /* offset: of the bracket too many */
    JSON_TOO_LARGE  /* the arena's or the machine's memory is used up */
} JsonStatus;

/* Reads the text of an array or object into a tree.  *offset says where it failed. */
JsonStatus json_walk(JsonReader *reader, Arena *arena, Str text, JsonSymbols symbols,
                     Json *root, size_t *offset);

/* The first error of a text, found by a slow and strict reading of its own. */
typedef struct JsonFault {
    const char *code;
    size_t offset;
    Str message, hint;
} JsonFault;

/* True when `text` (without byte-order mark) is valid JSON; else *fault says what is
 * wrong, its texts in `arena`.  Duplicate keys are not looked for. */
bool json_locate(Arena *arena, Str text, JsonFault *fault);

/* The end of the number that starts at `from`; `from` itself when none does. */
size_t json_number_end(Str text, size_t from);

/* Resolves the escapes of a string's text in place; false: one is not valid. */
bool json_unescape(char *text, uint32_t *length);

#ifdef __cplusplus
}
#endif

#endif
