/* parse_library_test.c - declarations, their comments and annotations, and the printed
 * library as a whole. */
#include "check.h"
#include "cql/parse.h"

static const char whole[] =
    "library Net.Decisions version '1.2'\n"
    "using FHIR version '4.0.1'\n"
    "include FHIRHelpers version '4.0.1'\n"
    "include Org.NetRecord called Record\n"
    "codesystem \"LOINC\": 'http://loinc.org' version '2.77'\n"
    "valueset \"Imaging\": 'http://example.org/imaging' version '1'"
    " codesystems { \"LOINC\", R.\"S\" }\n"
    "code \"Ki-67\": '29593-1' from \"LOINC\" display 'Ki-67'\n"
    "private concept \"Both\": { \"Ki-67\", Record.\"Other\" } display 'both'\n"
    "parameter \"Period\" Interval<DateTime> default Interval[@2026, @2027)\n"
    "parameter Limit default 5\n"
    "context Patient\n"
    "// The grade, after the sheet.\n"
    "// @rule: GEP-F-85\n"
    "define \"Grade\": 2\n"
    "define private Hidden: \"Grade\" + 1\n"
    "context Unfiltered\n"
    "define function f(a Integer, code List<FHIR.Coding>): a\n"
    "define fluent function contains(a Any) returns Boolean: external\n"
    "define public function \"g h\"(): null\n";

static const char printed[] =
    "library \"Net.Decisions\" version '1.2'\n"
    "  using \"FHIR\" version '4.0.1'\n"
    "  include \"FHIRHelpers\" library 'FHIRHelpers' version '4.0.1', line 3\n"
    "  include \"Record\" library 'Org.NetRecord', line 4\n"
    "  codesystem \"LOINC\" id 'http://loinc.org' version '2.77', line 5\n"
    "  valueset \"Imaging\" id 'http://example.org/imaging' version '1', line 6\n"
    "    from \"LOINC\"\n"
    "    from \"R\" \"S\"\n"
    "  code \"Ki-67\" id '29593-1' display 'Ki-67', line 7\n"
    "    from \"LOINC\"\n"
    "  concept \"Both\" display 'both', private, line 8\n"
    "    from \"Ki-67\"\n"
    "    from \"Record\" \"Other\"\n"
    "  parameter \"Period\" Interval<DateTime>, line 9\n"
    "    Interval [ )\n"
    "      Date 2026\n"
    "      Date 2027\n"
    "  parameter \"Limit\", line 10\n"
    "    Integer 5\n"
    "  define \"Grade\", in context Patient, line 14\n"
    "    comment 'The grade, after the sheet.'\n"
    "    @rule: GEP-F-85\n"
    "    Integer 2\n"
    "  define \"Hidden\", private, in context Patient, line 15\n"
    "    Add\n"
    "      name \"Grade\"\n"
    "      Integer 1\n"
    "  function \"f\", in context Unfiltered, line 17\n"
    "    operand \"a\" Integer\n"
    "    operand \"code\" List<FHIR.Coding>\n"
    "    name \"a\"\n"
    "  function \"contains\" Boolean, fluent, external, in context Unfiltered, line 18\n"
    "    operand \"a\" Any\n"
    "  function \"g h\", in context Unfiltered, line 19\n"
    "    null\n";

static Library *read_library(Arena *arena, const char *text) {
    Diagnostics diagnostics = diagnostics_new(arena);
    Library *library = parse_library(arena, STR("test"), str_from(text), &diagnostics);
    CHECK(diagnostics.count == 0);
    return library;
}

static void reads_every_declaration(void) {
    Arena *arena = arena_new(1 << 20);
    Buffer out = buffer_new(arena);
    ast_print(read_library(arena, whole), &out);
    CHECK_STR(buffer_str(&out), printed);
    arena_free(arena);
}

static void says_where_definitions_stand(void) {
    Arena *arena = arena_new(1 << 20);
    Library *library = read_library(arena, "\ndefine \"A b\":\n  1 + 2\n");
    const Definition *definition = library->definitions[0];
    CHECK(definition->span.line == 2 && definition->span.column == 8);
    CHECK(definition->span.length == 5);
    CHECK(definition->extent.line == 2 && definition->extent.column == 1);
    CHECK(definition->extent.offset == 1 && definition->extent.length == 21);
    arena_free(arena);
}

static void reads_models_by_another_name(void) {
    Arena *arena = arena_new(1 << 20);
    const Library *library = read_library(arena, "using System\n"
                                                 "using FHIR version '4.0.1' called F");
    CHECK_STR(library->model, "FHIR");
    CHECK_STR(library->model_version, "4.0.1");
    CHECK_STR(library->model_alias, "F");
    arena_free(arena);
}

/* ---- comments ---- */

static const char *comment_of(Arena *arena, const char *before) {
    Buffer text = buffer_new(arena);
    buffer_format(&text, "%sdefine \"A\": 1", before);
    Library *library = read_library(arena, str_to_c(arena, buffer_str(&text)));
    return str_to_c(arena, library->definitions[library->count - 1]->comment);
}

static void takes_the_comment_right_above(void) {
    Arena *arena = arena_new(1 << 20);
    CHECK(strcmp(comment_of(arena, "// one\n// two\n"), "one\ntwo") == 0);
    CHECK(strcmp(comment_of(arena, "// far\n\n// near\n"), "near") == 0);
    CHECK(strcmp(comment_of(arena, "// far\n\n"), "") == 0);
    CHECK(strcmp(comment_of(arena, "/* block */\n"), "block") == 0);
    CHECK(strcmp(comment_of(arena, "/**\n * one\n * two\n */\n"), "one\ntwo") == 0);
    CHECK(strcmp(comment_of(arena, "/* one */\r\n// two\r\n"), "one\ntwo") == 0);
    CHECK(strcmp(comment_of(arena, "define \"B\": 2 // of B\n"), "") == 0);
    CHECK(strcmp(comment_of(arena, "define \"B\": 2 // of B\n// of A\n"), "of A") == 0);
    CHECK(strcmp(comment_of(arena, "define \"B\": 'x\ny' // of B\n"), "") == 0);
    arena_free(arena);
}

static void takes_annotations_out_of_it(void) {
    Arena *arena = arena_new(1 << 20);
    Library *library = read_library(arena, "// Text.\n"
                                           "// @fact: islet#krenning-score\n"
                                           "//   @text:   Krenning score  \n"
                                           "// mail@example.org: no annotation\n"
                                           "// @ none: either\n"
                                           "/* @draft: true */\n"
                                           "define \"A\": 1");
    const Definition *definition = library->definitions[0];
    CHECK_STR(definition->comment, "Text.\nmail@example.org: no annotation\n@ none: either");
    CHECK(definition->annotation_count == 3);
    CHECK_STR(definition->annotations[0].name, "fact");
    CHECK_STR(definition->annotations[0].value, "islet#krenning-score");
    CHECK_STR(definition->annotations[1].value, "Krenning score");
    CHECK_STR(definition->annotations[2].name, "draft");
    CHECK_STR(definition->annotations[2].value, "true");
    arena_free(arena);
}

int main(void) {
    RUN(reads_every_declaration);
    RUN(says_where_definitions_stand);
    RUN(reads_models_by_another_name);
    RUN(takes_the_comment_right_above);
    RUN(takes_annotations_out_of_it);
    return check_report();
}
