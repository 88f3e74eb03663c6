#pragma once

#include "core/base/result.h"
#include "platform/plmn/subscriber.h"

#include <map>
#include <string_view>

namespace ringlift::plmn {

/// A dialled string taken apart.
struct DialledNumber
{
    /// Without the caller-ID prefix.
    std::string number;
    /// #31# asked for true, *31# for false.
    std::optional<bool> hideCallerId;
};

/// Refuses what is no phone number, such as other service codes.
Result<DialledNumber> parseDialled(std::string_view text);

/// The subscribers of a switch and the numbers that lead to them.
class Directory
{
public:
    struct Entry
    {
        Subscriber subscriber;
        bool attached = false;
        bool covered = true;
    };

    /// What is wrong with the subscriber, if anything.
    Result<void> put(Subscriber subscriber, std::size_t maxSubscribers);
    void remove(const std::string &msisdn) { m_entries.erase(msisdn); }
    Entry *find(const std::string &msisdn);
    const Entry *find(const std::string &msisdn) const;
    const std::map<std::string, Entry> &entries() const { return m_entries; }

private:
    std::map<std::string, Entry> m_entries;
};

/// E.164 for a number as this subscriber dials it; as it is when nothing can be said.
std::string toE164(const Subscriber &dialler, const std::string &number);

/// How callee's phone shows the E.164 number, and whether it is marked international.
struct ShownNumber { std::string number; bool international = false; };
ShownNumber shownTo(const Subscriber &callee, const std::string &number, bool international);

} // namespace ringlift::plmn
