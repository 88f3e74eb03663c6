#pragma once

#include "core/crypto/handshake.h"

#include <algorithm>

/// What the tests of core/crypto share.
namespace ringlift::crypto {

/// "OK" or the name of the error.
template<typename T> const char *verdict(const Expected<T, CryptoError> &result)
{
    return result ? "OK" : nameOf(result.error()).data();
}

inline Bytes hexBytes(std::string_view hex)
{
    return *fromHex(hex);
}

template<std::size_t N> ByteArray<N> hexArray(std::string_view hex)
{
    return *toArray<N>(hexBytes(hex));
}

inline SecretKey hexKey(std::string_view hex)
{
    return SecretKey(hexArray<32>(hex));
}

inline SecretKey filledKey(std::uint8_t byte)
{
    Key32 bytes;
    bytes.fill(byte);
    return SecretKey(bytes);
}

inline bool isEqual(const SecretKey &a, const SecretKey &b)
{
    return std::equal(a.view().begin(), a.view().end(), b.view().begin());
}

/// Bytes with one bit of one byte the other way round.
inline Bytes withFlippedBit(ByteView bytes, std::size_t index)
{
    Bytes changed = copyOf(bytes);
    changed[index] ^= static_cast<std::uint8_t>(1U << (index % 8));
    return changed;
}

} // namespace ringlift::crypto
