/* time_compare.c - which of two dates or times is earlier, as far as they tell.
 *
 * At one offset the packed forms compare as integers, cut to the precision that both have.
 * Hours and finer of DateTimes of different offsets are compared at one offset, that of the
 * value without hours where there is one; days and coarser as they are written. */
#include "value/time.h"

static Precision coarser(Precision a, Precision b) { return a < b ? a : b; }

static int order(int64_t a, int64_t b) { return (a > b) - (a < b); }

/* Of the components down to the precision. */
static int order_down_to(Value a, Value b, Precision precision) {
    static const uint8_t shift[] = { 0, 36, 32, 27, 22, 16, 10, 0 };
    return order(a.packed >> shift[precision], b.packed >> shift[precision]);
}

static void bring_to_one_offset(Value *a, Value *b) {
    int16_t offset = time_precision(*a) < PRECISION_HOUR   ? a->offset
                     : time_precision(*b) < PRECISION_HOUR ? b->offset
                                                           : 0;
    *a = time_at_offset(*a, offset);
    *b = time_at_offset(*b, offset);
}

/* -1, 0 or 1; 2: cannot be told. */
static int compare(Value a, Value b, Precision precision) {
    bool by_day = precision != PRECISION_NONE && precision <= PRECISION_DAY;
    if (a.tag == TAG_DATETIME && a.offset != b.offset && !by_day) bring_to_one_offset(&a, &b);
    Precision known_a = time_precision(a), known_b = time_precision(b);
    Precision common = coarser(known_a, known_b);
    if (precision == PRECISION_NONE) {
        int result = order_down_to(a, b, common);
        return result != 0 || known_a == known_b ? result : 2;
    }
    int result = order_down_to(a, b, coarser(common, precision));
    return result != 0 || precision <= common ? result : 2;
}

Value time_compare(Value a, Value b, Precision precision) {
    int result = compare(a, b, precision);
    return result == 2 ? value_null() : value_integer(result);
}

Value time_equal(Value a, Value b) {
    int result = compare(a, b, PRECISION_NONE);
    return result == 2 ? value_null() : value_boolean(result == 0);
}

bool time_equivalent(Value a, Value b) { return compare(a, b, PRECISION_NONE) == 0; }
