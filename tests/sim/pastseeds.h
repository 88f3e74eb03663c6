#pragma once

#include <array>
#include <cstdint>

namespace ringlift::sim {

/// Seeds that once failed, by what the fault was. They run apart from all others, and stay; a change of how plans are drawn
/// gives them other stories.
inline constexpr std::array<std::uint64_t, 23> kPastSeeds{
    155,   // a late caller-ID was not waited for where unknown callers are not accepted
    1259,  // a glaring leg was ended because the network had ended its twin
    2748,  // a callee waited for a redial while the caller spoke with voicemail
    3044,  // a redial was awaited of a call that nobody had released
    3072,  // a glaring leg was ended although its twin had fallen back to cellular
    4097,  // a hand-over under way was aborted for glare
    6378,  // a leg that went to voicemail passed for a released one
    7521,  // an offer in the queue reached the server after an emergency dial
    11164, // a glaring leg was ended in emergency mode
    21001, // an app killed between hang-up and the line's word had no journal
    25182, 25381,
    26027, // a leg was lost in the moment of its release
    26297, // trust that another call had changed was told late
    12924, 13082,
    62474, // an acceptance by phone crossed the release
    44377, // a callee waited for longer than 15 s from the loss
    117,   // a ring of the other SIM was told to the server where the IMSIs are hidden
    138,   // a call of the other SIM was offered where the IMSIs are hidden
    1517,  // a call by hand went on in silence when its path was dead
    4902,  // voicemail took the leg of a call that already spoke on the Internet
    20158  // a release became known after its app was killed
};

} // namespace ringlift::sim
