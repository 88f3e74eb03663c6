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

CallMedia &CallEngine::Private::mediaOf(CallHandle call)
{
    CallMedia *&made = media[call];
    if (made)
        return *made;
    const bool isTest = test.concerns(call);
    made = new CallMedia(isTest ? test.deviceFactory() : ports.makeAudio, &q);
    connect(made, &CallMedia::datagramReceived, &q, [this, call](const ice::TransportAddress &from, ByteView bytes) {
        feed(DatagramReceived{call, from, bytes});
    });
    connect(made, &CallMedia::bodyEncoded, &q, [this, call](std::uint32_t timestamp, ByteView body) {
        feed(AudioEncoded{call, timestamp, body});
    });
    connect(made, &CallMedia::becameIdle, &q, [this, call] { forget(call); });
    if (isTest)
        return *made;
    connect(made, &CallMedia::audioChanged, &q,
        [this, call](const AudioState &state) { Q_EMIT q.audioChanged(call, state); });
    connect(made, &CallMedia::heard, &q,
        [this, call](TimePoint at) { Q_EMIT q.milestone(call, QByteArrayLiteral("first_audio"), microseconds(at)); });
    connect(made, &CallMedia::figuresRefreshed, &q,
            [this, call](const MediaFigures &figures) { refreshFigures(call, figures); });
    return *made;
}

CallMedia *CallEngine::Private::existingMedia(CallHandle call) const
{
    const auto entry = media.find(call);
    return entry == media.end() ? nullptr : entry->second;
}

/// Media that is idle while its call lives stays, for what it remembers.
void CallEngine::Private::forget(CallHandle call)
{
    const auto entry = media.find(call);
    if (entry == media.end() || !entry->second->isIdle())
        return;
    const std::vector<CallInfo> calls = machine->calls();
    const bool lives = std::any_of(calls.begin(), calls.end(), [call](const CallInfo &info) { return info.handle == call; });
    if (!lives) {
        entry->second->deleteLater();
        media.erase(entry);
    }
    finishShutDown();
}

void CallEngine::Private::refreshFigures(CallHandle call, MediaFigures figures)
{
    const PathFigures path = machine->pathFigures(call, monotonicNow());
    if (path.roundTrip)
        figures.roundTripMs = static_cast<double>(path.roundTrip->count()) / 1000.0;
    if (CallMedia *const known = existingMedia(call))
        known->setExpectedLoss(path.lossPercent.value_or(0));
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
    if (!output.notAfter || monotonicNow() <= *output.notAfter)
        return ports.line.hangUp(output.line);
    qCWarning(lcCall) << "this device stood still: a cellular leg is not released so late";
    QMetaObject::invokeMethod(
        &q, [this, line = output.line] { feed(HangUpLapsed{line}); }, Qt::QueuedConnection);
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
    // Opening takes milliseconds: what else the machine wants done, such as a dial, and what it tells come first.
    opening = true;
    QTimer::singleShot(0, &q, [this] {
        if (!std::exchange(opening, false))
            return;
        Q_EMIT q.connectionChanged(QByteArrayLiteral("connecting"));
        ports.signalling.open();
    });
}

void CallEngine::Private::act(const ServerDisconnect &)
{
    if (std::exchange(opening, false))
        return;
    Q_EMIT q.connectionChanged(QByteArrayLiteral("disconnected"));
    ports.signalling.close();
}

void CallEngine::Private::act(const ServerSend &output)
{
    ports.signalling.send(output.text);
}

void CallEngine::Private::act(const SocketOpen &output)
{
    feed(SocketOpened{output.call, mediaOf(output.call).openSocket(ports.makeSocket())});
}

void CallEngine::Private::act(const SocketClose &output)
{
    if (CallMedia *const known = existingMedia(output.call))
        known->closeSocket();
}

void CallEngine::Private::act(const DatagramSend &output)
{
    if (CallMedia *const known = existingMedia(output.call))
        known->send(output.to, output.bytes);
}

void CallEngine::Private::act(const AudioStart &output)
{
    mediaOf(output.call).startAudio();
}

void CallEngine::Private::act(const MicrophoneOpen &output)
{
    mediaOf(output.call).openMicrophone();
}

void CallEngine::Private::act(const AudioStop &output)
{
    if (CallMedia *const known = existingMedia(output.call))
        known->stopAudio();
}

void CallEngine::Private::act(const AudioMute &output)
{
    mediaOf(output.call).setMuted(output.muted);
}

void CallEngine::Private::act(const AudioHold &output)
{
    mediaOf(output.call).setHeld(output.held);
}

void CallEngine::Private::act(const AudioBody &output)
{
    if (CallMedia *const known = existingMedia(output.call))
        known->play(output.timestamp, output.arrived, output.body);
}

void CallEngine::Private::act(const RegistrationChanged &output)
{
    const auto &account = machine->account();
    Q_EMIT q.registrationChanged(output, account ? QString::fromStdString(account->msisdn.e164()) : registering);
    if (codes)
        codes->registrationChanged(output.state);
}

void CallEngine::Private::act(const LockAnswered &output)
{
    Q_EMIT q.lockAnswered(output);
}

void CallEngine::Private::act(const CallChanged &output)
{
    if (test.concerns(output.info.handle))
        test.changed(output.info);
    else
        Q_EMIT q.callChanged(output.info);
}

void CallEngine::Private::settleRecords()
{
    if (machine->calls().empty())
        records.settle();
}

void CallEngine::Private::act(const CallFinished &output)
{
    forget(output.call);
    if (test.concerns(output.call))
        return test.finished(output.record);
    if (!output.continued) {
        const std::string key = records.addToHistory(output.record);
        checkStored(!key.empty());
        if (!key.empty())
            Q_EMIT q.historyAdded({key, output.record});
    }
    settleRecords();
    Q_EMIT q.callFinished(output.call, output.record, output.continued);
}

void CallEngine::Private::act(const ShowIncoming &output)
{
    // After the change of the call that comes with it.
    QTimer::singleShot(0, &q, [this, call = output.call] { Q_EMIT q.incomingShown(call); });
}

void CallEngine::Private::act(const ServerStatus &output)
{
    Q_EMIT q.serverStatusChanged(output.online);
}

void CallEngine::Private::act(const StoreAccount &output)
{
    checkStored(records.setAccount(output.account));
    settleRecords();
    tellLock();
    tellPinChanges();
}

void CallEngine::Private::act(const StorePin &output)
{
    checkStored(records.setPin(output.peer, output.pin));
    tellPinChange(output.peer);
    tellContact(output.peer, output.pin);
}

void CallEngine::Private::act(const StoreJournal &output)
{
    checkStored(records.setJournal(output.released));
}

void CallEngine::Private::act(const StoreEmergency &output)
{
    checkStored(records.setLastEmergency(output.lastUpUnix));
}

void CallEngine::Private::act(const DigitHeard &output)
{
    Q_EMIT q.digitHeard(output.call, output.digit);
}

void CallEngine::Private::act(const AccountStanding &output)
{
    Q_EMIT q.standingChanged(output);
}

void CallEngine::Private::act(const Milestone &output)
{
    if (!test.concerns(output.call))
        Q_EMIT q.milestone(output.call, toByteArray(output.name), microseconds(monotonicNow()));
}

void CallEngine::Private::act(const EmergencyRefused &)
{
    Q_EMIT q.emergencyRefused();
}

void CallEngine::Private::act(const Fault &output)
{
    Q_EMIT q.faultNoticed(toByteArray(output.name));
}

} // namespace ringlift::engine
