/* check_conversion.c - which type becomes which, at what cost, and the conversions in the tree.
 *
 * A plan is one or two conversions, one after the other.  Implicit ones are those of the
 * CQL reference between System types and those of the model's helpers; lists and intervals
 * are converted part by part, choices alternative by alternative.  Plans are remembered. */
#include <string.h>

#include "cql/check_state.h"

static const Plan no_way = { .cost = COST_NONE };

/* ---- implicit conversions of one type ---- */

static const struct { const char *from, *to, *name; uint32_t cost; } of_system[] = {
    { "Integer", "Long", "ToLong", COST_SIMPLE },
    { "Integer", "Decimal", "ToDecimal", COST_SIMPLE },
    { "Integer", "Quantity", "ToQuantity", COST_CLASS },
    { "Long", "Decimal", "ToDecimal", COST_SIMPLE },
    { "Long", "Quantity", "ToQuantity", COST_CLASS },
    { "Decimal", "Quantity", "ToQuantity", COST_CLASS },
    { "Date", "DateTime", "ToDateTime", COST_SIMPLE },
    { "Code", "Concept", "ToConcept", COST_CLASS },
    { "ValueSet", "List<Code>", "ExpandValueSet", COST_CLASS },
};

typedef VEC(ImplicitConversion) ImplicitVec;

static bool has_target(const ImplicitVec *found, const Type *to) {
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].to == to) return true;
    return false;
}

static uint32_t cost_of(const Type *to) {
    if (to->kind != TYPE_SYSTEM || to->tag >= TAG_QUANTITY) return COST_CLASS;
    return COST_SIMPLE;
}

static void add_of_system(Check *c, const Type *from, ImplicitVec *found) {
    for (size_t i = 0; i < sizeof of_system / sizeof *of_system; i++) {
        if (type_from_text(c->types, str_from(of_system[i].from)) != from) continue;
        const Signature *s =
            overloads_find_unary(c->rules->overloads, str_from(of_system[i].name), from);
        if (s == NULL) continue;
        ImplicitConversion conversion = { s->result, s->overload->function, of_system[i].cost };
        vec_push(c->arena, found, conversion);
    }
}

static void add_of_model(Check *c, const Type *from, ImplicitVec *found) {
    for (ModelType class = from->class; class != MODEL_NO_TYPE; class = c->model->base(class))
        for (uint32_t i = 0; i < c->model->conversion_count; i++) {
            const ModelConversion *row = &c->model->conversions[i];
            const Type *to = c->rules->helpers[i].result;
            if (row->from != class || row->only_called || has_target(found, to)) continue;
            ImplicitConversion conversion = { to, row->convert, cost_of(to) };
            vec_push(c->arena, found, conversion);
        }
}

ImplicitConversions conversion_implicit(Check *c, const Type *from) {
    Rules *rules = c->rules;
    if (from->kind != TYPE_SYSTEM && from->kind != TYPE_CLASS) return (ImplicitConversions){ 0 };
    for (size_t i = 0; i < rules->implicit.count; i++)
        if (rules->implicit.items[i].from == from) return rules->implicit.items[i].conversions;
    ImplicitVec found = { 0 };
    if (from->kind == TYPE_SYSTEM) add_of_system(c, from, &found);
    else add_of_model(c, from, &found);
    ImplicitSlot slot = { from, { (uint32_t)found.count, found.items } };
    vec_push(c->arena, &rules->implicit, slot);
    return slot.conversions;
}

/* ---- plans ---- */

static const Conversion *conversion_new(Check *c, Conversion conversion) {
    return arena_copy(c->arena, &conversion, sizeof conversion);
}

static const Conversion *of_operator(Check *c, const Type *from, const ImplicitConversion *step) {
    return conversion_new(c, (Conversion){ .kind = CONVERT_OPERATOR, .from = from, .to = step->to,
                                           .function = step->function });
}

static Plan as_it_is(Check *c, const Type *from, const Type *to, uint32_t cost) {
    Conversion as = { .kind = CONVERT_AS, .from = from, .to = to };
    return (Plan){ .cost = cost, .first = conversion_new(c, as) };
}

static Plan plan_implicit(Check *c, const Type *from, const Type *to) {
    ImplicitConversions steps = conversion_implicit(c, from);
    for (uint32_t i = 0; i < steps.count; i++)
        if (steps.items[i].to == to)
            return (Plan){ .cost = steps.items[i].cost,
                           .first = of_operator(c, from, &steps.items[i]) };
    if (from->kind != TYPE_CLASS) return no_way;
    for (uint32_t i = 0; i < steps.count; i++) {
        if (steps.items[i].to->kind == TYPE_CLASS) continue;
        Plan rest = conversion_plan(c, steps.items[i].to, to);
        if (rest.cost >= COST_NONE || rest.second != NULL) continue;
        return (Plan){ .cost = COST_CHAIN, .first = of_operator(c, from, &steps.items[i]),
                       .second = rest.first };
    }
    return no_way;
}

