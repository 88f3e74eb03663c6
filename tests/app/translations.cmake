# Fails when a text of app/ or qml/ has no finished translation, or a translation has no text any more.
# Run as: cmake -DLUPDATE=… -DROOT=… -DSCRATCH=… -P tests/app/translations.cmake

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
file(GLOB kept RELATIVE "${ROOT}/translations" "${ROOT}/translations/*.ts")
set(failures "")

foreach(name IN LISTS kept)
  file(COPY "${ROOT}/translations/${name}" DESTINATION "${SCRATCH}")
  set(options -silent -locations none -source-language en -extensions cpp,h,qml)
  if(name STREQUAL "ringlift_en.ts")
    list(APPEND options -pluralonly)
  endif()
  execute_process(
    COMMAND "${LUPDATE}" ${options} "${ROOT}/app" "${ROOT}/qml" -ts "${SCRATCH}/${name}"
    RESULT_VARIABLE status ERROR_VARIABLE errors)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "lupdate failed: ${errors}")
  endif()
  file(READ "${SCRATCH}/${name}" text)
  foreach(flaw IN ITEMS "type=\"unfinished\"" "type=\"vanished\"" "type=\"obsolete\"" "<translation></translation>"
      "<translation/>" "<numerusform></numerusform>" "<numerusform/>")
    string(FIND "${text}" "${flaw}" at)
    if(NOT at EQUAL -1)
      string(APPEND failures "${name} holds ${flaw}: see ${SCRATCH}/${name}\n")
    endif()
  endforeach()
endforeach()

if(failures)
  message(FATAL_ERROR "Translations are not complete; build update_translations and translate:\n${failures}")
endif()
