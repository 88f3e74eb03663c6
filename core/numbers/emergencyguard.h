#pragma once

#include "core/base/time.h"
#include "core/numbers/numbernormaliser.h"

namespace ringlift::numbers {

/// What a dialled string is, before anything else is done with it (protocol.md 5.5, EM1 and EM2).
enum class DialKind { Ordinary, Emergency, Short, Mmi, PostDial, Invalid };

/// @param simEmergencyNumbers numbers from the platform or the SIM's EF_ECC, as dialled.
DialKind classifyDialled(std::string_view dialled, const Regions &regions, const std::vector<std::string> &simEmergencyNumbers);

/// EM3: for 60 minutes after an emergency call no incoming call is touched.
class EmergencyGuard
{
public:
    static constexpr Duration kCallbackWindow = std::chrono::minutes(60);

    void emergencyCallStarted(TimePoint now);
    void emergencyCallEnded(TimePoint now);
    /// Before the app was killed there was a call, nobody knows yet when: as if it had just ended, until the next of these.
    void expectFormerCall() { m_expectsFormer = true; }
    void formerCallEnded(TimePoint at);
    bool inEmergencyMode(TimePoint now) const;
    /// The last moment at which a call was up; now while it lasts, nothing outside the window.
    std::optional<TimePoint> lastUp(TimePoint now) const;

private:
    std::optional<TimePoint> m_until;
    bool m_active = false;
    bool m_expectsFormer = false;
};

} // namespace ringlift::numbers
