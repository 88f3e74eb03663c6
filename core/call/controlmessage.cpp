#include "core/call/controlmessage.h"

#include <algorithm>
#include <array>

namespace ringlift::call {

namespace {

enum class Type : std::uint8_t {
    Ping = 1, Pong, Report, Quality, Ack, Alerting = 0x10, Answered, HoReady, HoAck, HoCommit, HoAbort,
    Bye = 0x1f, MuteHold, Dtmf
};

// In the order of ControlMessage's alternatives.
constexpr std::array kTypes{
    Type::Ping,    Type::Pong,  Type::Report,   Type::Quality, Type::Ack, Type::Alerting, Type::Answered,
    Type::HoReady, Type::HoAck, Type::HoCommit, Type::HoAbort, Type::Bye, Type::MuteHold, Type::Dtmf,
};
static_assert(kTypes.size() == std::variant_size_v<ControlMessage>);

constexpr std::uint8_t kMuted = 1;
constexpr std::uint8_t kHeld = 2;
constexpr std::string_view kDigits = "0123456789*#ABCD";

struct BodyWriter
{
    ByteWriter out;

    void operator()(const Ping &body) { out.u64(body.token); }
    void operator()(const Pong &body) { out.u64(body.token); }
    void operator()(const Report &body)
    {
        out.u48(body.highest).u16(body.received1s).u16(body.expected1s).u32(body.jitterUs).u32(body.rttUs);
    }
    void operator()(const Quality &body)
    {
        for (const std::uint16_t figure : {body.loss5s, body.loss1s2, body.burst, body.queue, body.spread, body.kbps})
            out.u16(figure);
    }
    void operator()(const Ack &body) { out.u8(body.type).u32(body.id); }
    void operator()(const Alerting &body) { out.u32(body.id); }
    void operator()(const Answered &body) { out.u32(body.id); }
    void operator()(const HoReady &body) { out.u32(body.id); }
    void operator()(const HoAck &body) { out.u32(body.id); }
    void operator()(const HoCommit &body) { out.u32(body.id).u8(body.released ? 0 : 1); }
    void operator()(const HoAbort &body) { out.u32(body.id).u8(static_cast<std::uint8_t>(body.reason)); }
    void operator()(const Bye &body) { out.u32(body.id).u8(static_cast<std::uint8_t>(body.reason)); }
    void operator()(const MuteHold &body)
    {
        const unsigned bits = (body.muted ? kMuted : 0U) | (body.held ? kHeld : 0U);
        out.u32(body.id).u8(static_cast<std::uint8_t>(bits));
    }
    void operator()(const Dtmf &body)
    {
        out.u32(body.id).u8(static_cast<std::uint8_t>(body.digit)).u16(body.milliseconds);
    }
};

/// Reads fields; a missing one is told by the reader at the end.
class BodyReader
{
public:
    explicit BodyReader(ByteView body) : m_reader(body) { }

