/* evidence.c - see evidence.h.
 *
 * Rows of bits are immutable once they stand in a Support, so that a define which adds
 * nothing to what it used shares its row.  The walk goes as deep as evaluation went, which
 * the run bounds. */
#include "reason/evidence.h"

#include <string.h>

#include "fhir/fhir.h"
#include "reason/value_form.h"
#include "value/compare.h"
#include "value/interval.h"

/* ---- resources by address ---- */

static uint32_t slot_of(const Evidence *e, const Json *json) {
    uint32_t slot = (uint32_t)(((uintptr_t)json >> 4) * 2654435761u) & e->slot_mask;
    while (e->slots[slot] != NULL && e->slots[slot] != json) slot = (slot + 1) & e->slot_mask;
    return slot;
}

static void index_resources(Evidence *e, uint32_t count) {
    uint32_t size = 16;
    while (size < count * 2) size *= 2;
    e->slots = arena_array(e->arena, size, sizeof *e->slots);
    e->slot_numbers = arena_alloc(e->arena, size * sizeof *e->slot_numbers);
    e->slot_mask = size - 1;
    for (uint32_t i = 0; i < count; i++) {
        const Json *json = record_resource(e->record, i);
        uint32_t slot = slot_of(e, json);
        e->slots[slot] = json;
        e->slot_numbers[slot] = i;
    }
}

Evidence evidence_new(Arena *arena, const Guideline *guideline, const Run *run, Eval *eval,
                      const Record *record) {
    Evidence e = { .arena = arena, .guideline = guideline, .run = run, .eval = eval,
                   .record = record };
    uint32_t resources = record_resource_count(record);
    uint32_t defines = program_define_count(guideline->program);
    e.resource_words = resources / 64 + 1;
    e.fact_words = guideline->fact_count / 64 + 1;
    uint32_t most = e.resource_words > e.fact_words ? e.resource_words : e.fact_words;
    e.none = arena_array(arena, most, sizeof *e.none);
    e.supports = arena_array(arena, defines, sizeof *e.supports);
    e.reasons = arena_array(arena, guideline->fact_count, sizeof *e.reasons);
    e.references = arena_array(arena, resources, sizeof *e.references);
    index_resources(&e, resources);
    return e;
}

/* ---- rows of bits ---- */

static bool is_within(const uint64_t *bits, const uint64_t *all, uint32_t words) {
    for (uint32_t i = 0; i < words; i++)
        if ((bits[i] & ~all[i]) != 0) return false;
    return true;
}

static bool has_no_bits(const uint64_t *bits, uint32_t words) {
    for (uint32_t i = 0; i < words; i++)
        if (bits[i] != 0) return false;
    return true;
}

static void unite(Evidence *e, const uint64_t **into, const uint64_t *more, uint32_t words) {
    if (more == *into || is_within(more, *into, words)) return;
    if (is_within(*into, more, words)) {
        *into = more;
        return;
    }
    uint64_t *both = arena_copy(e->arena, *into, words * sizeof *both);
    for (uint32_t i = 0; i < words; i++) both[i] |= more[i];
    *into = both;
}

void evidence_unite_facts(Evidence *evidence, const uint64_t **into, const uint64_t *more) {
    unite(evidence, into, more, evidence->fact_words);
}

void evidence_unite_resources(Evidence *evidence, const uint64_t **into, const uint64_t *more) {
    unite(evidence, into, more, evidence->resource_words);
}

static const uint64_t *with_bit(Evidence *e, const uint64_t *bits, uint32_t at, uint32_t words) {
    uint64_t *with = arena_copy(e->arena, bits, words * sizeof *with);
    with[at / 64] |= (uint64_t)1 << (at % 64);
    return with;
}

/* ---- what a define rests on ---- */

/* Marks a value that is a resource of the record; false: it is not one. */
static bool mark_resource(const Evidence *e, Value value, uint64_t *bits) {
    if (value.tag != TAG_NODE || !fhir_r4.is_resource((ModelType)value.aux)) return false;
    uint32_t slot = slot_of(e, value.node);
    if (e->slots[slot] != NULL) {
        uint32_t number = e->slot_numbers[slot];
        bits[number / 64] |= (uint64_t)1 << (number % 64);
    }
    return true;
}

/* The resources that a value is; NULL when it is something else. */
static const uint64_t *resources_of_value(Evidence *e, Value value) {
    bool list = value.tag == TAG_LIST && value.list->count != 0;
    Value first = list ? value.list->items[0] : value;
    if (first.tag != TAG_NODE || !fhir_r4.is_resource((ModelType)first.aux)) return NULL;
    uint64_t *bits = arena_array(e->arena, e->resource_words, sizeof *bits);
    for (uint32_t i = 0; list && i < value.list->count; i++)
        mark_resource(e, value.list->items[i], bits);
    if (!list) mark_resource(e, value, bits);
    return bits;
}

/* A number that is known only to lie between two others. */
static bool is_imprecise(Evidence *e, Value value) {
    if (value.tag != TAG_INTERVAL) return false;
    Value low = interval_start(e->eval, value.interval);
    Value high = interval_end(e->eval, value.interval);
    return value_is_false(value_equal(e->eval, low, high));
}

/* A define that is null though it lacks nothing: its numbers are not known well enough. */
static void miss_precision(Evidence *e, uint32_t define, Support *support) {
    const uint32_t *uses;
    uint32_t count = run_uses(e->run, define, &uses);
    for (uint32_t i = 0; i < count; i++) {
        Value value = value_null();
        if (run_peek(e->run, uses[i], &value) && is_imprecise(e, value))
            evidence_unite_facts(e, &support->missing, evidence_of(e, uses[i])->facts);
    }
}

