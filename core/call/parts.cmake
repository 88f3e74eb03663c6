# What the machines of a phone are made of.
ringlift_library(ringlift_callparts
  SOURCES
    callguard.h callguard.cpp candidatecodec.h candidatecodec.cpp codemessage.h codemessage.cpp controlchannel.h
    controlchannel.cpp controlmessage.h controlmessage.cpp
    pathquality.h pathquality.cpp registrationmachine.h registrationmachine.cpp retrydelay.h
    retrydelay.cpp serverlink.h serverlink.cpp servertrust.h servertrust.cpp
  LIBRARIES ringlift_ice ringlift_protocol ringlift_crypto)
