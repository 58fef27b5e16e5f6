/* evaluation_write.c - results as JSON with CQL literals, as plain JSON, as CSV and as tables. */
#include "reason/evaluation.h"

#include "cql/code.h"
#include "reason/value_plain.h"
#include "value/print.h"
#include "value/time.h"

static const Define *define_of(const RecordResult *result, uint32_t i) {
    return program_define(result->evaluation->program, result->evaluation->defines[i]);
}

/* ---- JSON ---- */

static void write_key_value(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    if (value.length == 0) json_write_null(w);
    else json_write_str(w, value);
}

/* `define` NULL: the error is the record's. */
static void write_error(JsonWriter *w, const Define *define, const Diagnostic *error) {
    json_begin_object(w);
    write_key_value(w, "define", define == NULL ? STR("") : define->name);
    write_key_value(w, "code", str_from(error->code));
    write_key_value(w, "message", error->message);
    write_key_value(w, "file", error->file);
    json_write_key(w, "line");
    json_write_integer(w, error->span.line);
    json_write_key(w, "column");
    json_write_integer(w, error->span.column);
    if (error->hint.length != 0) write_key_value(w, "hint", error->hint);
    json_end_object(w);
}

static void write_errors(const RecordResult *result, JsonWriter *w) {
    json_write_key(w, "errors");
    json_begin_array(w);
    if (result->failed) write_error(w, NULL, &result->failure);
    for (uint32_t i = 0; !result->failed && i < result->evaluation->define_count; i++) {
        const DefineResult *one = &result->results[i];
        if (!one->sound) write_error(w, define_of(result, i), &one->error);
    }
    json_end_array(w);
}

/* The value's type, and the value as CQL writes it. */
static void write_literal(const RecordResult *result, uint32_t i, JsonWriter *w) {
    Buffer literal = buffer_new(w->out->arena);
    value_print(result->eval, value_unwrap(result->eval, result->results[i].value), &literal);
    json_begin_object(w);
    write_key_value(w, "type", define_of(result, i)->type);
    write_key_value(w, "cql", buffer_str(&literal));
    json_end_object(w);
}

static void write_results(const RecordResult *result, bool literals, JsonWriter *w) {
    json_write_key(w, "results");
    json_begin_object(w);
    for (uint32_t i = 0; !result->failed && i < result->evaluation->define_count; i++) {
        if (!result->results[i].sound) continue;
        json_write_key_str(w, define_of(result, i)->name);
        if (literals) write_literal(result, i, w);
        else value_write_plain(w, result->eval, result->results[i].value);
    }
    json_end_object(w);
}

static void write_explanation(const RecordResult *result, JsonWriter *w) {
    json_write_key(w, "explain");
    if (result->trace == NULL) json_write_null(w);
    else trace_write_json(result->trace, result->eval, w);
}

static Str moment_text(Arena *arena, Value moment) {
    Buffer text = buffer_new(arena);
    time_print(moment, &text);
    return buffer_str(&text);
}

static void write_head(const RecordResult *result, JsonWriter *w) {
    const Library *library = result->evaluation->program->main;
    write_key_value(w, "islet", STR("1"));
    json_write_key(w, "library");
    json_begin_object(w);
    write_key_value(w, "name", library->name);
    write_key_value(w, "version", library->version);
    json_end_object(w);
    write_key_value(w, "asOf", moment_text(w->out->arena, result->evaluation->now));
}

static void write_json(const RecordResult *result, bool literals, Buffer *out) {
    JsonWriter w = json_writer(out);
    json_begin_object(&w);
    if (literals) write_head(result, &w);
    write_key_value(&w, "record", result->record);
    if (result->evaluation->explains) write_explanation(result, &w);
    else write_results(result, literals, &w);
    write_errors(result, &w);
    json_end_object(&w);
    buffer_add_char(out, '\n');
}

/* ---- plain text ---- */

/* Without the letter that marks a Long in CQL. */
static Str plain_text(const RecordResult *result, Value value, Arena *arena) {
    Buffer text = buffer_new(arena);
    value = value_unwrap(result->eval, value);
    if (value.tag == TAG_LONG) buffer_format(&text, "%lld", (long long)value.integer);
    else value_print_plain(result->eval, value, &text);
    return buffer_str(&text);
}

/* ---- CSV, RFC 4180 ---- */

static void write_quoted_cell(Str text, Buffer *out) {
    buffer_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') buffer_add_char(out, '"');
        buffer_add_char(out, text.data[i]);
    }
    buffer_add_char(out, '"');
}

