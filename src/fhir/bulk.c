/* bulk.c - see bulk.h.
 *
 * Patients and shared resources stand in one hash table by reference ("Patient/p1"); each has
 * a chain of pieces in the spool, of which the last is known.  Whose a resource is, FHIR's
 * patient compartment tells: its subject or patient where it has one, else all patients
 * whom it names. */
#include "fhir/bulk.h"

#include <errno.h>
#include <string.h>

#include "base/vec.h"
#include "fhir/fhir.h"
#include "fhir/index.h"
#include "fhir/spool.h"

enum { SLOTS_AT_FIRST = 4096, MESSAGE_BYTES = 1 << 20, PATH_STEPS = 3 };
static const size_t TABLE_BYTES = (size_t)1 << 40, LINE_BYTES = (size_t)1 << 30;

/* A patient, or a resource that any record may refer to. */
typedef struct Owner {
    Str reference;
    uint64_t last;  /* piece in the spool */
    uint64_t bytes;
    uint32_t count; /* pieces */
    uint32_t file, line;
    bool there;     /* its own resource came */
} Owner;

struct Bulk {
    Arena *arena;              /* owners and files */
    Arena *scratch, *messages; /* of one line or record; of one error */
    JsonReader *reader;
    Spool *spool;
    size_t max_record;
    VEC(Owner) owners;
    VEC(uint32_t) patients; /* owners in the order of their Patient resources */
    VEC(Str) files;
    uint32_t *slots; /* owner + 1, or 0 */
    uint32_t slot_count;
    uint32_t shared_count; /* owners that are no patients */
    uint32_t given;     /* records */
    uint32_t of_no_one; /* resources that name no patient */
};

Bulk *bulk_new(size_t max_record) {
    Arena *arena = arena_new(TABLE_BYTES);
    if (arena == NULL) return NULL;
    Bulk *bulk = arena_try_alloc(arena, sizeof *bulk);
    if (bulk == NULL) return arena_free(arena), NULL;
    *bulk = (Bulk){ .arena = arena, .max_record = max_record };
    bulk->scratch = arena_new(LINE_BYTES);
    bulk->messages = arena_new(MESSAGE_BYTES);
    bulk->reader = json_reader_new();
    bulk->spool = spool_new();
    if (bulk->scratch != NULL && bulk->messages != NULL && bulk->reader != NULL &&
        bulk->spool != NULL)
        return bulk;
    bulk_free(bulk);
    return NULL;
}

void bulk_free(Bulk *bulk) {
    if (bulk == NULL) return;
    spool_free(bulk->spool);
    json_reader_free(bulk->reader);
    arena_free(bulk->messages);
    arena_free(bulk->scratch);
    arena_free(bulk->arena);
}

static bool fail(Bulk *bulk, Str file, uint32_t line, const char *code, Str message,
                 const char *hint, Diagnostic *error) {
    *error = (Diagnostic){ .severity = SEVERITY_ERROR, .code = code,
                           .message = str_copy(bulk->messages, message), .hint = str_from(hint),
                           .file = file, .span = { line, 1, 0, 1 } };
    return false;
}

static bool fail_spool(Bulk *bulk, Str file, uint32_t line, Diagnostic *error) {
    Str message = str_format(bulk->messages, "the temporary file fails: %s", strerror(errno));
    return fail(bulk, file, line, "temporary-file", message,
                "give TMPDIR a folder with enough room", error);
}

/* ---- owners ---- */

static uint32_t *slot_of(const Bulk *bulk, Str reference) {
    uint32_t mask = bulk->slot_count - 1, at = str_hash(reference) & mask;
    while (bulk->slots[at] != 0 &&
           !str_equal(bulk->owners.items[bulk->slots[at] - 1].reference, reference))
        at = (at + 1) & mask;
    return &bulk->slots[at];
}

static void grow_slots(Bulk *bulk) {
    bulk->slot_count = bulk->slot_count == 0 ? SLOTS_AT_FIRST : bulk->slot_count * 2;
    bulk->slots = arena_array(bulk->arena, bulk->slot_count, sizeof *bulk->slots);
    for (uint32_t i = 0; i < bulk->owners.count; i++)
        *slot_of(bulk, bulk->owners.items[i].reference) = i + 1;
}

static uint32_t add_owner(Bulk *bulk, Str reference) {
    if (bulk->owners.count * 2 >= bulk->slot_count) grow_slots(bulk);
    uint32_t *slot = slot_of(bulk, reference);
    if (*slot != 0) return *slot - 1;
    Owner owner = { .reference = str_copy(bulk->arena, reference), .last = SPOOL_NONE };
    vec_push(bulk->arena, &bulk->owners, owner);
    return (*slot = (uint32_t)bulk->owners.count) - 1;
}

