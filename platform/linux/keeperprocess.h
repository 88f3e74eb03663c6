#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace ringlift::modem {

struct KeeperProcess {
    int process = 0;
    int socket = -1; // the other end is the process' standard input
};

/// In a session of its own: what ends the app's process group does not end it. Nothing, where it cannot be started.
std::optional<KeeperProcess> startKeeper(const QString &program, const QStringList &arguments);

} // namespace ringlift::modem
