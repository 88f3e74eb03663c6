#pragma once

#include <cstdint>

namespace ringlift::server {

/// Wall clock, for day stamps, welcome.time and relay credentials only.
class WallClock
{
public:
    virtual ~WallClock() = default;
    virtual std::int64_t unixSeconds() const = 0;
};

} // namespace ringlift::server
