/* type.c - the interned types, their names and which is a subtype of which.
 *
 * A type is looked up in one hash table by its own fields; parts are interned before it,
 * so that fields compare as pointers.  Questions about subtypes of tuples are remembered,
 * because tuples of tuples share their parts. */
#include "cql/type.h"

#include <string.h>

#include "base/vec.h"

enum { LONGEST_NAME = 200, FIRST_SLOTS = 256, DEEPEST_TEXT = 16 };

typedef struct Answer {
    const Type *type, *super;
    bool yes;
} Answer;

struct Types {
    Arena *arena;
    const Model *model;
    Type any, error;
    const Type **slots;
    uint32_t mask, count;
    VEC(Answer) answers;
};

static const struct { Tag tag; const char *name; } system_names[] = {
    { TAG_NULL, "Any" },
    { TAG_BOOLEAN, "Boolean" },
    { TAG_INTEGER, "Integer" },
    { TAG_LONG, "Long" },
    { TAG_DECIMAL, "Decimal" },
    { TAG_STRING, "String" },
    { TAG_DATE, "Date" },
    { TAG_DATETIME, "DateTime" },
    { TAG_TIME, "Time" },
    { TAG_QUANTITY, "Quantity" },
    { TAG_RATIO, "Ratio" },
    { TAG_CODE, "Code" },
    { TAG_CONCEPT, "Concept" },
    { TAG_VALUESET, "ValueSet" },
    { TAG_CODESYSTEM, "CodeSystem" },
};

Types *types_new(Arena *arena, const Model *model) {
    Types *types = arena_alloc_zeroed(arena, sizeof *types);
    types->arena = arena;
    types->model = model;
    types->any.kind = TYPE_ANY;
    types->error.kind = TYPE_ERROR;
    types->slots = arena_array(arena, FIRST_SLOTS, sizeof *types->slots);
    types->mask = FIRST_SLOTS - 1;
    types->count = 2;
    return types;
}

/* ---- interning ---- */

static uint32_t hash_word(uint32_t hash, uint32_t word) {
    hash = (hash ^ word) * 0x9E3779B1u;
    return hash ^ hash >> 15;
}

static uint32_t hash_of(const Type *t) {
    uint32_t hash = hash_word(2166136261u, (uint32_t)(t->kind << 8 | t->tag));
    hash = hash_word(hash, t->class);
    if (t->element != NULL) hash = hash_word(hash, t->element->number);
    for (uint32_t i = 0; i < t->count; i++) {
        hash = hash_word(hash, t->parts[i]->number);
        if (t->shape != NULL) hash = hash_word(hash, str_hash(t->shape->names[i]));
    }
    return hash;
}

static bool same_names(const TupleShape *a, const TupleShape *b) {
    if (a == b) return true;
    if (a == NULL || b == NULL || a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!str_equal(a->names[i], b->names[i])) return false;
    return true;
}

static bool same(const Type *a, const Type *b) {
    if (a->kind != b->kind || a->tag != b->tag || a->class != b->class ||
        a->element != b->element || a->count != b->count || !same_names(a->shape, b->shape))
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->parts[i] != b->parts[i]) return false;
    return true;
}

static const Type **slot_of(const Types *types, const Type *wanted) {
    uint32_t at = hash_of(wanted) & types->mask;
    while (types->slots[at] != NULL && !same(types->slots[at], wanted)) at = (at + 1) & types->mask;
    return &types->slots[at];
}

static void grow(Types *types) {
    const Type **old = types->slots;
    uint32_t old_size = types->mask + 1;
    types->slots = arena_array(types->arena, (size_t)old_size * 2, sizeof *types->slots);
    types->mask = old_size * 2 - 1;
    for (uint32_t i = 0; i < old_size; i++)
        if (old[i] != NULL) *slot_of(types, old[i]) = old[i];
}

static const TupleShape *keep_shape(Types *types, const TupleShape *shape) {
    TupleShape *copy = arena_copy(types->arena, shape, sizeof *shape);
    copy->names = arena_copy(types->arena, shape->names, shape->count * sizeof *shape->names);
    return copy;
}

