#include "core/engine/recordstore.h"

#include "core/base/log.h"
#include "core/engine/recordcodec.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace ringlift::engine {

using namespace call;
using protocol::Msisdn;

namespace {

constexpr const char *kState = "state";
constexpr const char *kPins = "pins";
constexpr const char *kHistory = "history";
constexpr const char *kIdentities = "identities";
constexpr const char *kContactRules = "contact-rules";
constexpr const char *kAccount = "account";
constexpr const char *kSettings = "settings";
constexpr const char *kJournal = "journal";
constexpr const char *kEmergency = "emergency";

template<typename Record>
std::optional<Record> readRecord(const ports::AppStore &store, const char *key, std::optional<Record> (*decode)(ByteView))
{
    const auto bytes = store.value(kState, key);
    if (!bytes)
        return std::nullopt;
    auto record = decode(*bytes);
    if (!record)
        qCWarning(lcApp) << "a damaged record is ignored:" << key;
    return record;
}

template<typename Record>
std::optional<Bytes> encoded(const std::optional<Record> &record)
{
    return record ? std::optional(encodeRecord(*record)) : std::nullopt;
}

/// No identity equals it (protocol.md D6).
Pin distrustfulPin()
{
    Pin pin;
    pin.level = TrustLevel::Tofu;
    return pin;
}

std::string historyKey(std::uint64_t ordinal)
{
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(ordinal));
    return text.data();
}

std::uint64_t ordinalOf(const std::string &key)
{
    std::uint64_t ordinal = 0;
    std::from_chars(key.data(), key.data() + key.size(), ordinal, 16);
    return ordinal;
}

} // namespace

bool RecordStore::put(const char *table, const std::string &key, const std::optional<Bytes> &value)
{
    return value ? m_store.setValue(table, key, *value) : m_store.removeValue(table, key);
}

std::optional<Account> RecordStore::account() const
{
    return readRecord<Account>(m_store, kAccount, decodeAccount);
}

bool RecordStore::setAccount(const std::optional<Account> &account)
{
    return put(kState, kAccount, encoded(account));
}

Pins RecordStore::pins() const
{
    Pins pins;
    for (const std::string &key : m_store.keys(kPins)) {
        const auto peer = Msisdn::fromE164(key);
        const auto bytes = m_store.value(kPins, key);
        if (!peer || !bytes)
            continue;
        const auto pin = decodePin(*bytes);
        if (!pin)
            qCWarning(lcApp) << "a damaged pin has to be confirmed anew";
        pins.emplace(*peer, pin.value_or(distrustfulPin()));
    }
    return pins;
}

bool RecordStore::setPin(const Msisdn &peer, const std::optional<Pin> &pin)
{
    return put(kPins, peer.e164(), encoded(pin));
}

CallSettings RecordStore::settings() const
{
    return readRecord<CallSettings>(m_store, kSettings, decodeSettings).value_or(CallSettings{});
}

bool RecordStore::setSettings(const CallSettings &settings)
{
    return put(kState, kSettings, encodeRecord(settings));
}

ContactRules RecordStore::contactRules() const
{
    ContactRules rules;
    for (const std::string &key : m_store.keys(kContactRules)) {
        const auto peer = Msisdn::fromE164(key);
        const auto bytes = m_store.value(kContactRules, key);
        if (!peer || !bytes)
            continue;
        const auto rule = decodeContactRule(*bytes);
        if (!rule)
            qCWarning(lcApp) << "a damaged rule for a number asks from now on";
        rules.emplace(*peer, rule.value_or(ContactRule::Ask));
    }
    return rules;
}

bool RecordStore::setContactRule(const Msisdn &peer, std::optional<ContactRule> rule)
{
    return put(kContactRules, peer.e164(), encoded(rule));
}

std::optional<ReleasedCall> RecordStore::journal() const
{
    return readRecord<ReleasedCall>(m_store, kJournal, decodeReleased);
}

bool RecordStore::setJournal(const std::optional<ReleasedCall> &released)
{
    return put(kState, kJournal, encoded(released));
}

std::optional<std::int64_t> RecordStore::lastEmergency() const
{
    const auto bytes = m_store.value(kState, kEmergency);
    if (!bytes)
        return std::nullopt;
    return static_cast<std::int64_t>(ByteReader(*bytes).u64().value_or(0));
}

bool RecordStore::setLastEmergency(std::optional<std::int64_t> unixSeconds)
{
    std::optional<Bytes> value;
    if (unixSeconds)
        value = ByteWriter().u64(static_cast<std::uint64_t>(*unixSeconds)).take();
    return put(kState, kEmergency, value);
}

std::vector<RecordStore::PastCall> RecordStore::history() const
{
    std::vector<PastCall> calls;
    for (const std::string &key : m_store.keys(kHistory)) {
        const auto bytes = m_store.value(kHistory, key);
        if (const auto record = bytes ? decodeCallRecord(*bytes) : std::nullopt; record)
            calls.push_back({key, *record});
        else
            qCWarning(lcApp) << "a damaged record of the history is left out";
    }
    return calls;
}

std::string RecordStore::addToHistory(const CallRecord &record)
{
    const std::vector<std::string> keys = m_store.keys(kHistory);
    std::string key = historyKey(keys.empty() ? 1 : ordinalOf(keys.back()) + 1);
    if (!m_store.setValue(kHistory, key, encodeRecord(record)))
        return {};
    for (std::size_t i = 0; i + m_maxHistory < keys.size() + 1; ++i) {
        if (!m_store.removeValue(kHistory, keys[i]))
            break; // the next call tries again
    }
    return key;
}

bool RecordStore::clearHistory()
{
    bool cleared = true;
    for (const std::string &key : m_store.keys(kHistory))
        cleared = m_store.removeValue(kHistory, key) && cleared;
    return cleared;
}

std::optional<std::uint64_t> RecordStore::identityCreated(const std::string &seedName) const
{
    const auto bytes = m_store.value(kIdentities, seedName);
    return bytes ? ByteReader(*bytes).u64() : std::nullopt;
}

bool RecordStore::setIdentityCreated(const std::string &seedName, std::uint64_t unixSeconds)
{
    return m_store.setValue(kIdentities, seedName, ByteWriter().u64(unixSeconds).view());
}

} // namespace ringlift::engine
