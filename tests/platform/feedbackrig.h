#pragma once

#include "tests/platform/busrig.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QTemporaryDir>

/// A stub of feedbackd, with the dialer's setting in a file that a stub of gsettings reads and writes.
namespace ringlift::tests {

class StubSettings
{
public:
    explicit StubSettings(const char *profile)
    {
        choose(profile);
        QFile tool(m_folder.filePath(QStringLiteral("gsettings")));
        if (!tool.open(QFile::WriteOnly))
            qFatal("no gsettings");
        tool.write("#!/bin/sh\n"
                   "[ -e \"$STUB_PROFILE\" ] || exit 1\n"
                   "case $1 in\n"
                   "get) echo \"'$(cat \"$STUB_PROFILE\")'\" ;;\n"
                   "set) [ -n \"$STUB_FORGETS\" ] || { echo \"$4\" >\"$STUB_PROFILE.new\" && "
                   "mv \"$STUB_PROFILE.new\" \"$STUB_PROFILE\"; } ;;\n"
                   "esac\n");
        tool.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("PATH", m_folder.path().toUtf8() + ":/usr/bin:/bin");
        qputenv("STUB_PROFILE", file().toUtf8());
        qunsetenv("STUB_FORGETS");
        qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());
    }

    QByteArray profile() const
    {
        QFile kept(file());
        return kept.open(QFile::ReadOnly) ? kept.readAll().trimmed() : QByteArray();
    }
    void choose(const char *profile)
    {
        QFile kept(file());
        if (kept.open(QFile::WriteOnly))
            kept.write(profile);
    }
    void remove() { QFile::remove(file()); }

private:
    QString file() const { return m_folder.filePath(QStringLiteral("profile")); }

    QTemporaryDir m_folder;
};

class StubFeedback : public QDBusVirtualObject
{
public:
    struct Ring {
        QString app;
        QString event;
        int timeout = 0;
        QByteArray profile; // at that time
        unsigned id = 0;
    };

    StubFeedback(QDBusConnection bus, const StubSettings &settings) : m_bus(std::move(bus)), m_settings(settings)
    {
        m_bus.registerVirtualObject(kPath, this);
        m_bus.registerService(kName);
    }
    ~StubFeedback() override { m_bus.unregisterService(kName); }
    void vanish() { m_bus.unregisterService(kName); }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        const QVariantList arguments = message.arguments();
        if (message.member() == QLatin1StringView("EndFeedback")) {
            ended.append(arguments.value(0).toUInt());
            m_bus.send(message.createReply());
            end(ended.last(), 2);
            return true;
        }
        if (arguments.value(1).toString() != QLatin1StringView("phone-incoming-call")) {
            m_bus.send(message.createReply(++m_last));
            end(m_last, kNoFeedback);
            return true;
        }
        rings.append({arguments.value(0).toString(), arguments.value(1).toString(), arguments.value(3).toInt(),
                      m_settings.profile(), ++m_last});
        m_bus.send(message.createReply(m_last));
        if (misses > 0) {
            --misses;
            end(m_last, kNoFeedback);
        }
        return true;
    }
    void end(unsigned id, unsigned reason)
    {
        QDBusMessage signal = QDBusMessage::createSignal(kPath, kName, QStringLiteral("FeedbackEnded"));
        signal.setArguments({id, reason});
        m_bus.send(signal);
    }

    /// A dialer is there.
    void startDialer() { m_bus.registerService(QStringLiteral("org.gnome.Calls")); }
    /// Some program has an event, such as the dialer its ring.
    void haveEvent() { ++m_last; }
    /// The daemon is another one.
    void restart() { m_last = 0; }

    QList<Ring> rings;
    QList<unsigned> ended;
    /// As many are taken for silent.
    int misses = 0;

private:
    static constexpr unsigned kNoFeedback = 0xffff'ffff;
    const QString kName = QStringLiteral("org.sigxcpu.Feedback");
    const QString kPath = QStringLiteral("/org/sigxcpu/Feedback");

    QDBusConnection m_bus;
    const StubSettings &m_settings;
    unsigned m_last = 0;
};

} // namespace ringlift::tests
