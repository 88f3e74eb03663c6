#pragma once

#include "platform/linux/modemservice.h"
#include "platform/linux/ofonomodem.h"

#include <map>

namespace ringlift::modem {

/// Modems, SIMs and calls of oFono (platforms.md L8). Its signals hold what they are about, so that nothing needs
/// asking.
class Ofono : public ModemService
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxCalls = 32;

    explicit Ofono(QDBusConnection systemBus, QObject *parent = nullptr);

    void dial(int sim, const std::string &number, Done done) override;
    void answer(const QString &call, Done done) override;
    void hangUp(const QString &call, Done done) override;
    void sendDigit(const QString &call, char digit, Done done) override;
    void readMessages(bool wanted) override { m_readsMessages = wanted; }

private:
    struct Call {
        QString modem;
        QString state;
        CallReport report;
    };

    void askModems() override;
    void addListed(const QDBusMessage &reply) override;
    void forgetModems() override;
    void onSignal(const QDBusMessage &message) override;
    std::optional<SimInfo> simIn(int slot) const override;
    bool seesCalls() const override;
    void onCallSignal(const QDBusMessage &message);
    void addModem(const QString &path, const Properties &properties);
    void removeModem(const QString &path);
    void modemChanged(const QString &path, const QString &interface, const Properties &properties);
    void read(const QString &modem, const QString &interface);
    void readCalls(const QString &modem);
    void addCall(const QString &modem, const QString &path, const Properties &properties);
    void callChanged(const QString &path, const Properties &properties);
    void removeCall(const QString &path);
    void forgetCallsOf(const QString &modem);

    std::map<QString, OfonoModem> m_modems; // by path
    std::map<QString, Call> m_calls;        // by path
    bool m_readsMessages = false;
};

} // namespace ringlift::modem
