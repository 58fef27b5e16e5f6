/* plan_json_pieces.c - members that many objects of the plan's JSON have. */
#include "reason/plan_json_parts.h"
#include "reason/value_form.h"

void plan_json_value(JsonWriter *w, const Plan *plan, const char *key, Value value) {
    json_write_key(w, key);
    value_write_json(w, plan->eval, value);
}

void reasons_write_json(JsonWriter *w, const char *key, Reasons reasons) {
    json_write_key(w, key);
    json_begin_array(w);
    for (uint32_t i = 0; i < reasons.count; i++) {
        json_begin_object(w);
        json_write_member(w, "text", reasons.items[i].text);
        str_list_write_json(w, "evidence", reasons.items[i].evidence);
        json_end_object(w);
    }
    json_end_array(w);
}

void plan_json_sources(JsonWriter *w, const Citation *const *items, uint32_t count) {
    json_write_key(w, "sources");
    json_begin_array(w);
    for (uint32_t i = 0; i < count; i++) {
        json_begin_object(w);
        json_write_member(w, "cite", items[i]->cite);
        json_write_member_or_null(w, "doi", items[i]->doi);
        if (items[i]->doi.length == 0 && items[i]->url.length != 0)
            json_write_member(w, "url", items[i]->url);
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
