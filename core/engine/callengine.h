#pragma once

#include "core/call/phonemachine.h"
#include "core/engine/hookhealth.h"
#include "core/engine/testcall.h"
#include "core/ports/appstore.h"
#include "core/ports/audiodevice.h"
#include "core/ports/cellularline.h"
#include "core/ports/datagramsocket.h"
#include "core/ports/networkstate.h"
#include "core/ports/secretstore.h"
#include "core/ports/signalling.h"
#include "core/ports/simcard.h"
#include "core/ports/textmessages.h"

#include <QObject>

#include <functional>
#include <memory>

namespace ringlift::engine {

/// What the engine works with; all of it outlives the engine and lives on its thread, but the audio devices, which the
/// media thread makes and owns.
struct EnginePorts {
    ports::CellularLine &line;
    ports::SimCard &sims;
    ports::NetworkState &network;
    ports::Signalling &signalling;
    ports::SecretStore &secrets;
    ports::AppStore &store;
    RandomSource &random;
    std::function<std::unique_ptr<ports::DatagramSocket>()> makeSocket;
    std::function<std::unique_ptr<ports::AudioDevice>()> makeAudio;
    /// Name of the device seed in the secret store (protocol.md 3.1).
    QString seedName = QStringLiteral("device-seed-v1");
    /// Where they can be read: a registration then needs nobody to type its code.
    ports::TextMessages *messages = nullptr;
};

/// SecretsLocked: start() may be called again once the secrets are unlocked.
enum class StartState { Starting, Ready, SecretsLocked, NoSecretStore, StoreBroken };

/// What the microphone and loudspeaker of a call do now.
struct AudioState {
    bool playing = false;
    bool capturing = false;
    bool deviceLost = false;
    /// First audible frame from the peer was played.
    bool heard = false;
    bool operator==(const AudioState &) const = default;
};

/// Figures of the running call's media, refreshed twice a second.
struct MediaFigures {
    double lossPercent = 0;
    double jitterMs = 0;
    double playoutDelayMs = 0;
    double roundTripMs = 0;
    double kbps = 0;
    bool operator==(const MediaFigures &) const = default;
};

/// One finished call with its key in the history.
struct HistoryEntry {
    std::string key; // ascending in time
    call::CallRecord record;
    bool operator==(const HistoryEntry &) const = default;
};

/// The phone machine bound to its ports, on the call thread. Talk to it from other threads by queued signals only;
/// every argument is a value.
class CallEngine : public QObject
{
    Q_OBJECT

public:
    CallEngine(EnginePorts ports, call::PhoneConfig config, QObject *parent = nullptr);
    ~CallEngine() override;

public Q_SLOTS:
    /// Reads identity, account, pins, settings and journal, then goes to work; startChanged() tells how it went.
    void start();
    void registerNumber(const QString &number);
    void verifyCode(const QString &code);
    void unlockRegistration(const QString &pin);
    void deleteAccount();
    /// Protects the number with this PIN; an empty one takes the protection away. lockAnswered() follows.
    void setLock(const QString &pin);
    void dial(const QString &number, int sim);
    /// Our own ring for this call is to be seen and heard (after incomingShown()); only then the caller is told.
    void ringShown(ringlift::call::CallHandle call);
    void answer(ringlift::call::CallHandle call);
    void decline(ringlift::call::CallHandle call);
    void hangUp(ringlift::call::CallHandle call);
    void setMuted(ringlift::call::CallHandle call, bool muted);
    void sendDigits(ringlift::call::CallHandle call, const QString &digits);
    void stayCellular(ringlift::call::CallHandle call);
    /// Of a call that asks to move; stayCellular() is the other answer.
    void allowMove(ringlift::call::CallHandle call);
    void redial(ringlift::call::CallHandle call);
    void answerSas(ringlift::call::CallHandle call, bool same);
    /// comparedNumber: the safety number that both people found to be the same; empty when they compared none.
    void confirmPin(const QString &e164, const QString &comparedNumber = {});
    /// When calls to this contact move; nothing changes where none of that number is known.
    void setHandOver(const QString &e164, ringlift::call::HandOver handOver);
    void applySettings(const ringlift::call::CallSettings &settings);
    /// For the calls with this number; absent: as the settings say.
    void setContactRule(const QString &e164, std::optional<ringlift::call::ContactRule> rule);
    void clearHistory();
    /// healthTold() follows. probe: the server is tried first, unless a call is up or nothing is registered.
    void askHealth(bool probe);
    /// Calls the server's echo peer over the Internet, and listens whether sound comes back; never beside another call.
    /// testCallTold() follows within half a minute. While a test runs no other begins.
    void makeTestCall();
    void networkChanged();
    /// Ends calls on the Internet in a regular way, leaves calls on the phone network alone; shutDownDone() follows
    /// within 3 s. The engine may be deleted then.
    void shutDown();

Q_SIGNALS:
    void startChanged(ringlift::engine::StartState state);
    void registrationChanged(const ringlift::call::RegistrationChanged &registration, const QString &ownNumber);
    void standingChanged(const ringlift::call::AccountStanding &standing);
    /// The code of the registration came in a short message, and is being verified.
    void codeRead();
    /// Whether a PIN protects the number, as far as this phone knows.
    void lockChanged(bool set);
    void lockAnswered(const ringlift::call::LockAnswered &answer);
    /// The peer showed another identity than the pinned one: Internet calls are paused until confirmPin(). Told at the
    /// start as well, and again when the number to compare is another one.
    void pinChangeWaits(const ringlift::call::PinChange &change);
    /// It was confirmed, or the known identity is back.
    void pinChangeOver(const QString &e164);
    /// The identity of this contact is known, and calls to it move so. Told of every one at the start, and of each
    /// change.
    void contactChanged(const QString &e164, ringlift::call::HandOver handOver);
    /// It is not known any more.
    void contactForgotten(const QString &e164);
    void serverStatusChanged(bool online);
    void simsChanged(const QList<ringlift::SimInfo> &sims);
    /// The telephony service went away, or came back.
    void lineStatusChanged(bool away);
    /// What the Internet connection is like; told at the start as well.
    void networkDescribed(const ringlift::NetworkInfo &network);
    /// At the start told of every number that has one.
    void contactRuleChanged(const QString &e164, std::optional<ringlift::call::ContactRule> rule);
    /// What became of the connection below the login: "connecting", "connected", "unreachable", "untrusted", "closed",
    /// "refused" or "disconnected" (by us).
    void connectionChanged(const QByteArray &state);
    void settingsChanged(const ringlift::call::CallSettings &settings);
    void callChanged(const ringlift::call::CallInfo &info);
    /// Every leg is down; nothing more is told of this call. continued: another one goes on in its place, and the history
    /// gets one entry of both.
    void callFinished(ringlift::call::CallHandle call, const ringlift::call::CallRecord &record, bool continued);
    /// Show and sound our own ring, then call ringShown().
    void incomingShown(ringlift::call::CallHandle call);
    /// The peer pressed a key over the Internet.
    void digitHeard(ringlift::call::CallHandle call, char digit);
    void audioChanged(ringlift::call::CallHandle call, const ringlift::engine::AudioState &state);
    void figuresChanged(ringlift::call::CallHandle call, const ringlift::engine::MediaFigures &figures);
    /// Those of the call machine, and "first_audio" when the first audible frame from the peer was played.
    void milestone(ringlift::call::CallHandle call, const QByteArray &name, qint64 monotonicUs);
    /// Something went wrong inside, without harm to the calls; the name holds nothing personal.
    void faultNoticed(const QByteArray &name);
    void dialRefused(const QString &reason);
    /// There is no phone network here that could carry an emergency call: nothing was dialled.
    void emergencyRefused();
    void historyLoaded(const QList<ringlift::engine::HistoryEntry> &entries);
    void historyAdded(const ringlift::engine::HistoryEntry &entry);
    void healthTold(const ringlift::engine::HookHealth &health, ringlift::engine::ProbeOutcome probe);
    void testCallTold(const ringlift::engine::TestReport &report);
    void shutDownDone();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::engine
