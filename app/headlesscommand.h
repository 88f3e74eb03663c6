#pragma once

#include "core/base/result.h"

#include <QJsonObject>

#include <optional>

namespace ringlift::app {

/// One command of the headless interface with fields of the right names, types and ranges (app/HEADLESS.md).
struct HeadlessCommand
{
    qint64 id = 0;
    QString name;
    QJsonObject fields;
};

/// Why a command is refused. code and the beginning of error are stable.
struct CommandFault
{
    std::optional<qint64> id;
    QString code;
    QString error;
    bool operator==(const CommandFault &) const = default;
};

inline constexpr qsizetype kMaxCommandLine = qsizetype{64} * 1024;
inline constexpr int kMaxHistoryLimit = 1000;

Expected<HeadlessCommand, CommandFault> parseCommand(const QByteArray &line);
CommandFault lineTooLong();

} // namespace ringlift::app
