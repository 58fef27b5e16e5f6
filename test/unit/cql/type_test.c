/* type_test.c - types are interned, named as CQL writes them, and know their subtypes. */
#include "cql/type.h"

#include "check.h"
#include "clinic_model.h"

static Arena *arena;
static Types *types;

static const Type *type_of(const char *text) { return type_from_text(types, str_from(text)); }

static Str name_of(const Type *type) { return type_name(types, arena, type); }

static const Type *class_of(ModelType class) { return type_class(types, class); }

static const Type *tuple_of(const char *first, const Type *a, const char *second, const Type *b) {
    const Str names[] = { str_from(first), str_from(second) };
    const Type *const parts[] = { a, b };
    return type_tuple(types, 2, names, parts);
}

static const Type *choice_of(const Type *a, const Type *b) {
    const Type *const parts[] = { a, b };
    return type_choice(types, 2, parts);
}

static bool is_subtype(const Type *type, const Type *super) {
    return type_is_subtype(types, type, super);
}

static void equal_types_are_one(void) {
    const Type *integer = type_of("Integer"), *string = type_of("String");
    CHECK(type_of("List<Interval<Integer>>") == type_list(types, type_interval(types, integer)));
    CHECK(type_of("List<Integer>") != type_of("List<String>"));
    CHECK(type_of("List<Integer>") != type_of("Interval<Integer>"));
    CHECK(tuple_of("a", integer, "b", string) == tuple_of("b", string, "a", integer));
    CHECK(tuple_of("a", integer, "b", string) != tuple_of("a", integer, "c", string));
    CHECK(choice_of(integer, string) == choice_of(string, integer));
    CHECK(choice_of(integer, integer) == integer);
    CHECK(choice_of(choice_of(integer, string), string) == choice_of(integer, string));
    CHECK(type_class(types, MODEL_SYSTEM + TAG_INTEGER) == integer);
    CHECK(class_of(CLINIC_RESULT) != class_of(CLINIC_STAY));
}

static void many_types_stay_apart(void) {
    const Type *type = type_of("Integer"), *seen[600];
    for (int i = 0; i < 600; i++) type = seen[i] = type_list(types, type);
    type = type_of("Integer");
    for (int i = 0; i < 600; i++) {
        type = type_list(types, type);
        if (type != seen[i]) break;
    }
    CHECK(type == seen[599]);
}

static void types_read_as_cql_writes_them(void) {
    const Type *integer = type_of("Integer");
    CHECK_STR(name_of(type_of("Interval<System.DateTime>")), "Interval<DateTime>");
    CHECK_STR(name_of(type_list(types, class_of(CLINIC_RESULT))), "List<Clinic.Result>");
    CHECK_STR(name_of(tuple_of("b", integer, "a", type_of("String"))),
              "Tuple{a String, b Integer}");
    CHECK_STR(name_of(choice_of(type_of("String"), integer)), "Choice<Integer, String>");
    CHECK_STR(name_of(type_any(types)), "Any");
    CHECK(type_of("Integr") == NULL);
    CHECK(type_of("List<>") == NULL);
    CHECK(type_of("List<Integer") == NULL);
}

/* A tuple of two tuples of two tuples ... names and compares in no time. */
static void nested_tuples_stay_small(void) {
    const Type *one = type_of("Integer"), *other = type_of("Decimal");
    for (int i = 0; i < 100; i++) {
        one = tuple_of("a", one, "b", one);
        other = tuple_of("a", other, "b", other);
    }
    CHECK(name_of(one).length < 1000);
    CHECK(!is_subtype(one, other));
    CHECK(is_subtype(one, one));
}

static void subtypes(void) {
    const Type *integer = type_of("Integer"), *string = type_of("String");
    const Type *choice = choice_of(integer, string);
    CHECK(is_subtype(integer, type_any(types)));
    CHECK(!is_subtype(integer, type_of("Decimal")));
    CHECK(is_subtype(class_of(CLINIC_token), class_of(CLINIC_text)));
    CHECK(is_subtype(class_of(CLINIC_token), class_of(CLINIC_ELEMENT)));
    CHECK(!is_subtype(class_of(CLINIC_text), class_of(CLINIC_token)));
    CHECK(is_subtype(type_list(types, class_of(CLINIC_token)),
                     type_list(types, class_of(CLINIC_text))));
    CHECK(!is_subtype(type_of("List<Integer>"), type_of("Interval<Integer>")));
    CHECK(is_subtype(integer, choice));
    CHECK(is_subtype(choice, type_any(types)));
    CHECK(!is_subtype(choice, integer));
    CHECK(!is_subtype(type_of("Decimal"), choice));
    CHECK(is_subtype(tuple_of("a", integer, "b", string), tuple_of("a", choice, "b", string)));
    CHECK(!is_subtype(tuple_of("a", integer, "b", string), tuple_of("a", integer, "c", string)));
}

static void properties_have_types(void) {
    ModelProperty property;
    CHECK(clinic_find_property(CLINIC_PERSON, STR("name"), &property));
    CHECK_STR(name_of(type_of_property(types, &property)), "List<Clinic.Name>");
    CHECK(clinic_find_property(CLINIC_PERSON, STR("dead"), &property));
    CHECK_STR(name_of(type_of_property(types, &property)), "Choice<Clinic.moment, Clinic.flag>");
}

static bool holds(const Type *type, Value value) {
    return type_holds(&clinic_model, type, value);
}

static void values_are_of_types(void) {
    const Type *integer = type_of("Integer"), *string = type_of("String");
    Value one = value_integer(1), text = value_string(STR("x"));
    Value both[] = { one, text }, with_null[] = { one, value_null() };
    Value node = { .tag = TAG_NODE, .aux = CLINIC_token };
    CHECK(holds(integer, one));
    CHECK(!holds(integer, text));
    CHECK(!holds(integer, value_null()));
    CHECK(holds(type_any(types), value_null()));
    CHECK(holds(choice_of(integer, string), text));
    CHECK(!holds(choice_of(integer, type_of("Date")), text));
    CHECK(holds(class_of(CLINIC_text), node));
    CHECK(!holds(class_of(CLINIC_day), node));
    CHECK(holds(type_of("List<Integer>"), value_list(arena, with_null, 2)));
    CHECK(!holds(type_of("List<Integer>"), value_list(arena, both, 2)));
    CHECK(holds(type_of("List<String>"), value_list(arena, NULL, 0)));
    Interval interval = { .low = one, .high = one, .low_closed = true, .high_closed = true,
                          .point = TAG_INTEGER };
    CHECK(holds(type_of("Interval<Integer>"), value_interval(arena, interval)));
    CHECK(!holds(type_of("Interval<Date>"), value_interval(arena, interval)));
    const Type *tuple = tuple_of("a", integer, "b", string);
    CHECK(holds(tuple, value_tuple(arena, tuple->shape, both)));
    CHECK(!holds(tuple_of("a", string, "b", string), value_tuple(arena, tuple->shape, both)));
}

int main(void) {
    arena = arena_new(64 << 20);
    types = types_new(arena, &clinic_model);
    RUN(equal_types_are_one);
    RUN(many_types_stay_apart);
    RUN(types_read_as_cql_writes_them);
    RUN(nested_tuples_stay_small);
    RUN(subtypes);
    RUN(properties_have_types);
    RUN(values_are_of_types);
    int status = check_report();
    arena_free(arena);
    return status;
}
