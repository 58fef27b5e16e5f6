/* terminology.c - one table of all codes that any value set lists, each with the sets that
 * hold it as bits.
 *
 * A look-up hashes the code alone, compares the systems of its few namesakes, and tests a bit.
 * Value sets are worked out depth first, since they may take in each other; the state of
 * each finds circles.  Taking in a whole system is kept as such, beside the bits; what is
 * left out of it is a second row of bits. */
#include "reason/terminology.h"

#include "base/vec.h"
#include "reason/locate.h"

enum { SLOTS_AT_FIRST = 1024, NESTING = 64, NONE = UINT32_MAX };

/* A code that is listed somewhere. */
typedef struct Mention {
    Code code;
    uint32_t next;       /* the one before it with the same hash slot; NONE: none */
    uint32_t *sets;      /* the value sets that hold it; NULL until terms_finish */
    uint32_t *left_out;  /* the value sets that take in its system, but not it */
} Mention;

typedef enum SetState { SET_WAITING, SET_OPEN, SET_DONE } SetState;

typedef struct ValueSet {
    Str url, version;
    JsonFile file;
    const Json *json;
    SetState state;
    VEC(Str) whole; /* systems that it takes in whole */
} ValueSet;

/* A CodeSystem's concept; its parent is the number of another in it, NONE at the top. */
typedef struct ListedConcept {
    uint32_t mention, parent;
} ListedConcept;

typedef struct CodeSystem {
    Str url;
    VEC(ListedConcept) concepts;
} CodeSystem;

struct Terms {
    Arena *arena;
    VEC(ValueSet) sets;
    VEC(CodeSystem) systems;
    VEC(Mention) mentions;
    uint32_t *slots; /* of the last mention with a hash */
    uint32_t slot_count;
    uint32_t *set_slots; /* value sets by URL, made by terms_finish */
    uint32_t set_slot_count;
    uint32_t words; /* of a row of bits */
    uint32_t depth; /* value sets being worked out, one within the other */
};

Terms *terms_new(Arena *arena) {
    Terms *terms = arena_alloc_zeroed(arena, sizeof *terms);
    terms->arena = arena;
    return terms;
}

/* ---- codes ---- */

static uint32_t first_mention(const Terms *terms, Str code) {
    return terms->slot_count == 0 ? NONE : terms->slots[str_hash(code) & (terms->slot_count - 1)];
}

static void resize(Terms *terms) {
    terms->slot_count = terms->slot_count == 0 ? SLOTS_AT_FIRST : terms->slot_count * 2;
    terms->slots = arena_alloc(terms->arena, terms->slot_count * sizeof *terms->slots);
    for (uint32_t i = 0; i < terms->slot_count; i++) terms->slots[i] = NONE;
    for (uint32_t i = 0; i < terms->mentions.count; i++) {
        Mention *mention = &terms->mentions.items[i];
        uint32_t *slot = &terms->slots[str_hash(mention->code.code) & (terms->slot_count - 1)];
        mention->next = *slot;
        *slot = i;
    }
}

static uint32_t find_mention(const Terms *terms, Str system, Str code) {
    uint32_t at = first_mention(terms, code);
    while (at != NONE) {
        const Mention *mention = &terms->mentions.items[at];
        if (str_equal(mention->code.code, code) && str_equal(mention->code.system, system)) break;
        at = mention->next;
    }
    return at;
}

static uint32_t add_mention(Terms *terms, Code code) {
    uint32_t at = find_mention(terms, code.system, code.code);
    if (at != NONE) {
        Code *known = &terms->mentions.items[at].code;
        if (known->display.length == 0) known->display = code.display;
        return at;
    }
    if (terms->mentions.count >= terms->slot_count) resize(terms);
    uint32_t *slot = &terms->slots[str_hash(code.code) & (terms->slot_count - 1)];
    Mention mention = { .code = code, .next = *slot };
    *slot = (uint32_t)terms->mentions.count;
    vec_push(terms->arena, &terms->mentions, mention);
    return *slot;
}

static Code read_concept(Str system, const Json *concept) {
    return (Code){ .system = system, .code = json_text(json_get(concept, "code")),
                   .display = json_text(json_get(concept, "display")) };
}

/* ---- adding resources ---- */

