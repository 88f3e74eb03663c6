#include "platform/plmn/directory.h"

#include "platform/plmn/regions.h"
#include "platform/plmn/switch.h"

#include <algorithm>

namespace ringlift::plmn {

namespace {

bool allDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isE164(std::string_view text)
{
    return text.size() >= 8 && text.size() <= 16 && text.front() == '+' && text[1] != '0' && allDigits(text.substr(1));
}

std::string codeOf(const Subscriber &subscriber)
{
    return subscriber.countryCode.empty() ? countryCodeOf(subscriber.homeRegion) : subscriber.countryCode;
}

Result<void> checkNumbers(const Subscriber &subscriber)
{
    if (!isE164(subscriber.msisdn))
        return failure("msisdn is not an E.164 number");
    if (subscriber.imsi.size() != 15 || !allDigits(subscriber.imsi))
        return failure("imsi does not have 15 digits");
    if (!allDigits(subscriber.iccid) || subscriber.iccid.size() > 20)
        return failure("iccid does not have up to 20 digits");
    const bool isPin = subscriber.pin.size() >= 4 && subscriber.pin.size() <= 8 && allDigits(subscriber.pin);
    if (!subscriber.pin.empty() && !isPin)
        return failure("pin does not have 4 to 8 digits");
    if (!allDigits(subscriber.countryCode) || subscriber.countryCode.size() > 3)
        return failure("country_code does not have up to 3 digits");
    for (const std::string &number : subscriber.emergencyNumbers) {
        if (number.empty() || number.size() > 6 || !allDigits(number))
            return failure("an emergency number does not have 1 to 6 digits");
    }
    const Forwarding &forwarding = subscriber.forwarding;
    for (const std::string *target : {&forwarding.unconditional, &forwarding.busy, &forwarding.noReply,
             &forwarding.unreachable, &subscriber.presentedNumber}) {
        if (!target->empty() && !parseDialled(*target))
            return failure("a forwarding target or presented number is not a phone number");
    }
    return {};
}

} // namespace

Result<DialledNumber> parseDialled(std::string_view text)
{
    if (text.size() > Switch::kMaxNumber)
        return failure("the number is too long");
    DialledNumber dialled;
    if (text.substr(0, 4) == "#31#" || text.substr(0, 4) == "*31#") {
        dialled.hideCallerId = text.front() == '#';
        text.remove_prefix(4);
    }
    for (const char c : text) {
        const bool isPlus = c == '+' && dialled.number.empty();
        if (isPlus || (c >= '0' && c <= '9'))
            dialled.number += c;
        else if (c == '*' || c == '#')
            return failure("service codes are not supported");
        else if (c != ' ' && c != '-' && c != '(' && c != ')')
            return failure("the number holds a character that cannot be dialled");
    }
    if (dialled.number.empty() || dialled.number == "+")
        return failure("the number is empty");
    return dialled;
}

Result<void> Directory::put(Subscriber subscriber, std::size_t maxSubscribers)
{
    if (auto checked = checkNumbers(subscriber); !checked)
        return checked;
    for (const auto &[msisdn, entry] : m_entries) {
        if (msisdn != subscriber.msisdn && entry.subscriber.imsi == subscriber.imsi)
            return failure("imsi belongs to another subscriber");
    }
    if (m_entries.size() >= maxSubscribers && find(subscriber.msisdn) == nullptr)
        return failure("too many subscribers");
    Entry &entry = m_entries[subscriber.msisdn];
    entry.subscriber = std::move(subscriber);
    return {};
}

Directory::Entry *Directory::find(const std::string &msisdn)
{
    const auto found = m_entries.find(msisdn);
    return found == m_entries.end() ? nullptr : &found->second;
}

const Directory::Entry *Directory::find(const std::string &msisdn) const
{
    const auto found = m_entries.find(msisdn);
    return found == m_entries.end() ? nullptr : &found->second;
}

std::string toE164(const Subscriber &dialler, const std::string &number)
{
    if (number.starts_with('+'))
        return number;
    if (number.starts_with("00"))
        return '+' + number.substr(2);
    const std::string code = codeOf(dialler);
    const std::string_view trunk = trunkOf(code);
    if (code.empty() || number.size() < 7)
        return number;
    const bool hasTrunk = !trunk.empty() && number.starts_with(trunk);
    return '+' + code + number.substr(hasTrunk ? trunk.size() : 0);
}

ShownNumber shownTo(const Subscriber &callee, const std::string &number, bool international)
{
    if (!number.starts_with('+'))
        return {number, international};
    const std::string code = codeOf(callee);
    if (callee.callerIdForm == CallerIdForm::BareInternational)
        return {number.substr(1), true};
    if (callee.callerIdForm == CallerIdForm::National && !code.empty() && number.starts_with('+' + code))
        return {std::string(trunkOf(code)) + number.substr(1 + code.size()), false};
    return {number, true};
}

SimInfo simInfoOf(const Subscriber &subscriber)
{
    SimInfo sim;
    sim.slot = subscriber.slot;
    sim.present = true;
    if (!subscriber.imsiHidden)
        sim.imsi = Redacted(subscriber.imsi);
    if (subscriber.ownNumberOnSim)
        sim.ownNumber = Redacted(subscriber.msisdn);
    sim.homeRegion = subscriber.homeRegion;
    sim.servingRegion = subscriber.servingRegion.empty() ? subscriber.homeRegion : subscriber.servingRegion;
    sim.emergencyNumbers = subscriber.emergencyNumbers;
    return sim;
}

} // namespace ringlift::plmn
