# library.cmake - islet as a library: libislet.so, libislet.a, the pkg-config file, installing.
#
# Only the names of include/islet.h leave either library.  All layers are compiled for both at
# once; the static library is their objects linked into one, whose other names are made local.
include(GNUInstallDirs)

set(layers islet_reason islet_guideline islet_fhir islet_cql islet_json islet_value islet_base)
set_target_properties(${layers} PROPERTIES POSITION_INDEPENDENT_CODE ON
                      C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden)
set_source_files_properties(src/reason/islet_error.c PROPERTIES
                            COMPILE_DEFINITIONS ISLET_VERSION="${PROJECT_VERSION}")

set(exports ${CMAKE_SOURCE_DIR}/cmake/islet.map)
file(WRITE ${CMAKE_BINARY_DIR}/empty.c "")
add_library(islet_shared SHARED ${CMAKE_BINARY_DIR}/empty.c)
set_target_properties(islet_shared PROPERTIES OUTPUT_NAME islet LINKER_LANGUAGE CXX
                      VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
                      LINK_DEPENDS ${exports})
target_link_libraries(islet_shared PRIVATE $<LINK_LIBRARY:WHOLE_ARCHIVE,islet_reason>)
target_link_options(islet_shared PRIVATE LINKER:--version-script=${exports})
if(NOT ISLET_SANITIZE AND NOT ISLET_FUZZ)
  target_link_options(islet_shared PRIVATE LINKER:-z,defs)
endif()

set(static ${CMAKE_BINARY_DIR}/libislet.a)
set(archives)
foreach(layer ${layers})
  list(APPEND archives $<TARGET_FILE:${layer}>)
endforeach()
list(SUBLIST archives 1 -1 below)
add_custom_command(
  OUTPUT ${static}
  COMMAND ${CMAKE_LINKER} -r --force-group-allocation -o islet_all.o
          --whole-archive $<TARGET_FILE:islet_reason> --no-whole-archive
          --start-group ${below} --end-group
  COMMAND ${CMAKE_OBJCOPY} --wildcard --keep-global-symbol=islet_* islet_all.o
  COMMAND ${CMAKE_COMMAND} -E rm -f libislet.a
  COMMAND ${CMAKE_AR} qcs libislet.a islet_all.o
  DEPENDS ${layers}
  WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
  COMMENT "Linking static library libislet.a"
  VERBATIM)
add_custom_target(islet_static ALL DEPENDS ${static})

# The pkg-config file finds its prefix from where it lies, so that the folder may be moved.
set(pkgconfig ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH PREFIX_FROM_PKGCONFIG /prefix/${pkgconfig} /prefix)
configure_file(cmake/islet.pc.in ${CMAKE_BINARY_DIR}/islet.pc @ONLY)

install(TARGETS islet RUNTIME)
install(TARGETS islet_shared LIBRARY)
install(FILES ${static} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES include/islet.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/islet.pc DESTINATION ${pkgconfig})
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Programs are built against what is installed.
set(sanitizers)
if(ISLET_SANITIZE OR ISLET_FUZZ)
  set(sanitizers -fsanitize=address,undefined)
endif()
add_test(NAME install/library
         COMMAND ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1 ${Python3_EXECUTABLE}
                 ${CMAKE_SOURCE_DIR}/test/install/check-library ${CMAKE_BINARY_DIR} ${CMAKE_COMMAND}
                 ${CMAKE_C_COMPILER} ${CMAKE_CXX_COMPILER} ${CMAKE_NM} ${PKG_CONFIG_EXECUTABLE}
                 ${sanitizers})