static void add_concepts(Terms *terms, CodeSystem *system, const Json *list, uint32_t parent) {
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++) {
        Code code = read_concept(system->url, &list->items[i]);
        ListedConcept concept = { add_mention(terms, code), parent };
        uint32_t number = (uint32_t)system->concepts.count;
        vec_push(terms->arena, &system->concepts, concept);
        add_concepts(terms, system, json_get(&list->items[i], "concept"), number);
    }
}

/* A supplement gives names to codes of another system; it does not say which codes there are. */
static void add_code_system(Terms *terms, const Json *json) {
    CodeSystem system = { .url = json_text(json_get(json, "url")) };
    bool supplement = str_is(json_text(json_get(json, "content")), "supplement");
    if (supplement) system.url = json_text(json_get(json, "supplements"));
    add_concepts(terms, &system, json_get(json, "concept"), NONE);
    if (!supplement) vec_push(terms->arena, &terms->systems, system);
}

static void add_value_set(Terms *terms, const JsonFile *file, const Json *json) {
    ValueSet set = { .url = json_text(json_get(json, "url")), .file = *file, .json = json,
                     .version = json_text(json_get(json, "version")) };
    for (size_t i = 0; i < terms->sets.count; i++)
        if (str_equal(terms->sets.items[i].url, set.url) &&
            str_equal(terms->sets.items[i].version, set.version))
            json_file_report(file, json_get(json, "url"), "duplicate-value-set",
                             str_format(terms->arena, "the value set %.*s is there twice",
                                        STR_ARGS(set.url)),
                             STR("Give each its own url, or its own version"));
    vec_push(terms->arena, &terms->sets, set);
}

static void add_resource(Terms *terms, const JsonFile *file, const Json *json);

static void add_bundle(Terms *terms, const JsonFile *file, const Json *json) {
    const Json *entries = json_get(json, "entry");
    for (uint32_t i = 0; entries != NULL && entries->kind == JSON_ARRAY && i < entries->count; i++)
        add_resource(terms, file, json_get(&entries->items[i], "resource"));
}

static void add_resource(Terms *terms, const JsonFile *file, const Json *json) {
    Str type = json_text(json_get(json, "resourceType"));
    bool named = json_text(json_get(json, "url")).length != 0;
    if (str_is(type, "Bundle")) {
        add_bundle(terms, file, json);
    } else if (!str_is(type, "ValueSet") && !str_is(type, "CodeSystem")) {
        json_file_report(file, json, "not-terminology",
                         STR("this is neither a ValueSet nor a CodeSystem"),
                         STR("Give it \"resourceType\": \"ValueSet\" or \"CodeSystem\""));
    } else if (!named) {
        json_file_report(file, json, "no-url", STR("the resource has no url"),
                         STR("The url is the name by which CQL calls it"));
    } else if (str_is(type, "ValueSet")) {
        add_value_set(terms, file, json);
    } else {
        add_code_system(terms, json);
    }
}

void terms_add(Terms *terms, Str file, Str text, const Json *json, Diagnostics *diagnostics) {
    JsonFile of = { file, text, diagnostics };
    add_resource(terms, &of, json);
}

/* ---- what a value set holds ---- */

typedef VEC(uint32_t) MentionList;

static bool test_bit(const uint32_t *bits, uint32_t at) {
    return bits != NULL && (bits[at / 32] >> (at % 32) & 1) != 0;
}

static void set_bit(Terms *terms, uint32_t **bits, uint32_t at, bool value) {
    if (*bits == NULL) *bits = arena_array(terms->arena, terms->words, sizeof **bits);
    uint32_t mask = 1u << (at % 32);
    if (value) (*bits)[at / 32] |= mask;
    else (*bits)[at / 32] &= ~mask;
}

static bool takes_in(const ValueSet *set, Str system) {
    for (size_t i = 0; i < set->whole.count; i++)
        if (str_equal(set->whole.items[i], system)) return true;
    return false;
}

static bool holds(const Terms *terms, uint32_t set, uint32_t mention) {
    const Mention *m = &terms->mentions.items[mention];
    return test_bit(m->sets, set) || (takes_in(&terms->sets.items[set], m->code.system) &&
                                      !test_bit(m->left_out, set));
}

