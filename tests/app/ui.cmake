foreach(name call callcontroller contacts dialcontroller display historymodel identitychanges languages numberrules phone pinlockcontroller registrationcontroller sentences
        settingscontroller)
  ringlift_test(tst_${name} SOURCES tst_${name}.cpp LIBRARIES ringlift_model)
endforeach()
ringlift_test(tst_ringer SOURCES tst_ringer.cpp LIBRARIES ringlift_gui)

find_package(Qt6 REQUIRED COMPONENTS LinguistTools)
add_test(NAME translations
  COMMAND ${CMAKE_COMMAND} -DLUPDATE=$<TARGET_FILE:Qt6::lupdate> -DROOT=${PROJECT_SOURCE_DIR}
    -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/translations -P ${CMAKE_CURRENT_SOURCE_DIR}/translations.cmake)
