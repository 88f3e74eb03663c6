#pragma once

#include "platform/plmn/at/modem.h"
#include "platform/plmn/at/modemsocket.h"

#include <QTimer>

#include <deque>

namespace ringlift::plmn::at {

/// A modem, its SIM and where hosts reach it.
struct ModemSetup {
    ModemConfig config;
    /// Of the SIM in it; empty: none.
    std::string msisdn;
    std::vector<std::string> ports;
    bool operator==(const ModemSetup &) const = default;
};

/// Runs one modem on its sockets.
class ModemHost : public QObject
{
    Q_OBJECT

public:
    explicit ModemHost(const ModemConfig &config, QObject *parent = nullptr);

    Result<void> listen(const std::vector<std::string> &ports);
    void feed(const ModemInput &input);
    /// What the modem wants of the switch, oldest first; an Outcome answers each.
    std::optional<SwitchInput> takeAsked();
    const Modem &modem() const { return m_modem; }
    QStringList addresses() const;
    bool isConnected() const;

Q_SIGNALS:
    /// Something is to be taken with takeAsked().
    void asks();

private:
    void drain();
    void arm();

    Modem m_modem;
    std::vector<std::unique_ptr<ModemSocket>> m_sockets;
    std::deque<SwitchInput> m_asked;
    QTimer m_timer;
};

} // namespace ringlift::plmn::at
