/* references.c - see references.h.
 *
 * The tree of a record is not changed: a resource whose references are rewritten is copied
 * along the paths to them.  Records without urns, which are most, are left alone. */
#include "fhir/references.h"

#include <string.h>

#include "fhir/fhir.h"

#define URN STR("urn:")
#define URN_UUID STR("urn:uuid:")

/* ---- urns ---- */

typedef struct Linking {
    Record *record;
    Arena *arena;
    uint32_t *slots; /* of a hash table by full_url: an instance's number + 1; 0: free */
    uint32_t mask;
} Linking;

static bool has_urns(const Record *record) {
    for (uint32_t i = 0; i < record->count; i++)
        if (str_starts_with(record->instances[i].full_url, URN)) return true;
    return false;
}

static void index_urls(Linking *l) {
    uint32_t size = 16;
    while (size < l->record->count * 2) size *= 2;
    l->mask = size - 1;
    l->slots = arena_array(l->arena, size, sizeof *l->slots);
    for (uint32_t i = 0; i < l->record->count; i++) {
        Str url = l->record->instances[i].full_url;
        if (!str_starts_with(url, URN)) continue;
        uint32_t slot = str_hash(url) & l->mask;
        while (l->slots[slot] != 0) slot = (slot + 1) & l->mask;
        l->slots[slot] = i + 1;
    }
}

static const Instance *find_url(const Linking *l, Str url) {
    for (uint32_t slot = str_hash(url) & l->mask; l->slots[slot] != 0; slot = (slot + 1) & l->mask) {
        const Instance *instance = &l->record->instances[l->slots[slot] - 1];
        if (str_equal(instance->full_url, url)) return instance;
    }
    return NULL;
}

static void set_text(Json *json, Str text) {
    json->text = text.data;
    json->count = (uint32_t)text.length;
}

/* The resource with the id of its urn:uuid, where it has none of its own. */
static void add_id(const Linking *l, Instance *instance) {
    if (fhir_member_text(instance->json, SYMBOL_ID).length != 0 ||
        !str_starts_with(instance->full_url, URN_UUID))
        return;
    Json *resource = arena_alloc(l->arena, sizeof *resource);
    Json *items = arena_alloc(l->arena, (instance->json->count + 1) * sizeof *items);
    *resource = *instance->json;
    memcpy(items, resource->items, resource->count * sizeof *items);
    items[resource->count] = (Json){ .kind = JSON_STRING, .symbol = SYMBOL_ID, .key = "id",
                                     .key_length = 2, .offset = resource->offset };
    set_text(&items[resource->count++],
             str_slice(instance->full_url, URN_UUID.length, instance->full_url.length));
    resource->items = items;
    instance->json = resource;
}

static bool is_urn(const Json *node) {
    return node->kind == JSON_STRING && node->symbol == SYMBOL_REFERENCE &&
           str_starts_with(json_text(node), URN);
}

/* Does the member name a resource by its urn?  Gives that as "Type/id". */
static bool rewrite_reference(const Linking *l, const Json *member, Str *text) {
    if (!is_urn(member)) return false;
    const Instance *named = find_url(l, json_text(member));
    if (named != NULL) *text = record_reference(l->arena, named->json);
    return named != NULL;
}

static const Json *rewrite_items(const Linking *l, const Json *node);

/* True when something in the node changes. */
static bool rewrite_node(const Linking *l, Json *node) {
    Str text;
    if (node->kind >= JSON_ARRAY) {
        const Json *items = rewrite_items(l, node);
        if (items != NULL) node->items = items;
        return items != NULL;
    }
    if (!rewrite_reference(l, node, &text)) return false;
    set_text(node, text);
    return true;
}

/* The children of a node, copied, where one of them changes; else NULL.  Nesting is bounded by
 * that of JSON. */
static const Json *rewrite_items(const Linking *l, const Json *node) {
    Json *copy = NULL;
    for (uint32_t i = 0; i < node->count; i++) {
        Json child = node->items[i];
        if (!rewrite_node(l, &child)) continue;
        if (copy == NULL) {
            copy = arena_alloc(l->arena, node->count * sizeof *copy);
            memcpy(copy, node->items, node->count * sizeof *copy);
        }
        copy[i] = child;
    }
    return copy;
}

