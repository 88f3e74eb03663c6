#include "core/crypto/handshake.h"

#include "core/crypto/noisekk.h"
#include "core/crypto/sodium.h"
#include "core/crypto/tags.h"
#include "core/crypto/x25519.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>

namespace ringlift::crypto {

namespace {

constexpr std::size_t kMessageSize = std::tuple_size_v<NoiseMessage>;

void writeNumber(ByteWriter &writer, const protocol::Msisdn &number)
{
    writer.u8(static_cast<std::uint8_t>(number.e164().size())).bytes(viewOf(number.e164()));
}

void writeCaps(ByteWriter &writer, const Bytes &caps)
{
    assert(caps.size() <= 0xffff);
    writer.u16(static_cast<std::uint16_t>(caps.size())).bytes(caps);
}

Key32 ephemeralOf(ByteView message)
{
    return *toArray<32>(message.first(32));
}

DirectionKeys directionKeys(const SecretKey &root)
{
    return {.mediaChain0 = expandKey(root, "rl1 media"), .signalKey = expandKey(root, "rl1 signal")};
}

CallKeys callKeys(NoiseKk::Role role, const NoiseKk &noise, ByteView prologue, ByteView message1,
                  const Key32 &callerEphemeral)
{
    const NoiseSplit roots = noise.split();
    const bool initiated = role == NoiseKk::Role::Initiator;
    return {.send = directionKeys(initiated ? roots.initiatorToResponder : roots.responderToInitiator),
            .receive = directionKeys(initiated ? roots.responderToInitiator : roots.initiatorToResponder),
            .handshakeHash = noise.handshakeHash(),
            .sas = shortAuthenticationString(prologue, message1, callerEphemeral)};
}

} // namespace

Bytes buildPrologue(const PrologueFields &fields)
{
    ByteWriter writer;
    writer.label("ringlift/v1/call").u16(fields.suite).bytes(fields.callId.bytes);
    writeNumber(writer, fields.caller);
    writeNumber(writer, fields.callee);
    writer.bytes(fields.callerIdHash).bytes(fields.calleeIdHash).bytes(fields.commit);
    writeCaps(writer, fields.callerCaps);
    writeCaps(writer, fields.calleeCaps);
    return writer.take();
}

EphemeralKey EphemeralKey::generate(RandomSource &random)
{
    EphemeralKey key;
    random.fill(key.secret.writable());
    key.publicKey = x25519Public(key.secret);
    return key;
}

EphemeralKey EphemeralKey::fromSecret(std::span<const std::uint8_t, 32> secret)
{
    EphemeralKey key;
    key.secret = SecretKey(secret);
    key.publicKey = x25519Public(key.secret);
    return key;
}

Key32 commitment(const CallId &callId, const Key32 &ephemeralPublic)
{
    return sha256(ByteWriter().label("ringlift/v1/commit").bytes(callId.bytes).bytes(ephemeralPublic).view());
}

std::string shortAuthenticationString(ByteView prologue, ByteView message1, const Key32 &callerEphemeral)
{
    const Key32 hash = sha256(ByteWriter()
                                  .label("ringlift/v1/sas")
                                  .bytes(sha256(prologue))
                                  .bytes(message1)
                                  .bytes(callerEphemeral)
                                  .view());
    const std::uint64_t value = *ByteReader(hash).u64();
    std::array<char, 7> digits{};
    std::snprintf(digits.data(), digits.size(), "%06u", static_cast<unsigned>(value % 1000000));
    return digits.data();
}

struct CalleeHandshake::Private {
    enum class State { Fresh, Sent, Over };

