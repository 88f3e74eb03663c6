# A simulator for each mutant of mutants.txt: the mutated source is compiled alone and linked in front of the ordinary
# libraries, whose member of the same symbols is then left out.

set(list ${CMAKE_CURRENT_SOURCE_DIR}/mutants.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
file(STRINGS ${list} names REGEX "^==== [a-z0-9_]+$")
file(STRINGS ${list} files REGEX "^(core|server)/.*[.]cpp$")

foreach(line file IN ZIP_LISTS names files)
  string(REPLACE "==== " "" name "${line}")
  set(mutated ${CMAKE_CURRENT_BINARY_DIR}/mutants/${name}.cpp)
  add_custom_command(OUTPUT ${mutated}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DLIST=${list} -DROOT=${PROJECT_SOURCE_DIR} -DOUT=${mutated}
      -P ${CMAKE_CURRENT_SOURCE_DIR}/mutate.cmake
    DEPENDS ${list} ${PROJECT_SOURCE_DIR}/${file} mutate.cmake
    VERBATIM)
  add_executable(mutant_${name} ${mutated} $<TARGET_OBJECTS:ringlift_sim_main>)
  set_target_properties(mutant_${name} PROPERTIES AUTOMOC OFF COMPILE_WARNING_AS_ERROR OFF
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/mutants)
  target_compile_options(mutant_${name} PRIVATE -w -g0)
  target_link_options(mutant_${name} PRIVATE -s)
  target_link_libraries(mutant_${name} PRIVATE ringlift_sim Qt6::Test PkgConfig::libsodium)
  target_include_directories(mutant_${name} PRIVATE ${PROJECT_SOURCE_DIR})
endforeach()

list(LENGTH names count)
list(LENGTH files known)
if(NOT count EQUAL known)
  message(FATAL_ERROR "mutants.txt: ${count} names, but ${known} files")
endif()

add_test(NAME sim_mutants COMMAND ${CMAKE_COMMAND} -DMUTANTS=${CMAKE_CURRENT_BINARY_DIR}/mutants -DLIST=${list}
  -P ${CMAKE_CURRENT_SOURCE_DIR}/killmutants.cmake)
set_tests_properties(sim_mutants PROPERTIES LABELS sim TIMEOUT 600 PROCESSORS 2)
