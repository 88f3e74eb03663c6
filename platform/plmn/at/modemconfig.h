#pragma once

#include "core/base/time.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ringlift::plmn::at {

/// How a modem tells of its calls.
enum class ModemMode {
    Simtech, ///< every change of the call list comes unsolicited, as with modems that have indications
    Generic  ///< the host has to ask for the list
};

/// When ATD gets its final result.
enum class DialResult {
    Immediate, ///< once the network has the dial
    Progress   ///< once the callee is alerted, or the call has failed
};

/// What a modem is and how it behaves, without its SIM.
struct ModemConfig {
    std::string name;
    /// 15 digits; made from the name when empty.
    std::string imei;
    ModemMode mode = ModemMode::Simtech;
    DialResult dialResult = DialResult::Immediate;
    /// Between two RING of one call.
    Duration ringInterval = std::chrono::seconds(4);
    /// Commands that get ERROR, such as "+CLCC".
    std::set<std::string> disabled;
    /// Commands that get no answer at all.
    std::set<std::string> silent;
    /// Commands that get this text and OK, whatever they ask.
    std::map<std::string, std::string> answers;
    /// Whatever is told, is told in characters that mean nothing; final results stay.
    bool nonsense = false;
    bool operator==(const ModemConfig &) const = default;
};

/// The network as a modem sees it.
struct Serving {
    bool covered = true;
    bool roaming = false;
    /// MCC and MNC.
    std::string plmn;
    std::string name;
    bool operator==(const Serving &) const = default;
};

} // namespace ringlift::plmn::at
