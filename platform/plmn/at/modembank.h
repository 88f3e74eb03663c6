#pragma once

#include "platform/plmn/at/modemhost.h"

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
    const ModemHost *find(const std::string &name) const;
    std::vector<const ModemHost *> all() const;
    /// Some modem has this subscriber's SIM.
    bool has(const std::string &msisdn) const;

    // What the switch says
    void tell(const LegChanged &changed);
    void tell(const DigitsHeard &heard);
    /// Subscribers or coverage have changed.
    void refresh();

private:
    struct Slot {
        std::unique_ptr<ModemHost> host;
        Serving serving;
    };

    ModemHost *hostOf(const std::string &msisdn);
    void refresh(Slot &slot);
    Serving servingOf(const Subscriber &sim) const;
    void settle(const std::string &name);

    const Switch &m_exchange;
    Feed m_feed;
    std::map<std::string, Slot> m_slots;
};

} // namespace ringlift::plmn::at
