# tests.cmake - the tests that are not C unit tests.
add_test(NAME tools/layers COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/check-layers)
add_test(NAME tools/fhir-model COMMAND ${CMAKE_SOURCE_DIR}/tools/check-fhir-model)
