# Runs every mutant until something notices it, and fails when one survives, or ends in another way than by a violation.
# Run as: cmake -DMUTANTS=folder -DLIST=mutants.txt -P killmutants.cmake

# ringlift-sim --help names it: an invariant was violated or a scenario failed. A crash, a timeout or a missing program is not.
set(violated 3)

file(STRINGS ${LIST} names REGEX "^==== [a-z0-9_]+$")
set(survivors "")
set(broken "")
foreach(line IN LISTS names)
  string(REPLACE "==== " "" name "${line}")
  set(killer "the scenarios")
  execute_process(COMMAND ${MUTANTS}/mutant_${name} --scenarios RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET TIMEOUT 60)
  if(result STREQUAL "0")
    set(killer "the seeds")
    execute_process(COMMAND ${MUTANTS}/mutant_${name} --seeds 1:20000 --jobs 2 --failures 1
      RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET TIMEOUT 240)
  endif()
  if(result STREQUAL "0")
    list(APPEND survivors ${name})
    message(STATUS "${name} SURVIVED")
  elseif(result STREQUAL "${violated}")
    message(STATUS "${name}: killed by ${killer}")
  else()
    list(APPEND broken ${name})
    message(STATUS "${name} BROKEN, which is no verdict: ${killer} ended with \"${result}\"")
  endif()
endforeach()
if(survivors OR broken)
  message(FATAL_ERROR "mutants that nobody noticed: ${survivors}; mutants without a verdict: ${broken}")
endif()
