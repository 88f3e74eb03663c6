#include "app/headlessjson.h"

#include "core/engine/callnames.h"

#include <QJsonArray>

#include <cmath>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

QString toText(const Redacted<std::string> &text)
{
    return QString::fromStdString(text.reveal());
}

/// To two decimals: more says nothing.
double rounded(double value)
{
    return std::round(value * 100) / 100;
}

} // namespace

template<typename Enum> QString textOf(Enum value)
{
    const std::string_view name = engine::nameOf(value);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}
template QString textOf(LegState);
template QString textOf(engine::ProbeOutcome);
template QString textOf(call::IpState);
template QString textOf(call::CallEnd);
template QString textOf(call::TrustLevel);
template QString textOf(call::HandOver);
template QString textOf(call::ContactRule);

QString nameOf(call::CallHandle call)
{
    return u'c' + QString::number(static_cast<std::uint32_t>(call));
}

std::optional<call::CallHandle> callFromName(const QString &name)
{
    bool isNumber = false;
    const std::uint32_t number = QStringView(name).mid(1).toUInt(&isNumber);
    if (!isNumber || nameOf(call::CallHandle{number}) != name)
        return std::nullopt;
    return call::CallHandle{number};
}

QJsonObject toJson(const call::CallInfo &info)
{
    QJsonObject object{{u"call"_s, nameOf(info.handle)},
                       {u"direction"_s, textOf(info.direction)},
                       {u"peer"_s, toText(info.peer)},
                       {u"manual"_s, info.manual},
                       {u"leg"_s, textOf(info.leg)},
                       {u"ip"_s, textOf(info.ip)},
                       {u"carrier"_s, textOf(info.carrier)},
                       {u"why"_s, textOf(info.stay)},
                       {u"end"_s, textOf(info.end)},
                       {u"moved"_s, info.moved},
                       {u"muted"_s, info.muted},
                       {u"peer_muted"_s, info.peerMuted},
                       {u"held"_s, info.held},
                       {u"held_by_peer"_s, info.heldByPeer},
                       {u"reconnecting"_s, info.reconnecting},
                       {u"wants_answer"_s, info.wantsAnswer},
                       {u"prompt"_s, textOf(info.prompt)},
                       {u"asks_to_move"_s, info.asksToMove},
                       {u"offers_redial"_s, info.offersRedial},
                       {u"sas"_s, QString::fromStdString(info.sas)},
                       {u"safety_number"_s, QString::fromStdString(info.safetyNumber)},
                       {u"trust"_s, textOf(info.trust)},
                       {u"path"_s, QString::fromStdString(info.path)}};
    if (info.answeredAt)
        object.insert(u"answered_us"_s, qint64(info.answeredAt->time_since_epoch().count()));
    return object;
}

QJsonObject toJson(const call::CallRecord &record)
{
    const QJsonValue sim = record.sim ? QJsonValue(*record.sim) : QJsonValue();
    return {{u"direction"_s, textOf(record.direction)},
            {u"peer"_s, toText(record.peer)},
            {u"sim"_s, sim},
            {u"started"_s, qint64(record.startedUnix)},
            {u"talked_ms"_s, qint64(record.talked.count() / 1000)},
            {u"answered"_s, record.answered},
            {u"moved"_s, record.moved},
            {u"why"_s, textOf(record.stay)},
            {u"end"_s, textOf(record.end)},
            {u"trust"_s, textOf(record.trust)}};
}

QJsonObject toJson(const call::CallSettings &settings)
{
    return {{u"move_calls"_s, settings.moveCalls},
            {u"redial_automatically_in_call"_s, settings.redialAutomaticallyInCall},
            {u"allow_unknown_caller_id"_s, settings.allowUnknownCallerId},
            {u"contacts_only_manual"_s, settings.contactsOnlyManual},
            {u"move_over"_s, textOf(settings.moveOver)},
            {u"move_when_roaming"_s, settings.moveWhenRoaming},
            {u"prompt"_s, textOf(settings.prompt)}};
}