static uint32_t add_file(Bulk *bulk, Str file) {
    size_t count = bulk->files.count;
    if (count == 0 || !str_equal(bulk->files.items[count - 1], file))
        vec_push(bulk->arena, &bulk->files, str_copy(bulk->arena, file));
    return (uint32_t)bulk->files.count - 1;
}

/* ---- whose a resource is ---- */

typedef struct Adding {
    Bulk *bulk;
    Str text;
    bool found, sound;
} Adding;

static void add_to(Adding *adding, uint32_t number) {
    Owner *owner = &adding->bulk->owners.items[number];
    adding->found = true;
    owner->count++;
    owner->bytes += adding->text.length;
    adding->sound = adding->sound && spool_add(adding->bulk->spool, adding->text, &owner->last);
}

static void add_to_named(Adding *adding, const Json *reference) {
    const Json *text = fhir_member(reference, SYMBOL_REFERENCE);
    Str id = text == NULL || text->kind != JSON_STRING ? STR("")
                                                       : record_patient_id(json_text(text));
    if (id.length == 0) return;
    Str name = str_format(adding->bulk->scratch, "Patient/%.*s", STR_ARGS(id));
    add_to(adding, add_owner(adding->bulk, name));
}

/* Adds to all whom the references at the path name; lists are gone through. */
static void add_by_path(Adding *adding, const Json *json, const uint16_t *path, uint32_t step) {
    if (json == NULL) return;
    if (json->kind == JSON_ARRAY) {
        for (uint32_t i = 0; i < json->count; i++)
            add_by_path(adding, &json->items[i], path, step);
    } else if (json->kind == JSON_OBJECT && step < PATH_STEPS && path[step] != 0) {
        add_by_path(adding, fhir_member(json, path[step]), path, step + 1);
    } else if (json->kind == JSON_OBJECT) {
        add_to_named(adding, json);
    }
}

static bool is_of_patients(ModelType type) {
    for (uint32_t i = 0; i < fhir_patient_compartment_count; i++)
        if (fhir_patient_compartment[i].type == type) return true;
    return false;
}

static void add_to_patients(Adding *adding, const Json *resource, ModelType type) {
    static const uint16_t subjects[][PATH_STEPS] = { { SYMBOL_SUBJECT }, { SYMBOL_PATIENT } };
    for (size_t i = 0; i < 2 && !adding->found; i++)
        if (record_in_compartment_by(type, subjects[i][0]))
            add_by_path(adding, resource, subjects[i], 0);
    for (uint32_t i = 0; i < fhir_patient_compartment_count && !adding->found; i++)
        if (fhir_patient_compartment[i].type == type)
            add_by_path(adding, resource, fhir_patient_compartment[i].path, 0);
}

static void add_own(Adding *adding, const Json *resource, bool patient, Str file, uint32_t line) {
    Bulk *bulk = adding->bulk;
    uint32_t number = add_owner(bulk, record_reference(bulk->scratch, resource));
    Owner *owner = &bulk->owners.items[number];
    if (!owner->there) {
        owner->file = add_file(bulk, file);
        owner->line = line;
        owner->there = true;
        if (patient) vec_push(bulk->arena, &bulk->patients, number);
        else bulk->shared_count++;
    }
    add_to(adding, number);
}

static bool add(Bulk *bulk, Str file, uint32_t line, Str text, Diagnostic *error) {
    const Json *json = json_parse(bulk->reader, bulk->scratch, text, fhir_symbol, error);
    if (json == NULL) {
        error->file = file;
        error->span.line += line - 1;
        return false;
    }
    Value node = json->kind == JSON_OBJECT ? fhir_resource(json) : value_null();
    if (value_is_null(node))
        return fail(bulk, file, line, "not-a-resource", STR("this is no resource of FHIR R4"),
                    "give a resource a line, each with its resourceType", error);
    Adding adding = { .bulk = bulk, .text = text, .sound = true };
    if (node.aux == CLASS_Patient || !is_of_patients((ModelType)node.aux))
        add_own(&adding, json, node.aux == CLASS_Patient, file, line);
    else add_to_patients(&adding, json, (ModelType)node.aux);
    if (!adding.found) bulk->of_no_one++;
    return adding.sound || fail_spool(bulk, file, line, error);
}

static bool fail_too_large(Bulk *bulk, Str file, uint32_t line, Diagnostic *error) {
    Str message = str_format(bulk->messages, "the record is longer than %zu bytes and is skipped",
                             bulk->max_record);
    return fail(bulk, file, line, "record-too-large", message,
                "raise the limit with --max-record, or split the record", error);
}

bool bulk_add(Bulk *bulk, Str file, uint32_t line, Str text, Diagnostic *error) {
    arena_reset(bulk->scratch);
    arena_reset(bulk->messages);
    if (setjmp(*arena_guard(bulk->scratch))) return fail_too_large(bulk, file, line, error);
    bool sound = add(bulk, file, line, text, error);
    arena_unguard(bulk->scratch);
    return sound;
}

