find_package(Qt6 6.4.2 REQUIRED COMPONENTS Network WebSockets Sql)
find_package(OpenSSL 3.0 REQUIRED)

ringlift_library(ringlift_server
  SOURCES
    admission.h admission.cpp certificateauthority.h certificateauthority.cpp certificates.h certificates.cpp
    commandline.h commandline.cpp configfile.h configfile.cpp configkeys.h configkeys.cpp configvalue.h
    configvalue.cpp connection.h connection.cpp coredriver.h coredriver.cpp daemon.h daemon.cpp descriptor.h gate.h
    gate.cpp gatelimits.h listener.h listener.cpp liveness.h liveness.cpp log.h log.cpp openssl.h options.h
    otpconsole.h otpconsole.cpp otpsender.h otpspool.h otpspool.cpp paths.h paths.cpp pinworker.h pinworker.cpp
    privatefile.h privatefile.cpp processlimits.h processlimits.cpp secretsfile.h secretsfile.cpp secretstask.h
    secretstask.cpp sqlitemigrations.h sqlitemigrations.cpp sqliteregistry.h sqliteregistry.cpp systemdnotify.h systemdnotify.cpp systemwallclock.h
    tlsidentity.h tlsidentity.cpp unixsignals.h unixsignals.cpp
  LIBRARIES ringlift_server_core Qt6::Network Qt6::WebSockets Qt6::Sql
  PRIVATE_LIBRARIES OpenSSL::Crypto PkgConfig::libsodium)

add_executable(ringliftd main.cpp)
target_link_libraries(ringliftd PRIVATE ringlift_options ringlift_server)
target_compile_definitions(ringliftd PRIVATE RINGLIFT_VERSION="${PROJECT_VERSION}")

include(GNUInstallDirs)
install(TARGETS ringliftd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
ringlift_install_for_prefix(${CMAKE_CURRENT_SOURCE_DIR}/ringliftd.service.in lib/systemd/system)
install(FILES ringliftd.sysusers.conf DESTINATION lib/sysusers.d RENAME ringliftd.conf)
