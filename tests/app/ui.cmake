foreach(name call callcontroller contacts dialcontroller display healthcontroller historymodel identitychanges languages numberrules phone pinlockcontroller registrationcontroller sentences
        settingscontroller)
  ringlift_test(tst_${name} SOURCES tst_${name}.cpp LIBRARIES ringlift_model)
endforeach()
ringlift_test(tst_optionsfile SOURCES tst_optionsfile.cpp LIBRARIES ringlift_app)
ringlift_test(tst_telurl SOURCES tst_telurl.cpp LIBRARIES ringlift_model ringlift_session)
find_package(Qt6 REQUIRED COMPONENTS Gui)
# The real program on a session bus of the test's own; as it is built, and as it is installed.
foreach(name singleinstance desktopfiles)
  ringlift_test(tst_${name} SOURCES tst_${name}.cpp sessionrig.h LIBRARIES ringlift_session Qt6::Gui)
  add_dependencies(tst_${name} ringlift)
endforeach()
add_dependencies(tst_desktopfiles ringliftd)
target_compile_definitions(tst_singleinstance PRIVATE RINGLIFT="$<TARGET_FILE:ringlift>")
target_compile_definitions(tst_desktopfiles PRIVATE CMAKE="${CMAKE_COMMAND}" BUILT_APP="${PROJECT_BINARY_DIR}/app" BUILT_SERVER="${PROJECT_BINARY_DIR}/server"
  INSTALL_BINDIR="${CMAKE_INSTALL_BINDIR}")
ringlift_test(tst_ringer SOURCES tst_ringer.cpp LIBRARIES ringlift_gui)

find_package(Qt6 REQUIRED COMPONENTS LinguistTools)
add_test(NAME translations
  COMMAND ${CMAKE_COMMAND} -DLUPDATE=$<TARGET_FILE:Qt6::lupdate> -DROOT=${PROJECT_SOURCE_DIR}
    -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/translations -P ${CMAKE_CURRENT_SOURCE_DIR}/translations.cmake)
