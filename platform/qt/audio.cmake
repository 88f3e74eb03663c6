find_package(Qt6 6.4.2 REQUIRED COMPONENTS Multimedia)

ringlift_library(ringlift_platform_qt_audio
  SOURCES qtaudiodevice.h qtaudiodevice.cpp
  LIBRARIES ringlift_ports Qt6::Multimedia)