/* An empty text is quoted, which tells it from null. */
static void write_cell(Str text, Buffer *out) {
    bool quoted = text.length == 0;
    for (size_t i = 0; i < text.length && !quoted; i++) {
        char c = text.data[i];
        quoted = c == '"' || c == ',' || c == '\n' || c == '\r';
    }
    if (quoted) write_quoted_cell(text, out);
    else buffer_add(out, text);
}

static void write_csv(const RecordResult *result, Buffer *out) {
    if (result->record.length != 0) write_cell(result->record, out);
    for (uint32_t i = 0; i < result->evaluation->define_count; i++) {
        buffer_add_char(out, ',');
        if (result->failed || !result->results[i].sound) continue;
        Value value = result->results[i].value;
        if (!value_is_null(value)) write_cell(plain_text(result, value, out->arena), out);
    }
    buffer_add_text(out, "\r\n");
}

void evaluation_write_heading(const Evaluation *evaluation, Buffer *out) {
    if (evaluation->form != RESULT_CSV) return;
    buffer_add_text(out, "record");
    for (uint32_t i = 0; i < evaluation->define_count; i++) {
        buffer_add_char(out, ',');
        write_cell(program_define(evaluation->program, evaluation->defines[i])->name, out);
    }
    buffer_add_text(out, "\r\n");
}

/* ---- tables ---- */

static void write_tree(const RecordResult *result, Buffer *out) {
    if (result->record.length != 0) buffer_format(out, "%.*s\n", STR_ARGS(result->record));
    if (result->trace != NULL) trace_write_text(result->trace, result->eval, out);
}

static void write_table(const RecordResult *result, Buffer *out) {
    const char *margin = result->item == NULL ? "" : "  ";
    if (result->item != NULL && !result->failed)
        buffer_format(out, "%.*s\n", STR_ARGS(result->record));
    for (uint32_t i = 0; !result->failed && i < result->evaluation->define_count; i++) {
        const DefineResult *one = &result->results[i];
        Str name = define_of(result, i)->name;
        buffer_format(out, "%s%.*s", margin, STR_ARGS(name));
        for (size_t k = name.length; k < result->evaluation->width + 2; k++)
            buffer_add_char(out, ' ');
        if (one->sound) buffer_add(out, plain_text(result, one->value, out->arena));
        else buffer_format(out, "error: %.*s", STR_ARGS(one->error.message));
        buffer_add_char(out, '\n');
    }
}

void result_write(const RecordResult *result, Buffer *out) {
    switch (result->evaluation->form) {
        case RESULT_JSON: write_json(result, true, out); break;
        case RESULT_NDJSON: write_json(result, false, out); break;
        case RESULT_CSV: write_csv(result, out); break;
        case RESULT_TABLE:
            if (result->evaluation->explains) write_tree(result, out);
            else write_table(result, out);
            break;
    }
}

/* ---- errors for people ---- */

static void write_failure(const RecordResult *result, Buffer *out) {
    const Diagnostic *d = &result->failure;
    buffer_format(out, "%.*s:%u:%u: error: ", STR_ARGS(d->file), d->span.line, d->span.column);
    if (result->resource.length != 0) buffer_format(out, "%.*s: ", STR_ARGS(result->resource));
    buffer_format(out, "%.*s [%s]\n", STR_ARGS(d->message), d->code);
    if (d->hint.length != 0) buffer_format(out, "    %.*s\n", STR_ARGS(d->hint));
}

/* Where in the records, then where in the library. */
static void write_define_error(const RecordResult *result, uint32_t i, Buffer *out) {
    const Diagnostic *d = &result->results[i].error;
    const FeedItem *item = result->item;
    Str name = define_of(result, i)->name;
    Str place = str_format(out->arena, "%.*s:%u:%u", STR_ARGS(d->file), d->span.line,
                           d->span.column);
    if (item == NULL)
        buffer_format(out, "%.*s: error: \"%.*s\": %.*s [%s]\n", STR_ARGS(place), STR_ARGS(name),
                      STR_ARGS(d->message), d->code);
    else
        buffer_format(out, "%.*s:%u: error: %.*s: \"%.*s\": %.*s [%s] (%.*s)\n",
                      STR_ARGS(item->file), item->line, STR_ARGS(result->record), STR_ARGS(name),
                      STR_ARGS(d->message), d->code, STR_ARGS(place));
    if (d->hint.length != 0) buffer_format(out, "    %.*s\n", STR_ARGS(d->hint));
}

void result_write_errors(const RecordResult *result, Buffer *out) {
    if (result->failed) write_failure(result, out);
    for (uint32_t i = 0; !result->failed && i < result->evaluation->define_count; i++)
        if (!result->results[i].sound) write_define_error(result, i, out);
}
