#pragma once

#include "core/base/result.h"
#include "core/crypto/secretkey.h"
#include "core/crypto/signingkey.h"
#include "core/protocol/messages.h"

namespace ringlift::crypto {

using protocol::IdCardBytes;
using protocol::Key32;
using protocol::Signature;

/// Why cryptography said no (protocol.md 3.1, 3.6, 3.7).
enum class CryptoError { Length, Format, Sig, Dh, Auth, Commit, State, Version, Kind, Epoch, Old, Replay, Downgrade };
/// "ERR_LENGTH" and so on, as in the known answers and in call.abort.
std::string_view nameOf(CryptoError error);

/// The public half of a device identity, checked (protocol.md 3.1).
struct IdentityCard
{
    Key32 edPublic{};
    Key32 xPublic{};
    std::uint64_t created = 0;
    IdCardBytes bytes{};

    /// Checks in this order: ERR_LENGTH, ERR_FORMAT, ERR_SIG.
    static Expected<IdentityCard, CryptoError> parse(ByteView bytes);
    Key32 idHash() const;
    bool operator==(const IdentityCard &) const = default;
};

/// The device's long-term keys, all derived from one 32-byte seed.
class DeviceIdentity
{
public:
    static DeviceIdentity fromSeed(const SecretKey &seed, std::uint64_t createdUnixSeconds);

    const IdentityCard &card() const { return m_card; }
    Signature sign(ByteView message) const;
    const SecretKey &xSecret() const { return m_xSecret; }

private:
    explicit DeviceIdentity(SigningKey signer) : m_signer(std::move(signer)) { }
    SigningKey m_signer;
    SecretKey m_xSecret;
    IdentityCard m_card;
};

bool verifySignature(const Key32 &edPublic, ByteView message, const Signature &signature);

// What is signed, protocol.md 3.3 to 3.5
Bytes registerMessage(const SessionId &session, const Key32 &channelBinding, const IdCardBytes &card, std::string_view code);
Bytes loginMessage(const AccountId &account, const Key32 &clientNonce, const Key32 &serverNonce, const Key32 &serverPublic, const Key32 &channelBinding);
Bytes serverHelloMessage(const Key32 &serverNonce, const Key32 &channelBinding);
/// The current server key announces the next one.
Bytes serverKeyMessage(const Key32 &nextPublic);
Bytes deleteMessage(const AccountId &account, const Key32 &serverNonce);
Bytes reglockMessage(const AccountId &account, const Key32 &serverNonce);

} // namespace ringlift::crypto
