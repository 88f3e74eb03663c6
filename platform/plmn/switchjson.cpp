#include "platform/plmn/switchjson.h"

#include <QJsonArray>

#include <array>

namespace ringlift::plmn {

namespace {

using namespace Qt::StringLiterals;

template<typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char *>, N>;

constexpr Names<CallerIdForm, 4> kForms{{{CallerIdForm::International, "international"},
    {CallerIdForm::BareInternational, "bare"}, {CallerIdForm::National, "national"}, {CallerIdForm::NotDelivered, "none"}}};
constexpr Names<Script::Behaviour, 4> kBehaviours{{{Script::Behaviour::Answers, "answers"},
    {Script::Behaviour::Rejects, "rejects"}, {Script::Behaviour::Busy, "busy"},
    {Script::Behaviour::NeverAnswers, "never_answers"}}};
constexpr Names<Party, 5> kParties{{{Party::Phone, "phone"}, {Party::Script, "script"}, {Party::Voicemail, "voicemail"},
    {Party::EmergencyCentre, "emergency_centre"}, {Party::Outside, "outside"}}};
constexpr Names<LegState, 8> kStates{{{LegState::None, "none"}, {LegState::Dialling, "dialling"},
    {LegState::Alerting, "alerting"}, {LegState::Ringing, "ringing"}, {LegState::Active, "active"}, {LegState::Held, "held"},
    {LegState::Ended, "ended"}, {LegState::Unknown, "unknown"}}};
constexpr Names<LegEnd, 8> kEnds{{{LegEnd::NotEnded, "not_ended"}, {LegEnd::LocalHangUp, "local_hang_up"},
    {LegEnd::RemoteHangUp, "remote_hang_up"}, {LegEnd::Busy, "busy"}, {LegEnd::NoAnswer, "no_answer"},
    {LegEnd::Rejected, "rejected"}, {LegEnd::Unreachable, "unreachable"}, {LegEnd::NetworkLost, "network_lost"}}};
constexpr Names<CallerIdPresence, 3> kPresences{{{CallerIdPresence::Known, "known"},
    {CallerIdPresence::Withheld, "withheld"}, {CallerIdPresence::Unknown, "unknown"}}};
constexpr Names<CallDirection, 2> kDirections{
    {{CallDirection::Outgoing, "outgoing"}, {CallDirection::Incoming, "incoming"}}};

template<typename Enum, std::size_t N>
QString nameOf(const Names<Enum, N> &names, Enum value)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template<typename Enum, std::size_t N>
std::optional<Enum> valueOf(const Names<Enum, N> &names, const QString &text)
{
    for (const auto &[value, name] : names) {
        if (text == QLatin1StringView(name))
            return value;
    }
    return std::nullopt;
}

template<typename Enum, std::size_t N>
void readName(JsonFields &fields, const QString &key, const Names<Enum, N> &names, Enum &target)
{
    std::string text = nameOf(names, target).toStdString();
    fields.text(key, text);
    if (const auto value = valueOf(names, QString::fromStdString(text)); value)
        target = *value;
    else
        fields.fail(key, "is none of the known words");
}

Result<void> readScript(const QJsonObject &object, Script &script)
{
    JsonFields fields(object);
    readName(fields, u"behaviour"_s, kBehaviours, script.behaviour);
    fields.millis(u"answer_after_ms"_s, script.answerAfter);
    fields.millis(u"hang_up_after_ms"_s, script.hangUpAfter);
    fields.number(u"tone_hz"_s, script.toneHz, 0, 20000);
    fields.flag(u"echo"_s, script.echo);
    return fields.finish();
}

Result<void> readVoicemail(const QJsonObject &object, Voicemail &voicemail)
{
    JsonFields fields(object);
    fields.millis(u"after_ms"_s, voicemail.after);
    fields.flag(u"on_busy"_s, voicemail.onBusy);
    fields.flag(u"on_unreachable"_s, voicemail.onUnreachable);
    fields.millis(u"hang_up_after_ms"_s, voicemail.hangUpAfter);
    fields.number(u"tone_hz"_s, voicemail.toneHz, 0, 20000);
    return fields.finish();
}

Result<void> readForwarding(const QJsonObject &object, Forwarding &forwarding)
{
    JsonFields fields(object);
    fields.text(u"unconditional"_s, forwarding.unconditional);
    fields.text(u"busy"_s, forwarding.busy);
    fields.text(u"no_reply"_s, forwarding.noReply);
    fields.text(u"unreachable"_s, forwarding.unreachable);
    fields.millis(u"no_reply_after_ms"_s, forwarding.noReplyAfter);
    return fields.finish();
}

template<typename Value>
void readOptional(JsonFields &fields, const QString &key, std::optional<Value> &target,
    Result<void> (*read)(const QJsonObject &, Value &))
{
    const auto value = fields.objectOrNull(key);
    if (!value)
        return;
    target.reset();
    if (value->isObject())
        fields.adopt(read(value->toObject(), target.emplace()));
}

QJsonArray toJson(const std::vector<std::string> &texts)
{
    QJsonArray array;
    for (const std::string &text : texts)
        array.append(QString::fromStdString(text));
    return array;
}

} // namespace

Result<void> readSubscriber(const QJsonObject &object, Subscriber &subscriber)
{
    Subscriber read = subscriber;
    JsonFields fields(object);
    fields.text(u"msisdn"_s, read.msisdn);
    fields.text(u"imsi"_s, read.imsi);
    fields.text(u"iccid"_s, read.iccid);
    fields.text(u"pin"_s, read.pin);
    fields.text(u"home_region"_s, read.homeRegion);
    fields.text(u"serving_region"_s, read.servingRegion);
    fields.text(u"country_code"_s, read.countryCode);
    fields.text(u"phone"_s, read.phone);
    fields.number(u"slot"_s, read.slot, 0, 7);
    fields.flag(u"own_number_on_sim"_s, read.ownNumberOnSim);
    fields.flag(u"imsi_hidden"_s, read.imsiHidden);
    fields.texts(u"emergency_numbers"_s, read.emergencyNumbers);
    fields.flag(u"marks_emergency"_s, read.marksEmergency);
    fields.flag(u"hides_caller_id"_s, read.hidesCallerId);
    fields.text(u"presented_number"_s, read.presentedNumber);
    fields.flag(u"call_waiting"_s, read.callWaiting);
    readName(fields, u"caller_id_form"_s, kForms, read.callerIdForm);
    fields.millis(u"caller_id_delay_ms"_s, read.callerIdDelay);
    if (const auto value = fields.objectOrNull(u"forwarding"_s); value) {
        if (value->isNull())
            read.forwarding = Forwarding{};
        fields.adopt(readForwarding(value->toObject(), read.forwarding));
    }
    readOptional(fields, u"voicemail"_s, read.voicemail, readVoicemail);
    readOptional(fields, u"script"_s, read.script, readScript);
    if (auto done = fields.finish(); !done)
        return done;
    subscriber = std::move(read);
    return {};
}

Result<void> readConfig(const QJsonObject &object, SwitchConfig &config)
{
    SwitchConfig read = config;
    JsonFields fields(object);
    fields.millis(u"paging_delay_ms"_s, read.pagingDelay);
    fields.millis(u"paging_jitter_ms"_s, read.pagingJitter);
    fields.millis(u"alert_delay_ms"_s, read.alertDelay);
    fields.millis(u"connect_delay_ms"_s, read.connectDelay);
    fields.millis(u"release_delay_ms"_s, read.releaseDelay);
    fields.millis(u"no_answer_after_ms"_s, read.noAnswerAfter);
    fields.millis(u"emergency_answer_after_ms"_s, read.emergencyAnswerAfter);
    fields.texts(u"emergency_numbers"_s, read.emergencyNumbers);
    readOptional(fields, u"elsewhere"_s, read.elsewhere, readScript);
    fields.count(u"max_subscribers"_s, read.maxSubscribers, 100000);
    fields.count(u"max_calls"_s, read.maxCalls, 100000);
    fields.count(u"max_legs_of_phone"_s, read.maxLegsOfPhone, 100);
    fields.number(u"max_diversions"_s, read.maxDiversions, 0, 20);
    if (auto done = fields.finish(); !done)
        return done;
    config = std::move(read);
    return {};
}

Result<OutsideCall> readOutsideCall(const QJsonObject &object)
{
    OutsideCall call;
    JsonFields fields(object);
    fields.require(u"callee"_s);
    fields.text(u"callee"_s, call.callee);
    fields.text(u"shown"_s, call.shown);
    fields.flag(u"withheld"_s, call.withheld);
    fields.flag(u"international"_s, call.international);
    fields.text(u"ref"_s, call.ref);
    fields.number(u"tone_hz"_s, call.toneHz, 0, 20000);
    fields.flag(u"echo"_s, call.echo);
    if (const auto done = fields.finish(); !done)
        return Unexpected(done.error());
    return call;
}

QJsonObject toJson(const Leg &leg)
{
    const LineCall &line = leg.line;
    return {{u"leg"_s, qint64(line.id)}, {u"call"_s, qint64(leg.call)}, {u"party"_s, nameOf(kParties, leg.party)},
        {u"msisdn"_s, QString::fromStdString(leg.subscriber)}, {u"sim"_s, line.sim},
        {u"direction"_s, nameOf(kDirections, line.direction)}, {u"state"_s, nameOf(kStates, line.state)},
        {u"end"_s, nameOf(kEnds, line.end)}, {u"number"_s, QString::fromStdString(line.number.reveal())},
        {u"international"_s, line.international}, {u"caller_id"_s, nameOf(kPresences, line.callerId)},
        {u"emergency"_s, line.emergency}, {u"own_number_withheld"_s, line.ownNumberWithheld},
        {u"waiting"_s, leg.waiting}, {u"ref"_s, QString::fromStdString(leg.ref)}};
}

QJsonObject toJson(const Subscriber &subscriber)
{
    return {{u"msisdn"_s, QString::fromStdString(subscriber.msisdn)}, {u"imsi"_s, QString::fromStdString(subscriber.imsi)},
        {u"home_region"_s, QString::fromStdString(subscriber.homeRegion)},
        {u"serving_region"_s, QString::fromStdString(subscriber.servingRegion)},
        {u"phone"_s, QString::fromStdString(subscriber.phone)}, {u"slot"_s, subscriber.slot},
        {u"scripted"_s, subscriber.script.has_value()}, {u"call_waiting"_s, subscriber.callWaiting}};
}

QJsonObject toJson(const SimInfo &sim)
{
    return {{u"slot"_s, sim.slot}, {u"present"_s, sim.present}, {u"imsi"_s, QString::fromStdString(sim.imsi.reveal())},
        {u"own_number"_s, QString::fromStdString(sim.ownNumber.reveal())},
        {u"home_region"_s, QString::fromStdString(sim.homeRegion)},
        {u"serving_region"_s, QString::fromStdString(sim.servingRegion)},
        {u"emergency_numbers"_s, toJson(sim.emergencyNumbers)}};
}

std::optional<LineCall> lineCallFromJson(const QJsonObject &object)
{
    const auto direction = valueOf(kDirections, object.value(u"direction"_s).toString());
    const auto state = valueOf(kStates, object.value(u"state"_s).toString());
    const auto end = valueOf(kEnds, object.value(u"end"_s).toString());
    const auto presence = valueOf(kPresences, object.value(u"caller_id"_s).toString());
    const qint64 id = object.value(u"leg"_s).toInteger(-1);
    if (!direction || !state || !end || !presence || id < 0 || id > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    LineCall line;
    line.id = LineCallId{static_cast<std::uint32_t>(id)};
    line.sim = object.value(u"sim"_s).toInt();
    line.direction = *direction;
    line.state = *state;
    line.end = *end;
    line.number = Redacted(object.value(u"number"_s).toString().toStdString());
    line.international = object.value(u"international"_s).toBool();
    line.callerId = *presence;
    line.emergency = object.value(u"emergency"_s).toBool();
    line.ownNumberWithheld = object.value(u"own_number_withheld"_s).toBool();
    return line;
}

std::optional<SimInfo> simInfoFromJson(const QJsonObject &object)
{
    SimInfo sim;
    std::string imsi;
    std::string ownNumber;
    JsonFields fields(object);
    fields.require(u"slot"_s);
    fields.number(u"slot"_s, sim.slot, 0, 7);
    fields.flag(u"present"_s, sim.present);
    fields.text(u"imsi"_s, imsi);
    fields.text(u"own_number"_s, ownNumber);
    fields.text(u"home_region"_s, sim.homeRegion);
    fields.text(u"serving_region"_s, sim.servingRegion);
    fields.texts(u"emergency_numbers"_s, sim.emergencyNumbers);
    if (!fields.finish())
        return std::nullopt;
    sim.imsi = Redacted(std::move(imsi));
    sim.ownNumber = Redacted(std::move(ownNumber));
    return sim;
}

} // namespace ringlift::plmn