QJsonObject toJson(const NetworkInfo &network)
{
    const auto said = [](std::optional<bool> flag) { return flag ? QJsonValue(*flag) : QJsonValue(); };
    return {{u"kind"_s, textOf(network.kind)},
            {u"metered"_s, said(network.metered)},
            {u"roaming"_s, said(network.roaming)}};
}

QJsonObject toJson(const call::RegistrationChanged &registration, const QString &number)
{
    return {{u"state"_s, textOf(registration.state)},
            {u"fault"_s, textOf(registration.fault)},
            {u"number"_s, number},
            {u"tries_left"_s, qint64(registration.triesLeft)},
            {u"retry_after_s"_s, qint64(registration.retryAfterSeconds)}};
}

QJsonObject toJson(const call::AccountStanding &standing)
{
    return {{u"proof_due"_s, standing.proofDue}, {u"quarantined"_s, standing.quarantined}};
}

QJsonObject toJson(const call::LockAnswered &answer)
{
    return {{u"set"_s, answer.set},
            {u"fault"_s, textOf(answer.fault)},
            {u"retry_after_s"_s, qint64(answer.retryAfterSeconds)}};
}

QJsonObject toJson(const call::PinChange &change)
{
    return {{u"peer"_s, QString::fromStdString(change.peer.e164())},
            {u"waits"_s, true},
            {u"safety_number"_s, QString::fromStdString(change.safetyNumber)},
            {u"comparison_needed"_s, change.demandsComparison}};
}

QJsonObject toJson(const engine::MediaFigures &figures)
{
    return {{u"loss_percent"_s, rounded(figures.lossPercent)},
            {u"jitter_ms"_s, rounded(figures.jitterMs)},
            {u"playout_delay_ms"_s, rounded(figures.playoutDelayMs)},
            {u"round_trip_ms"_s, rounded(figures.roundTripMs)},
            {u"kbps"_s, rounded(figures.kbps)}};
}

QJsonObject toJson(const engine::HistoryEntry &entry)
{
    QJsonObject object = toJson(entry.record);
    object.insert(u"key"_s, QString::fromStdString(entry.key));
    return object;
}

QJsonObject toJson(const SimInfo &sim)
{
    return {{u"slot"_s, sim.slot},
            {u"present"_s, sim.present},
            {u"number"_s, toText(sim.ownNumber)},
            {u"region"_s, QString::fromStdString(sim.homeRegion)}};
}

QJsonObject toJson(const engine::HookHealth &health)
{
    QJsonArray checks;
    for (const engine::HookCheck &check : health.checks) {
        QJsonObject object{{u"name"_s, textOf(check.aspect)},
                           {u"state"_s, textOf(check.state)},
                           {u"reason"_s, QString::fromStdString(check.reason)}};
        if (!check.service.empty())
            object.insert(u"service"_s, QString::fromStdString(check.service));
        if (check.atUnix)
            object.insert(u"at"_s, qint64(*check.atUnix));
        if (check.took)
            object.insert(u"took_ms"_s, qint64(check.took->count() / 1000));
        checks.append(object);
    }
    const QJsonObject ring{{u"state"_s, textOf(health.ring.state)},
                           {u"reason"_s, QString::fromStdString(health.ring.fault)}};
    return {{u"verdict"_s, textOf(health.verdict)}, {u"checks"_s, checks}, {u"ring"_s, ring}};
}

QJsonObject toJson(const engine::TestReport &report)
{
    QJsonObject object{{u"outcome"_s, textOf(report.outcome)}};
    if (report.toAnswer)
        object.insert(u"answer_ms"_s, qint64(report.toAnswer->count() / 1000));
    if (report.echo)
        object.insert(u"echo_ms"_s, qint64(report.echo->count() / 1000));
    return object;
}

} // namespace ringlift::app
