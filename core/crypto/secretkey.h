#pragma once

#include "core/base/bytes.h"

#include <memory>

namespace ringlift::crypto {

/// 32 secret bytes in locked memory (sodium_malloc), wiped when released. Moves; copies only by clone().
class SecretKey
{
public:
    static constexpr std::size_t kSize = 32;

    SecretKey();
    explicit SecretKey(std::span<const std::uint8_t, kSize> bytes);
    SecretKey(SecretKey &&) noexcept;
    SecretKey &operator=(SecretKey &&) noexcept;
    ~SecretKey();

    SecretKey clone() const;
    void wipe();
    std::span<const std::uint8_t, kSize> view() const;
    std::span<std::uint8_t, kSize> writable();

private:
    struct Wipe { void operator()(std::uint8_t *bytes) const; };
    std::unique_ptr<std::uint8_t, Wipe> m_bytes;
};

} // namespace ringlift::crypto