    Bytes prologue;
    CallId callId;
    Key32 commit{};
    std::optional<NoiseKk> noise;
    State state = State::Fresh;
    Bytes message1;
};

CalleeHandshake::CalleeHandshake(const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic,
                                 EphemeralKey ephemeral, const PrologueFields &prologue)
    : d(std::make_unique<Private>())
{
    d->prologue = buildPrologue(prologue);
    d->callId = prologue.callId;
    d->commit = prologue.commit;
    d->noise.emplace(NoiseKk::Role::Initiator, ownStatic, ownStaticPublic, peerStatic, std::move(ephemeral),
                     d->prologue);
}

CalleeHandshake::CalleeHandshake(CalleeHandshake &&) noexcept = default;
CalleeHandshake &CalleeHandshake::operator=(CalleeHandshake &&) noexcept = default;
CalleeHandshake::~CalleeHandshake() = default;

Expected<NoiseMessage, CryptoError> CalleeHandshake::writeMessage1()
{
    if (!d || d->state != Private::State::Fresh)
        return Unexpected(CryptoError::State);
    auto message = d->noise->writeMessage1({});
    if (!message) {
        d->noise.reset();
        d->state = Private::State::Over;
        return Unexpected(message.error());
    }
    d->state = Private::State::Sent;
    d->message1 = std::move(*message);
    return *toArray<kMessageSize>(d->message1);
}

Expected<CallKeys, CryptoError> CalleeHandshake::readMessage2(ByteView message2)
{
    if (!d || d->state != Private::State::Sent)
        return Unexpected(CryptoError::State);
    d->state = Private::State::Over;
    std::optional<NoiseKk> noise;
    noise.swap(d->noise); // wiped on every way out
    if (message2.size() != kMessageSize)
        return Unexpected(CryptoError::Length);
    const Key32 callerEphemeral = ephemeralOf(message2);
    if (!constantTimeEqual(commitment(d->callId, callerEphemeral), d->commit))
        return Unexpected(CryptoError::Commit);
    if (const auto payload = noise->readMessage2(message2); !payload)
        return Unexpected(payload.error());
    return callKeys(NoiseKk::Role::Initiator, *noise, d->prologue, d->message1, callerEphemeral);
}

struct CallerHandshake::Private {
    Bytes prologue;
    Key32 ephemeralPublic{};
    std::optional<NoiseKk> noise;
};

CallerHandshake::CallerHandshake(const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic,
                                 EphemeralKey ephemeral, const PrologueFields &prologue)
    : CallerHandshake(ownStatic, ownStaticPublic, peerStatic, std::move(ephemeral), buildPrologue(prologue))
{
}

CallerHandshake::CallerHandshake(const SecretKey &ownStatic, const Key32 &ownStaticPublic, const Key32 &peerStatic,
                                 EphemeralKey ephemeral, Bytes prologue)
    : d(std::make_unique<Private>())
{
    d->prologue = std::move(prologue);
    d->ephemeralPublic = ephemeral.publicKey;
    d->noise.emplace(NoiseKk::Role::Responder, ownStatic, ownStaticPublic, peerStatic, std::move(ephemeral),
                     d->prologue);
}

CallerHandshake::CallerHandshake(CallerHandshake &&) noexcept = default;
CallerHandshake &CallerHandshake::operator=(CallerHandshake &&) noexcept = default;
CallerHandshake::~CallerHandshake() = default;

Expected<CallerHandshake::Answer, CryptoError> CallerHandshake::answer(ByteView message1)
{
    if (!d || !d->noise)
        return Unexpected(CryptoError::State);
    std::optional<NoiseKk> noise;
    noise.swap(d->noise); // wiped on every way out
    if (message1.size() != kMessageSize)
        return Unexpected(CryptoError::Length);
    if (const auto payload = noise->readMessage1(message1); !payload)
        return Unexpected(payload.error());
    const auto message2 = noise->writeMessage2({});
    if (!message2)
        return Unexpected(message2.error());
    return Answer{.message2 = *toArray<kMessageSize>(*message2),
                  .keys = callKeys(NoiseKk::Role::Responder, *noise, d->prologue, message1, d->ephemeralPublic)};
}

} // namespace ringlift::crypto
