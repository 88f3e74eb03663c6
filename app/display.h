#pragma once

#include "core/base/time.h"

#include <QDateTime>
#include <QString>

/// How numbers, durations and moments are written for people, in the language of the interface.
namespace ringlift::app {

/// "+49 1555 0123456"; what is not a whole number in E.164 form stays as it is, nothing at all becomes "Unknown number".
QString displayNumber(const QString &peer);

/// "48 19 07", as protocol.md 3.6 shows the digits that people compare.
QString displaySas(const QString &digits);

/// A safety number (protocol.md 3.8) of 60 digits in groups of five, three on a line.
QString displaySafetyNumber(const QString &digits);

/// "0:42", "1:02:03".
QString displayDuration(Duration duration);

/// "14:05", "Yesterday, 14:05" or a date with time.
QString displayMoment(const QDateTime &moment, const QDateTime &now);

} // namespace ringlift::app
