/* Every line of ops.def, called with every mix of sample values and nulls: it gives a value
 * of the type that the line says, null, or an error, and leaves the depth as it was. */
#include "literal.h"

typedef struct Line {
    const char *name, *operands, *result;
    Operator function;
} Line;

#define OP(name, operands, result, function) { name, operands, result, function },
#define FN OP
static const Line lines[] = {
#include "value/ops.def"
};
#undef FN
#undef OP

enum { MOST_OPERANDS = 8, MOST_SAMPLES = 12, MOST_CALLS = 4000 };

typedef struct Samples {
    Value values[MOST_SAMPLES];
    int count;
} Samples;

typedef struct Type {
    const char *name;
    Tag tag;
    const char *literals[MOST_SAMPLES];
} Type;

static const Type types[] = {
    { "Boolean", TAG_BOOLEAN, { "true", "false" } },
    { "Integer", TAG_INTEGER, { "0", "1", "-1", "7", "2147483647", "-2147483648" } },
    { "Long", TAG_LONG, { "0L", "3L", "9223372036854775807L", "-9223372036854775808L" } },
    { "Decimal", TAG_DECIMAL,
      { "0.0", "1.5", "-0.00000001", "99999999999999999999.99999999",
        "-9999999999999999999999999999.0" } },
    { "String", TAG_STRING, { "''", "'a'", "'aB\u00e4'", "'('", "'2012-01-01'", "'mg'" } },
    { "Date", TAG_DATE, { "@2012", "@2012-02-29", "@0001-01-01", "@9999-12-31" } },
    { "DateTime", TAG_DATETIME,
      { "@2012T", "@2012-02-29T10:30:00.000+14:00", "@9999-12-31T23:59:59.999Z",
        "@0001-01-01T00:00:00.000Z" } },
    { "Time", TAG_TIME, { "@T10", "@T00:00:00.000", "@T23:59:59.999" } },
    { "Quantity", TAG_QUANTITY,
      { "1'mg'", "-2.5'cm'", "0'1'", "99999999999999999999.99999999'g'", "5'no-such-unit'" } },
};

static const Type *find_type(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strlen(types[i].name) == length && memcmp(types[i].name, name, length) == 0)
            return &types[i];
    return NULL;
}

static void add(Samples *samples, Value value) {
    if (samples->count < MOST_SAMPLES) samples->values[samples->count++] = value;
}

static Value pointer(Tag tag, const void *structure, size_t size) {
    return (Value){ .tag = (uint8_t)tag, .node = arena_copy(eval.arena, structure, size) };
}

static void add_structures(Samples *samples, const char *name, size_t length) {
    Code codes[] = { { STR("a"), STR("s"), STR(""), STR("") }, { STR(""), STR(""), STR(""), STR("") } };
    Reference reference = { .id = STR("x") };
    Ratio ratio = { literal("1'mg'"), literal("0'mL'") };
    if (length == 4 && memcmp(name, "Code", 4) == 0) add(samples, value_code(eval.arena, codes[0]));
    if (length == 7 && memcmp(name, "Concept", 7) == 0) {
        add(samples, value_concept(eval.arena, (Concept){ STR(""), 2, codes }));
        add(samples, value_concept(eval.arena, (Concept){ STR(""), 0, codes }));
    }
    if (length == 5 && memcmp(name, "Ratio", 5) == 0)
        add(samples, pointer(TAG_RATIO, &ratio, sizeof ratio));
    if (length == 8 && memcmp(name, "ValueSet", 8) == 0)
        add(samples, pointer(TAG_VALUESET, &reference, sizeof reference));
    if (length == 10 && memcmp(name, "CodeSystem", 10) == 0)
        add(samples, pointer(TAG_CODESYSTEM, &reference, sizeof reference));
}

static void add_uncertain(Samples *samples, Tag tag) {
    Uncertainty bounds = { value_integer(-2), value_integer(3) };
    if (tag == TAG_INTEGER) add(samples, pointer(TAG_UNCERTAINTY, &bounds, sizeof bounds));
}

static Samples samples_of(const char *name, size_t length, const char *variable);

static void add_lists(Samples *samples, const Samples *parts) {
    add(samples, value_list(eval.arena, NULL, 0));
    add(samples, value_list(eval.arena, parts->values, (uint32_t)parts->count));
    add(samples, value_list(eval.arena, parts->values, 1));
}

