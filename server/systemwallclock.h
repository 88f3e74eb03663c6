#pragma once

#include "server/wallclock.h"

#include <chrono>

namespace ringlift::server {

class SystemWallClock final : public WallClock
{
public:
    std::int64_t unixSeconds() const override
    {
        return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
};

} // namespace ringlift::server