static void use_parts(Evidence *e, uint32_t define, Support *support) {
    const uint32_t *uses;
    uint32_t count = run_uses(e->run, define, &uses);
    for (uint32_t i = 0; i < count; i++) {
        const Support *part = evidence_of(e, uses[i]);
        evidence_unite_resources(e, &support->resources, part->resources);
        evidence_unite_facts(e, &support->facts, part->facts);
        evidence_unite_facts(e, &support->missing, part->missing);
    }
}

static void find_support(Evidence *e, uint32_t define, Support *support) {
    Value value = value_null();
    uint32_t fact = e->guideline->fact_of[define];
    bool evaluated = run_peek(e->run, define, &value), null = value_is_null(value);
    if (!evaluated) return;
    use_parts(e, define, support);
    const uint64_t *own = resources_of_value(e, value);
    if (own != NULL) support->resources = own;
    else if (e->guideline->gives_resources[define]) support->resources = e->none;
    if (!null) support->missing = e->none;
    else if (has_no_bits(support->missing, e->fact_words)) miss_precision(e, define, support);
    if (fact == NO_INDEX) return;
    if (null) support->missing = with_bit(e, support->missing, fact, e->fact_words);
    support->facts = null ? e->none : with_bit(e, e->none, fact, e->fact_words);
}

const Support *evidence_of(Evidence *evidence, uint32_t define) {
    Support *support = &evidence->supports[define];
    if (support->state != SUPPORT_UNKNOWN) return support;
    support->resources = support->facts = support->missing = evidence->none;
    support->state = SUPPORT_OPEN;
    find_support(evidence, define, support);
    support->state = SUPPORT_KNOWN;
    return support;
}

/* ---- bits as what they stand for ---- */

static uint32_t count_bits(const uint64_t *bits, uint32_t words) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < words; i++) count += (uint32_t)__builtin_popcountll(bits[i]);
    return count;
}

/* The next bit from `at` on; `words * 64` past the last. */
static uint32_t next_bit(const uint64_t *bits, uint32_t at, uint32_t words) {
    for (uint32_t word = at / 64; word < words; word++) {
        uint64_t rest = bits[word];
        if (word == at / 64) rest &= ~(uint64_t)0 << (at % 64);
        if (rest != 0) return word * 64 + (uint32_t)__builtin_ctzll(rest);
    }
    return words * 64;
}

Str evidence_reference(Evidence *evidence, uint32_t resource) {
    Str *reference = &evidence->references[resource];
    if (reference->data == NULL)
        *reference = record_reference(evidence->arena, record_resource(evidence->record, resource));
    return *reference;
}

StrList evidence_references(Evidence *evidence, const uint64_t *resources) {
    uint32_t words = evidence->resource_words;
    uint32_t count = count_bits(resources, words), end = words * 64;
    if (count == 0) return (StrList){ 0, NULL };
    Str *items = arena_alloc(evidence->arena, count * sizeof *items);
    StrList list = { 0, items };
    for (uint32_t i = next_bit(resources, 0, words); i < end; i = next_bit(resources, i + 1, words))
        items[list.count++] = evidence_reference(evidence, i);
    return list;
}

Str evidence_fact_words(Evidence *evidence, const Fact *fact, Value value) {
    Buffer text = buffer_new(evidence->arena);
    bool bare = value.tag == TAG_INTEGER || value.tag == TAG_DECIMAL || value.tag == TAG_LONG ||
                value.tag == TAG_INTERVAL;
    buffer_add(&text, fact->text);
    buffer_add_text(&text, bare || value.tag == TAG_QUANTITY ? " " : ": ");
    value_write_words(evidence->eval, value, &text);
    if (!bare || fact->unit.length == 0) return buffer_str(&text);
    buffer_add_char(&text, ' ');
    buffer_add(&text, unit_in_words(evidence->arena, fact->unit));
    return buffer_str(&text);
}

static const Reason *reason_of(Evidence *e, uint32_t number) {
    Reason **reason = &e->reasons[number];
    if (*reason != NULL) return *reason;
    const Fact *fact = &e->guideline->facts[number];
    Value value = value_null();
    run_peek(e->run, fact->define, &value);
    *reason = arena_alloc(e->arena, sizeof **reason);
    (*reason)->text = evidence_fact_words(e, fact, value);
    (*reason)->evidence = evidence_references(e, evidence_of(e, fact->define)->resources);
    return *reason;
}

Reasons evidence_reasons(Evidence *evidence, const uint64_t *facts) {
    uint32_t words = evidence->fact_words, end = words * 64;
    uint32_t count = count_bits(facts, words);
    if (count == 0) return (Reasons){ 0, NULL };
    Reason *items = arena_alloc(evidence->arena, count * sizeof *items);
    Reasons reasons = { 0, items };
    for (uint32_t i = next_bit(facts, 0, words); i < end; i = next_bit(facts, i + 1, words))
        items[reasons.count++] = *reason_of(evidence, i);
    return reasons;
}

StrList evidence_fact_codes(Evidence *evidence, const uint64_t *facts) {
    uint32_t words = evidence->fact_words, end = words * 64;
    StrSet codes = { 0 };
    for (uint32_t i = next_bit(facts, 0, words); i < end; i = next_bit(facts, i + 1, words))
        str_set_add(evidence->arena, &codes, evidence->guideline->facts[i].code);
    return str_set_list(&codes);
}
