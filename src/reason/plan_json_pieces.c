/* plan_json_pieces.c - members that many objects of the plan's JSON have. */
#include "reason/plan_json_parts.h"
#include "reason/value_form.h"

void plan_json_str(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    json_write_str(w, value);
}

void plan_json_optional(JsonWriter *w, const char *key, Str value) {
    json_write_key(w, key);
    if (value.length == 0) json_write_null(w);
    else json_write_str(w, value);
}

void plan_json_flag(JsonWriter *w, const char *key, bool value) {
    json_write_key(w, key);
    json_write_boolean(w, value);
}

void plan_json_value(JsonWriter *w, const Plan *plan, const char *key, Value value) {
    json_write_key(w, key);
    value_write_json(w, plan->eval, value);
}

void plan_json_list(JsonWriter *w, const char *key, StrList list) {
    json_write_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < list.count; i++) json_write_str(w, list.items[i]);
    json_end_array(w);
}

void plan_json_reasons(JsonWriter *w, const char *key, Reasons reasons) {
    json_write_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < reasons.count; i++) {
        json_begin_object(w);
        plan_json_str(w, "text", reasons.items[i].text);
        plan_json_list(w, "evidence", reasons.items[i].evidence);
        json_end_object(w);
    }
    json_end_array(w);
}

void plan_json_sources(JsonWriter *w, const Citation *const *items, uint32_t count) {
    json_write_key(w, "sources");
    json_begin_array(w);
    for (uint32_t i = 0; i < count; i++) {
        json_begin_object(w);
        plan_json_str(w, "cite", items[i]->cite);
        plan_json_optional(w, "doi", items[i]->doi);
        if (items[i]->doi.length == 0 && items[i]->url.length != 0)
            plan_json_str(w, "url", items[i]->url);
        json_end_object(w);
    }
    json_end_array(w);
}

void plan_json_fields(JsonWriter *w, const Plan *plan, const Field *fields, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        json_write_key_str(w, fields[i].name);
        value_write_json(w, plan->eval, fields[i].value);
    }
}
