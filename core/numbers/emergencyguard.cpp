#include "core/numbers/emergencyguard.h"

#include "core/numbers/dialstring.h"
#include "core/numbers/numberplan.h"

#include <algorithm>
#include <array>

namespace ringlift::numbers {

namespace {

// EM1: emergency numbers somewhere, whatever SIM, network and libphonenumber say.
constexpr std::array<std::string_view, 24> kAlwaysEmergency{"112", "911", "999", "000", "08",  "110", "118", "119",
                                                            "120", "122", "100", "101", "102", "103", "108", "111",
                                                            "113", "117", "190", "191", "192", "193", "997", "998"};

bool isEmergency(const DialString &dialled, const Regions &regions, const std::vector<std::string> &simEmergencyNumbers)
{
    if (dialled.isInternational())
        return false;
    std::string digits = dialled.withoutOwnNumberPrefix();
    if (digits.starts_with('+'))
        digits.erase(0, 1);
    if (digits.find_first_of("*#") != std::string::npos)
        return false; // "*112#" asks the network something, it calls nobody
    const auto isSame = [&](std::string_view listed) {
        const auto number = DialString::parse(listed);
        return number && number->symbols == digits;
    };
    return std::ranges::find(kAlwaysEmergency, digits) != kAlwaysEmergency.end() ||
        std::ranges::any_of(simEmergencyNumbers, isSame) || mightReachEmergency(digits, regions.home) ||
        mightReachEmergency(digits, regions.serving);
}

} // namespace

DialKind classifyDialled(std::string_view dialled, const Regions &regions,
                         const std::vector<std::string> &simEmergencyNumbers)
{
    const auto text = DialString::parse(dialled);
    if (!text)
        return DialKind::Invalid;
    if (isEmergency(*text, regions, simEmergencyNumbers))
        return DialKind::Emergency;
    if (text->isMmi())
        return DialKind::Mmi;
    if (text->digitCount() < kLeastDigits)
        return DialKind::Short;
    if (text->hasPostDialDigits)
        return DialKind::PostDial;
    const bool isNumber = parseIn(regions.home, text->symbols) || parseIn(regions.serving, text->symbols);
    return isNumber ? DialKind::Ordinary : DialKind::Invalid;
}

void EmergencyGuard::emergencyCallStarted(TimePoint now)
{
    m_active = true;
    m_until = now + kCallbackWindow;
}

void EmergencyGuard::emergencyCallEnded(TimePoint now)
{
    m_active = false;
    m_until = now + kCallbackWindow;
}

void EmergencyGuard::formerCallEnded(TimePoint at)
{
    m_expectsFormer = false;
    m_until = std::max(m_until.value_or(TimePoint::min()), at + kCallbackWindow);
}

bool EmergencyGuard::inEmergencyMode(TimePoint now) const
{
    return m_active || m_expectsFormer || (m_until && now < *m_until);
}

std::optional<TimePoint> EmergencyGuard::lastUp(TimePoint now) const
{
    if (m_active)
        return now;
    return m_until && now < *m_until ? std::optional(*m_until - kCallbackWindow) : std::nullopt;
}

} // namespace ringlift::numbers