static uint32_t find_set(const Terms *terms, Str url, Str version) {
    for (uint32_t at = 0; at < url.length; at++)
        if (url.data[at] == '|') {
            if (version.length == 0) version = str_slice(url, at + 1, url.length);
            url = str_slice(url, 0, at);
        }
    if (terms->set_slot_count == 0) return NONE;
    uint32_t mask = terms->set_slot_count - 1;
    for (uint32_t slot = str_hash(url) & mask;; slot = (slot + 1) & mask) {
        uint32_t set = terms->set_slots[slot];
        if (set == NONE) return NONE;
        const ValueSet *found = &terms->sets.items[set];
        if (str_equal(found->url, url) &&
            (version.length == 0 || str_equal(found->version, version)))
            return set;
    }
}

static void complain(const Terms *terms, const ValueSet *set, const Json *at, const char *code,
                     const char *what, Str name, const char *hint) {
    json_file_report(&set->file, at, code,
                     str_format(terms->arena, "%s%.*s", what, STR_ARGS(name)), str_from(hint));
}

static const CodeSystem *find_system(const Terms *terms, Str url) {
    for (size_t i = 0; i < terms->systems.count; i++)
        if (str_equal(terms->systems.items[i].url, url)) return &terms->systems.items[i];
    return NULL;
}

static bool stands_below(const CodeSystem *system, uint32_t concept, uint32_t top_mention) {
    while (concept != NONE && system->concepts.items[concept].mention != top_mention)
        concept = system->concepts.items[concept].parent;
    return concept != NONE;
}

/* One filter of an include; false: not one that is understood. */
static bool passes(const Terms *terms, const CodeSystem *system, uint32_t concept,
                   const Json *filter, bool *understood) {
    Str op = json_text(json_get(filter, "op"));
    Str value = json_text(json_get(filter, "value"));
    uint32_t top = find_mention(terms, system->url, value);
    bool below = stands_below(system, concept, top);
    bool self = system->concepts.items[concept].mention == top;
    if (str_is(op, "is-a")) return below;
    if (str_is(op, "descendent-of")) return below && !self;
    if (str_is(op, "is-not-a")) return !below;
    *understood = false;
    return false;
}

static void add_filtered(Terms *terms, const ValueSet *set, const Json *include, MentionList *out) {
    const Json *filters = json_get(include, "filter");
    Str url = json_text(json_get(include, "system"));
    const CodeSystem *system = find_system(terms, url);
    bool understood = filters->kind == JSON_ARRAY;
    if (system == NULL) {
        complain(terms, set, filters, "unknown-code-system", "there is no CodeSystem ", url,
                 "A filter chooses from a CodeSystem resource of the guideline");
        return;
    }
    for (uint32_t i = 0; i < system->concepts.count && understood; i++) {
        bool chosen = true;
        for (uint32_t f = 0; f < filters->count && chosen; f++)
            chosen = passes(terms, system, i, &filters->items[f], &understood);
        if (chosen) vec_push(terms->arena, out, system->concepts.items[i].mention);
    }
    if (!understood)
        complain(terms, set, filters, "unknown-filter", "a filter is not understood here", STR(""),
                 "Use is-a, descendent-of or is-not-a, or list the codes");
}

static void resolve(Terms *terms, uint32_t set);

/* The value set that an include names; NONE: reported. */
static uint32_t included_set(Terms *terms, uint32_t set, const Json *name) {
    uint32_t found = find_set(terms, json_text(name), STR(""));
    if (found == NONE)
        complain(terms, &terms->sets.items[set], name, "unknown-value-set",
                 "there is no value set ", json_text(name), "Add it to terms/");
    else if (terms->sets.items[found].state == SET_OPEN || terms->depth >= NESTING)
        complain(terms, &terms->sets.items[set], name, "value-set-circle",
                 "the value set takes in itself, or too many in a row: ", json_text(name),
                 "Take one of the includes out");
    else
        resolve(terms, found);
    return found;
}