static bool holds_urn(const Json *node) {
    for (uint32_t i = 0; i < node->count; i++) {
        const Json *item = &node->items[i];
        if (item->kind >= JSON_ARRAY && item->count != 0 && holds_urn(item)) return true;
        if (item->symbol == SYMBOL_REFERENCE && is_urn(item)) return true;
    }
    return false;
}

static bool refers_by_urn(const Record *record) {
    for (uint32_t i = 0; i < record->count; i++)
        if (holds_urn(record->instances[i].json)) return true;
    return false;
}

static void rewrite_resource(const Linking *l, Instance *instance) {
    Json changed = *instance->json;
    if (!rewrite_node(l, &changed)) return;
    Json *resource = arena_alloc(l->arena, sizeof *resource);
    *resource = changed;
    instance->json = resource;
}

void record_link(Record *record, Arena *arena) {
    Linking linking = { .record = record, .arena = arena };
    if (!has_urns(record)) return;
    for (uint32_t i = 0; i < record->count; i++) add_id(&linking, &record->instances[i]);
    if (!refers_by_urn(record)) return;
    index_urls(&linking);
    for (uint32_t i = 0; i < record->count; i++) rewrite_resource(&linking, &record->instances[i]);
}

/* ---- what a reference names ---- */

static const Json *find_contained(const Json *holder, Str id) {
    const Json *list = fhir_member(holder, SYMBOL_CONTAINED);
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++)
        if (str_equal(fhir_member_text(&list->items[i], SYMBOL_ID), id)) return &list->items[i];
    return NULL;
}

/* "Medication/m1", "http://host/fhir/Medication/m1/_history/2" -> "Medication", "m1" */
static bool split_reference(Str reference, Str *type, Str *id) {
    Str history = STR("/_history/");
    for (size_t i = 0; i + history.length <= reference.length; i++)
        if (memcmp(reference.data + i, history.data, history.length) == 0)
            reference = str_slice(reference, 0, i);
    size_t slash = reference.length, before;
    while (slash > 0 && reference.data[slash - 1] != '/') slash--;
    if (slash == 0) return false;
    before = slash - 1;
    while (before > 0 && reference.data[before - 1] != '/') before--;
    *type = str_slice(reference, before, slash - 1);
    *id = str_slice(reference, slash, reference.length);
    return true;
}

static const Json *find_resource(const Record *record, Str reference) {
    Str type, id;
    ModelType class;
    if (!split_reference(reference, &type, &id) || !fhir_find_class(type, &class) ||
        !fhir_classes[class].resource)
        return NULL;
    const Group *group = record_group(record, class);
    for (uint32_t i = 0; group != NULL && i < group->count; i++)
        if (str_equal(fhir_member_text(group->nodes[i].node, SYMBOL_ID), id))
            return group->nodes[i].node;
    return NULL;
}

const Json *record_referenced_code(const Record *record, const Json *holder,
                                   const Json *reference) {
    Str text = fhir_member_text(reference, SYMBOL_REFERENCE);
    if (text.length == 0) return NULL;
    const Json *named = text.data[0] == '#'
                            ? find_contained(holder, str_slice(text, 1, text.length))
                            : find_resource(record, text);
    return fhir_member(named, SYMBOL_CODE);
}

/* The one resource that any contains under the id; NULL where several do. */
static const Json *find_contained_anywhere(const Record *record, Str id) {
    const Json *found = NULL;
    for (uint32_t i = 0; i < record->count; i++) {
        const Json *contained = find_contained(record->instances[i].json, id);
        if (contained != NULL && found != NULL) return NULL;
        if (contained != NULL) found = contained;
    }
    return found;
}

Value record_resolve(const Record *record, Str reference) {
    bool inside = reference.length > 0 && reference.data[0] == '#';
    const Json *found =
        inside ? find_contained_anywhere(record, str_slice(reference, 1, reference.length))
               : find_resource(record, reference);
    return found == NULL ? value_null() : fhir_resource(found);
}
