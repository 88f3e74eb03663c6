#pragma once

#include "core/base/linecall.h"
#include "platform/plmn/plmnconnection.h"

#include <QTimer>

#include <functional>
#include <map>

namespace ringlift::fake {

/// One SIM of a fake phone. The virtual network may know the number already, with its own idea of the rest.
struct FakeSubscriber
{
    std::string msisdn;
    /// Empty: as the network has it.
    std::string imsi;
    std::string homeRegion;
    bool ownNumberOnSim = true;
};

/// A phone's connection to the virtual phone network; comes back by itself when the network restarts. FakeLine and FakeSim
/// share it.
class FakePhone : public QObject
{
    Q_OBJECT

public:
    /// address: what ringlift-plmn listens on. sims: by slot.
    FakePhone(QString address, std::vector<FakeSubscriber> sims, QObject *parent = nullptr);
    ~FakePhone() override;

    /// Connects, and connects again whenever the connection is lost.
    void start();
    /// Leaves the network as a phone that is switched off.
    void stop();
    /// Every SIM has joined.
    bool isJoined() const { return m_joined; }

    const std::vector<FakeSubscriber> &subscribers() const { return m_subscribers; }
    /// By slot; not present until the network has been joined, so that nobody dials before a call can go out.
    const std::vector<SimInfo> &sims() const { return m_sims; }

    using Done = std::function<void(bool ok, const QString &error)>;
    /// done is called once, also when the connection ends before the reply.
    void request(const QString &command, const QJsonObject &arguments, Done done = {});
    void sendVoice(LineCallId leg, plmn::VoiceSpan samples);

Q_SIGNALS:
    void joinedChanged(bool joined);
    /// The network does not take one of the SIMs; reason is English.
    void joinRefused(const QString &reason);
    /// The telephony service is away by order of a controller, as if its process had stopped.
    void awayChanged(bool away);
    void simsChanged();
    void legChanged(const ringlift::LineCall &call, bool isNew);
    /// After every join, before joinedChanged(): all the calls that the network still has for this phone. sameNetwork is
    /// false when it was restarted and may have given old identifiers to new calls.
    void legsKnown(const std::vector<ringlift::LineCall> &calls, bool sameNetwork);
    void digitsReceived(ringlift::LineCallId leg, const QString &digits);
    /// Valid during the signal only.
    void voiceReceived(ringlift::LineCallId leg, ringlift::plmn::VoiceSpan samples);

private:
    void connectNow();
    void join();
    void onJoinReply(std::size_t slot, const QJsonObject &reply);
    void onMessage(const QJsonObject &message);
    void onReply(const QJsonObject &message);
    void onClosed();
    void setJoined(bool joined);
    void takeSim(const QJsonObject &object);

    using ReplyHandler = std::function<void(const QJsonObject &reply)>;
    void ask(const QString &command, const QJsonObject &arguments, ReplyHandler handler);

    const QString m_address;
    const std::vector<FakeSubscriber> m_subscribers;
    std::vector<SimInfo> m_sims;
    plmn::PlmnConnection *m_connection = nullptr;
    QTimer m_retry;
    std::chrono::milliseconds m_retryAfter;
    std::map<int, ReplyHandler> m_pending;
    int m_lastRequest = 0;
    bool m_joined = false;
    bool m_stopped = true;
    QString m_epoch;
    std::vector<LineCall> m_foundLegs;
    std::size_t m_simsToJoin = 0;
    bool m_sameNetwork = true;
};

} // namespace ringlift::fake