/* Keeps the candidates that a value set holds; with none yet, takes all that it lists. */
static void meet(Terms *terms, uint32_t other, bool first, MentionList *list) {
    MentionList kept = { 0 };
    for (uint32_t i = 0; first && i < terms->mentions.count; i++)
        if (test_bit(terms->mentions.items[i].sets, other)) vec_push(terms->arena, &kept, i);
    for (size_t i = 0; !first && i < list->count; i++)
        if (holds(terms, other, list->items[i])) vec_push(terms->arena, &kept, list->items[i]);
    *list = kept;
}

static bool add_listed(Terms *terms, Str system, const Json *concepts, MentionList *out) {
    if (concepts == NULL || concepts->kind != JSON_ARRAY) return false;
    for (uint32_t i = 0; i < concepts->count; i++)
        vec_push(terms->arena, out, add_mention(terms, read_concept(system, &concepts->items[i])));
    return true;
}

/* What one include or exclude means: codes, and at most one whole system. */
static void read_include(Terms *terms, uint32_t set, const Json *include, MentionList *list,
                         Str *whole) {
    Str system = json_text(json_get(include, "system"));
    const Json *others = json_get(include, "valueSet");
    uint32_t other_count = others != NULL && others->kind == JSON_ARRAY ? others->count : 0;
    bool listed = add_listed(terms, system, json_get(include, "concept"), list);
    if (!listed && json_get(include, "filter") != NULL)
        add_filtered(terms, &terms->sets.items[set], include, list);
    else if (!listed && system.length != 0 && other_count == 0)
        *whole = system;
    for (uint32_t i = 0; i < other_count; i++) {
        uint32_t other = included_set(terms, set, &others->items[i]);
        if (other == NONE) continue;
        bool alone = system.length == 0 && other_count == 1;
        const ValueSet *taken = &terms->sets.items[other];
        if (taken->whole.count > (alone ? 1 : 0))
            complain(terms, &terms->sets.items[set], &others->items[i], "value-set-combination",
                     "whole code systems cannot be combined here: ", taken->url,
                     "List the codes");
        meet(terms, other, i == 0 && system.length == 0, list);
        if (alone && taken->whole.count == 1) *whole = taken->whole.items[0];
    }
}

static void add_include(Terms *terms, uint32_t set, const Json *include, bool take) {
    MentionList list = { 0 };
    Str whole = { "", 0 };
    read_include(terms, set, include, &list, &whole);
    for (size_t i = 0; i < list.count; i++) {
        Mention *mention = &terms->mentions.items[list.items[i]];
        set_bit(terms, &mention->sets, set, take);
        if (!take) set_bit(terms, &mention->left_out, set, true);
    }
    if (whole.length == 0) return;
    if (take)
        vec_push(terms->arena, &terms->sets.items[set].whole, whole);
    else
        complain(terms, &terms->sets.items[set], include, "value-set-combination",
                 "a whole code system cannot be left out: ", whole, "List the codes");
}

static void add_includes(Terms *terms, uint32_t set, const Json *list, bool take) {
    for (uint32_t i = 0; list != NULL && list->kind == JSON_ARRAY && i < list->count; i++)
        add_include(terms, set, &list->items[i], take);
}

static void add_expansion(Terms *terms, uint32_t set, const Json *contains) {
    for (uint32_t i = 0; contains != NULL && contains->kind == JSON_ARRAY && i < contains->count;
         i++) {
        const Json *item = &contains->items[i];
        Code code = read_concept(json_text(json_get(item, "system")), item);
        if (code.code.length != 0) {
            uint32_t mention = add_mention(terms, code);
            set_bit(terms, &terms->mentions.items[mention].sets, set, true);
        }
        add_expansion(terms, set, json_get(item, "contains"));
    }
}

static void resolve(Terms *terms, uint32_t set) {
    ValueSet *self = &terms->sets.items[set];
    if (self->state != SET_WAITING) return;
    self->state = SET_OPEN;
    terms->depth++;
    const Json *expansion = json_get(self->json, "expansion");
    const Json *compose = json_get(self->json, "compose");
    if (expansion != NULL) {
        add_expansion(terms, set, json_get(expansion, "contains"));
    } else {
        add_includes(terms, set, json_get(compose, "include"), true);
        add_includes(terms, set, json_get(compose, "exclude"), false);
    }
    terms->depth--;
    self->state = SET_DONE;
}

