# Runs every mutant until something notices it, and fails when one survives.
# Run as: cmake -DMUTANTS=folder -DLIST=mutants.txt -P killmutants.cmake

file(STRINGS ${LIST} names REGEX "^==== [a-z0-9_]+$")
set(survivors "")
foreach(line IN LISTS names)
  string(REPLACE "==== " "" name "${line}")
  set(killer "the scenarios")
  execute_process(COMMAND ${MUTANTS}/mutant_${name} --scenarios RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET TIMEOUT 60)
  if(result EQUAL 0)
    set(killer "the seeds")
    execute_process(COMMAND ${MUTANTS}/mutant_${name} --seeds 1:20000 --jobs 2 --failures 1
      RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET TIMEOUT 240)
  endif()
  if(result EQUAL 0)
    list(APPEND survivors ${name})
    message(STATUS "${name} SURVIVED")
  else()
    message(STATUS "${name}: killed by ${killer}")
  endif()
endforeach()
if(survivors)
  message(FATAL_ERROR "mutants that nobody noticed: ${survivors}")
endif()
