#include "app/headlessevents.h"

#include "app/findingsentences.h"

#include <QJsonArray>

namespace ringlift::app {

using namespace Qt::StringLiterals;
using call::CallHandle;
using call::CallInfo;
using call::IpState;

namespace {

constexpr std::chrono::milliseconds kFilePollEvery{10};

} // namespace

HeadlessEvents::HeadlessEvents(Composition &composition) : m_files(composition.fileAudio()), m_filePoll(this)
{
    m_filePoll.setInterval(kFilePollEvery);
    connect(&m_filePoll, &QTimer::timeout, this, &HeadlessEvents::pollPlayStart);
    moveToThread(&composition.callThread());
    watchEngine(composition.engine());
    watchCalls(composition.engine());
    watchWishes(composition.engine());
    watchHealth(composition.engine());
    if (composition.fakePhone() != nullptr)
        watchLine(*composition.fakePhone());
    if (composition.modem() != nullptr)
        watchModem(*composition.modem());
    if (composition.handset() != nullptr)
        watchHandset(*composition.handset());
}

QJsonObject HeadlessEvents::stamped(QJsonObject event, TimePoint at)
{
    event.insert(u"t_us"_s, qint64(at.time_since_epoch().count()));
    return event;
}

void HeadlessEvents::tell(const QString &name, QJsonObject fields, TimePoint at)
{
    fields.insert(u"event"_s, name);
    Q_EMIT happened(stamped(std::move(fields), at));
}

void HeadlessEvents::tellOf(const QString &name, CallHandle call, QJsonObject fields, TimePoint at)
{
    fields.insert(u"call"_s, nameOf(call));
    tell(name, std::move(fields), at);
}

void HeadlessEvents::watchEngine(engine::CallEngine &engine)
{
    using Engine = engine::CallEngine;
    connect(&engine, &Engine::registrationChanged, this,
        [this](const call::RegistrationChanged &registration, const QString &number) {
            tell(u"registration"_s, toJson(registration, number));
        });
    connect(&engine, &Engine::codeRead, this, [this] { tell(u"code_read"_s, {}); });
    connect(&engine, &Engine::lockAnswered, this,
            [this](const call::LockAnswered &answer) { tell(u"lock"_s, toJson(answer)); });
    connect(&engine, &Engine::standingChanged, this,
            [this](const call::AccountStanding &standing) { tell(u"account"_s, toJson(standing)); });
    connect(&engine, &Engine::pinChangeWaits, this,
            [this](const call::PinChange &change) { tell(u"identity"_s, toJson(change)); });
    connect(&engine, &Engine::pinChangeOver, this, [this](const QString &peer) {
        tell(u"identity"_s, {{u"peer"_s, peer}, {u"waits"_s, false}});
    });
    connect(&engine, &Engine::contactChanged, this, [this](const QString &peer, call::HandOver handOver) {
        tell(u"contact"_s, {{u"peer"_s, peer}, {u"known"_s, true}, {u"hand_over"_s, textOf(handOver)}});
    });
    connect(&engine, &Engine::contactForgotten, this, [this](const QString &peer) {
        tell(u"contact"_s, {{u"peer"_s, peer}, {u"known"_s, false}});
    });
    connect(&engine, &Engine::serverStatusChanged, this, [this](bool online) { tell(u"server"_s, {{u"online"_s, online}}); });
    connect(&engine, &Engine::connectionChanged, this, [this](const QByteArray &state) {
        tell(u"connection"_s, {{u"state"_s, QString::fromLatin1(state)}});
    });
    connect(&engine, &Engine::faultNoticed, this,
        [this](const QByteArray &name) { tell(u"fault"_s, {{u"name"_s, QString::fromLatin1(name)}}); });
    connect(&engine, &Engine::dialRefused, this, [this](const QString &reason) {
        tell(u"error"_s, {{u"code"_s, u"dial_refused"_s}, {u"error"_s, reason}});
    });
    connect(&engine, &Engine::emergencyRefused, this, [this] {
        tell(u"error"_s, {{u"code"_s, u"no_emergency_calls"_s},
                          {u"error"_s, u"There is no phone network here that could carry an emergency call."_s}});
    });
}

void HeadlessEvents::watchCalls(engine::CallEngine &engine)
{
    using Engine = engine::CallEngine;
    connect(&engine, &Engine::callChanged, this, &HeadlessEvents::onCall);
    connect(&engine, &Engine::callFinished, this,
            [this](CallHandle call, const call::CallRecord &record, bool continued) {
                m_calls.erase(call);
                m_ringsToTell.erase(call);
                QJsonObject fields = toJson(record);
                fields.insert(u"continued"_s, continued);
                tellOf(u"end"_s, call, fields);
            });
    connect(&engine, &Engine::incomingShown, this, &HeadlessEvents::onIncoming);
    connect(&engine, &Engine::audioChanged, this, [this](CallHandle call, const engine::AudioState &state) {
        onAudio(call, u"ip"_s, state.playing,
            {{u"playing"_s, state.playing}, {u"capturing"_s, state.capturing}, {u"device_lost"_s, state.deviceLost},
                {u"heard"_s, state.heard}});
    });
    connect(&engine, &Engine::digitHeard, this, [this](CallHandle call, char digit) {
        tellOf(u"digits"_s, call, {{u"digits"_s, QString(QLatin1Char(digit))}});
    });
    connect(&engine, &Engine::figuresChanged, this, [this](CallHandle call, const engine::MediaFigures &figures) {
        tellOf(u"figures"_s, call, toJson(figures));
    });
    connect(&engine, &Engine::milestone, this, [this](CallHandle call, const QByteArray &name, qint64 monotonicUs) {
        const TimePoint at{Duration(monotonicUs)};
        tellOf(u"milestone"_s, call, {{u"name"_s, QString::fromLatin1(name)}}, at);
        if (name == "first_audio")
            tellOf(u"firstaudio"_s, call, {{u"leg"_s, u"ip"_s}}, at);
    });
}

void HeadlessEvents::watchWishes(engine::CallEngine &engine)
{
    using Engine = engine::CallEngine;
    connect(&engine, &Engine::settingsChanged, this, [this](const call::CallSettings &settings) {
        tell(u"settings"_s, {{u"settings"_s, toJson(settings)}});
    });
    connect(
        &engine, &Engine::contactRuleChanged, this, [this](const QString &peer, std::optional<call::ContactRule> rule) {
            tell(u"contact_rule"_s, {{u"peer"_s, peer}, {u"rule"_s, rule ? QJsonValue(textOf(*rule)) : QJsonValue()}});
        });
    connect(&engine, &Engine::networkDescribed, this,
            [this](const NetworkInfo &network) { tell(u"network"_s, toJson(network)); });
}

void HeadlessEvents::watchHealth(engine::CallEngine &engine)
{
    connect(&engine, &engine::CallEngine::healthTold, this,
            [this](const engine::HookHealth &health, engine::ProbeOutcome probe) {
                QJsonObject fields = toJson(health);
                fields.insert(u"probe"_s, textOf(probe));
                tell(u"health"_s, fields);
            });
    connect(&engine, &engine::CallEngine::testCallTold, this,
            [this](const engine::TestReport &report) { tell(u"test_call"_s, toJson(report)); });
}

void HeadlessEvents::watchLine(fake::FakePhone &phone)
{
    const auto tellState = [this, &phone](bool up) {
        QJsonArray sims;
        for (const SimInfo &sim : phone.sims())
            sims.append(toJson(sim));
        tell(u"line"_s, {{u"state"_s, up ? u"up"_s : u"away"_s}, {u"sims"_s, sims}});
    };
    connect(&phone, &fake::FakePhone::joinedChanged, this, tellState);
    connect(&phone, &fake::FakePhone::awayChanged, this, [tellState](bool away) { tellState(!away); });
    connect(&phone, &fake::FakePhone::simsChanged, this, [tellState, &phone] {
        if (phone.isJoined())
            tellState(true);
    });
    connect(&phone, &fake::FakePhone::joinRefused, this, [this](const QString &reason) {
        tell(u"line"_s, {{u"state"_s, u"refused"_s}, {u"reason"_s, reason}});
    });
}

void HeadlessEvents::watchModem(modem::TelephonyChoice &modem)
{
    const auto tellState = [this, &modem] {
        QJsonArray sims;
        for (const SimInfo &sim : modem.sims())
            sims.append(toJson(sim));
        QString service;
        QStringList reasons;
        for (const auto &[name, finding, chosen] : modem.considered()) {
            if (chosen)
                service = name;
            reasons.append(FindingSentences::of(finding, name));
        }
        const bool up = modem.finding() == modem::Finding::Found;
        tell(u"line"_s, {{u"state"_s, up ? u"up"_s : u"away"_s},
                         {u"sims"_s, sims},
                         {u"service"_s, service},
                         {u"reason"_s, reasons.join(u' ')}});
    };
    connect(&modem, &modem::TelephonyChoice::reconsidered, this, tellState);
    connect(&modem, &modem::TelephonyChoice::simsChanged, this, tellState);
}

void HeadlessEvents::watchHandset(fake::Handset &handset)
{
    connect(&handset, &fake::Handset::audioChanged, this, [this](const fake::HandsetAudio &audio) {
        if (m_onCellular)
            onAudio(*m_onCellular, u"cellular"_s, audio.playing,
                {{u"playing"_s, audio.playing}, {u"capturing"_s, audio.capturing},
                    {u"device_lost"_s, audio.deviceLost}, {u"heard"_s, audio.heard}});
    });
    connect(&handset, &fake::Handset::heard, this, [this](TimePoint at) {
        if (m_onCellular)
            tellOf(u"firstaudio"_s, *m_onCellular, {{u"leg"_s, u"cellular"_s}}, at);
    });
}

void HeadlessEvents::onCall(const CallInfo &info)
{
    CallInfo before;
    before.handle = info.handle;
    if (const auto known = m_calls.find(info.handle); known != m_calls.end())
        before = known->second;
    m_calls[info.handle] = info;
    if (info.leg == LegState::Active)
        m_onCellular = info.handle;
    tell(u"call"_s, toJson(info));
    tellLegs(info, before);
    tellSteps(info, before);
    if (m_ringsToTell.erase(info.handle) > 0)
        onIncoming(info.handle);
}

void HeadlessEvents::onIncoming(CallHandle call)
{
    const auto known = m_calls.find(call);
    if (known == m_calls.end()) {
        m_ringsToTell.insert(call);
        return;
    }
    const QJsonObject info = toJson(known->second);
    tellOf(u"incoming"_s, call,
        {{u"peer"_s, info["peer"_L1]}, {u"manual"_s, info["manual"_L1]}, {u"trust"_s, info["trust"_L1]}});
}

void HeadlessEvents::tellLegs(const CallInfo &info, const CallInfo &before)
{
    if (info.leg != before.leg) {
        QJsonObject fields{{u"leg"_s, u"cellular"_s}, {u"state"_s, textOf(info.leg)}};
        if (info.leg == LegState::Ended)
            fields.insert(u"end"_s, textOf(info.end));
        tellOf(u"leg"_s, info.handle, fields);
    }
    if (info.ip != before.ip)
        tellOf(u"leg"_s, info.handle, {{u"leg"_s, u"ip"_s}, {u"state"_s, textOf(info.ip)}});
}

void HeadlessEvents::tellSteps(const CallInfo &info, const CallInfo &before)
{
    const auto reached = [&](IpState state) { return info.ip != IpState::Ended && info.ip >= state && before.ip < state; };
    if (reached(IpState::Matched))
        tellOf(u"match"_s, info.handle, {{u"peer"_s, QString::fromStdString(info.peer.reveal())}});
    if (reached(IpState::Keyed))
        tellOf(u"keys"_s, info.handle, {{u"trust"_s, textOf(info.trust)}});
    if (info.sas != before.sas && !info.sas.empty())
        tellOf(u"sas"_s, info.handle, {{u"sas"_s, QString::fromStdString(info.sas)}});
    if (info.path != before.path)
        tellOf(u"path"_s, info.handle, {{u"path"_s, QString::fromStdString(info.path)}});
    if (info.moved && !before.moved && info.ip != IpState::Ended)
        tellOf(u"moved"_s, info.handle,
               {{u"peer"_s, QString::fromStdString(info.peer.reveal())},
                {u"notice"_s, info.prompt != call::Prompt::Off},
                {u"sound"_s, info.prompt == call::Prompt::Sound}});
}

void HeadlessEvents::onAudio(CallHandle call, const QString &leg, bool playing, QJsonObject fields)
{
    fields.insert(u"leg"_s, leg);
    tellOf(u"audio"_s, call, std::move(fields));
    const bool isThis = m_sounding && m_sounding->call == call && m_sounding->leg == leg;
    if (playing && !isThis) {
        m_sounding = Sounding{call, leg};
        m_toldPlayStart.reset();
    } else if (!playing && isThis) {
        pollPlayStart();
        m_sounding.reset();
    }
    if (m_files && m_sounding)
        m_filePoll.start();
    else
        m_filePoll.stop();
}

void HeadlessEvents::pollPlayStart()
{
    const auto started = m_files ? m_files->playStarted() : std::nullopt;
    if (!m_sounding || !started || started == m_toldPlayStart)
        return;
    m_toldPlayStart = started;
    tellOf(u"playstart"_s, m_sounding->call, {{u"leg"_s, m_sounding->leg}}, *started);
}

} // namespace ringlift::app
