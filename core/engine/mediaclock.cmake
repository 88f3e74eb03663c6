ringlift_library(ringlift_mediaclock
  SOURCES mediaclock.h mediaclock.cpp mediatick.h mediatick.cpp threadpriority.h threadpriority.cpp wake.h wake.cpp
  LIBRARIES ringlift_media ringlift_ports)
