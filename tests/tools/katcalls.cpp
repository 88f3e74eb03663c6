#include "tests/tools/katfields.h"
#include "tests/tools/katsections.h"

#include <algorithm>

// Calls: key agreement, SAS.
namespace ringlift::kat {

using namespace crypto;

namespace {

// The identity hash covers the card's date, which the call does not repeat: it is that of the identity with this seed,
// or, where the file has none, what the prologue says, which the handshake then proves or refutes.
Key32 idHashOf(const KatContext &context, const SecretKey &seed, const Key32 &inPrologue)
{
    std::optional<Key32> found;
    for (const KatIdentity &known : context.identities) {
        if (!std::ranges::equal(known.seed.view(), seed.view()))
            continue;
        const Key32 hash = known.identity.card().idHash();
        if (!found || hash == inPrologue)
            found = hash;
    }
    return found.value_or(inPrologue);
}

struct IdHashes {
    Key32 caller{};
    Key32 callee{};
};

// Zeros when the prologue is too short for any.
IdHashes idHashesIn(ByteView prologue)
{
    constexpr std::size_t kBeforeNumbers = sizeof "ringlift/v1/call" + 2 + 16;
    ByteReader reader(prologue);
    reader.take(kBeforeNumbers);
    for (int number = 0; number < 2; ++number)
        reader.take(reader.u8().value_or(0));
    IdHashes hashes;
    if (const auto caller = reader.take(32))
        hashes.caller = *toArray<32>(*caller);
    if (const auto callee = reader.take(32))
        hashes.callee = *toArray<32>(*callee);
    return hashes;
}

std::optional<KatCall> readCall(KatFields &fields, ByteView prologue, const KatContext &context, KatCase &test)
{
    const SecretKey callerSeed = fields.key("caller_seed");
    const SecretKey calleeSeed = fields.key("callee_seed");
    const auto caller = fields.msisdn("caller");
    const auto callee = fields.msisdn("callee");
    const auto suite = static_cast<std::uint16_t>(fields.number("suite", 0xffff));
    const CallId callId{fields.array<16>("call_id")};
    const auto commit = fields.array<32>("commit");
    Bytes callerCaps = fields.hex("caller_caps");
    Bytes calleeCaps = fields.hex("callee_caps");
    SecretKey callerEphemeral = fields.key("caller_ephemeral_sk");
    SecretKey calleeEphemeral = fields.key("callee_ephemeral_sk");
    test.expect(std::max(callerCaps.size(), calleeCaps.size()) <= 0xffff, "caps: too long");
    if (test.failed())
        return std::nullopt;
    const IdHashes hashes = idHashesIn(prologue);
    return KatCall{.caller = DeviceIdentity::fromSeed(callerSeed, 0),
                   .callee = DeviceIdentity::fromSeed(calleeSeed, 0),
                   .callerEphemeral = std::move(callerEphemeral),
                   .calleeEphemeral = std::move(calleeEphemeral),
                   .fields = {.suite = suite,
                              .callId = callId,
                              .caller = *caller,
                              .callee = *callee,
                              .callerIdHash = idHashOf(context, callerSeed, hashes.caller),
                              .calleeIdHash = idHashOf(context, calleeSeed, hashes.callee),
                              .commit = commit,
                              .callerCaps = std::move(callerCaps),
                              .calleeCaps = std::move(calleeCaps)}};
}

struct BothKeys {
    CallKeys caller;
    CallKeys callee;
};

// Each side answers the messages of the file, not those of our other side.
std::optional<BothKeys> runHandshake(const KatCall &call, ByteView message1, ByteView message2, KatCase &test)
{
    CalleeHandshake callee = call.calleeHandshake();
    const auto sent = callee.writeMessage1();
    auto answer = call.callerHandshake(buildPrologue(call.fields)).answer(message1);
    if (!sent || !answer) {
        test.problem("m1: " + std::string(nameOf(sent ? answer.error() : sent.error())));
        return std::nullopt;
    }
    test.expectEqual("m1_callee_to_caller", message1, *sent);
    test.expectEqual("m2_caller_to_callee", message2, answer->message2);
    auto calleeKeys = callee.readMessage2(message2);
    if (!calleeKeys) {
        test.problem("m2_caller_to_callee: " + std::string(nameOf(calleeKeys.error())));
        return std::nullopt;
    }
    return BothKeys{.caller = std::move(answer->keys), .callee = std::move(*calleeKeys)};
}

void compareKeys(const BothKeys &keys, ByteView handshakeHash, std::string_view sas, KatCase &test)
{
    const auto agree = [&](std::string_view what, const DirectionKeys &a, const DirectionKeys &b) {
        test.expectEqual(what, a.mediaChain0.view(), b.mediaChain0.view());
        test.expectEqual(what, a.signalKey.view(), b.signalKey.view());
    };
    agree("keys from caller to callee", keys.caller.send, keys.callee.receive);
    agree("keys from callee to caller", keys.callee.send, keys.caller.receive);
    test.expectEqual("handshake_hash of the caller", handshakeHash, keys.caller.handshakeHash);
    test.expectEqual("handshake_hash of the callee", handshakeHash, keys.callee.handshakeHash);
    test.expectEqual("sas of the caller", sas, keys.caller.sas);
    test.expectEqual("sas of the callee", sas, keys.callee.sas);
}

} // namespace

CallerHandshake KatCall::callerHandshake(Bytes prologue) const
{
    return CallerHandshake(caller.xSecret(), caller.card().xPublic, callee.card().xPublic,
                           EphemeralKey::fromSecret(callerEphemeral.view()), std::move(prologue));
}

CalleeHandshake KatCall::calleeHandshake() const
{
    return CalleeHandshake(callee.xSecret(), callee.card().xPublic, caller.card().xPublic,
                           EphemeralKey::fromSecret(calleeEphemeral.view()), fields);
}

void checkCall(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally)
{
    std::optional<KatCall> &call = context.calls.emplace_back();
    std::optional<BothKeys> keys;
    QJsonObject directions;
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const Bytes prologue = fields.hex("prologue");
        const auto message1 = fields.array<48>("m1_callee_to_caller");
        const auto message2 = fields.array<48>("m2_caller_to_callee");
        const auto handshakeHash = fields.array<32>("handshake_hash");
        const std::string sas = fields.text("sas");
        directions = fields.object("directions");
        call = readCall(fields, prologue, context, test);
        if (!call)
            return;
        const Key32 ephemeral = EphemeralKey::fromSecret(call->callerEphemeral.view()).publicKey;
        test.expectEqual("commit", call->fields.commit, commitment(call->fields.callId, ephemeral));
        test.expectEqual("prologue", prologue, buildPrologue(call->fields));
        keys = runHandshake(*call, message1, message2, test);
        if (keys)
            compareKeys(*keys, handshakeHash, sas, test);
        for (const QString &direction : directions.keys()) {
            if (direction != QLatin1StringView("callee_to_caller") && direction != QLatin1StringView("caller_to_callee"))
                test.problem("directions: unknown " + direction.toStdString());
        }
    });
    if (!keys)
        return;
    const auto check = [&](const char *direction, const DirectionKeys &sent) {
        checkDirection(name + ".directions." + direction, directions.value(QLatin1StringView(direction)),
                       call->fields.callId, sent, tally);
    };
    check("callee_to_caller", keys->callee.send);
    check("caller_to_callee", keys->caller.send);
}

void checkSas(const std::string &name, const QJsonValue &entry, KatContext &, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const Bytes prologue = fields.hex("prologue");
        const auto message1 = fields.array<48>("m1");
        const auto ephemeral = fields.array<32>("e_caller_pub");
        test.expectEqual("sas", fields.text("sas"), shortAuthenticationString(prologue, message1, ephemeral));
    });
}

} // namespace ringlift::kat
