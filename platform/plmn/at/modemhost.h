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
    /// Where the voice of the active call is; empty: nowhere.
    std::string pcm;
    bool operator==(const ModemSetup &) const = default;
};

/// Runs one modem on its sockets.
class ModemHost : public QObject
{
    Q_OBJECT

public:
    explicit ModemHost(const ModemConfig &config, QObject *parent = nullptr);

    Result<void> listen(const std::vector<std::string> &ports, const std::string &pcm);
    void feed(const ModemInput &input);
    /// What the modem wants of the network, oldest first; an Outcome answers each.
    std::optional<Request> takeAsked();
    /// 48 kHz mono, to whoever listens at the PCM socket; dropped when he does not read.
    void sendVoice(const std::vector<std::int16_t> &samples);
    const Modem &modem() const { return m_modem; }
    QStringList addresses() const;
    bool isConnected() const;

Q_SIGNALS:
    /// Something is to be taken with takeAsked().
    void asks();
    /// 20 ms for the active call.
    void voiceReceived(ringlift::LineCallId leg, const std::vector<std::int16_t> &samples);

private:
    void takeVoice(const QByteArray &bytes);
    void drain();
    void arm();

    Modem m_modem;
    std::vector<std::unique_ptr<ModemSocket>> m_sockets;
    std::unique_ptr<ModemSocket> m_pcm;
    QByteArray m_voice;
    std::deque<Request> m_asked;
    QTimer m_timer;
};

} // namespace ringlift::plmn::at
