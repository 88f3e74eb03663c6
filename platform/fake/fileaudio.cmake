ringlift_library(ringlift_fileaudio
  SOURCES fileaudio.h fileaudio.cpp
  LIBRARIES ringlift_media ringlift_ports)
