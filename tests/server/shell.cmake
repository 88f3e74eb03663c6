ringlift_test(tst_admission
  SOURCES tst_admission.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_certificates
  SOURCES tst_certificates.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_config
  SOURCES tst_config.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_configvalue
  SOURCES tst_configvalue.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_gate
  SOURCES tst_gate.cpp gaterig.h
  LIBRARIES ringlift_server)
ringlift_test(tst_liveness
  SOURCES tst_liveness.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_log
  SOURCES tst_log.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_otpspool
  SOURCES tst_otpspool.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_pinworker
  SOURCES tst_pinworker.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_processlimits
  SOURCES tst_processlimits.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_secretsfile
  SOURCES tst_secretsfile.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_secretstask
  SOURCES tst_secretstask.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_sqliteregistry
  SOURCES tst_sqliteregistry.cpp
  LIBRARIES ringlift_server)
ringlift_test(tst_ringliftd
  SOURCES tst_ringliftd.cpp serverprocess.h testclient.h
  LIBRARIES ringlift_server
  LAUNCHER ${PROJECT_SOURCE_DIR}/tests/support/with-network)

if(RINGLIFT_TESTS)
  target_compile_definitions(tst_config PRIVATE SERVER_README="${PROJECT_SOURCE_DIR}/server/README.md")
  target_compile_definitions(tst_ringliftd PRIVATE RINGLIFTD="$<TARGET_FILE:ringliftd>")
  add_dependencies(tst_ringliftd ringliftd)
endif()
