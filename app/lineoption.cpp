#include "app/commandline.h"

#include "core/protocol/msisdn.h"

#include <QRegularExpression>

namespace ringlift::app {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxSims = 4;
constexpr int kMaxNotice = 60'000;

Unexpected<Error> wrong(const QString &key, const char *why)
{
    return failure("--line: " + key.toStdString() + " " + why + ".");
}

Result<bool> readYesNo(const QString &key, const QString &value)
{
    if (value != "yes"_L1 && value != "no"_L1)
        return wrong(key, "has to be yes or no");
    return value == "yes"_L1;
}

Result<void> readTrait(fake::FakeLineTraits &traits, const QString &key, const QString &value)
{
    if (key == "notice-ms"_L1) {
        bool isNumber = false;
        const int notice = value.toInt(&isNumber);
        if (!isNumber || notice < 0 || notice > kMaxNotice)
            return wrong(key, "has to be a number of milliseconds up to 60000");
        traits.hangUpNoticeBound = std::chrono::milliseconds(notice);
        return {};
    }
    if (key != "can-end-calls"_L1 && key != "ignores-hangups"_L1)
        return wrong(key, "is not a key of a line; the keys of a SIM come after its msisdn");
    const auto yes = readYesNo(key, value);
    if (!yes)
        return Unexpected(yes.error());
    (key == "can-end-calls"_L1 ? traits.canEndCalls : traits.ignoresHangUps) = *yes;
    return {};
}

Result<void> readSim(fake::FakeSubscriber &sim, const QString &key, const QString &value)
{
    static const QRegularExpression region(u"^[A-Z]{2}$"_s);
    if (key == "imsi"_L1) {
        if (!protocol::Imsi::fromDigits(value.toStdString()))
            return wrong(key, "has to be 15 digits");
        sim.imsi = value.toStdString();
    } else if (key == "region"_L1) {
        if (!region.match(value).hasMatch())
            return wrong(key, "has to be two capital letters, such as CN");
        sim.homeRegion = value.toStdString();
    } else if (key == "number-on-sim"_L1) {
        const auto yes = readYesNo(key, value);
        if (!yes)
            return Unexpected(yes.error());
        sim.ownNumberOnSim = *yes;
    } else {
        return wrong(key, "is not a key of a SIM");
    }
    return {};
}

Result<void> beginSim(std::vector<fake::FakeSubscriber> &sims, const QString &value)
{
    if (!protocol::Msisdn::fromE164(value.toStdString()))
        return failure("--line: msisdn has to be + and 7 to 15 digits.");
    if (sims.size() == kMaxSims)
        return failure("--line: a phone has at most 4 SIMs.");
    for (const fake::FakeSubscriber &sim : sims) {
        if (sim.msisdn == value.toStdString())
            return failure("--line: two SIMs have one msisdn.");
    }
    sims.emplace_back().msisdn = value.toStdString();
    return {};
}

Result<void> readPair(PlmnLine &line, const QString &pair)
{
    const qsizetype equals = pair.indexOf(u'=');
    if (equals < 1)
        return failure("--line: after the address come key=value, separated by commas.");
    const QString key = pair.left(equals);
    const QString value = pair.mid(equals + 1);
    if (key == "msisdn"_L1)
        return beginSim(line.sims, value);
    return line.sims.empty() ? readTrait(line.traits, key, value) : readSim(line.sims.back(), key, value);
}

Result<ModemServices> parseModem(const QString &services)
{
    if (services == "modemmanager"_L1)
        return ModemServices{.ofono = false};
    if (services == "ofono"_L1)
        return ModemServices{.modemManager = false};
    return failure("--line: modem alone, modem:modemmanager or modem:ofono.");
}

Result<PlmnLine> parsePlmn(const QString &text)
{
    const QStringList parts = text.split(u',');
    PlmnLine line;
    line.address = parts.first();
    if (line.address.isEmpty())
        return failure("--line: the address of the virtual phone network is missing.");
    for (const QString &pair : parts.mid(1)) {
        if (const auto read = readPair(line, pair); !read)
            return Unexpected(read.error());
    }
    if (line.sims.empty())
        return failure("--line: a phone on the virtual phone network needs an msisdn.");
    return line;
}

template<typename Kind> Result<LineChoice> chosen(const Result<Kind> &kind, std::optional<Kind> LineChoice::*as)
{
    if (!kind)
        return Unexpected(kind.error());
    LineChoice choice;
    choice.*as = *kind;
    return choice;
}

} // namespace

QString LineChoice::kind() const
{
    return plmn ? u"plmn"_s : modem ? u"modem"_s : u"manual"_s;
}

Result<LineChoice> parseLine(const QString &text)
{
    constexpr auto kPlmn = "plmn:"_L1;
    constexpr auto kModem = "modem:"_L1;
    if (text == "manual"_L1)
        return LineChoice();
    if (text == "modem"_L1)
        return LineChoice{{}, ModemServices()};
    if (text.startsWith(kModem))
        return chosen(parseModem(text.mid(kModem.size())), &LineChoice::modem);
    if (text.startsWith(kPlmn))
        return chosen(parsePlmn(text.mid(kPlmn.size())), &LineChoice::plmn);
    return failure("--line has to be manual, modem or plmn:ADDRESS,msisdn=+….");
}

} // namespace ringlift::app
