/* xml_tree.h - an XML document as a tree of the same shape as JSON.
 *
 * An element with elements in it becomes an object, whose keys may repeat; any other becomes
 * a string, its text without the indentation.  Attributes and text between elements are left
 * out.  `offset` of a node is that of its element in the text. */
#ifndef ISLET_TRIAL_XML_TREE_H
#define ISLET_TRIAL_XML_TREE_H

#include "json/json.h"

enum { XML_DEPTH = 64 };

/* The root element, with its name as key.  NULL on an error, which is in *error: the text is no
 * XML, declares a document type, nests too deep or needs too much memory. */
const Json *xml_read(Arena *arena, Str text, Diagnostic *error);

#endif
