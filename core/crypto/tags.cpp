#include "core/crypto/tags.h"

#include "core/crypto/sodium.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <initializer_list>
#include <new>

namespace ringlift::crypto {

namespace {

// HMAC over the concatenation of the parts. Key schedule and state are wiped.
void hmacInto(ByteView key, std::initializer_list<ByteView> parts, std::span<std::uint8_t, 32> out)
{
    ensureSodium();
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    for (const ByteView part : parts)
        crypto_auth_hmacsha256_update(&state, part.data(), part.size());
    crypto_auth_hmacsha256_final(&state, out.data());
    sodium_memzero(&state, sizeof state);
}

Key32 hmacOf(ByteView key, std::initializer_list<ByteView> parts)
{
    Key32 out{};
    hmacInto(key, parts, out);
    return out;
}

// Signal's numeric fingerprint, version 0: protocol.md 3.8.
ByteArray<64> fingerprint(const IdentityCard &card, const protocol::Msisdn &number)
{
    ensureSodium();
    constexpr int kRounds = 5200;
    const Bytes key = ByteWriter().bytes(card.edPublic).bytes(card.xPublic).take();
    const Bytes start = ByteWriter().u16(0).bytes(key).bytes(viewOf(number.e164())).take();
    ByteArray<64> hash{};
    crypto_hash_sha512_state state;
    for (int round = 0; round < kRounds; ++round) {
        crypto_hash_sha512_init(&state);
        crypto_hash_sha512_update(&state, round == 0 ? start.data() : hash.data(),
                                  round == 0 ? start.size() : hash.size());
        crypto_hash_sha512_update(&state, key.data(), key.size());
        crypto_hash_sha512_final(&state, hash.data());
    }
    return hash;
}

std::string thirtyDigits(const ByteArray<64> &hash)
{
    std::string digits;
    for (std::size_t group = 0; group < 6; ++group) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < 5; ++i)
            value = value << 8U | hash[5 * group + i];
        std::array<char, 6> text{};
        std::snprintf(text.data(), text.size(), "%05u", static_cast<unsigned>(value % 100000));
        digits += text.data();
    }
    return digits;
}

} // namespace

Key32 hmacSha256(ByteView key, ByteView message)
{
    return hmacOf(key, {message});
}

void hkdfExpand(std::span<const std::uint8_t, 32> prk, std::string_view info, std::span<std::uint8_t> out)
{
    assert(out.size() <= std::size_t{255} * 32);
    Key32 block{};
    std::size_t done = 0;
    for (std::uint8_t index = 1; done < out.size(); ++index) {
        const ByteView previous = index == 1 ? ByteView() : ByteView(block);
        hmacInto(prk, {previous, viewOf(info), ByteView(&index, 1)}, block);
        const std::size_t count = std::min(block.size(), out.size() - done);
        std::copy_n(block.begin(), count, out.begin() + static_cast<std::ptrdiff_t>(done));
        done += count;
    }
    sodium_memzero(block.data(), block.size());
}

Bytes hkdfExpand(std::span<const std::uint8_t, 32> prk, std::string_view info, std::size_t size)
{
    Bytes out(size);
    hkdfExpand(prk, info, out);
    return out;
}

SecretKey expandKey(const SecretKey &prk, std::string_view info)
{
    SecretKey key;
    hkdfExpand(prk.view(), info, key.writable());
    return key;
}

Key32 sha256(ByteView message)
{
    ensureSodium();
    Key32 hash{};
    crypto_hash_sha256(hash.data(), message.data(), message.size());
    return hash;
}

Key32 msisdnTag(ByteView tagKey, const protocol::Msisdn &msisdn)
{
    return hmacOf(tagKey, {viewOf("rl1:msisdn:"), viewOf(msisdn.e164())});
}

Key32 imsiTag(ByteView tagKey, const protocol::Imsi &imsi)
{
    return hmacOf(tagKey, {viewOf("rl1:imsi:"), viewOf(imsi.digits())});
}

Key32 otpTag(ByteView otpKey, const SessionId &session, std::string_view code)
{
    return hmacOf(otpKey, {viewOf("rl1:otp:"), session.bytes, viewOf(code)});
}

bool constantTimeEqual(ByteView a, ByteView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Key32 pinProof(std::string_view pin, const protocol::Msisdn &msisdn)
{
    const Key32 salt = sha256(ByteWriter().label("ringlift/v1/pin").bytes(viewOf(msisdn.e164())).view());
    static_assert(crypto_pwhash_SALTBYTES <= std::tuple_size_v<Key32>);
    Key32 proof{};
    const int status = crypto_pwhash(proof.data(), proof.size(), pin.data(), pin.size(), salt.data(),
                                     crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                                     crypto_pwhash_ALG_ARGON2ID13);
    if (status != 0)
        throw std::bad_alloc(); // its only reason for these parameters
    return proof;
}

std::string safetyNumber(const IdentityCard &a, const protocol::Msisdn &numberA, const IdentityCard &b,
                         const protocol::Msisdn &numberB)
{
    const std::string halfA = thirtyDigits(fingerprint(a, numberA));
    const std::string halfB = thirtyDigits(fingerprint(b, numberB));
    return halfA < halfB ? halfA + halfB : halfB + halfA;
}

Key32 safetyFingerprint(const IdentityCard &card, const protocol::Msisdn &number)
{
    return *toArray<32>(ByteView(fingerprint(card, number)).first(32));
}

std::string turnRestPassword(std::string_view secret, std::string_view username)
{
    const auto bytesOf = [](std::string_view text) {
        return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    };
    const QByteArray mac =
        QMessageAuthenticationCode::hash(bytesOf(username), bytesOf(secret), QCryptographicHash::Sha1);
    return mac.toBase64().toStdString();
}

} // namespace ringlift::crypto