static void index_sets(Terms *terms) {
    uint32_t count = 16;
    while (count < terms->sets.count * 2) count *= 2;
    terms->set_slots = arena_alloc(terms->arena, count * sizeof *terms->set_slots);
    terms->set_slot_count = count;
    for (uint32_t i = 0; i < count; i++) terms->set_slots[i] = NONE;
    for (uint32_t i = 0; i < terms->sets.count; i++) {
        uint32_t slot = str_hash(terms->sets.items[i].url) & (count - 1);
        while (terms->set_slots[slot] != NONE) slot = (slot + 1) & (count - 1);
        terms->set_slots[slot] = i;
    }
}

void terms_finish(Terms *terms) {
    terms->words = (uint32_t)terms->sets.count / 32 + 1;
    index_sets(terms);
    for (uint32_t i = 0; i < terms->sets.count; i++) resolve(terms, i);
}

/* ---- membership ---- */

bool terms_has_value_set(const Terms *terms, Str url) {
    return find_set(terms, url, (Str){ "", 0 }) != NONE;
}

static bool mention_in_set(const Terms *terms, const Code *code, uint32_t set) {
    for (uint32_t at = first_mention(terms, code->code); at != NONE;) {
        const Mention *mention = &terms->mentions.items[at];
        if (str_equal(mention->code.code, code->code) &&
            (code->system.length == 0 || str_equal(mention->code.system, code->system)) &&
            holds(terms, set, at))
            return true;
        at = mention->next;
    }
    return false;
}

static bool in_value_set(void *self, const Code *code, const Reference *value_set, bool *known) {
    const Terms *terms = self;
    uint32_t set = find_set(terms, value_set->id, value_set->version);
    *known = set != NONE;
    if (set == NONE) return false;
    if (mention_in_set(terms, code, set)) return true;
    return takes_in(&terms->sets.items[set], code->system) &&
           find_mention(terms, code->system, code->code) == NONE;
}

static bool in_code_system(void *self, const Code *code, const Reference *system, bool *known) {
    const Terms *terms = self;
    const CodeSystem *found = find_system(terms, system->id);
    *known = found != NULL;
    if (found == NULL || (code->system.length != 0 && !str_equal(code->system, system->id)))
        return false;
    for (size_t i = 0; i < found->concepts.count; i++) {
        const Mention *mention = &terms->mentions.items[found->concepts.items[i].mention];
        if (str_equal(mention->code.code, code->code)) return true;
    }
    return false;
}

static Value expand(void *self, Eval *eval, const Reference *value_set) {
    const Terms *terms = self;
    uint32_t set = find_set(terms, value_set->id, value_set->version);
    if (set == NONE) return value_null();
    VEC(Value) codes = { 0 };
    for (uint32_t i = 0; i < terms->mentions.count; i++)
        if (holds(terms, set, i))
            vec_push(eval->arena, &codes, value_code(eval->arena, terms->mentions.items[i].code));
    const ValueSet *found = &terms->sets.items[set];
    for (size_t i = 0; i < found->whole.count; i++)
        if (find_system(terms, found->whole.items[i]) == NULL) return value_null();
    return value_list(eval->arena, codes.items, (uint32_t)codes.count);
}

static bool subsumes(void *self, const Code *general, const Code *special, bool *known) {
    const Terms *terms = self;
    const CodeSystem *system = find_system(terms, general->system);
    *known = system != NULL;
    if (system == NULL) return false;
    uint32_t top = find_mention(terms, general->system, general->code);
    uint32_t below = find_mention(terms, special->system, special->code);
    for (uint32_t i = 0; i < system->concepts.count; i++)
        if (system->concepts.items[i].mention == below && stands_below(system, i, top))
            return true;
    return false;
}

Terminology terms_terminology(const Terms *terms) {
    return (Terminology){ .self = (void *)terms, .in_value_set = in_value_set,
                          .in_code_system = in_code_system, .expand = expand,
                          .subsumes = subsumes };
}

bool terms_mention(const Terms *terms, const Code *code) {
    return find_mention(terms, code->system, code->code) != NONE;
}

Str terms_display(const Terms *terms, Str system, Str code) {
    uint32_t at = find_mention(terms, system, code);
    return at == NONE ? (Str){ "", 0 } : terms->mentions.items[at].code.display;
}
