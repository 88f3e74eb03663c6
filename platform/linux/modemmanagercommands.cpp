#include "core/base/log.h"
#include "platform/linux/modemmanager.h"

/// What ModemManager is told to do.
namespace ringlift::modem {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Longer than ModemManager itself waits for the modem.
constexpr auto kStartPatience = 100s;
constexpr auto kPatience = 15s;

// The service's own words might hold the number.
QString refusalOf(const QDBusMessage &reply)
{
    if (reply.type() == QDBusMessage::ReplyMessage)
        return {};
    qCInfo(lcLine) << "ModemManager refused:" << reply.errorName();
    if (reply.errorName().endsWith("Core.Unauthorized"_L1))
        return u"this session may not use the modem (polkit)"_s;
    if (reply.errorName().endsWith("NoNetwork"_L1) || reply.errorName().endsWith("Core.WrongState"_L1))
        return u"the modem is not in a state to do that"_s;
    if (reply.errorName().endsWith("Error.NoReply"_L1))
        return u"the modem does not answer"_s;
    return u"the modem refused"_s;
}

} // namespace

void ModemManager::dial(int sim, const std::string &number, Done done)
{
    const ModemManagerModem *const modem = modemIn(sim);
    if (modem == nullptr || !modem->hasVoice)
        return done(u"there is no such SIM"_s);
    const Properties properties{{u"number"_s, QString::fromStdString(number)}};
    bus().call(
        modem->path, kVoiceInterface, u"CreateCall"_s, {properties},
        [this, path = modem->path, done = std::move(done)](const QDBusMessage &reply) {
            const QString call = pathIn(argumentOf(reply, 0));
            const ModemManagerModem *const known = modemAt(path);
            if (reply.type() != QDBusMessage::ReplyMessage || call.isEmpty() || known == nullptr)
                return done(call.isEmpty() ? refusalOf(reply) : u"the modem has gone"_s);
            m_calls.add(call, carrierOf(*known));
            m_calls.setOwn(call);
            startCall(call, path, done);
        },
        kPatience);
}

void ModemManager::startCall(const QString &path, const QString &modem, Done done)
{
    bus().call(
        path, kCallInterface, u"Start"_s, {},
        [this, path, modem, done = std::move(done)](const QDBusMessage &reply) {
            const QString refusal = refusalOf(reply);
            m_calls.refresh(path);
            // Once it was dialled, its own end tells.
            if (refusal.isEmpty() || m_calls.isDialled(path))
                return;
            bus().call(modem, kVoiceInterface, u"DeleteCall"_s, {QVariant::fromValue(QDBusObjectPath(path))},
                           [](const QDBusMessage &) {});
            done(refusal);
        },
        kStartPatience);
}

void ModemManager::answer(const QString &call, Done done)
{
    const bool waits = m_calls.waits(call);
    const QString &path = waits ? m_calls.modemOf(call) : call;
    m_calls.setOwn(call);
    bus().call(
        path, waits ? kVoiceInterface : kCallInterface, waits ? u"HoldAndAccept"_s : u"Accept"_s, {},
        [this, call, done = std::move(done)](const QDBusMessage &reply) {
            m_calls.refresh(call);
            done(refusalOf(reply));
        },
        kPatience);
}

void ModemManager::hangUp(const QString &call, Done done)
{
    bus().call(
        call, kCallInterface, u"Hangup"_s, {},
        [this, call, done = std::move(done)](const QDBusMessage &reply) {
            m_calls.refresh(call);
            done(refusalOf(reply));
        },
        kPatience);
}

void ModemManager::sendDigit(const QString &call, char digit, Done done)
{
    bus().call(
        call, kCallInterface, u"SendDtmf"_s, {QString(QLatin1Char(digit))},
        [done = std::move(done)](const QDBusMessage &reply) { done(refusalOf(reply)); }, kPatience);
}

} // namespace ringlift::modem
