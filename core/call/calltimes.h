#pragma once

#include "core/base/time.h"

namespace ringlift::call {

/// How long a call waits for what; the rules are those of protocol.md 5.2. Times that a part alone needs are in the config
/// of that part: Releaser, LegWatch, MediaSession, ServerLink.
struct CallTimes
{
    /// For a caller-ID; ModemManager may learn it 600 ms after the first ring.
    Duration callerIdPatience = std::chrono::milliseconds(700);
    /// From the server's word that we wait until the ring sounds: mission.md K3, less what the phone itself takes.
    Duration noMatchAfter = std::chrono::milliseconds(280);
    /// From the ring until it sounds, whatever happens.
    Duration decisionFence = std::chrono::seconds(4);
    /// From the match to a proven path.
    Duration setUpPatience = std::chrono::seconds(10);
    /// What may pass until the line carries out a release; for a device that stands still in between.
    Duration releaseHolds = std::chrono::milliseconds(500);
    /// Without an authenticated packet until the path is looked for anew (rule 8).
    Duration silence = std::chrono::seconds(1);
    /// From then until the path is lost, before and after the answer (rule 8).
    Duration lostUnanswered = std::chrono::seconds(3);
    Duration lostAnswered = std::chrono::seconds(5);
    /// From the last packet, for the peer's redial to be accepted unasked (rule 8).
    Duration awaitRedial = std::chrono::seconds(15);
    /// After a redial no offer is made to that peer (rule 8).
    Duration noOffer = std::chrono::seconds(60);
    /// From a redial until the line shows its leg; then it is offered to the user.
    Duration redialPatience = std::chrono::seconds(3);
    /// For the user to take an offered redial.
    Duration redialOffer = std::chrono::seconds(60);
    /// Between two entries that say that a released call is alive, and the age at which the last one redials nothing.
    Duration journalEvery = std::chrono::seconds(15);
    Duration journalLife = std::chrono::seconds(90);
    /// From the early release, or the end of the leg, to the answer (rule 9).
    Duration unanswered = std::chrono::seconds(45);
    /// From the answer in the app to HO_COMMIT (rule 10).
    Duration commitPatience = std::chrono::seconds(3);
    /// The ring stays silent after the caller's BYE, for its leg to end.
    Duration legTrailsBye = std::chrono::seconds(1);
    /// For the last words to be confirmed (protocol.md 3.7).
    Duration linger = std::chrono::seconds(2);
    /// For the line to confirm what the user asked for.
    Duration hangUpPatience = std::chrono::seconds(3);
};

} // namespace ringlift::call
