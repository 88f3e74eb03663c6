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

} // namespace

bool isImsi(const QString &text)
{
    return protocol::Imsi::fromDigits(text.toStdString()).has_value();
}

std::string regionOfOperator(const QString &code)
{
    return numbers::regionOfMcc(code.left(kMccDigits).toStdString());
}

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

} // namespace ringlift::modem