static const Conversion *of_parts(Check *c, const Type *from, const Type *to,
                                  const Conversion *part) {
    if (part == NULL) return NULL;
    return conversion_new(c, (Conversion){
        .kind = from->kind == TYPE_LIST ? CONVERT_LIST : CONVERT_INTERVAL,
        .from = from, .to = to, .part = part });
}

static Plan plan_parts(Check *c, const Type *from, const Type *to) {
    Plan part = conversion_plan(c, from->element, to->element);
    if (part.cost >= COST_NONE) return no_way;
    const Type *between = to;
    if (part.second != NULL)
        between = from->kind == TYPE_LIST ? type_list(c->types, part.first->to)
                                          : type_interval(c->types, part.first->to);
    part.first = of_parts(c, from, between, part.first);
    part.second = of_parts(c, between, to, part.second);
    return part;
}

/* Tuples of the same names whose values stay as they are: nulls where types differ. */
static Plan plan_tuple(Check *c, const Type *from, const Type *to) {
    if (from->count != to->count) return no_way;
    for (uint32_t i = 0; i < from->count; i++) {
        if (!str_equal(from->shape->names[i], to->shape->names[i])) return no_way;
        Plan part = conversion_plan(c, from->parts[i], to->parts[i]);
        if (part.cost > COST_COMPATIBLE) return no_way;
    }
    return as_it_is(c, from, to, COST_COMPATIBLE);
}

static const Conversion *alternative(Check *c, const Type *from, const Type *to, Plan plan) {
    if (plan.first != NULL) return plan.first;
    return conversion_new(c, (Conversion){ .kind = CONVERT_AS, .from = from, .to = to });
}

static Plan plan_from_choice(Check *c, const Type *from, const Type *to) {
    const Conversion **parts = arena_array(c->arena, from->count, sizeof *parts);
    uint32_t count = 0, least = COST_NONE;
    bool converted = false;
    for (uint32_t i = 0; i < from->count; i++) {
        Plan plan = conversion_plan(c, from->parts[i], to);
        if (plan.cost >= COST_NONE || plan.second != NULL) continue;
        converted = converted || plan.first != NULL;
        parts[count++] = alternative(c, from->parts[i], from->parts[i], plan);
        if (plan.cost < least) least = plan.cost;
    }
    if (count == 0) return no_way;
    if (!converted) return as_it_is(c, from, to, COST_CAST);
    Conversion choice = { .kind = CONVERT_CHOICE, .from = from, .to = to, .count = count,
                          .parts = parts };
    return (Plan){ .cost = COST_CAST + least, .first = conversion_new(c, choice) };
}

static Plan plan_to_choice(Check *c, const Type *from, const Type *to) {
    Plan best = no_way;
    for (uint32_t i = 0; i < to->count; i++) {
        Plan plan = conversion_plan(c, from, to->parts[i]);
        if (plan.cost < best.cost) best = plan;
    }
    if (best.cost < COST_NONE) best.cost += COST_CAST;
    return best;
}

static Plan plan_anew(Check *c, const Type *from, const Type *to) {
    if (from->kind == TYPE_ANY) return as_it_is(c, from, to, COST_COMPATIBLE);
    if (from->kind == TYPE_CHOICE) return plan_from_choice(c, from, to);
    if (to->kind == TYPE_CHOICE) return plan_to_choice(c, from, to);
    if (from->kind == to->kind) {
        if (from->kind == TYPE_LIST || from->kind == TYPE_INTERVAL) return plan_parts(c, from, to);
        if (from->kind == TYPE_TUPLE) return plan_tuple(c, from, to);
    }
    if (from->kind == TYPE_SYSTEM || from->kind == TYPE_CLASS) return plan_implicit(c, from, to);
    return no_way;
}

static PlanSlot *plan_slot(const Rules *rules, const Type *from, const Type *to) {
    size_t mask = rules->plans.capacity - 1;
    size_t at = (from->number * 0x9E3779B1u ^ to->number * 0x85EBCA6Bu) & mask;
    while (rules->plans.items[at].from != NULL &&
           (rules->plans.items[at].from != from || rules->plans.items[at].to != to))
        at = (at + 1) & mask;
    return &rules->plans.items[at];
}

static void remember(Check *c, const Type *from, const Type *to, Plan plan) {
    Rules *rules = c->rules;
    if (rules->plans.count * 2 >= rules->plans.capacity) {
        Rules old = *rules;
        rules->plans.capacity = old.plans.capacity == 0 ? 256 : old.plans.capacity * 2;
        rules->plans.items = arena_array(c->arena, rules->plans.capacity, sizeof(PlanSlot));
        for (size_t i = 0; i < old.plans.capacity; i++) {
            const PlanSlot *slot = &old.plans.items[i];
            if (slot->from != NULL) *plan_slot(rules, slot->from, slot->to) = *slot;
        }
    }
    *plan_slot(rules, from, to) = (PlanSlot){ from, to, plan };
    rules->plans.count++;
}

