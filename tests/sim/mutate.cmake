# Writes the mutated copy of a source file, and fails when its text is not found there exactly once.
# Run as: cmake -DNAME=… -DLIST=mutants.txt -DROOT=… -DOUT=… -P mutate.cmake

# cut(TEXT FROM TO RESULT): what stands in TEXT between the first FROM and the next TO after it.
function(cut text from to result)
  string(FIND "${text}" "${from}" start)
  if(start EQUAL -1)
    message(FATAL_ERROR "mutant ${NAME}: ${LIST} has no \"${from}\"")
  endif()
  string(LENGTH "${from}" skip)
  math(EXPR start "${start} + ${skip}")
  string(SUBSTRING "${text}" ${start} -1 rest)
  string(FIND "${rest}" "${to}" end)
  string(SUBSTRING "${rest}" 0 ${end} found)
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# Brackets and semicolons mean something to CMake's lists only; plain strings keep them.
file(READ "${LIST}" list)
string(APPEND list "\n==== ")
cut("${list}" "==== ${NAME}\n" "\n==== " section)
string(APPEND section "\n====")
string(FIND "${section}" "\n" end)
string(SUBSTRING "${section}" 0 ${end} file)
cut("${section}" "\n----\n" "\n++++\n" original)
cut("${section}" "\n++++\n" "\n====" replacement)

file(READ "${ROOT}/${file}" source)
string(FIND "${source}" "${original}" first)
string(FIND "${source}" "${original}" last REVERSE)
if(first EQUAL -1 OR NOT first EQUAL last)
  message(FATAL_ERROR "mutant ${NAME}: its text is not found exactly once in ${file}; bring mutants.txt up to date")
endif()
string(LENGTH "${original}" length)
math(EXPR after "${first} + ${length}")
string(SUBSTRING "${source}" 0 ${first} head)
string(SUBSTRING "${source}" ${after} -1 tail)
file(WRITE "${OUT}" "${head}${replacement}${tail}")
