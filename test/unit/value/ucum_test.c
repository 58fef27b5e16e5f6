/* ucum_test.c - units of UCUM: which there are, how they convert, what they multiply to. */
#include "value/ucum.h"

#include "check.h"
#include "value/decimal.h"

static Arena *arena;

static Value decimal(const char *text) {
    Value value = value_null();
    CHECK(decimal_from_text(arena, str_from(text), &value));
    return value;
}

static Str converted(const char *number, const char *from, const char *to) {
    Value result;
    if (!ucum_convert(arena, decimal(number), str_from(from), str_from(to), &result))
        return STR("none");
    Buffer buffer = buffer_new(arena);
    decimal_print(result, &buffer);
    return buffer_str(&buffer);
}

static bool valid(const char *unit) { return ucum_valid(str_from(unit)); }

static void clinical_units_are_known(void) {
    static const char *const units[] = {
        "", "1", "%", "mg", "ug", "kg", "g/L", "mg/dL", "mmol/L", "nmol/L", "mm", "cm2", "mm[Hg]",
        "10*3/uL", "10*9/L", "10*12/L", "/[HPF]", "/min", "mL/min/{1.73_m2}", "kg/m2", "[IU]/L",
        "m[IU]/mL", "U/L", "Cel", "[degF]", "[pH]", "mo", "wk", "ms", "{score}",
        "{mitoses}/(2.mm2)",
        "/(10.[HPF])", "umol/(24.h)", "ug/(24.h)", "mL/(min.m2)", "meq/L", "mosm/kg", "ng/mL",
        "MBq", "mCi", "Gy", "mSv", "kcal", "[lb_av]", "[in_i]", "[ft_i]", "dB", "mg{creat}/d",
        "m/s2", "m.s-2", "m.s-1", "cm[H2O]", "[in_i'H2O]", "B[10.nV]", "[m/s2/Hz^(1/2)]", "dar",
        "dag", "cd", "Pa", "hPa", "KiBy", "10^3", "[arb'U]/mL", "mg/kg/d", "((mg))", "a_j",
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        CHECK(valid(units[i]));
        if (!valid(units[i])) printf("not a unit: %s\n", units[i]);
    }
}

static void other_text_is_no_unit(void) {
    static const char *const units[] = {
        "mgs", "year", "xyz", "mg/", "mg//dL", "mg..mL", "(mg", "mg)", "mg/(mL", "[IU", "IU]",
        "{score", "score}", "mg dL", "mg 2", "m-", "2-", "sec", "kmin", "k[in_i]", "m0", "0",
        "µg", "{a}{b", "[", "]", "()", ".", "/", "m100", "1000000000000000000000", "m[", "kk",
        "5{a}", " mg", "mg\n",
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        CHECK(!valid(units[i]));
        if (valid(units[i])) printf("a unit: %s\n", units[i]);
    }
    char deep[100];
    memset(deep, '(', sizeof deep);
    CHECK(!ucum_valid((Str){ deep, sizeof deep }));
}

static void plain_factors_are_exact(void) {
    CHECK_STR(converted("1", "m", "cm"), "100.0");
    CHECK_STR(converted("2.54", "cm", "[in_i]"), "1.0");
    CHECK_STR(converted("1", "[lb_av]", "g"), "453.59237");
    CHECK_STR(converted("1", "[lb_av]", "kg"), "0.45359237");
    CHECK_STR(converted("1", "g/L", "mg/dL"), "100.0");
    CHECK_STR(converted("5.5", "mmol/L", "umol/mL"), "5.5");
    CHECK_STR(converted("1", "d", "h"), "24.0");
    CHECK_STR(converted("1", "a", "d"), "365.25");
    CHECK_STR(converted("1", "wk", "d"), "7.0");
    CHECK_STR(converted("1", "h", "d"), "0.04166667");
    CHECK_STR(converted("1", "/min", "/h"), "60.0");
    CHECK_STR(converted("50", "%", "1"), "0.5");
    CHECK_STR(converted("4.5", "10*3/uL", "10*9/L"), "4.5");
    CHECK_STR(converted("1", "mm[Hg]", "Pa"), "133.322");
    CHECK_STR(converted("1", "[ft_us]", "m"), "0.30480061");
    CHECK_STR(converted("1", "km", "nm"), "1000000000000.0");
    CHECK_STR(converted("-1", "kg", "g"), "-1000.0");
    CHECK_STR(converted("1", "ng", "kg"), "0.0");
    CHECK_STR(converted("5000", "ng", "kg"), "0.00000001");
    CHECK_STR(converted("4999", "ng", "kg"), "0.0");
    CHECK_STR(converted("1", "KiBy", "bit"), "8192.0");
    CHECK_STR(converted("180", "deg", "[pi].rad"), "1.0");
    CHECK_STR(converted("180", "deg", "rad"), "3.14159265");
    CHECK_STR(converted("1", "circ", "deg"), "360.0");
    CHECK_STR(converted("2", "{cells}/(2.mm2)", "/mm2"), "1.0");
    CHECK_STR(converted("1", "mol", "1"), "602213670000000000000000.0");
    CHECK_STR(converted("1000000", "mol", "1"), "none");
    CHECK_STR(converted("1", "pmol", "1"), "602213670000.0");
}

static void temperatures_shift(void) {
    CHECK_STR(converted("37", "Cel", "K"), "310.15");
    CHECK_STR(converted("98.6", "[degF]", "Cel"), "37.0");
    CHECK_STR(converted("37", "Cel", "[degF]"), "98.6");
    CHECK_STR(converted("-40", "Cel", "[degF]"), "-40.0");
    CHECK_STR(converted("-273.15", "Cel", "K"), "0.0");
    CHECK_STR(converted("100", "Cel", "[degRe]"), "80.0");
    CHECK_STR(converted("1000", "mCel", "Cel"), "1.0");
    CHECK_STR(converted("1", "Cel/m", "K/m"), "none");
    CHECK_STR(converted("1", "Cel2", "K2"), "none");
}

