#pragma once

#include "platform/plmn/at/modemhost.h"
#include "platform/plmn/at/smscentre.h"

#include <QJsonObject>

#include <functional>
#include <map>

namespace ringlift::plmn::at {

/// The modems of one switch.
class ModemBank : public QObject
{
    Q_OBJECT

public:
    using Feed = std::function<Result<void>(const SwitchInput &)>;

    /// exchange must outlive the bank; feed gives the switch an input and says whether it was refused.
    ModemBank(const Switch &exchange, Feed feed, QObject *parent = nullptr);

    Result<void> add(const ModemSetup &setup);
    Result<void> remove(const std::string &name);
    /// Changes what the modem is; its ports and its SIM stay.
    Result<void> configure(const ModemConfig &config);
    /// An empty msisdn takes the SIM out.
    Result<void> insertSim(const std::string &name, const std::string &msisdn);
    /// from is a number, or a name of up to 11 characters; it is sent once the modem can be reached.
    Result<void> sendMessage(const std::string &from, const std::string &to, std::string_view text);
    /// The network's own words to a modem, or its question when it wants an answer.
    Result<void> sendUssd(const std::string &name, const std::string &text, bool wantsAnswer);
    /// Bytes for the hosts of a modem, whatever they mean.
    Result<void> say(const std::string &name, const std::string &bytes);
    /// Answers to codes; *#100# is the own number where there is no other.
    void setUssdAnswers(std::map<std::string, std::string> answers) { m_ussd = std::move(answers); }
    const ModemHost *find(const std::string &name) const;
    std::vector<const ModemHost *> all() const;
    /// Some modem has this subscriber's SIM.
    bool has(const std::string &msisdn) const;

    // What the switch says
    void tell(const LegChanged &changed);
    void tell(const DigitsHeard &heard);
    void tell(const VoiceHeard &heard);
    /// Subscribers or coverage have changed.
    void refresh();

Q_SIGNALS:
    /// A message or a code that a modem has sent, for whoever watches the network.
    void told(const QJsonObject &event);

private:
    struct Slot {
        std::unique_ptr<ModemHost> host;
        Serving serving;
    };

    ModemHost *hostOf(const std::string &msisdn);
    void refresh(Slot &slot);
    Serving servingOf(const Subscriber &sim) const;
    void settle(const std::string &name);
    bool handle(ModemHost &host, const Request &request);
    bool submit(const ModemHost &host, const SubmitMessage &message);
    bool answerUssd(ModemHost &host, const UssdDialled &dialled);
    void deliverMessages();

    const Switch &m_exchange;
    Feed m_feed;
    SmsCentre m_messages;
    std::map<std::string, std::string> m_ussd;
    std::map<std::string, Slot> m_slots;
};

} // namespace ringlift::plmn::at
