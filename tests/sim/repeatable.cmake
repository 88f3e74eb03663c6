# Runs some seeds twice, in two processes each, and compares the hashes of their traces byte by byte.
# Run as: cmake -DSIM=… -P repeatable.cmake

foreach(seed IN ITEMS 5 12 123 1234 2748 3072 6378 11164 20000 65535)
  execute_process(COMMAND ${SIM} --trace ${seed} OUTPUT_VARIABLE first RESULT_VARIABLE failed)
  execute_process(COMMAND ${SIM} --trace ${seed} OUTPUT_VARIABLE second)
  if(NOT first MATCHES "^[0-9a-f]+\n$" OR NOT first STREQUAL second)
    message(FATAL_ERROR "seed ${seed} told two stories: ${first} ${second}")
  endif()
  list(APPEND hashes "${first}")
endforeach()

list(REMOVE_DUPLICATES hashes)
list(LENGTH hashes different)
if(different LESS 10)
  message(FATAL_ERROR "different seeds told the same story")
endif()
