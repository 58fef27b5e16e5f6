/* Reals: the functions of analysis, right to the eighth place of a Decimal. */
#include "value/real.h"

#include "check.h"
#include "value/decimal.h"

static Arena *arena;

static Real real(const char *text) {
    Value value = value_null();
    CHECK(decimal_from_text(arena, str_from(text), &value));
    return real_from_decimal(value);
}

static Str text_of(Real x) {
    Value value = real_to_decimal(arena, x);
    if (value_is_null(value)) return STR("null");
    Buffer out = buffer_new(arena);
    decimal_print(value, &out);
    return buffer_str(&out);
}

static void does_arithmetic(void) {
    CHECK_STR(text_of(real_add(real("1.5"), real("-2.75"))), "-1.25");
    CHECK_STR(text_of(real_add(real("-1.5"), real("2.75"))), "1.25");
    CHECK_STR(text_of(real_subtract(real("1"), real("1"))), "0.0");
    CHECK_STR(text_of(real_multiply(real("-1.5"), real("2.5"))), "-3.75");
    CHECK_STR(text_of(real_divide(real("1"), real("3"))), "0.33333333");
    CHECK_STR(text_of(real_divide(real("2"), real("-3"))), "-0.66666667");
    CHECK_STR(text_of(real_divide(real("2"), real("0"))), "null");
    CHECK_STR(text_of(real_divide(real("99999999999999999999.99999999"), real("0.00000001"))),
              "9999999999999999999999999999.0");
    CHECK_STR(text_of(real_multiply(real("99999999999999999999"), real("99999999999999999999"))),
              "null");
    CHECK_STR(text_of(real_from_integer(INT64_MIN)), "-9223372036854775808.0");
}

/* The reference values are of Python's decimal module with 60 digits. */
static void takes_logarithms(void) {
    CHECK_STR(text_of(real_ln(real("1"))), "0.0");
    CHECK_STR(text_of(real_ln(real("2"))), "0.69314718");
    CHECK_STR(text_of(real_ln(real("10"))), "2.30258509");
    CHECK_STR(text_of(real_ln(real("0.00000001"))), "-18.42068074");
    CHECK_STR(text_of(real_ln(real("99999999999999999999.99999999"))), "46.05170186");
    CHECK_STR(text_of(real_ln(real("0"))), "null");
    CHECK_STR(text_of(real_ln(real("-1"))), "null");
}

static void takes_exponentials(void) {
    CHECK_STR(text_of(real_exp(real("0"))), "1.0");
    CHECK_STR(text_of(real_exp(real("1"))), "2.71828183");
    CHECK_STR(text_of(real_exp(real("-1"))), "0.36787944");
    CHECK_STR(text_of(real_exp(real("64"))), "6235149080811616882909238708.92846974");
    CHECK_STR(text_of(real_exp(real("65"))), "null");
    CHECK_STR(text_of(real_exp(real("1000"))), "null");
    CHECK_STR(text_of(real_exp(real("-1000"))), "0.0");
    CHECK_STR(text_of(real_exp(real("-19"))), "0.00000001");
}

static void raises(void) {
    CHECK_STR(text_of(real_power(real("2"), real("10"))), "1024.0");
    CHECK_STR(text_of(real_power(real("10"), real("-8"))), "0.00000001");
    CHECK_STR(text_of(real_power(real("-2"), real("3"))), "-8.0");
    CHECK_STR(text_of(real_power(real("-2"), real("0.5"))), "null");
    CHECK_STR(text_of(real_power(real("2"), real("0.5"))), "1.41421356");
    CHECK_STR(text_of(real_power(real("4"), real("0.5"))), "2.0");
    CHECK_STR(text_of(real_power(real("0"), real("0"))), "1.0");
    CHECK_STR(text_of(real_power(real("0"), real("-1"))), "null");
    CHECK_STR(text_of(real_power(real("0"), real("1.5"))), "0.0");
    CHECK_STR(text_of(real_power(real("0"), real("-1.5"))), "null");
    CHECK_STR(text_of(real_power(real("10"), real("100"))), "null");
    CHECK_STR(text_of(real_power(real("0.5"), real("99999999999999999999"))), "0.0");
    CHECK_STR(text_of(real_power(real("1"), real("99999999999999999999"))), "1.0");
    CHECK_STR(text_of(real_power(real("1.00000001"), real("100000000"))), "2.71828181");
}

static void takes_roots(void) {
    CHECK_STR(text_of(real_root(real("2.5"))), "1.58113883");
    CHECK_STR(text_of(real_root(real("0"))), "0.0");
    CHECK_STR(text_of(real_root(real("-1"))), "null");
    CHECK_STR(text_of(real_root(real("9999999999999999999800000000.00000001"))), "99999999999999.999999");
}

int main(void) {
    arena = arena_new((size_t)1 << 20);
    RUN(does_arithmetic);
    RUN(takes_logarithms);
    RUN(takes_exponentials);
    RUN(raises);
    RUN(takes_roots);
    arena_free(arena);
    return check_report();
}
