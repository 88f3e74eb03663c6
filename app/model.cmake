# The user interface of the app: what QML shows (ringlift_model) and the window (ringlift_gui).
find_package(Qt6 6.4.2 REQUIRED COMPONENTS Gui Qml Quick QuickControls2)
if(COMMAND qt_policy)
  qt_policy(SET QTP0001 NEW)
endif()

qt_add_library(ringlift_model STATIC)
target_link_libraries(ringlift_model
  PUBLIC ringlift_engine Qt6::Qml
  PRIVATE ringlift_numbers ringlift_options)
target_include_directories(ringlift_model PUBLIC ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
qt_add_qml_module(ringlift_model
  URI Ringlift.Model
  VERSION 1.0
  RESOURCE_PREFIX /qt/qml
  OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/qmlmodules/Ringlift/Model
  SOURCES
    call.h call.cpp callcontroller.h callcontroller.cpp contacts.h contacts.cpp dialcontroller.h dialcontroller.cpp display.h display.cpp
    healthcontroller.h healthcontroller.cpp healthsentences.h healthsentences.cpp
    historymodel.h historymodel.cpp identitychanges.h identitychanges.cpp languages.h languages.cpp numberrules.h numberrules.cpp phone.h phone.cpp pinlockcontroller.h pinlockcontroller.cpp
    registrationcontroller.h registrationcontroller.cpp sentences.h sentences.cpp settingscontroller.h settingscontroller.cpp)

# What the app is to other programs of the session.
find_package(Qt6 6.4.2 REQUIRED COMPONENTS DBus)
ringlift_library(ringlift_session
  SOURCES quitsignals.h quitsignals.cpp singleinstance.h singleinstance.cpp telurl.h telurl.cpp
  LIBRARIES ringlift_base Qt6::DBus
  PRIVATE_LIBRARIES ringlift_numbers)

ringlift_library(ringlift_gui
  SOURCES
    enginelink.h enginelink.cpp gui.h gui.cpp guioptions.h mainwindow.h mainwindow.cpp
    ringer.h ringer.cpp scenephotographer.h scenephotographer.cpp
  LIBRARIES ringlift_model ringlift_modelplugin ringlift_session ringlift_ui ringlift_uiplugin Qt6::QuickControls2)
