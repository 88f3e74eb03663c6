#include "core/engine/recordcodec.h"

#include "core/engine/callnames.h"

namespace ringlift::engine {

using namespace call;
using protocol::AccountKind;
using protocol::Imsi;
using protocol::Msisdn;
using protocol::SimProof;

namespace {

constexpr std::uint8_t kVersion = 1;
/// Since then a past call knows its SIM.
constexpr std::uint8_t kVersionWithSim = 2;
/// Since then the settings know connections and prompts.
constexpr std::uint8_t kVersionWithMoves = 2;
/// Since then a pin knows when calls to its contact move.
constexpr std::uint8_t kVersionWithHandOver = 2;
constexpr std::uint8_t kNoSim = 0xff;
constexpr std::size_t kMaxText = 128;

// Of an account
constexpr std::uint8_t kManualBit = 1;
constexpr std::uint8_t kGoneBit = 2;
constexpr std::uint8_t kNextKeyBit = 4;
constexpr std::uint8_t kLockedBit = 8;
constexpr std::uint8_t kSinceBit = 16;

enum class SimKind : std::uint8_t { None, Imsi, Handle };

class RecordWriter
{
public:
    explicit RecordWriter(std::uint8_t version = kVersion) { m_writer.u8(version); }

    RecordWriter &flag(bool value)
    {
        m_writer.u8(value ? 1 : 0);
        return *this;
    }
    RecordWriter &byte(std::uint8_t value)
    {
        m_writer.u8(value);
        return *this;
    }
    RecordWriter &number(std::int64_t value)
    {
        m_writer.u64(static_cast<std::uint64_t>(value));
        return *this;
    }
    RecordWriter &text(std::string_view value)
    {
        value = value.substr(0, kMaxText);
        m_writer.u8(static_cast<std::uint8_t>(value.size())).bytes(viewOf(value));
        return *this;
    }
    RecordWriter &bytes(ByteView value)
    {
        m_writer.bytes(value);
        return *this;
    }
    template<typename Enum>
    RecordWriter &name(Enum value)
    {
        return text(nameOf(value));
    }
    Bytes take() { return m_writer.take(); }

private:
    ByteWriter m_writer;
};

/// Once one field is damaged, the whole record is.
class RecordReader
{
public:
    explicit RecordReader(ByteView bytes, std::uint8_t latest = kVersion) : m_reader(bytes)
    {
        m_version = m_reader.u8().value_or(0);
        m_sound = m_version >= kVersion && m_version <= latest;
    }

    std::uint8_t version() const { return m_version; }