static void add_intervals(Samples *samples, const Samples *parts) {
    uint8_t point = parts->values[1].tag;
    Interval interval = { parts->values[1], value_null(), true, true, point };
    add(samples, value_interval(eval.arena, interval));
    interval = (Interval){ value_null(), parts->values[1], false, true, point };
    add(samples, value_interval(eval.arena, interval));
    interval = (Interval){ parts->values[1], parts->values[1], true, true, point };
    add(samples, value_interval(eval.arena, interval));
    interval = (Interval){ value_null(), value_null(), true, false, point };
    add(samples, value_interval(eval.arena, interval));
}

/* Null comes first. */
static Samples samples_of(const char *name, size_t length, const char *variable) {
    Samples samples = { { value_null() }, 1 };
    if (length > 6 && memcmp(name, "List<", 5) == 0) {
        Samples parts = samples_of(name + 5, length - 6, variable);
        add_lists(&samples, &parts);
    } else if (length > 10 && memcmp(name, "Interval<", 9) == 0) {
        Samples parts = samples_of(name + 9, length - 10, variable);
        add_intervals(&samples, &parts);
    } else if (length == 1 || (length == 3 && memcmp(name, "Any", 3) == 0)) {
        return samples_of(variable, strlen(variable), variable);
    } else if (length == 9 && memcmp(name, "Precision", 9) == 0) {
        for (int i = PRECISION_NONE; i <= PRECISION_WEEK; i++) add(&samples, value_integer(i));
        samples.values[0] = value_integer(PRECISION_DAY);
    } else {
        const Type *type = find_type(name, length);
        for (int i = 0; type != NULL && type->literals[i] != NULL; i++)
            add(&samples, literal(type->literals[i]));
        if (type != NULL) add_uncertain(&samples, type->tag);
        add_structures(&samples, name, length);
    }
    return samples;
}

/* Is the result of the type?  An Integer may be uncertain, and a Decimal (Power). */
static bool fits(Value value, const char *name, const char *variable) {
    if (value_is_null(value) || strcmp(name, "Any") == 0) return true;
    if (strcmp(name, "T") == 0) return fits(value, variable, variable);
    if (strncmp(name, "List<", 5) == 0) return value.tag == TAG_LIST;
    if (strncmp(name, "Interval<", 9) == 0) return value.tag == TAG_INTERVAL;
    if (value.tag == TAG_UNCERTAINTY)
        return strcmp(name, "Integer") == 0 || strcmp(name, "Long") == 0 || strcmp(name, "Decimal") == 0;
    if (value.tag == TAG_DECIMAL && (strcmp(name, "Integer") == 0 || strcmp(name, "Long") == 0))
        return true;
    const Type *type = find_type(name, strlen(name));
    return type == NULL || type->tag == value.tag;
}

static void call(const Line *line, const Value *arguments, const char *variable) {
    Value result = value_null();
    eval.error_code = NULL;
    bool done = line->function(&eval, arguments, &result);
    bool right = done ? fits(result, line->result, variable) && eval.error_code == NULL
                      : eval.error_code != NULL;
    if (right && eval.depth == 0) {
        check_passed++;
        return;
    }
    check_failed++;
    printf("%s(%s): %s, with T %s\n", line->name, line->operands,
           done ? "not the type" : "no error was set", variable);
    eval.depth = 0;
}

static void call_all(const Line *line, const char *variable) {
    Samples samples[MOST_OPERANDS];
    int count = 0, at[MOST_OPERANDS] = { 0 };
    for (const char *text = line->operands; *text != '\0' && count < MOST_OPERANDS;) {
        size_t length = strcspn(text, ",");
        samples[count++] = samples_of(text, length, variable);
        text += length + strspn(text + length, ", ");
    }
    for (int calls = 0, carry = 0; carry == 0 && calls < MOST_CALLS; calls++) {
        Value arguments[MOST_OPERANDS] = { value_null() };
        for (int i = 0; i < count; i++) arguments[i] = samples[i].values[at[i]];
        call(line, arguments, variable);
        carry = 1;
        for (int i = 0; i < count && carry; i++) {
            at[i] = (at[i] + 1) % samples[i].count;
            carry = at[i] == 0;
        }
    }
}

static void every_operator_keeps_its_word(void) {
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        arena_free(eval.arena);
        eval = (Eval){ .arena = arena_new((size_t)256 << 20) };
        eval.now = literal("@2026-01-15T12:00:00.000Z");
        bool generic = strchr(lines[i].operands, 'T') != NULL;
        call_all(&lines[i], "Integer");
        if (generic) call_all(&lines[i], "DateTime");
    }
}

int main(void) {
    literal_begin();
    RUN(every_operator_keeps_its_word);
    return literal_end();
}
