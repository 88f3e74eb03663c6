# What `cmake --install` puts into a prefix.
include(GNUInstallDirs)

set(desktop ${CMAKE_CURRENT_SOURCE_DIR}/desktop)

install(TARGETS ringlift ringlift-echo RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
ringlift_install_for_prefix(${desktop}/org.ringlift.Ringlift.desktop.in ${CMAKE_INSTALL_DATADIR}/applications)
ringlift_install_for_prefix(${desktop}/org.ringlift.Ringlift.service.in ${CMAKE_INSTALL_DATADIR}/dbus-1/services)
# Here systemd looks in every prefix, in ~/.local too.
ringlift_install_for_prefix(${desktop}/ringlift.service.in ${CMAKE_INSTALL_DATADIR}/systemd/user)
install(FILES ${desktop}/org.ringlift.Ringlift.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${PROJECT_SOURCE_DIR}/platform/linux/org.ringlift.Gate1.xml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/dbus-1/interfaces)
install(FILES ${desktop}/org.ringlift.Ringlift.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
