#pragma once

#include "core/protocol/messages.h"

#include <vector>

/// One of every message, with each optional field both there and left out, and its text on the wire.
namespace ringlift::protocol {

struct Sample {
    const char *name;
    Message message;
    std::string text;
};

std::vector<Sample> samples();

} // namespace ringlift::protocol
