/* path_check.c - elements that no class met on the way has, found before any evaluation.
 *
 * Each node is given the classes that its items may be of; what is not known to be of any
 * is not looked at further. */
#include "cql/path_tree.h"

enum { MOST_CLASSES = 64 };

typedef struct Classes {
    bool unknown; /* may be of any */
    uint32_t count;
    ModelType items[MOST_CLASSES];
} Classes;

typedef struct PathCheck {
    Arena *arena;
    const Model *model;
    Str file;
    Diagnostics *diagnostics;
    Classes focus;
} PathCheck;

static void find(PathCheck *c, const PathNode *node, const Classes *this, Classes *out);

static void add(Classes *classes, ModelType class) {
    for (uint32_t i = 0; i < classes->count; i++)
        if (classes->items[i] == class) return;
    if (classes->count == MOST_CLASSES) classes->unknown = true;
    else classes->items[classes->count++] = class;
}

static bool class_is(const Model *model, ModelType class, ModelType super) {
    while (class != super && class != MODEL_NO_TYPE) class = model->base(class);
    return class == super;
}

/* Abstract resources may be any resource. */
static bool is_open(const PathCheck *c, ModelType class) {
    return class < MODEL_SYSTEM && c->model->is_resource(class) &&
           (str_is(str_from(c->model->class_name(class)), "Resource") ||
            str_is(str_from(c->model->class_name(class)), "DomainResource"));
}

/* Does the name begin or end nearly like the other? */
static bool is_like(Str name, Str other) {
    size_t longer = name.length > other.length ? name.length : other.length, same = 0;
    while (same < name.length && same < other.length && name.data[same] == other.data[same]) same++;
    return longer - same <= 2 || (same >= 4 && same == other.length);
}

static Str similar(PathCheck *c, const Classes *owners, Str name) {
    for (uint32_t i = 0; i < owners->count; i++) {
        const char *candidate = "";
        for (uint32_t k = 0; owners->items[i] < MODEL_SYSTEM && candidate != NULL; k++) {
            candidate = c->model->property_name(owners->items[i], k);
            if (candidate != NULL && is_like(name, str_from(candidate)))
                return str_format(c->arena, "did you mean %s?", candidate);
        }
    }
    return STR("");
}

static void fail_element(PathCheck *c, const PathNode *node, const Classes *owners) {
    const char *owner = owners->count == 1 && owners->items[0] < MODEL_SYSTEM
                            ? c->model->class_name(owners->items[0]) : "what stands before it";
    diagnostics_add(c->diagnostics, (Diagnostic){
        .severity = SEVERITY_ERROR, .code = "unknown-property", .file = c->file,
        .span = node->span, .hint = similar(c, owners, node->name),
        .message = str_format(c->arena, "%s has no element \"%.*s\"", owner,
                              STR_ARGS(node->name)) });
}

static void find_element(PathCheck *c, const PathNode *node, const Classes *owners, Classes *out) {
    bool found = false;
    *out = (Classes){ .unknown = owners->unknown };
    for (uint32_t i = 0; i < owners->count; i++) {
        ModelProperty property;
        if (owners->items[i] >= MODEL_SYSTEM || is_open(c, owners->items[i])) {
            out->unknown = found = true;
        } else if (c->model->find_property(owners->items[i], node->name, &property)) {
            found = true;
            for (uint32_t k = 0; k < property.type_count; k++) add(out, property.types[k]);
        }
    }
    if (found || owners->unknown || owners->count == 0) {
        if (owners->count == 0) out->unknown = true;
        return;
    }
    fail_element(c, node, owners);
    out->unknown = true;
}

static bool have_element(const PathCheck *c, const Classes *classes, Str name) {
    ModelProperty property;
    for (uint32_t i = 0; i < classes->count; i++)
        if (classes->items[i] < MODEL_SYSTEM &&
            c->model->find_property(classes->items[i], name, &property))
            return true;
    return false;
}

/* A class that the focus is not gives nothing: search parameters of several classes name all. */
static void find_name(PathCheck *c, const PathNode *node, const Classes *this, Classes *out) {
    ModelType class;
    *out = *this;
    if (!c->model->find_class(node->name, &class) || have_element(c, this, node->name)) {
        find_element(c, node, this, out);
        return;
    }
    for (uint32_t i = 0; i < this->count; i++)
        if (class_is(c->model, this->items[i], class)) return;
    *out = (Classes){ .count = 1, .items = { class } };
}

static bool keeps(Str name) {
    static const char *const names[] = { "where", "first", "last", "tail", "skip", "take", "single",
                                         "distinct", "trace", "exclude", "intersect" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

static void find_call(PathCheck *c, const PathNode *node, const Classes *this, Classes *out) {
    static const char *const inner[] = { "where", "select", "all", "exists", "repeat" };
    Classes source = *this, argument = { .unknown = true };
    bool within = false;
    if (node->child[0] != NULL) find(c, node->child[0], this, &source);
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
        if (str_is(node->name, inner[i])) within = true;
    Classes scope = within ? source : *this;
    if (str_is(node->name, "repeat")) scope = (Classes){ .unknown = true };
    for (uint32_t i = 1; i < node->count && !node->function->type; i++)
        find(c, node->child[i], &scope, &argument);
    ModelType extension;
    bool extends = str_is(node->name, "extension") &&
                   c->model->find_class(STR("Extension"), &extension);
    *out = (Classes){ .unknown = true };
    if (keeps(node->name)) *out = source;
    else if (str_is(node->name, "select")) *out = argument;
    else if (extends) *out = (Classes){ .count = 1, .items = { extension } };
    else if (node->function->type && !str_is(node->name, "is") && !node->type.system)
        *out = (Classes){ .count = 1, .items = { node->type.class } };
}

static void find_binary(PathCheck *c, const PathNode *node, const Classes *this, Classes *out) {
    Classes right;
    find(c, node->child[0], this, out);
    find(c, node->child[1], this, &right);
    if (node->operator != PATH_UNION) {
        *out = (Classes){ .unknown = true };
        return;
    }
    out->unknown = out->unknown || right.unknown;
    for (uint32_t i = 0; i < right.count; i++) add(out, right.items[i]);
}

static void find(PathCheck *c, const PathNode *node, const Classes *this, Classes *out) {
    Classes part;
    *out = (Classes){ .unknown = true };
    switch ((PathKind)node->kind) {
    case PATH_NAME: find_name(c, node, this, out); break;
    case PATH_MEMBER:
        find(c, node->child[0], this, &part);
        find_element(c, node, &part, out);
        break;
    case PATH_INDEX:
        find(c, node->child[1], this, &part);
        find(c, node->child[0], this, out);
        break;
    case PATH_CALL: find_call(c, node, this, out); break;
    case PATH_THIS: *out = *this; break;
    case PATH_VARIABLE:
        if (str_is(node->name, "context")) *out = c->focus;
        break;
    case PATH_NEGATIVE: find(c, node->child[0], this, &part); break;
    case PATH_BINARY: find_binary(c, node, this, out); break;
    case PATH_IS:
    case PATH_AS:
        find(c, node->child[0], this, &part);
        if (node->kind == PATH_AS && !node->type.system)
            *out = (Classes){ .count = 1, .items = { node->type.class } };
        break;
    default: break;
    }
}

void path_check(Arena *arena, const Model *model, ModelType type, const PathNode *root, Str file,
                Diagnostics *diagnostics) {
    PathCheck c = { .arena = arena, .model = model, .file = file, .diagnostics = diagnostics,
                    .focus = { .count = 1, .items = { type } } };
    Classes result;
    find(&c, root, &c.focus, &result);
}