static void functions_convert(void) {
    CHECK_STR(converted("7", "[pH]", "nmol/L"), "100.0");
    CHECK_STR(converted("100", "nmol/L", "[pH]"), "7.0");
    CHECK_STR(converted("2", "B", "1"), "100.0");
    CHECK_STR(converted("20", "dB", "1"), "100.0");
    CHECK_STR(converted("100", "%[slope]", "deg"), "45.0");
    CHECK_STR(converted("100", "[p'diop]", "deg"), "45.0");
    CHECK_STR(converted("3", "bit_s", "1"), "8.0");
    CHECK_STR(converted("-1", "1", "B"), "none");
}

static void what_is_different_does_not_convert(void) {
    CHECK_STR(converted("1", "mg", "mL"), "none");
    CHECK_STR(converted("1", "cm", "cm2"), "none");
    CHECK_STR(converted("1", "[IU]", "1"), "none");
    CHECK_STR(converted("1", "[IU]", "U"), "none");
    CHECK_STR(converted("1", "[IU]", "[arb'U]"), "none");
    CHECK_STR(converted("1", "[IU]/mL", "[IU]"), "none");
    CHECK_STR(converted("1", "mg", "nothing"), "none");
}

static void arbitrary_units_convert_to_themselves(void) {
    CHECK_STR(converted("1", "[IU]/mL", "m[IU]/mL"), "1000.0");
    CHECK_STR(converted("1", "k[IU]/L", "[IU]/mL"), "1.0");
    CHECK_STR(converted("1", "[iU]", "[IU]"), "1.0");
    CHECK_STR(converted("1", "[IU]/[IU]", "1"), "1.0");
}

static int order(const char *a, const char *unit_a, const char *b, const char *unit_b) {
    int result = 9;
    return ucum_compare(arena, decimal(a), str_from(unit_a), decimal(b), str_from(unit_b), &result)
               ? result
               : 9;
}

static void comparison_is_exact(void) {
    CHECK(order("1", "cm", "0.01", "m") == 0);
    CHECK(order("1", "ng", "0.00000001", "kg") == -1);
    CHECK(order("1", "[in_i]", "2.54", "cm") == 0);
    CHECK(order("1", "[in_i]", "2.53999999", "cm") == 1);
    CHECK(order("1", "h", "0.04166667", "d") == -1);
    CHECK(order("1", "h", "0.04166666", "d") == 1);
    CHECK(order("-1", "m", "1", "cm") == -1);
    CHECK(order("-1", "m", "-1", "cm") == -1);
    CHECK(order("0", "m", "0", "cm") == 0);
    CHECK(order("37", "Cel", "98.6", "[degF]") == 0);
    CHECK(order("36.9", "Cel", "98.6", "[degF]") == -1);
    CHECK(order("7", "[pH]", "100", "nmol/L") == 0);
    CHECK(order("7", "[pH]", "200", "nmol/L") == -1 && order("200", "nmol/L", "7", "[pH]") == 1);
    /* 1 [hp'_X] is a tenth, 1 B ten times */
    CHECK(order("1", "[hp'_X]", "1", "B") == -1 && order("1", "B", "1", "[hp'_X]") == 1);
    CHECK(order("-1", "[hp'_X]", "1", "B") == 0 && order("1", "B", "-1", "[hp'_X]") == 0);
    CHECK(order("1", "fB", "2", "PB") == -1 && order("2", "PB", "1", "fB") == 1);
    CHECK(order("1", "m", "1", "s") == 9);
    CHECK(order("99999999999999999999", "Ym", "-99999999999999999999", "Ym") == 1);
    CHECK(order("99999999999999999999", "Ym", "99999999999999999999", "ym") == 1);
}

static Str product(const char *a, const char *b) {
    Str result;
    return ucum_multiply(arena, str_from(a), str_from(b), &result) ? result : STR("none");
}

static Str quotient(const char *a, const char *b) {
    Str result;
    return ucum_divide(arena, str_from(a), str_from(b), &result) ? result : STR("none");
}

static void products_and_quotients_have_units(void) {
    CHECK_STR(product("cm", "cm"), "cm2");
    CHECK_STR(product("cm", "cm2"), "cm3");
    CHECK_STR(product("1", "mg"), "mg");
    CHECK_STR(product("mg/mL", "mL"), "mg");
    CHECK_STR(product("kg.m", "s-2"), "kg.m/s2");
    CHECK_STR(quotient("cm2", "cm"), "cm");
    CHECK_STR(quotient("g/cm3", "g/cm3"), "1");
    CHECK_STR(quotient("g", ""), "g");
    CHECK_STR(quotient("1", "min"), "1/min");
    CHECK_STR(quotient("mg", "kg/d"), "mg.d/kg");
    CHECK_STR(quotient("{mitoses}", "2.mm2"), "{mitoses}/2/mm2");
    CHECK_STR(quotient("mg", "nothing"), "none");
}

int main(void) {
    arena = arena_new((size_t)1 << 24);
    RUN(clinical_units_are_known);
    RUN(other_text_is_no_unit);
    RUN(plain_factors_are_exact);
    RUN(temperatures_shift);
    RUN(functions_convert);
    RUN(what_is_different_does_not_convert);
    RUN(arbitrary_units_convert_to_themselves);
    RUN(comparison_is_exact);
    RUN(products_and_quotients_have_units);
    arena_free(arena);
    return check_report();
}
