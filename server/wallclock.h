#pragma once

#include <cstdint>

namespace ringlift::server {

/// Wall clock, for day stamps, welcome.time and relay credentials only.
class WallClock
{
public:
    virtual ~WallClock() = default;
    virtual std::int64_t unixSeconds() const = 0;
    /// Days since 1970-01-01 UTC.
    std::int32_t today() const { return static_cast<std::int32_t>(unixSeconds() / 86'400); }
};

} // namespace ringlift::server
