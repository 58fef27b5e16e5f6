/* check_record_print.c - the check of a record as JSON and for people. */
#include "reason/check_record.h"
#include "reason/paragraph.h"
#include "reason/value_form.h"

/* ---- JSON ---- */

static void write_resource(JsonWriter *w, Eval *eval, const CheckedResource *resource) {
    json_begin_object(w);
    json_write_member_or_null(w, "resource", resource->reference);
    json_write_member_or_null(w, "label", resource->label);
    json_write_member_boolean(w, "used", resource->used);
    json_write_key(w, "facts");
    json_begin_array(w);
    for (uint32_t i = 0; i < resource->fact_count; i++) {
        const CheckedFact *fact = &resource->facts[i];
        json_begin_object(w);
        json_write_member_or_null(w, "fact", fact->fact->code);
        json_write_member_or_null(w, "text", fact->text);
        json_write_key(w, "value");
        value_write_json(w, eval, fact->value);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

static void write_warning(JsonWriter *w, const RecordWarning *warning) {
    json_begin_object(w);
    json_write_member_or_null(w, "severity", STR("warning"));
    json_write_member_or_null(w, "code", str_from(warning->code));
    json_write_member_or_null(w, "resource", warning->resource);
    json_write_member_or_null(w, "message", warning->message);
    json_write_member_or_null(w, "hint", warning->hint);
    json_end_object(w);
}

void record_check_write_json(const RecordCheck *check, Buffer *out) {
    JsonWriter writer = json_writer(out), *w = &writer;
    Eval eval = *check->eval;
    eval.arena = out->arena;
    json_begin_object(w);
    json_write_member_or_null(w, "islet", STR("1"));
    json_write_member_integer(w, "record", check->number);
    json_write_key(w, "guideline");
    json_begin_object(w);
    json_write_member_or_null(w, "name", check->guideline->name);
    json_write_member_or_null(w, "version", check->guideline->version);
    json_end_object(w);
    json_write_key(w, "asOf");
    value_write_json(w, &eval, check->as_of);
    json_write_member_or_null(w, "patient", check->patient);
    json_write_key(w, "resources");
    json_begin_array(w);
    for (uint32_t i = 0; i < check->resource_count; i++)
        write_resource(w, &eval, &check->resources[i]);
    json_end_array(w);
    json_write_key(w, "warnings");
    json_begin_array(w);
    for (uint32_t i = 0; i < check->warning_count; i++) write_warning(w, &check->warnings[i]);
    json_end_array(w);
    json_end_object(w);
}

/* ---- for people ---- */

static void print_resource(Page *page, Arena *arena, const CheckedResource *resource) {
    Str title = str_format(arena, "%.*s  %.*s", STR_ARGS(resource->reference),
                           STR_ARGS(resource->label));
    page_paragraph(page, resource->used ? TONE_PLAIN : TONE_CARE, resource->used ? "  " : "? ",
                   title);
    for (uint32_t i = 0; i < resource->fact_count; i++)
        page_paragraph(page, TONE_GOOD, "      ", resource->facts[i].text);
}

static void print_warning(Page *page, Arena *arena, const RecordWarning *warning) {
    Str text = str_format(arena, "%.*s: %.*s [%s]", STR_ARGS(warning->resource),
                          STR_ARGS(warning->message), warning->code);
    page_paragraph(page, TONE_CARE, "  - ", text);
    if (warning->hint.length != 0) page_paragraph(page, TONE_FAINT, "    ", warning->hint);
}

void record_check_write_text(const RecordCheck *check, uint32_t width, bool colour, Buffer *out) {
    Page page = { out, width, colour };
    Arena *arena = out->arena;
    uint32_t used = 0;
    for (uint32_t i = 0; i < check->resource_count; i++) used += check->resources[i].used;
    page_begin_tone(&page, TONE_STRONG);
    buffer_format(out, "%.*s", STR_ARGS(check->patient));
    page_end_tone(&page, TONE_STRONG);
    buffer_format(out, "  read by the guideline %.*s %.*s\n", STR_ARGS(check->guideline->name),
                  STR_ARGS(check->guideline->version));
    page_heading(&page, "What was understood");
    for (uint32_t i = 0; i < check->resource_count; i++)
        print_resource(&page, arena, &check->resources[i]);
    if (check->warning_count != 0) page_heading(&page, "What to look at");
    for (uint32_t i = 0; i < check->warning_count; i++)
        print_warning(&page, arena, &check->warnings[i]);
    buffer_format(out, "\n%u of %u resources used, %u warning%s\n", used, check->resource_count,
                  check->warning_count, check->warning_count == 1 ? "" : "s");
}
