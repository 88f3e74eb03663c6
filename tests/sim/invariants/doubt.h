#pragma once

#include "tests/sim/invariants.h"

#include <map>
#include <set>

namespace ringlift::sim {

/// I6 and the one-shot rule of 3.6: a changed pin, a broken promise or any error keeps the call on the phone network, and
/// no key, offer or ring is used twice.
class DoubtStaysCellular final : public Invariant
{
public:
    explicit DoubtStaysCellular(World &world) : Invariant(world, "I6 every doubt stays cellular, once") { }

private:
    void phoneSays(const SimPhone &phone, const protocol::Message &message) override;
    void phoneHears(const SimPhone &phone, const protocol::Message &message) override;

    using Side = std::pair<int, CallId>;
    void says(const SimPhone &phone, const protocol::CallOffer &offer);
    void says(const SimPhone &phone, const protocol::CallArrive &arrive);
    void says(const SimPhone &phone, const protocol::CallNoise1 &noise);
    void says(const SimPhone &phone, const protocol::CallNoise2 &noise);
    void says(const SimPhone &phone, const protocol::CallSealed &sealed);
    void says(const SimPhone &phone, const protocol::CallAbort &abort);
    template<typename Other>
    void says(const SimPhone &, const Other &)
    {
    }
    void hears(const SimPhone &phone, const protocol::CallMatched &matched);
    void hears(const SimPhone &phone, const protocol::CallNoise1 &noise);
    void hears(const SimPhone &phone, const protocol::CallNoise2 &noise);
    template<typename Other>
    void hears(const SimPhone &, const Other &)
    {
    }
    void checkPin(const SimPhone &phone, const protocol::CallMatched &matched, const std::string &peer);

    struct Offered { int phone = 0; std::string callee; protocol::Key32 commit{}; Bytes caps; };
    std::map<CallId, Offered> m_offers;
    std::map<std::pair<int, ArriveId>, std::vector<std::string>> m_arrivals;
    std::map<std::pair<int, CallId>, ArriveId> m_arriveOfCall;
    std::map<CallId, protocol::CallNoise1> m_noise1;
    std::map<CallId, protocol::CallNoise2> m_noise2;
    std::set<protocol::Key32> m_ephemerals;
    std::set<std::pair<int, ArriveId>> m_ringsUsed;
    std::set<Side> m_saidNoise1;
    std::set<Side> m_saidNoise2;
    /// They must not even answer.
    std::set<Side> m_distrusted;
    /// They must not come to have keys.
    std::set<Side> m_keyless;
};

} // namespace ringlift::sim
