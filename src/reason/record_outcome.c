/* record_outcome.c - a record's error as a FHIR OperationOutcome. */
#include "json/json.h"
#include "reason/apply.h"

void record_error_write_fhir(const RecordError *error, Buffer *out) {
    const Diagnostic *d = &error->diagnostic;
    Str hint = d->hint.length == 0 ? d->message
                                   : str_format(out->arena, "%.*s: %.*s", STR_ARGS(d->message), STR_ARGS(d->hint));
    JsonWriter w = json_writer(out);
    json_begin_object(&w);
    json_write_member(&w, "resourceType", STR("OperationOutcome"));
    json_write_key(&w, "issue");
    json_begin_array(&w);
    json_begin_object(&w);
    json_write_member(&w, "severity", STR("error"));
    json_write_member(&w, "code", STR("invalid"));
    json_write_key(&w, "details");
    json_begin_object(&w);
    json_write_member(&w, "text", hint);
    json_end_object(&w);
    json_write_member(&w, "diagnostics",
                 str_format(out->arena, "record %u, %.*s:%u:%u, %s", error->number, STR_ARGS(d->file), d->span.line,
                            d->span.column, d->code));
    if (error->resource.length != 0) {
        json_write_key(&w, "expression");
        json_begin_array(&w);
        json_write_str(&w, error->resource);
        json_end_array(&w);
    }
    json_end_object(&w);
    json_end_array(&w);
    json_end_object(&w);
}
