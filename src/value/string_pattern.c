/* string_pattern.c - the operators with regular expressions, in the dialect of PCRE.
 *
 * A pattern matches anywhere in the text, by case; the dot matches line ends too.  Patterns
 * are kept from record to record, by their text, as long as they are few; the memory of
 * any other comes from the arena.  A match is given up, as an error, after MATCH_LIMIT steps. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/vec.h"
#include "value/operators.h"
#include "value/string.h"

enum { SEARCH_STEPS = 20, MATCH_LIMIT = 1000000, HEAP_LIMIT_KIB = 16 * 1024 };
enum { MESSAGE_SIZE = 128, NAME_SIZE = 33 };
enum { KEPT_PATTERNS = 64, PATTERN_SLOTS = 128, KEPT_LENGTH = 1000 };

typedef struct Pattern {
    Eval *eval;
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
} Pattern;

typedef struct KeptPattern {
    Str text;
    pcre2_code *code;
} KeptPattern;

struct PatternCache {
    Arena *arena;
    uint32_t count;
    KeptPattern *slots[PATTERN_SLOTS]; /* by the hash of the text; NULL: free */
};

PatternCache *pattern_cache_new(Arena *arena) {
    PatternCache *cache = arena_alloc_zeroed(arena, sizeof *cache);
    cache->arena = arena;
    return cache;
}

/* One match: the bytes of the whole and of its groups. */
typedef struct Match {
    size_t start, end;
    const size_t *groups; /* pairs; PCRE2_UNSET where a group took no part */
    uint32_t group_count;
} Match;

static void *take_memory(size_t size, void *arena) { return arena_try_alloc(arena, size); }

static void keep_memory(void *memory, void *arena) { (void)memory, (void)arena; }

static bool fail(Eval *eval, int code, Str pattern) {
    unsigned char message[MESSAGE_SIZE];
    if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_HEAPLIMIT ||
        code == PCRE2_ERROR_DEPTHLIMIT || code == PCRE2_ERROR_NOMEMORY)
        return eval_fail(eval, "pattern-limit",
                         "the regular expression '%.*s' takes too many steps on this text",
                         STR_ARGS(pattern));
    pcre2_get_error_message(code, message, sizeof message);
    return eval_fail(eval, "invalid-pattern", "the regular expression '%.*s' is not valid: %s",
                     STR_ARGS(pattern), (const char *)message);
}

static pcre2_general_context *memory_of(Arena *arena) {
    return pcre2_general_context_create(take_memory, keep_memory, arena);
}

/* NULL at an error. */
static pcre2_code *compile_code(Eval *eval, Arena *arena, Str text) {
    pcre2_general_context *memory = memory_of(arena);
    pcre2_compile_context *compiling =
        memory == NULL ? NULL : pcre2_compile_context_create(memory);
    int error = PCRE2_ERROR_NOMEMORY;
    size_t place;
    pcre2_code *code = compiling == NULL
                           ? NULL
                           : pcre2_compile((PCRE2_SPTR)text.data, text.length,
                                           PCRE2_UTF | PCRE2_DOTALL, &error, &place, compiling);
    if (code == NULL) fail(eval, error, text);
    return code;
}

/* Where the text stands, or may be put. */
static KeptPattern **slot_of(PatternCache *cache, Str text) {
    uint32_t slot = str_hash(text) % PATTERN_SLOTS;
    while (cache->slots[slot] != NULL && !str_equal(cache->slots[slot]->text, text))
        slot = (slot + 1) % PATTERN_SLOTS;
    return &cache->slots[slot];
}

static KeptPattern *keep(PatternCache *cache, Str text, pcre2_code *code) {
    KeptPattern *kept = arena_try_alloc(cache->arena, sizeof *kept + text.length);
    if (kept == NULL) return NULL;
    memcpy(kept + 1, text.data, text.length);
    *kept = (KeptPattern){ { (const char *)(kept + 1), text.length }, code };
    cache->count++;
    return kept;
}