/* The one type with these fields; `wanted` may stand on the stack with all that it names. */
static const Type *intern(Types *types, const Type *wanted) {
    const Type **slot = slot_of(types, wanted);
    if (*slot != NULL) return *slot;
    Type *type = arena_copy(types->arena, wanted, sizeof *wanted);
    if (type->count != 0)
        type->parts = arena_copy(types->arena, wanted->parts, type->count * sizeof *type->parts);
    if (type->shape != NULL) type->shape = keep_shape(types, type->shape);
    type->number = types->count++;
    *slot = type;
    if (types->count > types->mask / 2) grow(types);
    return type;
}

const Type *type_any(Types *types) { return &types->any; }

const Type *type_error(Types *types) { return &types->error; }

const Type *type_system(Types *types, Tag tag) {
    if (tag == TAG_NULL) return &types->any;
    return intern(types, &(Type){ .kind = TYPE_SYSTEM, .tag = (uint8_t)tag });
}

const Type *type_class(Types *types, ModelType class) {
    if (class == MODEL_NO_TYPE) return &types->any;
    if (class >= MODEL_SYSTEM) return type_system(types, (Tag)(class - MODEL_SYSTEM));
    return intern(types, &(Type){ .kind = TYPE_CLASS, .class = class });
}

static const Type *of_element(Types *types, TypeKind kind, const Type *element) {
    if (element->kind == TYPE_ERROR) return element;
    return intern(types, &(Type){ .kind = (uint8_t)kind, .element = element });
}

const Type *type_list(Types *types, const Type *element) {
    return of_element(types, TYPE_LIST, element);
}

const Type *type_interval(Types *types, const Type *point) {
    return of_element(types, TYPE_INTERVAL, point);
}

const Type *type_variable(Types *types, char letter) {
    return intern(types, &(Type){ .kind = TYPE_VARIABLE, .tag = (uint8_t)letter });
}

const Type *type_tuple(Types *types, uint32_t count, const Str *names, const Type *const *parts) {
    Str *sorted = arena_array(types->arena, count, sizeof *sorted);
    const Type **types_sorted = arena_array(types->arena, count, sizeof *types_sorted);
    for (uint32_t i = 0; i < count; i++) {
        if (parts[i]->kind == TYPE_ERROR) return parts[i];
        uint32_t at = i;
        for (; at > 0 && str_compare(sorted[at - 1], names[i]) > 0; at--) {
            sorted[at] = sorted[at - 1];
            types_sorted[at] = types_sorted[at - 1];
        }
        sorted[at] = names[i];
        types_sorted[at] = parts[i];
    }
    TupleShape shape = { .count = count, .names = sorted };
    return intern(types, &(Type){ .kind = TYPE_TUPLE, .count = count, .parts = types_sorted,
                                  .shape = &shape });
}

/* An order that does not depend on what was asked before, but among lists, intervals and
 * tuples. */
static bool stands_before(const Type *a, const Type *b) {
    if (a->kind != b->kind) return a->kind < b->kind;
    if (a->kind == TYPE_SYSTEM) return a->tag < b->tag;
    if (a->kind == TYPE_CLASS) return a->class < b->class;
    return a->number < b->number;
}

/* Puts a part in its place; the number of parts after it. */
static uint32_t add_part(const Type **parts, uint32_t count, const Type *part) {
    uint32_t at = count;
    while (at > 0 && stands_before(part, parts[at - 1])) at--;
    if (at > 0 && parts[at - 1] == part) return count;
    memmove(parts + at + 1, parts + at, (count - at) * sizeof *parts);
    parts[at] = part;
    return count + 1;
}

const Type *type_choice(Types *types, uint32_t count, const Type *const *parts) {
    uint32_t most = 0, kept = 0;
    for (uint32_t i = 0; i < count; i++)
        most += parts[i]->kind == TYPE_CHOICE ? parts[i]->count : 1;
    const Type **all = arena_array(types->arena, most + 1, sizeof *all);
    for (uint32_t i = 0; i < count; i++) {
        if (parts[i]->kind == TYPE_ANY || parts[i]->kind == TYPE_ERROR) return parts[i];
        if (parts[i]->kind != TYPE_CHOICE) kept = add_part(all, kept, parts[i]);
        else
            for (uint32_t k = 0; k < parts[i]->count; k++)
                kept = add_part(all, kept, parts[i]->parts[k]);
    }
    if (kept == 0) return &types->any;
    if (kept == 1) return all[0];
    return intern(types, &(Type){ .kind = TYPE_CHOICE, .count = kept, .parts = all });
}

