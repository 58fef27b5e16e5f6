/* check_order.c - the definitions of a library, each after those that it uses.
 *
 * A definition may use those that stand behind it, one leading to the next thousands deep;
 * so they are put in order by the names in them first, without recursion.  A name may mean
 * something else where it stands, such as an alias: then a definition is only checked
 * earlier than it need be. */
#include "cql/ast_walk.h"
#include "cql/check_state.h"

typedef VEC(Definition *) Definitions;

/* A definition whose uses are being followed. */
typedef struct Following {
    Definition *definition;
    Definitions uses;
    size_t next;
} Following;

typedef struct Order {
    Check *c;
    bool *met; /* by the place of the definition in the library */
    VEC(Following) path;
    AstPlaces waiting;
} Order;

static void add_uses(Order *order, const Ast *node, Definitions *uses) {
    bool names = node->kind == AST_NAME || node->kind == AST_CALL;
    const NameEntry *e = names ? names_find(order->c->library->names, node->name) : NULL;
    for (; e != NULL; e = e->next)
        if (!order->met[e->definition->place]) vec_push(order->c->arena, uses, e->definition);
}

static Definitions find_uses(Order *order, Ast *body) {
    Definitions uses = { 0 };
    if (body == NULL) return uses;
    vec_push(order->c->arena, &order->waiting, &body);
    while (order->waiting.count > 0) {
        Ast *node = *order->waiting.items[--order->waiting.count];
        add_uses(order, node, &uses);
        ast_parts(order->c->arena, node, &order->waiting);
    }
    return uses;
}

static void follow(Order *order, Definition *definition) {
    order->met[definition->place] = true;
    Following following = { .definition = definition, .uses = find_uses(order, definition->body) };
    vec_push(order->c->arena, &order->path, following);
}

/* Checks the definition after all that it leads to. */
static void check_after_uses(Order *order, Definition *definition) {
    follow(order, definition);
    while (order->path.count > 0) {
        Following *last = &order->path.items[order->path.count - 1];
        if (last->next == last->uses.count) {
            order->path.count--;
            check_definition(order->c, last->definition);
            continue;
        }
        Definition *used = last->uses.items[last->next++];
        if (!order->met[used->place]) follow(order, used);
    }
}

void check_in_order(Check *c, Library *library) {
    Order order = { .c = c, .met = arena_array(c->arena, library->count, sizeof(bool)) };
    for (uint32_t i = 0; i < library->count; i++)
        if (!order.met[library->definitions[i]->place])
            check_after_uses(&order, library->definitions[i]);
}
