#pragma once

#include "platform/linux/busservice.h"
#include "platform/linux/dbusvalues.h"

#include <QSet>

namespace ringlift::modem {

/// Short messages of ModemManager, for as long as somebody waits for one. What was there before is not read.
class ModemManagerMessages : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMaxIncomplete = 8;

    /// service must outlive it.
    explicit ModemManagerMessages(BusService &service, QObject *parent = nullptr);

    void read(bool wanted);
    void added(const QString &path, bool received);
    /// Its last part may have come.
    void propertiesChanged(const QString &path);
    void clear() { m_incomplete.clear(); }

Q_SIGNALS:
    void messageRead(const QString &text);

private:
    void ask(const QString &path);

    BusService &m_service;
    QSet<QString> m_incomplete;
    bool m_wanted = false;
};

} // namespace ringlift::modem
