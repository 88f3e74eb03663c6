#include "core/crypto/tags.h"
#include "tests/tools/katfields.h"
#include "tests/tools/katsections.h"

#include <algorithm>
#include <limits>

// Identities, tags, registration, login, safety numbers and relay credentials.
namespace ringlift::kat {

using namespace crypto;

namespace {

constexpr std::uint64_t kHighestTime = std::numeric_limits<std::int64_t>::max();

void compareIdentity(KatFields &fields, const SecretKey &seed, const DeviceIdentity &identity, KatCase &test)
{
    const SecretKey edSeed = expandKey(seed, "ringlift/v1/ed25519");
    test.expectEqual("ed25519_sk_seed", fields.array<32>("ed25519_sk_seed"), edSeed.view());
    test.expectEqual("ed25519_pk", fields.array<32>("ed25519_pk"), identity.card().edPublic);
    test.expectEqual("x25519_sk", fields.array<32>("x25519_sk"), identity.xSecret().view());
    test.expectEqual("x25519_pk", fields.array<32>("x25519_pk"), identity.card().xPublic);
    const Bytes card = fields.hex("idcard");
    test.expectEqual("idcard", card, identity.card().bytes);
    const auto parsed = IdentityCard::parse(card);
    test.expect(parsed.has_value(), "idcard: refused");
    test.expectEqual("idhash", fields.array<32>("idhash"), (parsed ? *parsed : identity.card()).idHash());
}

using MakeTag = std::optional<Key32> (*)(ByteView key, std::string_view plain);

std::optional<Key32> tagOfMsisdn(ByteView key, std::string_view plain)
{
    const auto number = protocol::Msisdn::fromE164(plain);
    return number ? std::optional(msisdnTag(key, *number)) : std::nullopt;
}

std::optional<Key32> tagOfImsi(ByteView key, std::string_view plain)
{
    const auto imsi = protocol::Imsi::fromDigits(plain);
    return imsi ? std::optional(imsiTag(key, *imsi)) : std::nullopt;
}

void checkTagList(const std::string &name, const QJsonObject &tags, ByteView key, MakeTag make, KatTally &tally)
{
    for (auto entry = tags.constBegin(); entry != tags.constEnd(); ++entry) {
        const std::string plain = entry.key().toStdString();
        tally.run(name + '.' + plain, [&](KatCase &test) {
            KatFields fields(tags, test);
            const Key32 expected = fields.array<32>(plain);
            if (const auto tag = make(key, plain))
                test.expectEqual("tag", expected, *tag);
            else
                test.problem("not a valid number");
        });
    }
}

struct Half {
    IdentityCard card;
    std::optional<protocol::Msisdn> number;
};

Half readHalf(KatFields &fields, std::string_view idName, std::string_view keyName)
{
    const auto keys = fields.array<64>(keyName);
    Half half;
    std::copy_n(keys.begin(), 32, half.card.edPublic.begin());
    std::copy_n(keys.begin() + 32, 32, half.card.xPublic.begin());
    half.number = fields.msisdn(idName);
    return half;
}

} // namespace

void checkIdentity(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        SecretKey seed = fields.key("seed");
        const std::uint64_t created = fields.number("created", kHighestTime);
        if (test.failed())
            return;
        DeviceIdentity identity = DeviceIdentity::fromSeed(seed, created);
        compareIdentity(fields, seed, identity, test);
        context.identities.push_back({.seed = std::move(seed), .identity = std::move(identity)});
    });
}

void checkTags(const std::string &name, const QJsonValue &entry, KatContext &, KatTally &tally)
{
    KatCase form;
    KatFields fields(entry, form);
    const Bytes key = fields.hex("key");
    const QJsonObject msisdns = fields.object("msisdn");
    const QJsonObject imsis = fields.object("imsi");
    if (form.failed()) {
        tally.fail(name, form.problems());
        return;
    }
    checkTagList(name + ".msisdn", msisdns, key, tagOfMsisdn, tally);
    checkTagList(name + ".imsi", imsis, key, tagOfImsi, tally);
}

void checkRegister(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const SessionId session{fields.array<16>("session_id")};
        const auto binding = fields.array<32>("cb");
        const std::string code = fields.text("code");
        const Bytes message = fields.hex("msg");
        const auto signature = fields.array<64>("sig");
        const Bytes otpKey = fields.hex("otp_key");
        test.expectEqual("otp_tag", fields.array<32>("otp_tag"), otpTag(otpKey, session, code));
        const auto signer = std::ranges::find_if(context.identities, [&](const KatIdentity &known) {
            return registerMessage(session, binding, known.identity.card().bytes, code) == message;
        });
        if (signer == context.identities.end()) {
            test.problem("msg: not that of any identity of the file");
            return;
        }
        const DeviceIdentity &identity = signer->identity;
        test.expectEqual("sig", signature, identity.sign(message));
        test.expect(verifySignature(identity.card().edPublic, message, signature), "sig: refused");
    });
}

void checkLogin(const std::string &name, const QJsonValue &entry, KatContext &context, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const SigningKey server = SigningKey::fromSeed(fields.key("server_sk_seed").view());
        const auto serverPublic = fields.array<32>("server_pk");
        const auto serverNonce = fields.array<32>("server_nonce");
        const auto clientNonce = fields.array<32>("client_nonce");
        const AccountId account{fields.array<16>("account_id")};
        const auto binding = fields.array<32>("cb");
        const auto serverSignature = fields.array<64>("server_sig");
        const auto loginSignature = fields.array<64>("login_sig");
        if (test.failed())
            return;
        test.expectEqual("server_pk", serverPublic, server.publicKey());
        const Bytes hello = serverHelloMessage(serverNonce, binding);
        test.expectEqual("server_sig", serverSignature, server.sign(hello));
        test.expect(verifySignature(serverPublic, hello, serverSignature), "server_sig: refused");
        const Bytes login = loginMessage(account, clientNonce, serverNonce, serverPublic, binding);
        const bool signedByOne = std::ranges::any_of(context.identities, [&](const KatIdentity &known) {
            return known.identity.sign(login) == loginSignature
                && verifySignature(known.identity.card().edPublic, login, loginSignature);
        });
        test.expect(signedByOne, "login_sig: not that of any identity of the file");
    });
}

void checkSafetyNumber(const std::string &name, const QJsonValue &entry, KatContext &, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const Half a = readHalf(fields, "id_a", "key_a");
        const Half b = readHalf(fields, "id_b", "key_b");
        const std::string display = fields.text("display");
        const auto fingerprintA = fields.array<32>("fp_a_32");
        const auto fingerprintB = fields.array<32>("fp_b_32");
        if (test.failed())
            return;
        test.expectEqual("display", display, safetyNumber(a.card, *a.number, b.card, *b.number));
        test.expectEqual("display of the peer", display, safetyNumber(b.card, *b.number, a.card, *a.number));
        test.expectEqual("fp_a_32", fingerprintA, safetyFingerprint(a.card, *a.number));
        test.expectEqual("fp_b_32", fingerprintB, safetyFingerprint(b.card, *b.number));
    });
}

void checkTurnRest(const std::string &name, const QJsonValue &entry, KatContext &, KatTally &tally)
{
    tally.run(name, [&](KatCase &test) {
        KatFields fields(entry, test);
        const std::string secret = fields.text("secret");
        const std::string username = fields.text("username");
        test.expectEqual("password", fields.text("password"), turnRestPassword(secret, username));
    });
}

} // namespace ringlift::kat