static pcre2_code *find_code(Eval *eval, Str text) {
    PatternCache *cache = eval->patterns;
    bool keepable = cache != NULL && text.length != 0 && text.length <= KEPT_LENGTH;
    if (!keepable) return compile_code(eval, eval->arena, text);
    KeptPattern **slot = slot_of(cache, text);
    if (*slot != NULL) return (*slot)->code;
    if (cache->count == KEPT_PATTERNS) return compile_code(eval, eval->arena, text);
    pcre2_code *code = compile_code(eval, cache->arena, text);
    if (code != NULL) *slot = keep(cache, text, code);
    return code;
}

/* What a match needs is of the evaluation's own arena, since it grows with the text. */
static bool compile(Eval *eval, Str text, Pattern *pattern) {
    pcre2_general_context *memory = memory_of(eval->arena);
    *pattern = (Pattern){ .eval = eval, .code = find_code(eval, text) };
    if (pattern->code == NULL) return false;
    if (memory == NULL) return fail(eval, PCRE2_ERROR_NOMEMORY, text);
    pattern->data = pcre2_match_data_create_from_pattern(pattern->code, memory);
    pattern->context = pcre2_match_context_create(memory);
    if (pattern->data == NULL || pattern->context == NULL)
        return fail(eval, PCRE2_ERROR_NOMEMORY, text);
    pcre2_set_match_limit(pattern->context, MATCH_LIMIT);
    pcre2_set_heap_limit(pattern->context, HEAP_LIMIT_KIB);
    return true;
}

/* The first match from byte `from`.  False when there is none, or at an error. */
static bool find(const Pattern *pattern, Str source, Str text, size_t from, Match *match) {
    if (from > text.length || !eval_charge(pattern->eval, SEARCH_STEPS)) return false;
    uint32_t checked = from == 0 ? 0 : PCRE2_NO_UTF_CHECK; /* the first search has checked it */
    int found = pcre2_match(pattern->code, (PCRE2_SPTR)text.data, text.length, from, checked,
                            pattern->data, pattern->context);
    if (found == PCRE2_ERROR_NOMATCH) return false;
    if (found < 0) return fail(pattern->eval, found, source);
    const size_t *groups = pcre2_get_ovector_pointer(pattern->data);
    *match = (Match){ groups[0], groups[1], groups, pcre2_get_ovector_count(pattern->data) };
    if (match->start > match->end) match->start = match->end;
    return true;
}

/* Where to look for the match after this one: an empty match is stepped over. */
static size_t after(Str text, const Match *match) {
    if (match->end > match->start) return match->end;
    return match->end < text.length ? match->end + string_character(text, match->end)
                                    : text.length + 1;
}

bool matches_pattern(Eval *eval, const Value *arguments, Value *result) {
    Pattern pattern;
    Match match;
    *result = value_null();
    if (value_is_null(arguments[0]) || value_is_null(arguments[1])) return true;
    Str source = value_str(arguments[1]);
    if (!compile(eval, source, &pattern)) return false;
    *result = value_boolean(find(&pattern, source, value_str(arguments[0]), 0, &match));
    return eval->error_code == NULL;
}

bool split_on_matches(Eval *eval, const Value *arguments, Value *result) {
    Pattern pattern;
    Match match;
    VEC(Value) parts = { 0 };
    *result = value_null();
    if (value_is_null(arguments[0])) return true;
    Str text = value_str(arguments[0]), source = STR("");
    size_t from = 0, at = 0;
    if (!value_is_null(arguments[1])) source = value_str(arguments[1]);
    if (!compile(eval, source, &pattern)) return false;
    while (source.length != 0 && find(&pattern, source, text, at, &match)) {
        at = after(text, &match);
        if (match.end == match.start && (match.start == 0 || match.end == text.length)) continue;
        vec_push(eval->arena, &parts, value_string(str_slice(text, from, match.start)));
        from = match.end;
    }
    vec_push(eval->arena, &parts, value_string(str_slice(text, from, text.length)));
    *result = value_list(eval->arena, parts.items, (uint32_t)parts.count);
    return eval->error_code == NULL;
}