const Type *type_of_property(Types *types, const ModelProperty *property) {
    const Type **parts = arena_array(types->arena, property->type_count, sizeof *parts);
    for (uint32_t i = 0; i < property->type_count; i++)
        parts[i] = type_class(types, property->types[i]);
    const Type *type = type_choice(types, property->type_count, parts);
    return property->list ? type_list(types, type) : type;
}

/* ---- types as text ---- */

const Type *type_find_system(Types *types, Str name) {
    for (size_t i = 0; i < sizeof system_names / sizeof *system_names; i++)
        if (str_is(name, system_names[i].name)) return type_system(types, system_names[i].tag);
    return NULL;
}

/* "FHIR.Reference" */
static const Type *find_class(Types *types, Str text) {
    ModelType class;
    if (types->model == NULL) return NULL;
    size_t length = strlen(types->model->name);
    bool own = text.length > length && text.data[length] == '.' &&
               str_starts_with(text, str_from(types->model->name));
    if (!own || !types->model->find_class(str_slice(text, length + 1, text.length), &class))
        return NULL;
    return type_class(types, class);
}

static const Type *parse(Types *types, Str text, uint32_t depth) {
    static const struct { const char *start; TypeKind kind; } generic[] = {
        { "List<", TYPE_LIST }, { "Interval<", TYPE_INTERVAL }
    };
    if (depth == 0 || text.length == 0) return NULL;
    for (size_t i = 0; i < 2; i++) {
        Str start = str_from(generic[i].start);
        if (!str_starts_with(text, start) || text.data[text.length - 1] != '>') continue;
        const Type *part = parse(types, str_slice(text, start.length, text.length - 1), depth - 1);
        return part == NULL ? NULL : of_element(types, generic[i].kind, part);
    }
    if (text.length == 1 && text.data[0] >= 'A' && text.data[0] <= 'Z')
        return type_variable(types, text.data[0]);
    if (str_starts_with(text, STR("System."))) text = str_slice(text, 7, text.length);
    const Type *system = type_find_system(types, text);
    return system != NULL ? system : find_class(types, text);
}

const Type *type_from_text(Types *types, Str text) { return parse(types, text, DEEPEST_TEXT); }

static const char *system_name(uint8_t tag) {
    for (size_t i = 0; i < sizeof system_names / sizeof *system_names; i++)
        if (system_names[i].tag == tag) return system_names[i].name;
    return "Any";
}

static void print(const Types *types, const Type *type, Buffer *out);

static void print_parts(const Types *types, const Type *type, Buffer *out) {
    for (uint32_t i = 0; i < type->count; i++) {
        if (i > 0) buffer_add_text(out, ", ");
        if (type->shape != NULL) buffer_format(out, "%.*s ", STR_ARGS(type->shape->names[i]));
        print(types, type->parts[i], out);
    }
}

static void print(const Types *types, const Type *type, Buffer *out) {
    static const char *const openings[] = { [TYPE_LIST] = "List<", [TYPE_INTERVAL] = "Interval<",
                                            [TYPE_TUPLE] = "Tuple{", [TYPE_CHOICE] = "Choice<" };
    if (out->length > LONGEST_NAME) {
        buffer_add_text(out, "...");
        return;
    }
    switch ((TypeKind)type->kind) {
    case TYPE_ANY: case TYPE_ERROR: buffer_add_text(out, "Any"); break;
    case TYPE_SYSTEM: buffer_add_text(out, system_name(type->tag)); break;
    case TYPE_VARIABLE: buffer_add_char(out, (char)type->tag); break;
    case TYPE_CLASS:
        buffer_format(out, "%s.%s", types->model->name, types->model->class_name(type->class));
        break;
    case TYPE_LIST: case TYPE_INTERVAL:
        buffer_add_text(out, openings[type->kind]);
        print(types, type->element, out);
        buffer_add_char(out, '>');
        break;
    case TYPE_TUPLE: case TYPE_CHOICE:
        buffer_add_text(out, openings[type->kind]);
        print_parts(types, type, out);
        buffer_add_char(out, type->kind == TYPE_TUPLE ? '}' : '>');
        break;
    }
}

