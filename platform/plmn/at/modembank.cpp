#include "platform/plmn/at/modembank.h"

#include "platform/plmn/regions.h"

#include <QDateTime>

namespace ringlift::plmn::at {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxModems = 256;

SmsTime currentTime()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return {now.date().year() % 100, now.date().month(),  now.date().day(),
            now.time().hour(),       now.time().minute(), now.time().second()};
}

} // namespace

ModemBank::ModemBank(const Switch &exchange, Feed feed, QObject *parent)
    : QObject(parent), m_exchange(exchange), m_feed(std::move(feed)), m_messages(exchange)
{
}

Result<void> ModemBank::add(const ModemSetup &setup)
{
    if (setup.config.name.empty())
        return failure("the modem has no name");
    if (m_slots.contains(setup.config.name))
        return failure("there is a modem of that name");
    if (m_slots.size() >= kMaxModems)
        return failure("too many modems");
    if (!setup.msisdn.empty() && (has(setup.msisdn) || !m_exchange.subscriber(setup.msisdn)))
        return failure("no subscriber with that msisdn has its SIM to give");
    auto host = std::make_unique<ModemHost>(setup.config);
    if (auto listening = host->listen(setup.ports, setup.pcm); !listening)
        return listening;
    // Not at once: a modem may ask while the switch is still speaking.
    const auto settles = [this, name = setup.config.name] { settle(name); };
    connect(host.get(), &ModemHost::asks, this, settles, Qt::QueuedConnection);
    connect(host.get(), &ModemHost::voiceReceived, this,
            [this](LineCallId leg, const std::vector<std::int16_t> &samples) {
                // A call that has just ended is an ordinary race.
                static_cast<void>(m_feed(Voice{leg, samples}));
            });
    m_slots[setup.config.name] = Slot{std::move(host), {}};
    return setup.msisdn.empty() ? Result<void>() : insertSim(setup.config.name, setup.msisdn);
}

Result<void> ModemBank::remove(const std::string &name)
{
    const auto slot = m_slots.find(name);
    if (slot == m_slots.end())
        return failure("no such modem");
    const std::optional<Subscriber> sim = slot->second.host->modem().sim();
    m_slots.erase(slot);
    for (const Leg &leg : m_exchange.legs()) {
        // Calls for help without a SIM belong to the modem alone; one that has just ended needs no hang-up.
        if (leg.party == Party::Phone && leg.subscriber.empty() && leg.ref == name)
            static_cast<void>(m_feed(HangUp{leg.line.id}));
    }
    return sim ? m_feed(Detach{sim->msisdn}) : Result<void>();
}

Result<void> ModemBank::configure(const ModemConfig &config)
{
    const auto slot = m_slots.find(config.name);
    if (slot == m_slots.end())
        return failure("no such modem");
    slot->second.host->feed(ConfigChanged{config});
    return {};
}

Result<void> ModemBank::insertSim(const std::string &name, const std::string &msisdn)
{
    const auto slot = m_slots.find(name);
    if (slot == m_slots.end())
        return failure("no such modem");
    const auto sim = m_exchange.subscriber(msisdn);
    if (!msisdn.empty() && (has(msisdn) || m_exchange.isAttached(msisdn) || !sim))
        return failure("no subscriber with that msisdn has its SIM to give");
    if (slot->second.host->modem().sim())
        slot->second.host->feed(SimRemoved{});
    if (!sim)
        return {};
    slot->second.serving = servingOf(*sim);
    slot->second.host->feed(ServingChanged{slot->second.serving});
    slot->second.host->feed(SimInserted{*sim});
    return {};
}

const ModemHost *ModemBank::find(const std::string &name) const
{
    const auto slot = m_slots.find(name);
    return slot == m_slots.end() ? nullptr : slot->second.host.get();
}

std::vector<const ModemHost *> ModemBank::all() const
{
    std::vector<const ModemHost *> hosts;
    for (const auto &[name, slot] : m_slots)
        hosts.push_back(slot.host.get());
    return hosts;
}

bool ModemBank::has(const std::string &msisdn) const
{
    return std::any_of(m_slots.begin(), m_slots.end(), [&](const auto &entry) {
        const auto &sim = entry.second.host->modem().sim();
        return sim && sim->msisdn == msisdn;
    });
}

ModemHost *ModemBank::hostOf(const std::string &msisdn)
{
    for (auto &[name, slot] : m_slots) {
        if (const auto &sim = slot.host->modem().sim(); sim && sim->msisdn == msisdn)
            return slot.host.get();
    }
    return nullptr;
}

void ModemBank::tell(const LegChanged &changed)
{
    if (changed.leg.party != Party::Phone)
        return;
    if (const auto slot = m_slots.find(changed.leg.ref); changed.leg.subscriber.empty() && slot != m_slots.end())
        return slot->second.host->feed(LegTold{changed});
    if (ModemHost *const host = hostOf(changed.leg.subscriber); host != nullptr)
        host->feed(LegTold{changed});
}

void ModemBank::tell(const DigitsHeard &heard)
{
    if (ModemHost *const host = hostOf(heard.subscriber); host != nullptr)
        host->feed(DigitsTold{heard.leg, heard.digits});
}

