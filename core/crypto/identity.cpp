#include "core/crypto/identity.h"

#include "core/crypto/sodium.h"
#include "core/crypto/tags.h"
#include "core/crypto/x25519.h"

#include <algorithm>

namespace ringlift::crypto {

namespace {

constexpr std::string_view kMagic = "RLI1";
constexpr std::size_t kSignedCardSize = 76;

ByteView signedPart(ByteView card)
{
    return card.first(kSignedCardSize);
}

Bytes cardMessage(ByteView card)
{
    return ByteWriter().label("ringlift/v1/idcard").bytes(signedPart(card)).take();
}

} // namespace

std::string_view nameOf(CryptoError error)
{
    switch (error) {
    case CryptoError::Length: return "ERR_LENGTH";
    case CryptoError::Format: return "ERR_FORMAT";
    case CryptoError::Sig: return "ERR_SIG";
    case CryptoError::Dh: return "ERR_DH";
    case CryptoError::Auth: return "ERR_AUTH";
    case CryptoError::Commit: return "ERR_COMMIT";
    case CryptoError::State: return "ERR_STATE";
    case CryptoError::Version: return "ERR_VERSION";
    case CryptoError::Kind: return "ERR_KIND";
    case CryptoError::Epoch: return "ERR_EPOCH";
    case CryptoError::Old: return "ERR_OLD";
    case CryptoError::Replay: return "ERR_REPLAY";
    case CryptoError::Downgrade: return "ERR_DOWNGRADE";
    }
    return "ERR_UNKNOWN";
}

Expected<IdentityCard, CryptoError> IdentityCard::parse(ByteView bytes)
{
    const auto whole = toArray<std::tuple_size_v<IdCardBytes>>(bytes);
    if (!whole)
        return Unexpected(CryptoError::Length);
    ByteReader reader(*whole);
    if (textOf(*reader.take(kMagic.size())) != kMagic)
        return Unexpected(CryptoError::Format);
    IdentityCard card;
    card.edPublic = *toArray<32>(*reader.take(32));
    card.xPublic = *toArray<32>(*reader.take(32));
    card.created = *reader.u64();
    card.bytes = *whole;
    if (!verifySignature(card.edPublic, cardMessage(*whole), *toArray<64>(reader.rest())))
        return Unexpected(CryptoError::Sig);
    return card;
}

Key32 IdentityCard::idHash() const
{
    return sha256(ByteWriter().label("ringlift/v1/idhash").bytes(signedPart(bytes)).view());
}

DeviceIdentity DeviceIdentity::fromSeed(const SecretKey &seed, std::uint64_t createdUnixSeconds)
{
    ensureSodium();
    DeviceIdentity identity(SigningKey::fromSeed(expandKey(seed, "ringlift/v1/ed25519").view()));
    identity.m_xSecret = expandKey(seed, "ringlift/v1/x25519");
    IdentityCard &card = identity.m_card;
    card.edPublic = identity.m_signer.publicKey();
    card.xPublic = x25519Public(identity.m_xSecret);
    card.created = createdUnixSeconds;
    ByteWriter writer;
    writer.bytes(viewOf(kMagic)).bytes(card.edPublic).bytes(card.xPublic).u64(card.created);
    std::ranges::copy(writer.view(), card.bytes.begin());
    std::ranges::copy(identity.sign(cardMessage(card.bytes)), card.bytes.begin() + kSignedCardSize);
    return identity;
}

Signature DeviceIdentity::sign(ByteView message) const
{
    return m_signer.sign(message);
}

bool verifySignature(const Key32 &edPublic, ByteView message, const Signature &signature)
{
    ensureSodium();
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), edPublic.data()) == 0;
}

} // namespace ringlift::crypto
