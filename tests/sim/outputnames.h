#pragma once

#include "core/call/phonemachine.h"

namespace ringlift::sim {

/// An output as a line of a story.
struct OutputName
{
    std::string_view what;
    std::int64_t detail = 0;
    /// It comes fifty times a second.
    bool frequent = false;
};
OutputName nameOf(const call::PhoneOutput &output);

std::string_view nameOf(call::IpState state);

} // namespace ringlift::sim
