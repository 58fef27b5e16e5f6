/* Sets of values: what is Equal is one, whatever its type or offset. */
#include "value/members.h"

#include "literal.h"

static bool one(const char *a, const char *b) {
    Members members = members_new(&eval, 2);
    CHECK(members_add(&members, literal(a)) == 0);
    bool had = members_has(&members, literal(b));
    CHECK(members_add(&members, literal(b)) == (had ? 0 : 1));
    CHECK(members.count == (had ? 1 : 2));
    return had;
}

static void finds_equals(void) {
    CHECK(one("1", "1.0"));
    CHECK(one("1L", "1"));
    CHECK(one("123456789012345678.0", "123456789012345678L"));
    CHECK(one("null", "null"));
    CHECK(one("'a'", "'a'"));
    CHECK(one("@2012-01-01", "@2012-01-01T"));
    CHECK(one("@2012-01-01T10:00:00.000+01:00", "@2012-01-01T09:00:00.000Z"));
    CHECK(one("1'cm'", "0.01'm'"));
    CHECK(one("{1, null, {2}}", "{1L, null, {2.0}}"));
}

static void keeps_others_apart(void) {
    CHECK(!one("1", "2"));
    CHECK(!one("null", "0"));
    CHECK(!one("'a'", "'A'"));
    CHECK(!one("true", "1"));
    CHECK(!one("@2012-01-01", "@2012-01"));
    CHECK(!one("1'cm'", "1'g'"));
    CHECK(!one("{1}", "{1, 1}"));
    CHECK(!one("{null}", "{1}"));
}

int main(void) {
    literal_begin();
    RUN(finds_equals);
    RUN(keeps_others_apart);
    return literal_end();
}
