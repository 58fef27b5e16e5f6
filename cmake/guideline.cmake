# guideline.cmake - embeds guideline/ in the program: a C file in the build folder, made anew
# when a file of a guideline changes, comes or goes.
file(GLOB guideline_files CONFIGURE_DEPENDS guideline/*/guideline.json guideline/*/cql/*.cql
     guideline/*/plans/*.json guideline/*/activities/*.json guideline/*/terms/*.json
     guideline/*/trials/*.cql guideline/*/trials/*.json guideline/*/measures/*.json)
set(embedded_source ${CMAKE_BINARY_DIR}/embedded_guideline.c)
add_custom_command(
  OUTPUT ${embedded_source}
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed-guideline
          ${CMAKE_SOURCE_DIR}/guideline ${embedded_source}
  DEPENDS ${guideline_files} ${CMAKE_SOURCE_DIR}/tools/embed-guideline
  VERBATIM)
add_library(islet_guideline STATIC ${embedded_source})
target_include_directories(islet_guideline PRIVATE src)
# src/reason, which reads the files, is made after this file is included.
cmake_language(DEFER CALL target_link_libraries islet_reason PUBLIC islet_guideline)
