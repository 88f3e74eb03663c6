# Compiler settings and the two functions with which every target of the project is made.

add_library(ringlift_options INTERFACE)
target_include_directories(ringlift_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(ringlift_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS)
target_compile_options(ringlift_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wcast-align -Wnull-dereference -Wimplicit-fallthrough)

if(RINGLIFT_SANITIZE)
  add_compile_options(-fsanitize=${RINGLIFT_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${RINGLIFT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overflow) # instrumentation misleads GCC 12
    add_compile_options(-Wno-tsan) # Qt 6.4's global statics fence; nothing of ours does
  endif()
  if(RINGLIFT_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=all)
  endif()
endif()
if(RINGLIFT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# ringlift_library(NAME SOURCES … LIBRARIES …): a static library of the project. LIBRARIES are PUBLIC.
function(ringlift_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LIBRARIES} PRIVATE ringlift_options ${ARG_PRIVATE_LIBRARIES})
endfunction()

# ringlift_test(NAME SOURCES … LIBRARIES … [LABELS …] [TIMEOUT seconds] [LAUNCHER …]): a Qt Test executable registered with CTest,
# run by the LAUNCHER if there is one.
function(ringlift_test name)
  if(NOT RINGLIFT_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;LAUNCHER" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ringlift_options Qt6::Test ${ARG_LIBRARIES})
  add_test(NAME ${name} COMMAND ${ARG_LAUNCHER} $<TARGET_FILE:${name}>)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()

# ringlift_fuzzer(NAME SOURCES … LIBRARIES …): a libFuzzer target; its corpus is tests/fuzz/corpus/NAME.
function(ringlift_fuzzer name)
  if(NOT RINGLIFT_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ringlift_options ${ARG_LIBRARIES})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()

# ringlift_install_for_prefix(TEMPLATE FOLDER): installs TEMPLATE, less its .in, into FOLDER of the prefix. It is configured only
# then, for the prefix that `cmake --install` is given, whose programs are in @bindir@.
function(ringlift_install_for_prefix template folder)
  get_filename_component(name ${template} NAME_WLE)
  install(CODE "
    set(bindir \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\")
    configure_file(\"${template}\" \"${CMAKE_CURRENT_BINARY_DIR}/installed/${name}\" @ONLY)
    file(INSTALL \"${CMAKE_CURRENT_BINARY_DIR}/installed/${name}\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${folder}\")")
endfunction()
