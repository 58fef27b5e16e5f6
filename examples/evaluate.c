/* evaluate.c - what a CQL library says of records, by islet's C library.
 *
 *     cc evaluate.c $(pkg-config --cflags --libs islet) -o evaluate
 *     ./evaluate RECORD.json...
 *
 * A record is a FHIR Bundle of one patient. */
#include <islet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char text[] =
    "library Example version '1.0'\n"
    "using FHIR version '4.0.1'\n"
    "include FHIRHelpers version '4.0.1'\n"
    "codesystem \"LOINC\": 'http://loinc.org'\n"
    "code \"Ki-67\": '29593-1' from \"LOINC\"\n"
    "parameter \"Highest Ki-67 of grade 1\" Quantity default 2 '%'\n"
    "context Patient\n"
    "define \"Age\": AgeInYears()\n"
    "define \"Proliferation\":\n"
    "  [Observation: \"Ki-67\"] O\n"
    "    where O.status = 'final'\n"
    "    return Tuple { at: O.effective as FHIR.dateTime, share: O.value as FHIR.Quantity }\n"
    "    sort by at\n"
    "define \"Latest Ki-67\": Last(\"Proliferation\").share as Quantity\n"
    "define \"Above grade 1\": \"Latest Ki-67\" > \"Highest Ki-67 of grade 1\"\n";

/* The whole file, to be freed; NULL: it cannot be read. */
static char *read_file(const char *path, size_t *length) {
    char *content = NULL, *larger;
    FILE *file = fopen(path, "rb");
    *length = 0;
    for (size_t got = 1; file != NULL && got != 0; *length += got) {
        if ((larger = realloc(content, *length + 65536)) == NULL) break;
        content = larger;
        got = fread(content + *length, 1, 65536, file);
    }
    if (file == NULL) perror(path);
    else fclose(file);
    return content;
}

static void print_error(const islet_error *error) {
    fprintf(stderr, "%s:%u:%u: %s\n", error->file, error->line, error->column, error->message);
    if (error->hint[0] != '\0') fprintf(stderr, "    %s\n", error->hint);
}

/* Every define as CQL writes its value, and one read piece by piece. */
static void print_defines(const islet_library *library, islet_evaluator *evaluator) {
    islet_value value;
    islet_text shown, number, unit;
    for (size_t i = 0; i < islet_library_define_count(library); i++) {
        const char *name = islet_library_define_name(library, i);
        if (islet_evaluator_define(evaluator, name, &value) == ISLET_OK &&
            islet_value_cql(value, &shown) == ISLET_OK)
            printf("  %s: %s\n", name, shown.data);
        else print_error(islet_evaluator_error(evaluator));
    }
    if (islet_evaluator_define(evaluator, "Latest Ki-67", &value) == ISLET_OK &&
        islet_value_quantity(value, &number, &unit) == ISLET_OK)
        printf("  number %s, unit %s\n", number.data, unit.data);
}

static int evaluate(const islet_library *library, islet_evaluator *evaluator, const char *path) {
    islet_input record = { NULL, 0, path, 1 };
    char *content = read_file(path, &record.length);
    if (content == NULL) return 1;
    record.text = content;
    islet_status status = islet_evaluator_read_record(evaluator, &record);
    free(content); /* the evaluator has its own */
    if (status != ISLET_OK) {
        print_error(islet_evaluator_error(evaluator));
        return 1;
    }
    printf("%s\n", path);
    print_defines(library, evaluator);
    return 0;
}

int main(int count, char **paths) {
    islet_library *library;
    islet_evaluator *evaluator = NULL;
    int failed = 0;
    islet_input source = { text, strlen(text), "Example.cql", 1 };
    islet_status status = islet_library_compile(&source, NULL, &library);
    for (size_t i = 0; i < islet_library_error_count(library); i++)
        print_error(islet_library_error(library, i));
    if (status == ISLET_OK) status = islet_evaluator_new(library, NULL, NULL, &evaluator);
    if (status == ISLET_OK) status = islet_evaluator_set_as_of(evaluator, "2026-06-01", 0);
    if (status == ISLET_OK)
        status = islet_evaluator_set_parameter(evaluator, "Highest Ki-67 of grade 1", "2 '%'");
    if (status != ISLET_OK) fprintf(stderr, "%s\n", islet_status_text(status));
    for (int i = 1; i < count && status == ISLET_OK; i++)
        failed |= evaluate(library, evaluator, paths[i]);
    islet_evaluator_free(evaluator);
    islet_library_free(library);
    return failed || status != ISLET_OK;
}
