ringlift_test(tst_ringliftd
  SOURCES tst_ringliftd.cpp serverprocess.h testclient.h
  LIBRARIES ringlift_server)

if(RINGLIFT_TESTS)
  target_compile_definitions(tst_ringliftd PRIVATE RINGLIFTD="$<TARGET_FILE:ringliftd>")
  add_dependencies(tst_ringliftd ringliftd)
endif()