    bool flag()
    {
        const std::uint8_t value = byte();
        check(value <= 1);
        return value == 1;
    }
    std::uint8_t byte() { return m_reader.u8().value_or(0); }
    std::int64_t number() { return static_cast<std::int64_t>(m_reader.u64().value_or(0)); }
    std::string text()
    {
        const std::uint8_t size = byte();
        check(size <= kMaxText);
        const auto bytes = m_reader.take(size);
        return bytes ? std::string(textOf(*bytes)) : std::string();
    }
    template<std::size_t N>
    ByteArray<N> array()
    {
        const auto bytes = m_reader.take(N);
        return bytes ? toArray<N>(*bytes).value_or(ByteArray<N>{}) : ByteArray<N>{};
    }
    template<typename Enum>
    Enum name()
    {
        const auto value = fromName<Enum>(text());
        check(value.has_value());
        return value.value_or(Enum{});
    }
    void check(bool fine) { m_sound = m_sound && fine; }
    bool isSound() const { return m_sound && m_reader.atEnd(); }

private:
    ByteReader m_reader;
    std::uint8_t m_version = 0;
    bool m_sound = true;
};

template<typename Record>
std::optional<Record> whole(const RecordReader &reader, Record record)
{
    return reader.isSound() ? std::optional<Record>(std::move(record)) : std::nullopt;
}

void writeSim(RecordWriter &writer, const SimProof &sim)
{
    if (const auto *const imsi = std::get_if<Imsi>(&sim))
        writer.byte(static_cast<std::uint8_t>(SimKind::Imsi)).text(imsi->digits());
    else if (const auto *const handle = std::get_if<SimHandle>(&sim))
        writer.byte(static_cast<std::uint8_t>(SimKind::Handle)).bytes(handle->bytes);
    else
        writer.byte(static_cast<std::uint8_t>(SimKind::None));
}

SimProof readSim(RecordReader &reader)
{
    switch (static_cast<SimKind>(reader.byte())) {
    case SimKind::None: return {};
    case SimKind::Handle: return SimHandle{reader.array<SimHandle::kSize>()};
    case SimKind::Imsi:
        if (const auto imsi = Imsi::fromDigits(reader.text()); imsi)
            return *imsi;
        break;
    }
    reader.check(false);
    return {};
}

} // namespace

Bytes encodeRecord(const Account &account)
{
    RecordWriter writer;
    const bool isManual = account.kind == AccountKind::Manual;
    const int bits = (isManual ? kManualBit : 0) | (account.gone ? kGoneBit : 0) |
                     (account.nextServerPublic ? kNextKeyBit : 0) | (account.locked ? kLockedBit : 0) |
                     (account.registeredUnix > 0 ? kSinceBit : 0);
    writer.bytes(account.id.bytes).bytes(account.serverPublic).byte(static_cast<std::uint8_t>(bits));
    writer.text(account.msisdn.e164());
    writeSim(writer, account.sim);
    if (account.nextServerPublic)
        writer.bytes(*account.nextServerPublic);
    if (account.registeredUnix > 0)
        writer.number(account.registeredUnix);
    return writer.take();
}

std::optional<Account> decodeAccount(ByteView bytes)
{
    RecordReader reader(bytes);
    const AccountId id{reader.array<AccountId::kSize>()};
    const auto serverPublic = reader.array<32>();
    const std::uint8_t bits = reader.byte();
    reader.check((bits & ~(kManualBit | kGoneBit | kNextKeyBit | kLockedBit | kSinceBit)) == 0);
    const AccountKind kind = (bits & kManualBit) != 0 ? AccountKind::Manual : AccountKind::Sim;
    const auto msisdn = Msisdn::fromE164(reader.text());
    const SimProof sim = readSim(reader);
    if (!msisdn)
        return std::nullopt;
    Account account{id, serverPublic, *msisdn, sim, kind, (bits & kGoneBit) != 0};
    if ((bits & kNextKeyBit) != 0)
        account.nextServerPublic = reader.array<32>();
    account.locked = (bits & kLockedBit) != 0;
    if ((bits & kSinceBit) != 0)
        account.registeredUnix = reader.number();
    return whole(reader, std::move(account));
}

Bytes encodeRecord(const Pin &pin)
{
    RecordWriter writer(kVersionWithHandOver);
    writer.bytes(pin.idHash).bytes(pin.edPublic).bytes(pin.xPublic).number(pin.firstSeen).number(pin.lastSeen);
    writer.name(pin.level).number(pin.legCount).flag(pin.pendingCard.has_value());
    if (pin.pendingCard)
        writer.bytes(*pin.pendingCard);
    return writer.name(pin.handOver).take();
}

std::optional<Pin> decodePin(ByteView bytes)
{
    RecordReader reader(bytes, kVersionWithHandOver);
    Pin pin;
    pin.idHash = reader.array<32>();
    pin.edPublic = reader.array<32>();
    pin.xPublic = reader.array<32>();
    pin.firstSeen = reader.number();
    pin.lastSeen = reader.number();
    pin.level = reader.name<TrustLevel>();
    pin.legCount = static_cast<std::uint32_t>(reader.number());
    if (reader.flag())
        pin.pendingCard = reader.array<140>();
    if (reader.version() >= kVersionWithHandOver)
        pin.handOver = reader.name<HandOver>();
    return whole(reader, pin);
}

Bytes encodeRecord(const CallSettings &settings)
{
    RecordWriter writer(kVersionWithMoves);
    writer.flag(settings.moveCalls).flag(settings.redialAutomaticallyInCall);
    writer.flag(settings.allowUnknownCallerId).flag(settings.contactsOnlyManual);
    writer.name(settings.moveOver).flag(settings.moveWhenRoaming).name(settings.prompt);
    return writer.take();
}

std::optional<CallSettings> decodeSettings(ByteView bytes)
{
    RecordReader reader(bytes, kVersionWithMoves);
    CallSettings settings;
    settings.moveCalls = reader.flag();
    settings.redialAutomaticallyInCall = reader.flag();
    settings.allowUnknownCallerId = reader.flag();
    settings.contactsOnlyManual = reader.flag();
    if (reader.version() >= kVersionWithMoves) {
        settings.moveOver = reader.name<MoveOver>();
        settings.moveWhenRoaming = reader.flag();
        settings.prompt = reader.name<Prompt>();
    }
    return whole(reader, settings);
}

Bytes encodeRecord(ContactRule rule)
{
    return RecordWriter().name(rule).take();
}

std::optional<ContactRule> decodeContactRule(ByteView bytes)
{
    RecordReader reader(bytes);
    const auto rule = reader.name<ContactRule>();
    return whole(reader, rule);
}

Bytes encodeRecord(const ReleasedCall &released)
{
    RecordWriter writer;
    writer.text(released.peer.e164()).number(released.sim).number(released.lastAliveUnix).flag(released.answered);
    return writer.take();
}

std::optional<ReleasedCall> decodeReleased(ByteView bytes)
{
    RecordReader reader(bytes);
    const auto peer = Msisdn::fromE164(reader.text());
    const auto sim = static_cast<int>(reader.number());
    const std::int64_t lastAlive = reader.number();
    const bool answered = reader.flag();
    if (!peer)
        return std::nullopt;
    return whole(reader, ReleasedCall{*peer, sim, lastAlive, answered});
}

Bytes encodeRecord(const CallRecord &record)
{
    RecordWriter writer(kVersionWithSim);
    writer.name(record.direction).text(record.peer.reveal()).number(record.startedUnix).number(record.talked.count());
    writer.flag(record.answered).flag(record.moved).name(record.stay).name(record.end).name(record.trust);
    writer.byte(record.sim ? static_cast<std::uint8_t>(*record.sim) : kNoSim);
    return writer.take();
}

std::optional<CallRecord> decodeCallRecord(ByteView bytes)
{
    RecordReader reader(bytes, kVersionWithSim);
    CallRecord record;
    record.direction = reader.name<CallDirection>();
    record.peer = Redacted(reader.text());
    record.startedUnix = reader.number();
    record.talked = Duration(reader.number());
    record.answered = reader.flag();
    record.moved = reader.flag();
    record.stay = reader.name<StayReason>();
    record.end = reader.name<CallEnd>();
    record.trust = reader.name<TrustLevel>();
    const std::uint8_t sim = reader.version() < kVersionWithSim ? kNoSim : reader.byte();
    if (sim != kNoSim)
        record.sim = sim;
    return whole(reader, record);
}

} // namespace ringlift::engine