    std::uint8_t u8() { return m_reader.u8().value_or(0); }
    std::uint16_t u16() { return m_reader.u16().value_or(0); }
    std::uint32_t u32() { return m_reader.u32().value_or(0); }
    std::uint64_t u48() { return m_reader.u48().value_or(0); }
    std::uint64_t u64() { return m_reader.u64().value_or(0); }
    bool complete() const { return m_reader.atEnd(); }

private:
    ByteReader m_reader;
};

using Decoded = std::optional<ControlMessage>;

Decoded readReport(BodyReader &in)
{
    Report report;
    report.highest = in.u48();
    report.received1s = in.u16();
    report.expected1s = in.u16();
    report.jitterUs = in.u32();
    report.rttUs = in.u32();
    return report;
}

Decoded readQuality(BodyReader &in)
{
    Quality quality;
    for (std::uint16_t *figure : {&quality.loss5s, &quality.loss1s2, &quality.burst, &quality.queue, &quality.spread,
                                  &quality.kbps})
        *figure = in.u16();
    return quality;
}

Decoded readAck(BodyReader &in)
{
    const std::uint8_t type = in.u8();
    return Ack{type, in.u32()};
}

Decoded readCommit(BodyReader &in)
{
    const std::uint32_t id = in.u32();
    const std::uint8_t result = in.u8();
    if (result > 1)
        return std::nullopt;
    return HoCommit{id, result == 0};
}

template<typename Body, typename Reason>
Decoded readReasoned(BodyReader &in, Reason last)
{
    const std::uint32_t id = in.u32();
    const std::uint8_t reason = in.u8();
    if (reason == 0 || reason > static_cast<std::uint8_t>(last))
        return std::nullopt;
    return Body{id, static_cast<Reason>(reason)};
}

Decoded readMuteHold(BodyReader &in)
{
    const std::uint32_t id = in.u32();
    const std::uint8_t bits = in.u8();
    if (bits > (kMuted | kHeld))
        return std::nullopt;
    return MuteHold{id, (bits & kMuted) != 0, (bits & kHeld) != 0};
}

Decoded readDtmf(BodyReader &in)
{
    const std::uint32_t id = in.u32();
    const char digit = static_cast<char>(in.u8());
    if (kDigits.find(digit) == std::string_view::npos)
        return std::nullopt;
    return Dtmf{id, digit, in.u16()};
}

Decoded readBody(std::uint8_t type, BodyReader &in)
{
    switch (static_cast<Type>(type)) {
    case Type::Ping: return Ping{in.u64()};
    case Type::Pong: return Pong{in.u64()};
    case Type::Report: return readReport(in);
    case Type::Quality: return readQuality(in);
    case Type::Ack: return readAck(in);
    case Type::Alerting: return Alerting{in.u32()};
    case Type::Answered: return Answered{in.u32()};
    case Type::HoReady: return HoReady{in.u32()};
    case Type::HoAck: return HoAck{in.u32()};
    case Type::HoCommit: return readCommit(in);
    case Type::HoAbort: return readReasoned<HoAbort>(in, AbortReason::Glare);
    case Type::Bye: return readReasoned<Bye>(in, ByeReason::Error);
    case Type::MuteHold: return readMuteHold(in);
    case Type::Dtmf: return readDtmf(in);
    }
    return std::nullopt;
}

} // namespace

ControlBytes encode(const ControlMessage &message)
{
    BodyWriter body;
    std::visit(body, message);
    const ByteView bytes = body.out.view();
    ByteWriter header;
    header.u8(typeOf(message)).u8(0).u16(static_cast<std::uint16_t>(bytes.size()));
    ControlBytes out{};
    const auto afterHeader = std::copy(header.view().begin(), header.view().end(), out.begin());
    std::copy(bytes.begin(), bytes.end(), afterHeader);
    return out;
}

std::optional<ControlMessage> decodeControl(ByteView plaintext)
{
    if (plaintext.size() != kControlSize)
        return std::nullopt;
    ByteReader reader(plaintext);
    const std::uint8_t type = *reader.u8();
    reader.u8(); // flags: none yet
    const std::uint16_t length = *reader.u16();
    const auto body = reader.take(length);
    if (!body)
        return std::nullopt;
    BodyReader in(*body);
    const Decoded message = readBody(type, in);
    return in.complete() ? message : std::nullopt;
}

std::uint8_t typeOf(const ControlMessage &message)
{
    return static_cast<std::uint8_t>(kTypes[message.index()]);
}

std::optional<std::uint32_t> idOf(const ControlMessage &message)
{
    return std::visit(
        [](const auto &body) -> std::optional<std::uint32_t> {
            using Body = std::decay_t<decltype(body)>;
            if constexpr (requires { body.id; } && !std::is_same_v<Body, Ack>)
                return body.id;
            else
                return std::nullopt;
        },
        message);
}

} // namespace ringlift::call
