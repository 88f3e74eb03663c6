#pragma once

#include "platform/linux/busservice.h"
#include "platform/linux/callreport.h"
#include "platform/linux/dbusvalues.h"

#include <QDeadlineTimer>

#include <map>

namespace ringlift::modem {

/// The call objects of ModemManager: each is asked for its properties once, and then followed. Reports are whole.
class ModemManagerCalls : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxCalls = 32;
    /// The daemon gives a ring up that has been silent for 10 s, where the modem cannot list its calls, and says no
    /// more of that than of a hang-up at this end; a ring that ends sooner was hung up.
    static constexpr Duration kRingSilence = std::chrono::seconds(8);

    /// service must outlive it.
    explicit ModemManagerCalls(BusService &service, Duration ringSilence = kRingSilence, QObject *parent = nullptr);

    struct Carrier {
        QString modem;
        int sim = 0;
        bool emergencyOnly = false;
    };
    /// Maybe again.
    void add(const QString &path, const Carrier &carrier);
    /// The same, of a call that begins now.
    void begin(const QString &path, const Carrier &carrier);
    /// The daemon deletes no call by itself: one that was made or taken here is deleted here when it has ended.
    void setOwn(const QString &path);
    void remove(const QString &path);
    /// Without a word: whoever does this tells of the modem.
    void removeOf(const QString &modem);
    void clear() { m_calls.clear(); }

    bool knows(const QString &path) const { return m_calls.contains(path); }
    /// Empty: not known.
    QString modemOf(const QString &path) const;
    /// Beside another call.
    bool waits(const QString &path) const;
    bool isDialled(const QString &path) const;
    /// Its properties once more, in case that a signal was lost.
    void refresh(const QString &path);

    void stateChanged(const QString &path, int state, int reason);
    void propertiesChanged(const QString &path, const Properties &properties);

Q_SIGNALS:
    void reported(const ringlift::modem::CallReport &report);
    void forgotten(const QString &path);

private:
    struct Call {
        Carrier carrier;
        bool known = false; // its properties
        bool own = false;
        bool deleted = false;
        int state = 0;
        int reason = 0;
        int direction = 0;
        bool connected = false; // once
        QDeadlineTimer silence; // the earliest end of a ring that is nobody's hang-up
        QString number;
    };
    bool makeRoom();
    static void apply(Call &call, const Properties &properties);
    static void enter(Call &call, int state);
    static LegEnd endOf(const Call &call);
    void tell(const QString &path, Call &call);

    BusService &m_service;
    const Duration m_ringSilence;
    std::map<QString, Call> m_calls;
};

} // namespace ringlift::modem