void ModemBank::tell(const VoiceHeard &heard)
{
    for (auto &[name, slot] : m_slots) {
        if (slot.host->modem().activeCall() == heard.leg)
            slot.host->sendVoice(heard.samples);
    }
}

void ModemBank::refresh()
{
    for (auto &[name, slot] : m_slots)
        refresh(slot);
    deliverMessages();
}

void ModemBank::refresh(Slot &slot)
{
    const std::optional<Subscriber> &sim = slot.host->modem().sim();
    if (!sim)
        return;
    const auto known = m_exchange.subscriber(sim->msisdn);
    if (!known)
        return slot.host->feed(SimRemoved{});
    if (*known != *sim)
        slot.host->feed(SimUpdated{*known});
    if (const Serving serving = servingOf(*known); serving != slot.serving) {
        slot.serving = serving;
        slot.host->feed(ServingChanged{serving});
    }
}

Serving ModemBank::servingOf(const Subscriber &sim) const
{
    Serving serving;
    serving.covered = m_exchange.isCovered(sim.msisdn);
    serving.roaming = !sim.servingRegion.empty() && sim.servingRegion != sim.homeRegion;
    const std::string home = sim.imsi.substr(0, std::size_t(3) + mncLengthOf(sim.imsi));
    serving.plmn = serving.roaming ? plmnOf(sim.servingRegion) : home;
    serving.name = "Ringlift" + (serving.roaming ? ' ' + sim.servingRegion : std::string());
    return serving;
}

void ModemBank::settle(const std::string &name)
{
    const auto slot = m_slots.find(name);
    while (slot != m_slots.end()) {
        ModemHost &host = *slot->second.host;
        const auto request = host.takeAsked();
        if (!request)
            break;
        host.feed(Outcome{handle(host, *request)});
    }
    deliverMessages();
}

bool ModemBank::handle(ModemHost &host, const Request &request)
{
    if (const auto *message = std::get_if<SubmitMessage>(&request))
        return submit(host, *message);
    if (const auto *dialled = std::get_if<UssdDialled>(&request))
        return answerUssd(host, *dialled);
    const auto *input = std::get_if<SwitchInput>(&request);
    return input != nullptr && m_feed(*input).has_value();
}

bool ModemBank::submit(const ModemHost &host, const SubmitMessage &message)
{
    const auto &sim = host.modem().sim();
    const auto sent = sim ? m_messages.submit(*sim, message.tpdu, currentTime()) : failure("the SIM is gone");
    if (!sent)
        return false;
    Q_EMIT told({{u"event"_s, u"sms"_s},
                 {u"from"_s, QString::fromStdString(sent->from)},
                 {u"to"_s, QString::fromStdString(sent->to)},
                 {u"text"_s, QString::fromStdString(sent->text)},
                 {u"part"_s, sent->part.number},
                 {u"parts"_s, sent->part.count}});
    return true;
}

bool ModemBank::answerUssd(ModemHost &host, const UssdDialled &dialled)
{
    const auto &sim = host.modem().sim();
    if (!sim)
        return false;
    Q_EMIT told({{u"event"_s, u"ussd"_s},
                 {u"msisdn"_s, QString::fromStdString(sim->msisdn)},
                 {u"text"_s, QString::fromStdString(dialled.text)}});
    const auto answer = m_ussd.find(dialled.text);
    const bool isCode = dialled.text.starts_with('*') || dialled.text.starts_with('#');
    if (answer != m_ussd.end())
        host.feed(UssdTold{UssdTold::Kind::Finished, answer->second});
    else if (dialled.text == "*#100#")
        host.feed(UssdTold{UssdTold::Kind::Finished, sim->msisdn});
    else
        host.feed(UssdTold{isCode ? UssdTold::Kind::NotSupported : UssdTold::Kind::Ended, {}});
    return true;
}

void ModemBank::deliverMessages()
{
    for (auto &[name, slot] : m_slots) {
        while (const auto &sim = slot.host->modem().sim()) {
            const auto message = m_messages.take(sim->msisdn);
            if (!message)
                break;
            slot.host->feed(MessageArrived{*message});
        }
    }
}

Result<void> ModemBank::sendMessage(const std::string &from, const std::string &to, std::string_view text)
{
    auto sent = m_messages.send(from, to, text, currentTime());
    deliverMessages();
    return sent;
}

Result<void> ModemBank::say(const std::string &name, const std::string &bytes)
{
    const auto slot = m_slots.find(name);
    if (slot == m_slots.end())
        return failure("no such modem");
    slot->second.host->feed(RawTold{bytes});
    return {};
}

Result<void> ModemBank::sendUssd(const std::string &name, const std::string &text, bool wantsAnswer)
{
    const auto slot = m_slots.find(name);
    if (slot == m_slots.end() || text.size() > Modem::kMaxUssd)
        return failure("no such modem, or the text is longer than 160 characters");
    using Kind = UssdTold::Kind;
    slot->second.host->feed(UssdTold{wantsAnswer ? Kind::AnswerWanted : Kind::Finished, text});
    return {};
}

} // namespace ringlift::plmn::at
