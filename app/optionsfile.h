#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace ringlift::app {

/// Where the user keeps the options of the phone of the session, "name = value" a line.
QString optionsFile();

/// The arguments of main(), and after them what the file adds: options of the phone of the session that are not given
/// already. The error names the line.
Result<QStringList> withOptionsOfFile(const QStringList &arguments, const QString &path);

} // namespace ringlift::app
