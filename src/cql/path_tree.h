/* path_tree.h - the tree of a FHIRPath expression, and what its files share. */
#ifndef ISLET_CQL_PATH_TREE_H
#define ISLET_CQL_PATH_TREE_H

#include "base/vec.h"
#include "cql/path.h"

enum { PATH_DEPTH = 200 };

typedef enum PathKind {
    PATH_LITERAL,  /* value; of a DateTime without an offset `local` */
    PATH_EMPTY,    /* {} */
    PATH_NAME,     /* an element of $this, or the class of the focus itself */
    PATH_MEMBER,   /* child[0].name */
    PATH_INDEX,    /* child[0][child[1]] */
    PATH_CALL,     /* child[0].name(child[1], ...); child[0] NULL: of $this */
    PATH_THIS, PATH_PLACE, PATH_TOTAL, /* $this, $index, $total */
    PATH_VARIABLE, /* %name */
    PATH_NEGATIVE, /* - child[0] */
    PATH_BINARY,   /* child[0] operator child[1] */
    PATH_IS, PATH_AS /* child[0] type */
} PathKind;

typedef enum PathOperator {
    PATH_IMPLIES, PATH_OR, PATH_XOR, PATH_AND, PATH_IN, PATH_CONTAINS, PATH_EQUAL, PATH_NOT_EQUAL,
    PATH_EQUIVALENT, PATH_NOT_EQUIVALENT, PATH_LESS, PATH_LESS_OR_EQUAL, PATH_GREATER,
    PATH_GREATER_OR_EQUAL, PATH_UNION, PATH_ADD, PATH_SUBTRACT, PATH_JOIN, PATH_MULTIPLY,
    PATH_DIVIDE, PATH_DIV, PATH_MOD
} PathOperator;

/* A class of the model, or the System type of a tag. */
typedef struct PathType {
    bool known, system;
    ModelType class;
    Tag tag; /* TAG_NULL: System.Any */
} PathType;

typedef struct PathNode PathNode;
struct PathNode {
    uint8_t kind, operator;
    bool local;
    Span span;
    Str name;
    Value value;
    uint32_t count;
    PathNode *child[4];
    const struct PathFunction *function;
    PathType type;
};

struct Path {
    const Model *model;
    const PathNode *root;
};

/* ---- evaluation ---- */

typedef struct Items {
    uint32_t count;
    const Value *items;
} Items;

typedef VEC(Value) ItemList;

typedef struct PathRun {
    Eval *eval;
    const Model *model;
    const PathWorld *world;
    Items focus; /* of the whole expression */
    uint32_t depth;
    uint64_t steps; /* so far */
} PathRun;

/* Counts a step; false, with an error, past the most that an evaluation may take. */
bool path_step(PathRun *run);

/* What $this, $index and $total are. */
typedef struct PathScope {
    Items this;
    int64_t place; /* -1: none */
    const Items *total;
} PathScope;

/* A function behind a dot.  `input` is what stands before the dot. */
typedef struct PathFunction {
    const char *name;
    uint8_t least, most; /* arguments */
    bool type;           /* the argument is a type, in node->type */
    bool (*call)(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                 Items *out);
} PathFunction;

/* The function of that name; NULL: none.  By place, for "did you mean": NULL past the last. */
const PathFunction *path_function(Str name);
const char *path_function_name(uint32_t index);

/* The root, or NULL when there were errors (path_parse.c). */
const PathNode *path_parse(Arena *arena, const Model *model, Str file, Str text,
                           Diagnostics *diagnostics);
/* Reports elements that the classes met do not have (path_check.c). */
void path_check(Arena *arena, const Model *model, ModelType type, const PathNode *root, Str file,
                Diagnostics *diagnostics);

bool path_run(PathRun *run, const PathNode *node, const PathScope *scope, Items *out);
/* The node with one item as $this. */
bool path_run_item(PathRun *run, const PathNode *node, const PathScope *scope, Items input,
                   uint32_t place, Items *out);
bool path_operate(PathRun *run, const PathNode *node, Items left, Items right, Items *out);

/* ---- collections (path_items.c) ---- */

Items items_none(void);
Items items_of(PathRun *run, Value value); /* none for null, those of a List */
Items items_boolean(PathRun *run, bool boolean);
Items items_list(const ItemList *list);
void items_add(PathRun *run, ItemList *list, Items items);

/* A primitive of the model, or its Quantity, as the System value that it stands for; any other
 * value is itself.  Null: a primitive without a value. */
bool path_system(PathRun *run, Value item, Value *out);
/* The only item as a System value; null for none.  An error for several. */
bool path_single(PathRun *run, const PathNode *node, Items items, Value *out);
/* As Boolean: null for none; a single value that is no Boolean is true. */
bool path_truth(PathRun *run, const PathNode *node, Items items, Value *out);
/* The element `name` of one item. */
bool path_element(PathRun *run, Value item, Str name, Items *out);
/* All items of the elements of that name. */
bool path_elements(PathRun *run, Items items, Str name, Items *out);
bool path_is(const PathRun *run, Value item, const PathType *type);
/* Boolean, or null where it cannot be said. */
bool path_equal(PathRun *run, Value a, Value b, Value *equal);
bool path_equivalent(PathRun *run, Value a, Value b);
/* Is an item equal to one of those? */
bool path_has(PathRun *run, Items items, Value item, bool *has);
/* Each once. */
bool path_distinct(PathRun *run, Items items, Items *out);

#endif
