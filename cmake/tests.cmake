# tests.cmake - the tests that are not C unit tests.
set(PYTHON ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1 ${Python3_EXECUTABLE})
set(SANITIZED $<$<BOOL:${ISLET_SANITIZE}>:--sanitized>)

add_test(NAME tools/layers COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/tools/check-layers)
add_test(NAME tools/fhir-model COMMAND ${CMAKE_SOURCE_DIR}/tools/check-fhir-model)
add_test(NAME tools/ucum-table COMMAND ${CMAKE_SOURCE_DIR}/tools/check-ucum-table)
add_test(NAME tools/record-doc COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/tools/make-record-doc --check)
set_tests_properties(tools/fhir-model tools/ucum-table PROPERTIES SKIP_RETURN_CODE 77)

# Expressions of CQL and what they give, chapter by chapter.
add_executable(cql_expressions test/cql/expression_test.c test/cql/evaluate.c)
target_link_libraries(cql_expressions PRIVATE islet_cql)
file(GLOB expressions CONFIGURE_DEPENDS test/cql/*.cql-test)
foreach(file ${expressions})
  get_filename_component(chapter ${file} NAME_WE)
  add_test(NAME cql/${chapter} COMMAND cql_expressions ${file})
endforeach()

# HL7's public suite, where it is at hand.
add_executable(cql_evaluate test/conformance/evaluate_lines.c test/cql/evaluate.c)
target_include_directories(cql_evaluate PRIVATE test/cql)
target_link_libraries(cql_evaluate PRIVATE islet_cql)
add_test(NAME cql/conformance
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/conformance/run $<TARGET_FILE:cql_evaluate>)
set_tests_properties(cql/conformance PROPERTIES SKIP_RETURN_CODE 77)

# Wrong libraries and what is said of them.
add_test(NAME cql/diagnostics
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/diagnostics/run $<TARGET_FILE:islet>)

# Whole libraries on records.
add_executable(library_test test/libraries/library_test.c)
target_link_libraries(library_test PRIVATE islet_reason)
file(GLOB expectations CONFIGURE_DEPENDS test/libraries/*.expected)
foreach(file ${expectations})
  get_filename_component(library ${file} NAME_WE)
  add_test(NAME libraries/${library}
           COMMAND library_test ${CMAKE_SOURCE_DIR}/test/libraries/${library}.cql)
endforeach()

# The guideline: its cases, the tables of staging, and a published cohort.
file(GLOB cases CONFIGURE_DEPENDS guideline/net/cases/*.cases)
foreach(file ${cases})
  get_filename_component(decision ${file} NAME_WE)
  add_test(NAME guideline/${decision}
           COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/guideline/run-cases $<TARGET_FILE:islet> ${file})
endforeach()
set(PROGRAMME ${CMAKE_SOURCE_DIR}/test/guideline/programme)
add_test(NAME guideline/programme
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/guideline/run-cases $<TARGET_FILE:islet>
                 --guideline ${PROGRAMME} ${PROGRAMME}/programme.cases)
add_test(NAME guideline/plans
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/guideline/check-plans $<TARGET_FILE:islet>)
add_test(NAME guideline/staging
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/guideline/check-staging $<TARGET_FILE:islet>)
add_test(NAME guideline/cohort
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/guideline/check-panet $<TARGET_FILE:islet>)
set_tests_properties(guideline/staging guideline/cohort PROPERTIES SKIP_RETURN_CODE 77)

# The program from outside.
add_test(NAME cli/bulk
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/cli/check-bulk $<TARGET_FILE:islet>)
add_test(NAME cli/bad-input
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/cli/check-bad-input $<TARGET_FILE:islet> ${SANITIZED})
add_test(NAME cli/eval
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/cli/check-eval $<TARGET_FILE:islet> ${SANITIZED})
add_test(NAME cli/limits
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/cli/check-limits $<TARGET_FILE:islet> ${SANITIZED})
add_test(NAME cli/trials-import
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/cli/check-trials-import $<TARGET_FILE:islet> ${SANITIZED})
add_test(NAME cli/trials-match
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/cli/check-trials-match $<TARGET_FILE:islet> ${SANITIZED})
add_test(NAME guideline/trials
         COMMAND ${PYTHON} ${CMAKE_SOURCE_DIR}/test/guideline/check-trials $<TARGET_FILE:islet>)
