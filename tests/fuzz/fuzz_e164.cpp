#include "core/numbers/emergencyguard.h"
#include "tests/fuzz/fuzzing.h"

#include <array>

using namespace ringlift;
using namespace ringlift::numbers;
using fuzz::require;
using protocol::Msisdn;

namespace {

constexpr std::array<const char *, 16> kRegions{"",   "CN", "DE", "US", "GB", "IN", "BR", "AU",
                                                "IT", "RU", "JP", "FR", "NZ", "XK", "ZZ", "\xFF"};

void dial(std::string_view text, const Regions &regions)
{
    const DialKind kind = classifyDialled(text, regions, {"1717"});
    const auto number = normaliseDialled(text, regions);
    require(!number || kind == DialKind::Ordinary || kind == DialKind::Emergency);
    if (!number)
        return;
    // A valid number stays itself, wherever it is dialled, and is no emergency.
    require(classifyDialled(number->e164(), {}, {}) == DialKind::Ordinary);
    require(normaliseDialled(number->e164(), regions) == number);
}

void identify(std::string_view text, TypeOfNumber type, const Regions &regions)
{
    const std::vector<Msisdn> readings = normaliseCallerId(text, type, regions);
    require(readings.size() <= 2);
    require(readings.size() < 2 || readings[0] != readings[1]);
    for (const Msisdn &reading : readings) {
        require(Msisdn::fromE164(reading.e164()) == reading);
        require(normaliseCallerId(reading.e164(), TypeOfNumber::Unknown, regions) == std::vector{reading});
        require(!canRegister(reading) || countryCodeOf(reading) > 0);
        require(!formatForDisplay(reading).empty());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Script script(ByteView(data, size));
    const Regions regions{kRegions[script.below(kRegions.size())], kRegions[script.below(kRegions.size())]};
    const auto type = script.below(2) == 0 ? TypeOfNumber::Unknown : TypeOfNumber::International;
    const std::string_view text = textOf(script.rest());
    dial(text, regions);
    identify(text, type, regions);
    regionOfMcc(text);
    return 0;
}
