#include "platform/linux/simvalues.h"

#include "core/numbers/numbernormaliser.h"
#include "core/protocol/msisdn.h"

#include <algorithm>

namespace ringlift::modem {

namespace {

constexpr qsizetype kMccDigits = 3;
constexpr std::size_t kMaxEmergencyNumbers = 32;
constexpr qsizetype kLongestEmergencyNumber = 20;
constexpr qsizetype kMaxOwnNumbers = 16;

bool isImsi(const QString &text)
{
    return protocol::Imsi::fromDigits(text.toStdString()).has_value();
}

/// Of an IMSI or an operator code, both of which begin with the country; empty when unknown.
std::string regionOfOperator(const QString &code)
{
    return numbers::regionOfMcc(code.left(kMccDigits).toStdString());
}

/// The first that is a number of that country or an international one; empty without.
std::string ownNumberOf(const QStringList &numbers, const std::string &homeRegion)
{
    for (const QString &number : numbers.mid(0, kMaxOwnNumbers)) {
        if (const auto msisdn = numbers::normaliseDialled(number.toStdString(), {homeRegion, homeRegion}))
            return msisdn->e164();
    }
    return {};
}

std::vector<std::string> emergencyNumbersOf(const QStringList &ofSim)
{
    std::vector<std::string> all{"112", "911"};
    for (const QString &number : ofSim) {
        const std::string text = number.toStdString();
        const bool known = std::find(all.begin(), all.end(), text) != all.end();
        if (all.size() < kMaxEmergencyNumbers && !known && !text.empty() && number.size() <= kLongestEmergencyNumber)
            all.push_back(text);
    }
    return all;
}

} // namespace

SimInfo simInfoOf(int slot, const SimFacts &facts, bool canCall)
{
    SimInfo sim;
    sim.slot = slot;
    sim.emergencyNumbers = emergencyNumbersOf(facts.emergencyNumbers);
    sim.homeRegion = regionOfOperator(facts.imsi);
    sim.servingRegion = regionOfOperator(facts.servingOperator);
    if (sim.servingRegion.empty())
        sim.servingRegion = sim.homeRegion;
    if (!canCall || !isImsi(facts.imsi))
        return sim;
    sim.present = true;
    sim.imsi = Redacted(facts.imsi.toStdString());
    sim.ownNumber = Redacted(ownNumberOf(facts.ownNumbers, sim.homeRegion));
    return sim;
}

} // namespace ringlift::modem
