#include "app/display.h"

#include "core/numbers/numbernormaliser.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ringlift::app {

namespace {

class DisplayText
{
    Q_DECLARE_TR_FUNCTIONS(DisplayText)
};

} // namespace

QString displayNumber(const QString &peer)
{
    if (peer.isEmpty())
        return DisplayText::tr("Unknown number");
    const auto number = protocol::Msisdn::fromE164(peer.toStdString());
    return number ? QString::fromStdString(numbers::formatForDisplay(*number)) : peer;
}

QString displaySas(const QString &digits)
{
    QString grouped;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i > 0 && i % 2 == 0)
            grouped += u' ';
        grouped += digits.at(i);
    }
    return grouped;
}

QString displaySafetyNumber(const QString &digits)
{
    constexpr qsizetype kGroup = 5;
    constexpr qsizetype kLine = 15;
    QString grouped;
    for (qsizetype i = 0; i < digits.size(); i += kGroup) {
        if (i > 0)
            grouped += i % kLine == 0 ? u'\n' : u' ';
        grouped += QStringView(digits).mid(i, kGroup);
    }
    return grouped;
}

QString displayDuration(Duration duration)
{
    const auto seconds = std::max<qint64>(std::chrono::duration_cast<std::chrono::seconds>(duration).count(), 0);
    const auto twoDigits = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    const qint64 hours = seconds / 3600;
    const qint64 minutes = seconds / 60 % 60;
    if (hours == 0)
        return QStringLiteral("%1:%2").arg(minutes).arg(twoDigits(seconds % 60));
    return QStringLiteral("%1:%2:%3").arg(hours).arg(twoDigits(minutes), twoDigits(seconds % 60));
}

QString displayMoment(const QDateTime &moment, const QDateTime &now)
{
    const QLocale locale;
    QString time = locale.toString(moment.time(), QLocale::ShortFormat);
    const qint64 daysAgo = moment.date().daysTo(now.date());
    if (daysAgo == 0)
        return time;
    if (daysAgo == 1)
        return DisplayText::tr("Yesterday, %1").arg(time);
    return DisplayText::tr("%1, %2", "date, time").arg(locale.toString(moment.date(), QLocale::ShortFormat), time);
}

} // namespace ringlift::app
