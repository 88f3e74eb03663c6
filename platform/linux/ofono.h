#pragma once

#include "platform/linux/busservice.h"
#include "platform/linux/ofonomodem.h"
#include "platform/linux/telephony.h"

#include <QTimer>

#include <map>

namespace ringlift::modem {

/// Modems, SIMs and calls of oFono (platforms.md L8). Its signals hold what they are about, so that nothing needs
/// asking.
class Ofono : public Telephony
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxCalls = 32;

    explicit Ofono(QDBusConnection bus, QObject *parent = nullptr);

    void start() override;
    void stop() override;
    Finding finding() const override { return m_finding; }
    std::vector<SimInfo> sims() const override { return m_sims; }

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

    void askModems();
    void onModems(const QDBusMessage &reply);
    void onVanished();
    void onSignal(const QDBusMessage &message);
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
    void tellSims();
    void tellFinding();
    void setFinding(Finding finding);

    BusService m_service;
    std::map<QString, OfonoModem> m_modems; // by path
    std::map<QString, Call> m_calls;        // by path
    QStringList m_slots;                    // paths, which are the same after a restart
    std::vector<SimInfo> m_sims;
    Finding m_finding = Finding::Pending;
    bool m_listed = false;
    bool m_readsMessages = false;
    QTimer m_retry;
};

} // namespace ringlift::modem
