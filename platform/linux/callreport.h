#pragma once

#include "core/base/linecall.h"

#include <QString>

#include <optional>

/// Lines and SIMs of Linux phones, through the telephony service that runs there. Not "linux", which old compilers
/// define.
namespace ringlift::modem {

/// One call as a telephony service tells it, whole.
struct CallReport {
    /// The service's name for it; given to another call after the service has been away.
    QString key;
    int sim = 0;
    CallDirection direction = CallDirection::Incoming;
    /// Nothing: it is there, and nobody has dialled it yet.
    std::optional<LegState> state;
    LegEnd end = LegEnd::NotEnded;
    /// Empty: not known yet, or never.
    Redacted<std::string> number;
    bool withheld = false;
    bool emergency = false;
    bool operator==(const CallReport &) const = default;
};

} // namespace ringlift::modem
