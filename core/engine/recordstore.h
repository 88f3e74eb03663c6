#pragma once

#include "core/call/callinfo.h"
#include "core/ports/appstore.h"

namespace ringlift::engine {

/// The app's records in its store. Setters are durable when they return; false when the disk refused, and then the old
/// record stands.
class RecordStore
{
public:
    static constexpr std::size_t kMaxHistory = 1000;

    /// store outlives it.
    explicit RecordStore(ports::AppStore &store, std::size_t maxHistory = kMaxHistory)
        : m_store(store), m_maxHistory(maxHistory)
    {
    }

    std::optional<call::Account> account() const;
    [[nodiscard]] bool setAccount(const std::optional<call::Account> &account);

    /// A damaged pin comes back as one that no identity equals: the peer has to be confirmed, never trusted anew.
    call::Pins pins() const;
    [[nodiscard]] bool setPin(const protocol::Msisdn &peer, const std::optional<call::Pin> &pin);

    /// The defaults when there are none.
    call::CallSettings settings() const;
    [[nodiscard]] bool setSettings(const call::CallSettings &settings);

    /// Of a damaged one the call is to be asked about.
    call::ContactRules contactRules() const;
    [[nodiscard]] bool setContactRule(const protocol::Msisdn &peer, std::optional<call::ContactRule> rule);

    std::optional<call::ReleasedCall> journal() const;
    [[nodiscard]] bool setJournal(const std::optional<call::ReleasedCall> &released);

    /// When an emergency call was last up, Unix seconds; 0 when the record is damaged.
    std::optional<std::int64_t> lastEmergency() const;
    [[nodiscard]] bool setLastEmergency(std::optional<std::int64_t> unixSeconds);

    struct PastCall { std::string key; call::CallRecord record; };
    /// Oldest first; damaged records are left out.
    std::vector<PastCall> history() const;
    /// The new record's key, above all others; empty when the disk refused. The oldest records beyond the limit go.
    std::string addToHistory(const call::CallRecord &record);
    [[nodiscard]] bool clearHistory();

    /// When the identity of this seed was made, Unix seconds; its presence says that there is one.
    std::optional<std::uint64_t> identityCreated(const std::string &seedName) const;
    [[nodiscard]] bool setIdentityCreated(const std::string &seedName, std::uint64_t unixSeconds);

    /// See AppStore: for moments without a call.
    void settle() { m_store.settle(); }

private:
    bool put(const char *table, const std::string &key, const std::optional<Bytes> &value);

    ports::AppStore &m_store;
    const std::size_t m_maxHistory;
};

} // namespace ringlift::engine