static bool digit(Str text, size_t at) {
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

static void add_group(Buffer *out, Str text, const Match *match, uint32_t group) {
    size_t start = match->groups[2 * group], end = match->groups[2 * group + 1];
    if (start != PCRE2_UNSET && end >= start) buffer_add(out, str_slice(text, start, end));
}

/* The longest number after `$` that is a group; false when not even one digit is. */
static bool read_number(Str substitution, size_t *at, const Match *match, uint32_t *group) {
    uint32_t number = 0;
    size_t from = *at;
    while (digit(substitution, *at)) {
        uint32_t longer = number * 10 + (uint32_t)(substitution.data[*at] - '0');
        if (longer >= match->group_count) break;
        number = longer;
        ++*at;
    }
    *group = number;
    return *at > from;
}

/* The group of `${name}`, *at behind the opening brace. */
static bool read_name(const Pattern *pattern, Str substitution, size_t *at, const Match *match,
                      uint32_t *group) {
    char name[NAME_SIZE];
    size_t length = 0;
    for (; *at < substitution.length && substitution.data[*at] != '}'; ++*at)
        if (length + 1 < sizeof name) name[length++] = substitution.data[*at];
    name[length] = '\0';
    if (*at == substitution.length) return false;
    ++*at;
    size_t start = 0;
    if (read_number(str_from(name), &start, match, group) && start == length) return true;
    int number = pcre2_substring_number_from_name(pattern->code, (PCRE2_SPTR)name);
    *group = number < 0 ? 0 : (uint32_t)number;
    return number > 0;
}

/* `$` at `*at`: a group, or itself where neither a number nor a name follows. */
static bool add_reference(Buffer *out, const Pattern *pattern, Str substitution, size_t *at,
                          Str text, const Match *match) {
    uint32_t group = 0;
    bool number = digit(substitution, ++*at);
    bool name = *at < substitution.length && substitution.data[*at] == '{';
    if (!number && !name) {
        if (*at < substitution.length && substitution.data[*at] == '$') ++*at;
        buffer_add_char(out, '$');
        return true;
    }
    if (name) ++*at;
    if (name ? !read_name(pattern, substitution, at, match, &group)
             : !read_number(substitution, at, match, &group))
        return eval_fail(pattern->eval, "no-such-group",
                         "the substitution '%.*s' names a group that the pattern does not have",
                         STR_ARGS(substitution));
    add_group(out, text, match, group);
    return true;
}

static bool add_substitution(Buffer *out, const Pattern *pattern, Str substitution, Str text,
                             const Match *match) {
    for (size_t at = 0; at < substitution.length;) {
        char c = substitution.data[at];
        if (c == '$') {
            if (!add_reference(out, pattern, substitution, &at, text, match)) return false;
            continue;
        }
        if (c == '\\' && at + 1 < substitution.length) c = substitution.data[++at];
        buffer_add_char(out, c);
        at++;
    }
    return true;
}

bool replace_matches(Eval *eval, const Value *arguments, Value *result) {
    Pattern pattern;
    Match match;
    *result = value_null();
    for (int i = 0; i < 3; i++)
        if (value_is_null(arguments[i])) return true;
    Str text = value_str(arguments[0]), source = value_str(arguments[1]);
    Str substitution = value_str(arguments[2]);
    Buffer out = buffer_new(eval->arena);
    size_t copied = 0, at = 0;
    if (!compile(eval, source, &pattern)) return false;
    while (find(&pattern, source, text, at, &match)) {
        buffer_add(&out, str_slice(text, copied, match.start));
        if (!add_substitution(&out, &pattern, substitution, text, &match)) return false;
        copied = match.end;
        at = after(text, &match);
    }
    buffer_add(&out, str_slice(text, copied, text.length));
    *result = value_string(buffer_str(&out));
    return eval->error_code == NULL;
}