Plan conversion_plan(Check *c, const Type *from, const Type *to) {
    if (from == to || from->kind == TYPE_ERROR || to->kind == TYPE_ERROR)
        return (Plan){ .cost = COST_EXACT };
    if (to->kind == TYPE_ANY) return (Plan){ .cost = COST_SUBTYPE };
    if (c->rules->plans.capacity != 0) {
        const PlanSlot *slot = plan_slot(c->rules, from, to);
        if (slot->from != NULL) return slot->plan;
    }
    Plan plan = { .cost = COST_SUBTYPE };
    if (!type_is_subtype(c->types, from, to)) plan = plan_anew(c, from, to);
    remember(c, from, to, plan);
    return plan;
}

/* ---- in the tree ---- */

static void wrap(Check *c, Ast **place, const Conversion *conversion) {
    if (conversion == NULL) return;
    Ast *node = node_make(c, AST_CONVERSION, (*place)->span, 1);
    node->child[0] = *place;
    node->conversion = conversion;
    node->type = conversion->to;
    *place = node;
}

static bool parts_convert(Check *c, const Ast *node, const Type *to) {
    for (uint32_t i = 0; i < node->count; i++) {
        const Type *part = to->kind == TYPE_TUPLE ? to->parts[i] : to->element;
        if (conversion_plan(c, node->child[i]->type, part).cost >= COST_NONE) return false;
    }
    return true;
}

/* Literals take the type that is wanted of them: null, and what holds null.  A list of a choice
 * may hold what is not of that type; it is converted when it is evaluated. */
static bool adapt_literal(Check *c, Ast *node, const Type *to) {
    if (node->kind == AST_NULL) {
        node->type = to;
        return true;
    }
    bool list = node->kind == AST_LIST && to->kind == TYPE_LIST;
    bool interval = node->kind == AST_INTERVAL && to->kind == TYPE_INTERVAL;
    bool tuple = node->kind == AST_TUPLE && to->kind == TYPE_TUPLE;
    if ((!list && !interval && !tuple) || !parts_convert(c, node, to)) return false;
    for (uint32_t i = 0; i < node->count; i++)
        conversion_apply(c, &node->child[i], tuple ? to->parts[i] : to->element);
    node->type = to;
    return true;
}

void conversion_apply(Check *c, Ast **place, const Type *to) {
    Plan plan = conversion_plan(c, (*place)->type, to);
    if (plan.cost >= COST_NONE || plan.first == NULL || adapt_literal(c, *place, to)) return;
    wrap(c, place, plan.first);
    wrap(c, place, plan.second);
}

bool conversion_try(Check *c, Ast **place, const Type *to) {
    if (conversion_plan(c, (*place)->type, to).cost >= COST_NONE) return false;
    conversion_apply(c, place, to);
    return true;
}

/* How an instance of a primitive class is written. */
static Str expect_hint(Check *c, const Type *wanted, const Type *found) {
    ModelProperty value;
    if (wanted->kind != TYPE_CLASS || found->kind != TYPE_SYSTEM ||
        !c->model->find_property(wanted->class, STR("value"), &value))
        return STR("");
    return str_format(c->arena, "write %s { value: ... }", check_type_text(c, wanted));
}

bool check_expect(Check *c, Ast **place, const Type *type, const char *what) {
    if (conversion_try(c, place, type)) return true;
    const char *wanted = check_type_text(c, type), *found = check_type_text(c, (*place)->type);
    check_report(c, (*place)->span, "type-mismatch",
                 str_format(c->arena, "%s must be %s, not %s", what, wanted, found),
                 expect_hint(c, type, (*place)->type));
    return false;
}

bool check_expect_boolean(Check *c, Ast **place, const char *what) {
    return check_expect(c, place, type_system(c->types, TAG_BOOLEAN), what);
}

/* ---- common types ---- */

static uint32_t cost_to(Check *c, uint32_t count, const Type *const *types, const Type *to) {
    uint32_t cost = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t one = conversion_plan(c, types[i], to).cost;
        if (one >= COST_NONE) return COST_NONE;
        cost += one;
    }
    return cost;
}

const Type *conversion_common(Check *c, uint32_t count, const Type *const *types, bool choice) {
    const Type *best = NULL, *last = NULL;
    uint32_t least = COST_NONE, tried = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (types[i]->kind == TYPE_ERROR) return types[i];
        if (types[i]->kind == TYPE_ANY || types[i] == last || tried >= 16) continue;
        last = types[i];
        uint32_t cost = cost_to(c, count, types, types[i]);
        tried++;
        if (cost < least) {
            least = cost;
            best = types[i];
        }
    }
    if (best != NULL) return best;
    if (last == NULL) return type_any(c->types);
    return choice ? type_choice(c->types, count, types) : NULL;
}

const Type *conversion_system(Check *c, const Type *type) {
    if (type->kind == TYPE_CLASS) {
        ImplicitConversions steps = conversion_implicit(c, type);
        return steps.count == 0 ? type : steps.items[0].to;
    }
    if (type->kind != TYPE_CHOICE) return type;
    for (uint32_t i = 0; i < type->count; i++) {
        const Type *part = conversion_system(c, type->parts[i]);
        if (part->kind == TYPE_SYSTEM) return part;
    }
    return type;
}
