#pragma once

#include "core/call/phonemachine.h"

#include <optional>
#include <string_view>

/// Names of the values of calls, as the headless interface and the stored records spell them. They never change.
namespace ringlift::engine {

std::string_view nameOf(CallDirection value);
std::string_view nameOf(LegState value);
std::string_view nameOf(call::IpState value);
std::string_view nameOf(call::Carrier value);
std::string_view nameOf(call::StayReason value);
std::string_view nameOf(call::CallEnd value);
std::string_view nameOf(call::TrustLevel value);
std::string_view nameOf(NetworkKind value);
std::string_view nameOf(call::MoveOver value);
std::string_view nameOf(call::Prompt value);
std::string_view nameOf(call::ContactRule value);
std::string_view nameOf(call::HandOver value);
std::string_view nameOf(call::RegistrationState value);
std::string_view nameOf(call::RegistrationFault value);

template<typename Enum>
std::optional<Enum> fromName(std::string_view name)
{
    for (int i = 0; !nameOf(static_cast<Enum>(i)).empty(); ++i) {
        if (nameOf(static_cast<Enum>(i)) == name)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

} // namespace ringlift::engine
