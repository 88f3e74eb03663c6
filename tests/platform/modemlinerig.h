#pragma once

#include "platform/linux/modemline.h"
#include "platform/linux/modemmanager.h"
#include "platform/linux/modemsim.h"
#include "tests/platform/busrig.h"
#include "tests/platform/fakemodemmanager.h"
#include "tests/platform/waiting.h"

#include <QDBusPendingCallWatcher>

/// A line on a fake ModemManager, and all it told.
namespace ringlift::tests {

inline const FakeModemManager::Sim kGermanSim{
    QStringLiteral("262015550000001"), {QStringLiteral("+4915112345678")}, {QStringLiteral("110")}};
inline const FakeModemManager::Sim kChineseSim{QStringLiteral("460001234567890"), {}, {}};

class ModemLineRig
{
public:
    enum class What { Preparing, Dialling, Incoming, Changed, Ended };
    struct Told {
        What what;
        LineCall call;
    };

    explicit ModemLineRig(modem::ModemLineConfig config = {},
                          Duration ringSilence = modem::ModemManagerCalls::kRingSilence)
        : daemon(bus.connection()), telephony(bus.connection(), ringSilence), line(telephony, config), sims(telephony)
    {
        using Line = ports::CellularLine;
        const auto note = [this](What what) {
            return [this, what](const LineCall &call) { told.push_back({what, call}); };
        };
        QObject::connect(&line, &Line::preparing, note(What::Preparing));
        QObject::connect(&line, &Line::dialling, note(What::Dialling));
        QObject::connect(&line, &Line::incoming, note(What::Incoming));
        QObject::connect(&line, &Line::changed, note(What::Changed));
        QObject::connect(&line, &Line::ended, note(What::Ended));
        QObject::connect(&line, &Line::lost, [this](bool away) { lost.push_back(away); });
        QObject::connect(&line, &Line::dialRefused, [this](const QString &reason) { refusals.append(reason); });
        QObject::connect(&telephony, &modem::Telephony::messageRead,
                         [this](const QString &text) { messages.append(text); });
    }

    /// With one modem in slot 0, whose SIM is known.
    bool start()
    {
        if (!bus.isRunning())
            return false;
        daemon.appear();
        modem = daemon.addModem(0, kGermanSim);
        telephony.start();
        return waitUntil([this] { return telephony.finding() == modem::Finding::Found && simIn(0).present; });
    }

    SimInfo simIn(std::size_t slot) const
    {
        const auto all = sims.sims();
        return slot < all.size() ? all[slot] : SimInfo{};
    }

    /// That the daemon has told all it had to tell until now, and was heard.
    bool settle()
    {
        for (int round = 0; round < 3; ++round) {
            const int before = m_settled;
            QDBusMessage ping = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ModemManager1"),
                                                               QStringLiteral("/org/freedesktop/ModemManager1"),
                                                               QStringLiteral("ringlift.Test"), QStringLiteral("Ping"));
            QDBusPendingCallWatcher watcher(m_probe.asyncCall(ping));
            QObject::connect(&watcher, &QDBusPendingCallWatcher::finished, [this] { ++m_settled; });
            if (!waitUntil([&] { return m_settled > before; }))
                return false;
        }
        return true;
    }

    bool reaches(LegState state)
    {
        return waitUntil([&] { return !told.empty() && told.back().what != What::Preparing && last().state == state; });
    }

    int count(What what) const
    {
        return int(std::count_if(told.begin(), told.end(), [what](const Told &one) { return one.what == what; }));
    }

    const LineCall &last() const { return told.back().call; }

    BusRig bus;
    FakeModemManager daemon;
    modem::ModemManager telephony;
    modem::ModemLine line;
    modem::ModemSim sims;
    QString modem;
    std::vector<Told> told;
    std::vector<bool> lost;
    QStringList refusals;
    QStringList messages;

private:
    QDBusConnection m_probe = bus.connection();
    int m_settled = 0;
};

} // namespace ringlift::tests
