/* check_terminology.c - code systems, value sets, codes and concepts: definitions and
 * literals as values. */
#include <string.h>

#include "cql/check_state.h"

/* What a definition refers to, of the kind that it must be; NULL when reported. */
static Definition *find_reference(Check *c, const Definition *from, Str qualifier, Str name,
                                  DefinitionKind kind, const char *what) {
    Ast *node = node_make(c, AST_NAME, from->span, 0);
    node->name = name;
    if (qualifier.length != 0) {
        Ast *owner = node;
        owner->name = qualifier;
        node = node_make(c, AST_PROPERTY, from->span, 1);
        node->name = name;
        node->child[0] = owner;
    }
    if (check_ast(c, &node)->kind == TYPE_ERROR) return NULL;
    if (node->kind == AST_DEFINITION && node->definition->kind == kind) return node->definition;
    check_report(c, from->span, "type-mismatch",
                 str_format(c->arena, "\"%.*s\" is no %s", STR_ARGS(name), what), STR(""));
    return NULL;
}

static bool set_code(Check *c, Definition *d) {
    if (d->reference_count == 0) return false;
    const Definition *system =
        find_reference(c, d, d->reference_qualifiers[0], d->references[0], DEFINITION_CODESYSTEM,
                       "code system");
    if (system == NULL || system->value.tag != TAG_CODESYSTEM) return false;
    d->value = value_code(c->arena, (Code){ .code = d->id, .display = d->display,
                                            .system = system->value.reference->id,
                                            .version = system->value.reference->version });
    return true;
}

static bool set_concept(Check *c, Definition *d) {
    Code *codes = arena_array(c->arena, d->reference_count, sizeof *codes);
    for (uint32_t i = 0; i < d->reference_count; i++) {
        const Definition *code = find_reference(c, d, d->reference_qualifiers[i],
                                                d->references[i], DEFINITION_CODE, "code");
        if (code == NULL || code->value.tag != TAG_CODE) return false;
        codes[i] = *code->value.code;
    }
    Concept concept = { .display = d->display, .count = d->reference_count, .codes = codes };
    d->value = value_concept(c->arena, concept);
    return true;
}

static bool set_value_set(Check *c, Definition *d) {
    Reference set = { .id = d->id, .version = d->version, .name = d->name };
    Reference *systems = arena_array(c->arena, d->reference_count, sizeof *systems);
    for (uint32_t i = 0; i < d->reference_count; i++) {
        const Definition *system = find_reference(c, d, d->reference_qualifiers[i],
                                                  d->references[i], DEFINITION_CODESYSTEM,
                                                  "code system");
        if (system != NULL && system->value.tag == TAG_CODESYSTEM)
            systems[set.system_count++] = *system->value.reference;
    }
    set.systems = systems;
    d->value = (Value){ .tag = TAG_VALUESET,
                        .reference = arena_copy(c->arena, &set, sizeof set) };
    return set.system_count == d->reference_count;
}

static bool set_code_system(Check *c, Definition *d) {
    Reference system = { .id = d->id, .version = d->version, .name = d->name };
    d->value = (Value){ .tag = TAG_CODESYSTEM,
                        .reference = arena_copy(c->arena, &system, sizeof system) };
    return true;
}

void check_terminology(Check *c, Definition *d) {
    static const struct { Tag tag; bool (*set)(Check *, Definition *); } kinds[] = {
        [DEFINITION_CODESYSTEM] = { TAG_CODESYSTEM, set_code_system },
        [DEFINITION_VALUESET] = { TAG_VALUESET, set_value_set },
        [DEFINITION_CODE] = { TAG_CODE, set_code },
        [DEFINITION_CONCEPT] = { TAG_CONCEPT, set_concept },
    };
    bool sound = kinds[d->kind].set(c, d);
    d->type = sound ? type_system(c->types, kinds[d->kind].tag) : type_error(c->types);
}

/* ---- literals ---- */

static bool read_code(Check *c, Ast *node, Code *out) {
    if (node->kind != AST_CODE_LITERAL || node->count == 0 || node->value.tag != TAG_STRING ||
        check_ast(c, &node->child[0])->kind == TYPE_ERROR)
        return false;
    const Ast *system = node->child[0];
    if (system->kind != AST_DEFINITION || system->definition->kind != DEFINITION_CODESYSTEM ||
        system->definition->value.tag != TAG_CODESYSTEM) {
        check_report(c, system->span, "type-mismatch", STR("this is no code system"), STR(""));
        return false;
    }
    const Reference *reference = system->definition->value.reference;
    *out = (Code){ .code = value_str(node->value), .system = reference->id,
                   .version = reference->version, .display = node->text };
    return true;
}

const Type *check_code_literal(Check *c, Ast **place) {
    Ast *node = *place;
    Code code;
    if (node->kind == AST_CODE_LITERAL) {
        if (!read_code(c, node, &code)) return type_error(c->types);
        node->value = value_code(c->arena, code);
    } else {
        Code *codes = arena_array(c->arena, node->count, sizeof *codes);
        for (uint32_t i = 0; i < node->count; i++)
            if (!read_code(c, node->child[i], &codes[i])) return type_error(c->types);
        Concept concept = { .display = node->text, .count = node->count, .codes = codes };
        node->value = value_concept(c->arena, concept);
    }
    node->kind = AST_LITERAL;
    node->count = 0;
    return type_system(c->types, (Tag)node->value.tag);
}
