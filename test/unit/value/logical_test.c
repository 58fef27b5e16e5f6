/* Three-valued logic: the truth tables of the CQL reference, whole. */
#include "literal.h"

typedef struct Row {
    const char *operands, *and, *or, *xor, *implies;
} Row;

static void follows_the_truth_tables(void) {
    static const Row rows[] = {
        { "true, true", "true", "true", "false", "true" },
        { "true, false", "false", "true", "true", "false" },
        { "true, null", "null", "true", "null", "null" },
        { "false, true", "false", "true", "true", "true" },
        { "false, false", "false", "false", "false", "true" },
        { "false, null", "false", "null", "null", "true" },
        { "null, true", "null", "true", "null", "true" },
        { "null, false", "false", "null", "null", "null" },
        { "null, null", "null", "null", "null", "null" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CALL(logical_and, rows[i].operands, rows[i].and);
        CALL(logical_or, rows[i].operands, rows[i].or);
        CALL(logical_xor, rows[i].operands, rows[i].xor);
        CALL(logical_implies, rows[i].operands, rows[i].implies);
    }
    CALL(logical_not, "true", "false");
    CALL(logical_not, "false", "true");
    CALL(logical_not, "null", "null");
}

static void asks_about_null(void) {
    CALL(logical_is_null, "null", "true");
    CALL(logical_is_null, "{}", "false");
    CALL(logical_is_true, "true", "true");
    CALL(logical_is_true, "null", "false");
    CALL(logical_is_false, "false", "true");
    CALL(logical_is_false, "null", "false");
}

static void gives_the_first_value(void) {
    CALL(coalesce_two, "null, 1", "1");
    CALL(coalesce_two, "null, null", "null");
    CALL(coalesce_three, "null, false, true", "false");
    CALL(coalesce_four, "null, null, null, 'a'", "'a'");
    CALL(coalesce_five, "null, null, null, null, 5", "5");
    CALL(coalesce_list, "{null, 2, 3}", "2");
    CALL(coalesce_list, "{}", "null");
    CALL(coalesce_list, "null", "null");
}

int main(void) {
    literal_begin();
    RUN(follows_the_truth_tables);
    RUN(asks_about_null);
    RUN(gives_the_first_value);
    return literal_end();
}