/* ---- records ---- */

typedef struct Gathering {
    Bulk *bulk;
    Buffer out;
    VEC(uint32_t) shared; /* owners that were added already */
} Gathering;

static bool add_pieces(Gathering *g, const Owner *owner) {
    Arena *arena = g->bulk->scratch;
    Str *pieces = arena_array(arena, owner->count, sizeof *pieces);
    uint64_t place = owner->last;
    for (uint32_t i = owner->count; i-- > 0;)
        if (!spool_read(g->bulk->spool, arena, place, &pieces[i], &place)) return false;
    for (uint32_t i = 0; i < owner->count; i++) {
        if (g->out.data[g->out.length - 1] != '[') buffer_add_char(&g->out, ',');
        buffer_add_text(&g->out, "{\"resource\":");
        buffer_add(&g->out, pieces[i]);
        buffer_add_char(&g->out, '}');
    }
    return true;
}

/* The text of the next "reference" at or after *at; false: there is none. */
static bool next_reference(Str text, size_t *at, Str *reference) {
    static const char key[] = "\"reference\"";
    for (size_t i = *at; i + sizeof key < text.length; i++) {
        const char *quote = memchr(text.data + i, '"', text.length - i);
        if (quote == NULL) return false;
        i = (size_t)(quote - text.data);
        if (text.length - i < sizeof key || memcmp(quote, key, sizeof key - 1) != 0) continue;
        i += sizeof key - 1;
        while (i < text.length && strchr(" \t\r\n:", text.data[i]) != NULL) i++;
        if (i >= text.length || text.data[i] != '"') continue;
        const char *end = memchr(text.data + i + 1, '"', text.length - i - 1);
        if (end == NULL) return false;
        *at = (size_t)(end - text.data) + 1;
        *reference = str_slice(text, i + 1, *at - 1);
        return true;
    }
    return false;
}

static bool is_added(const Gathering *g, uint32_t owner) {
    for (size_t i = 0; i < g->shared.count; i++)
        if (g->shared.items[i] == owner) return true;
    return false;
}

/* Adds the shared resources that the record refers to, and those that they refer to. */
static bool add_shared(Gathering *g) {
    Bulk *bulk = g->bulk;
    size_t at = 0;
    Str reference;
    while (bulk->shared_count != 0 && g->out.length <= bulk->max_record &&
           next_reference(buffer_str(&g->out), &at, &reference)) {
        uint32_t slot = *slot_of(bulk, reference);
        if (slot == 0 || is_added(g, slot - 1)) continue;
        const Owner *owner = &bulk->owners.items[slot - 1];
        if (str_starts_with(owner->reference, STR("Patient/"))) continue;
        vec_push(bulk->scratch, &g->shared, slot - 1);
        if (!add_pieces(g, owner)) return false;
    }
    return true;
}

static bool gather(Gathering *g, const Owner *patient) {
    g->out = buffer_new(g->bulk->scratch);
    buffer_add_text(&g->out, "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[");
    if (!add_pieces(g, patient) || !add_shared(g)) return false;
    buffer_add_text(&g->out, "]}");
    return true;
}

static int give(Bulk *bulk, const Owner *patient, Str *text, Diagnostic *error) {
    Gathering g = { .bulk = bulk };
    Str file = bulk->files.items[patient->file];
    if (patient->bytes <= bulk->max_record) {
        if (!gather(&g, patient)) return fail_spool(bulk, file, patient->line, error), -1;
        *text = buffer_str(&g.out);
        if (text->length <= bulk->max_record) return 1;
    }
    return fail_too_large(bulk, file, patient->line, error), -1;
}

int bulk_next(Bulk *bulk, Str *text, Str *file, uint32_t *line, Diagnostic *error) {
    arena_reset(bulk->scratch);
    arena_reset(bulk->messages);
    if (bulk->given == bulk->patients.count) return 0;
    const Owner *patient = &bulk->owners.items[bulk->patients.items[bulk->given++]];
    *file = bulk->files.items[patient->file];
    *line = patient->line;
    if (setjmp(*arena_guard(bulk->scratch)))
        return fail_too_large(bulk, *file, *line, error), -1;
    int outcome = give(bulk, patient, text, error);
    arena_unguard(bulk->scratch);
    return outcome;
}

uint32_t bulk_patient_count(const Bulk *bulk) { return (uint32_t)bulk->patients.count; }
uint32_t bulk_given_count(const Bulk *bulk) { return bulk->given; }

uint32_t bulk_left_out_count(const Bulk *bulk) {
    uint32_t count = bulk->of_no_one;
    for (size_t i = 0; i < bulk->owners.count; i++)
        if (!bulk->owners.items[i].there) count += bulk->owners.items[i].count;
    return count;
}
