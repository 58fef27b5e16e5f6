/* primitive.c - the System value of a FHIR primitive.
 *
 * The text stays as it came until a rule reads it: an impossible date or a number past
 * CQL's range is then a run-time error that names the element.  FHIR's dateTime may be
 * partial, like CQL's. */
#include "fhir/model.h"
#include "fhir/number.h"
#include "value/time.h"

static bool read_boolean(Eval *eval, const Json *json, Value *result) {
    if (json->kind != JSON_TRUE && json->kind != JSON_FALSE)
        return fhir_fail(eval, json, "fhir-value", "must be true or false");
    *result = value_boolean(json->kind == JSON_TRUE);
    return true;
}

static bool read_number(Eval *eval, const Json *json, Tag tag, Value *result) {
    if (json->kind != JSON_NUMBER) return fhir_fail(eval, json, "fhir-value", "must be a number");
    Str text = json_text(json);
    NumberStatus status = tag == TAG_DECIMAL ? number_to_decimal(eval->arena, text, result)
                                             : number_to_integer(text, result);
    if (status <= NUMBER_ROUNDED) return true;
    Str shown = str_slice(text, 0, 40);
    if (status == NUMBER_OUTSIDE)
        return fhir_fail(eval, json, "fhir-number", "is %.*s%s, outside what %s holds",
                         STR_ARGS(shown), shown.length < text.length ? "..." : "",
                         tag == TAG_DECIMAL ? "a Decimal (20 digits before the point)"
                                            : "an Integer (32 bits)");
    return fhir_fail(eval, json, "fhir-number", "is %.*s, but must be a whole number",
                     STR_ARGS(shown));
}

static bool read_time(Eval *eval, const Json *json, Tag tag, Value *result) {
    static const char *const names[] = { [TAG_DATE] = "date", [TAG_DATETIME] = "date-time",
                                         [TAG_TIME] = "time of day" };
    Str text = json_text(json);
    bool valid = tag == TAG_DATE     ? time_parse_date(text, result)
                 : tag == TAG_TIME   ? time_parse_time(text, result)
                                     : time_parse_datetime(text, eval->offset, result);
    if (valid) return true;
    Str shown = str_slice(text, 0, 40);
    return fhir_fail(eval, json, "fhir-date", "is \"%.*s\", which is no %s", STR_ARGS(shown),
                     names[tag]);
}

bool fhir_primitive_value(Eval *eval, Value node, Value *result) {
    const Json *json = fhir_node_json(node);
    Tag tag = (Tag)fhir_classes[node.aux].value_tag;
    *result = value_null();
    if (json == NULL || json->kind == JSON_NULL) return true;
    if (tag == TAG_BOOLEAN) return read_boolean(eval, json, result);
    if (tag == TAG_INTEGER || tag == TAG_DECIMAL) return read_number(eval, json, tag, result);
    if (json->kind != JSON_STRING) return fhir_fail(eval, json, "fhir-value", "must be a string");
    if (tag != TAG_STRING) return read_time(eval, json, tag, result);
    *result = value_string(json_text(json));
    return true;
}
