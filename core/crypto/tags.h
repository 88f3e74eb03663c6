#pragma once

#include "core/crypto/identity.h"

/// Keyed tags, proofs and numbers derived for storage and display.
namespace ringlift::crypto {

/// HMAC-SHA-256 and HKDF-Expand (RFC 2104, RFC 5869 section 2.3).
Key32 hmacSha256(ByteView key, ByteView message);
Bytes hkdfExpand(std::span<const std::uint8_t, 32> prk, std::string_view info, std::size_t size);
/// Fills out, at most 255 * 32 bytes, and leaves no copy elsewhere.
void hkdfExpand(std::span<const std::uint8_t, 32> prk, std::string_view info, std::span<std::uint8_t> out);
SecretKey expandKey(const SecretKey &prk, std::string_view info);
Key32 sha256(ByteView message);

// protocol.md 3.2
Key32 msisdnTag(ByteView tagKey, const protocol::Msisdn &msisdn);
Key32 imsiTag(ByteView tagKey, const protocol::Imsi &imsi);
Key32 otpTag(ByteView otpKey, const SessionId &session, std::string_view code);
bool constantTimeEqual(ByteView a, ByteView b);

/// Registration lock, protocol.md 3.3. Takes about 0.1 s and 64 MiB: never on an event loop.
Key32 pinProof(std::string_view pin, const protocol::Msisdn &msisdn);

/// protocol.md 3.8: 60 digits, lower half first.
std::string safetyNumber(const IdentityCard &a, const protocol::Msisdn &numberA, const IdentityCard &b, const protocol::Msisdn &numberB);
/// First 32 bytes of the fingerprint: what the QR code carries.
Key32 safetyFingerprint(const IdentityCard &card, const protocol::Msisdn &number);

/// RFC 8489-style REST credentials (protocol.md 4.2): base64(HMAC-SHA1(secret, username)).
std::string turnRestPassword(std::string_view secret, std::string_view username);

} // namespace ringlift::crypto
