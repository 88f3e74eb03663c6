#pragma once

#include "platform/plmn/at/smscodec.h"
#include "platform/plmn/switch.h"

#include <deque>
#include <map>

namespace ringlift::plmn::at {

/// Stores short messages until the phones they are for can be reached. Sans-IO.
class SmsCentre
{
public:
    static constexpr std::size_t kMaxWaiting = 200;

    /// What a message is, to whoever watches.
    struct Message {
        std::string from;
        /// E.164.
        std::string to;
        /// Of this part.
        std::string text;
        SmsPart part;
        bool operator==(const Message &) const = default;
    };

    explicit SmsCentre(const Switch &exchange) : m_exchange(exchange) { }

    /// A message as a phone sends it. Refused when nobody has the number.
    Result<Message> submit(const Subscriber &from, ByteView tpdu, const SmsTime &now);
    /// A message from anybody: from is a number, or a name of up to 11 characters.
    Result<void> send(const std::string &from, const std::string &to, std::string_view text, const SmsTime &now);
    /// The oldest message for a subscriber, if its phone can be reached now; it is the phone's from then on.
    std::optional<Bytes> take(const std::string &msisdn);

private:
    Result<void> put(const std::string &to, const SmsDeliver &message);

    const Switch &m_exchange;
    std::map<std::string, std::deque<Bytes>> m_waiting;
    std::uint8_t m_reference = 0;
};

} // namespace ringlift::plmn::at
