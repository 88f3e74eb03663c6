#include "core/engine/callengineprivate.h"

#include "core/base/log.h"

#include <algorithm>

namespace ringlift::engine {

using namespace call;

namespace {

QByteArray toByteArray(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

qint64 microseconds(TimePoint time)
{
    return time.time_since_epoch().count();
}

} // namespace

MediaSession &CallEngine::Private::session(CallHandle call)
{
    MediaSession *&session = sessions[call];
    if (session)
        return *session;
    session = new MediaSession(ports.makeAudio, &q);
    connect(session, &MediaSession::datagramReceived, &q, [this, call](const ice::TransportAddress &from, ByteView bytes) {
        feed(DatagramReceived{call, from, bytes});
    });
    connect(session, &MediaSession::bodyEncoded, &q, [this, call](std::uint32_t timestamp, ByteView body) {
        feed(AudioEncoded{call, timestamp, body});
    });
    connect(session, &MediaSession::audioChanged, &q,
        [this, call](const AudioState &state) { Q_EMIT q.audioChanged(call, state); });
    connect(session, &MediaSession::heard, &q,
        [this, call](TimePoint at) { Q_EMIT q.milestone(call, QByteArrayLiteral("first_audio"), microseconds(at)); });
    connect(session, &MediaSession::figuresRefreshed, &q,
        [this, call](const MediaFigures &figures) { refreshFigures(call, figures); });
    connect(session, &MediaSession::becameIdle, &q, [this, call] { forget(call); });
    return *session;
}

MediaSession *CallEngine::Private::existingSession(CallHandle call) const
{
    const auto entry = sessions.find(call);
    return entry == sessions.end() ? nullptr : entry->second;
}

/// A session that is idle while its call lives stays, for what it remembers.
void CallEngine::Private::forget(CallHandle call)
{
    const auto entry = sessions.find(call);
    if (entry == sessions.end() || !entry->second->isIdle())
        return;
    const std::vector<CallInfo> calls = machine->calls();
    const bool lives = std::any_of(calls.begin(), calls.end(), [call](const CallInfo &info) { return info.handle == call; });
    if (!lives) {
        entry->second->deleteLater();
        sessions.erase(entry);
    }
    finishShutDown();
}

void CallEngine::Private::refreshFigures(CallHandle call, MediaFigures figures)
{
    const PathFigures path = machine->pathFigures(call, monotonicNow());
    if (path.roundTrip)
        figures.roundTripMs = static_cast<double>(path.roundTrip->count()) / 1000.0;
    if (MediaSession *const media = existingSession(call))
        media->setExpectedLoss(path.lossPercent.value_or(0));
    Q_EMIT q.figuresChanged(call, figures);
}

void CallEngine::Private::checkStored(bool stored)
{
    if (stored)
        return;
    qCWarning(lcApp) << "the store refused a record";
    Q_EMIT q.faultNoticed(QByteArrayLiteral("store_refused"));
}

void CallEngine::Private::act(const LineDial &output)
{
    ports.line.dial(output.sim, output.number);
}

void CallEngine::Private::act(const LineAnswer &output)
{
    ports.line.answer(output.line);
}

void CallEngine::Private::act(const LineHangUp &output)
{
    ports.line.hangUp(output.line);
}

void CallEngine::Private::act(const LineDigits &output)
{
    ports.line.sendDigits(output.line, output.digits);
}

void CallEngine::Private::act(const LineHoldRing &output)
{
    ports.line.holdRing(output.line, output.hold);
}

void CallEngine::Private::act(const ServerConnect &)
{
    ports.signalling.open();
}

void CallEngine::Private::act(const ServerDisconnect &)
{
    ports.signalling.close();
}

void CallEngine::Private::act(const ServerSend &output)
{
    ports.signalling.send(output.text);
}

void CallEngine::Private::act(const SocketOpen &output)
{
    feed(SocketOpened{output.call, session(output.call).openSocket(ports.makeSocket())});
}

void CallEngine::Private::act(const SocketClose &output)
{
    if (MediaSession *const media = existingSession(output.call))
        media->closeSocket();
}

void CallEngine::Private::act(const DatagramSend &output)
{
    if (MediaSession *const media = existingSession(output.call))
        media->send(output.to, output.bytes);
}

void CallEngine::Private::act(const AudioStart &output)
{
    session(output.call).startAudio();
}

void CallEngine::Private::act(const MicrophoneOpen &output)
{
    session(output.call).openMicrophone();
}

void CallEngine::Private::act(const AudioStop &output)
{
    if (MediaSession *const media = existingSession(output.call))
        media->stopAudio();
}

void CallEngine::Private::act(const AudioMute &output)
{
    session(output.call).setMuted(output.muted);
}

void CallEngine::Private::act(const AudioBody &output)
{
    if (MediaSession *const media = existingSession(output.call))
        media->play(output.timestamp, output.arrived, output.body);
}

void CallEngine::Private::act(const RegistrationChanged &output)
{
    const auto &account = machine->account();
    Q_EMIT q.registrationChanged(output, account ? QString::fromStdString(account->msisdn.e164()) : registering);
}

void CallEngine::Private::act(const CallChanged &output)
{
    Q_EMIT q.callChanged(output.info);
}

void CallEngine::Private::act(const CallFinished &output)
{
    forget(output.call);
    Q_EMIT q.callFinished(output.call, output.record);
    const std::string key = records.addToHistory(output.record);
    checkStored(!key.empty());
    if (!key.empty())
        Q_EMIT q.historyAdded({key, output.record});
}

void CallEngine::Private::act(const ShowIncoming &output)
{
    Q_EMIT q.incomingShown(output.call);
}

void CallEngine::Private::act(const ServerStatus &output)
{
    Q_EMIT q.serverStatusChanged(output.online);
}

void CallEngine::Private::act(const StoreAccount &output)
{
    checkStored(records.setAccount(output.account));
}

void CallEngine::Private::act(const StorePin &output)
{
    checkStored(records.setPin(output.peer, output.pin));
}

void CallEngine::Private::act(const StoreJournal &output)
{
    checkStored(records.setJournal(output.released));
}

void CallEngine::Private::act(const Milestone &output)
{
    Q_EMIT q.milestone(output.call, toByteArray(output.name), microseconds(monotonicNow()));
}

void CallEngine::Private::act(const Fault &output)
{
    Q_EMIT q.faultNoticed(toByteArray(output.name));
}

} // namespace ringlift::engine