Str type_name(Types *types, Arena *arena, const Type *type) {
    Buffer out = buffer_new(arena);
    print(types, type, &out);
    if (out.length > LONGEST_NAME) {
        out.length = LONGEST_NAME;
        buffer_add_text(&out, "...");
    }
    return buffer_str(&out);
}

/* ---- subtypes ---- */

static bool class_is(const Model *model, ModelType class, ModelType super) {
    while (class != super && class != MODEL_NO_TYPE) class = model->base(class);
    return class == super;
}

static bool tuple_is(Types *types, const Type *type, const Type *super) {
    if (!same_names(type->shape, super->shape)) return false;
    for (size_t i = 0; i < types->answers.count; i++) {
        const Answer *answer = &types->answers.items[i];
        if (answer->type == type && answer->super == super) return answer->yes;
    }
    bool yes = true;
    for (uint32_t i = 0; yes && i < type->count; i++)
        yes = type_is_subtype(types, type->parts[i], super->parts[i]);
    Answer answer = { type, super, yes };
    vec_push(types->arena, &types->answers, answer);
    return yes;
}

static bool is_one_of(Types *types, const Type *type, const Type *choice) {
    for (uint32_t i = 0; i < choice->count; i++)
        if (type_is_subtype(types, type, choice->parts[i])) return true;
    return false;
}

bool type_is_subtype(Types *types, const Type *type, const Type *super) {
    if (type == super || super->kind == TYPE_ANY || super->kind == TYPE_ERROR ||
        type->kind == TYPE_ERROR)
        return true;
    if (type->kind == TYPE_CHOICE) {
        for (uint32_t i = 0; i < type->count; i++)
            if (!type_is_subtype(types, type->parts[i], super)) return false;
        return true;
    }
    if (super->kind == TYPE_CHOICE) return is_one_of(types, type, super);
    if (type->kind != super->kind) return false;
    switch ((TypeKind)type->kind) {
    case TYPE_CLASS: return class_is(types->model, type->class, super->class);
    case TYPE_LIST: case TYPE_INTERVAL:
        return type_is_subtype(types, type->element, super->element);
    case TYPE_TUPLE: return tuple_is(types, type, super);
    default: return false;
    }
}

/* ---- values ---- */

static bool list_holds(const Model *model, const Type *element, const List *list) {
    for (uint32_t i = 0; i < list->count; i++)
        if (!value_is_null(list->items[i]) && !type_holds(model, element, list->items[i]))
            return false;
    return true;
}

static bool interval_holds(const Type *point, const Interval *interval) {
    if (point->kind == TYPE_ANY || interval->point == TAG_NULL) return true;
    if (point->kind == TYPE_SYSTEM) return point->tag == interval->point;
    for (uint32_t i = 0; i < point->count; i++)
        if (point->parts[i]->tag == interval->point) return true;
    return false;
}

static bool tuple_holds(const Model *model, const Type *type, const Tuple *tuple) {
    if (!same_names(type->shape, tuple->shape)) return false;
    for (uint32_t i = 0; i < type->count; i++)
        if (!value_is_null(tuple->items[i]) && !type_holds(model, type->parts[i], tuple->items[i]))
            return false;
    return true;
}

bool type_holds(const Model *model, const Type *type, Value value) {
    switch ((TypeKind)type->kind) {
    case TYPE_ANY: return true;
    case TYPE_SYSTEM: return value.tag == type->tag;
    case TYPE_CLASS:
        return value.tag == TAG_NODE && class_is(model, (ModelType)value.aux, type->class);
    case TYPE_LIST:
        return value.tag == TAG_LIST && list_holds(model, type->element, value.list);
    case TYPE_INTERVAL:
        return value.tag == TAG_INTERVAL && interval_holds(type->element, value.interval);
    case TYPE_TUPLE:
        return value.tag == TAG_TUPLE && tuple_holds(model, type, value.tuple);
    case TYPE_CHOICE:
        for (uint32_t i = 0; i < type->count; i++)
            if (type_holds(model, type->parts[i], value)) return true;
        return false;
    default: return false;
    }
}
