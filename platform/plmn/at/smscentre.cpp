#include "platform/plmn/at/smscentre.h"

#include "platform/plmn/directory.h"

namespace ringlift::plmn::at {

Result<SmsCentre::Message> SmsCentre::submit(const Subscriber &from, ByteView tpdu, const SmsTime &now)
{
    const auto submitted = SmsCodec::decodeSubmit(tpdu);
    if (!submitted)
        return Unexpected(submitted.error());
    const std::string &sender = from.presentedNumber.empty() ? from.msisdn : from.presentedNumber;
    Message message{sender, toE164(from, submitted->destination), SmsCodec::textOf(submitted->body),
                    SmsCodec::partOf(submitted->body)};
    if (const auto done = put(message.to, SmsDeliver{sender, submitted->protocol, now, submitted->body}); !done)
        return Unexpected(done.error());
    return message;
}

Result<void> SmsCentre::send(const std::string &from, const std::string &to, std::string_view text, const SmsTime &now)
{
    const std::vector<SmsBody> bodies = SmsCodec::split(text, ++m_reference);
    if (from.empty() || bodies.empty())
        return failure("the message has no sender, or is too long");
    for (const SmsBody &body : bodies) {
        if (auto done = put(to, SmsDeliver{from, 0, now, body}); !done)
            return done;
    }
    return {};
}

std::optional<Bytes> SmsCentre::take(const std::string &msisdn)
{
    const auto waiting = m_waiting.find(msisdn);
    if (waiting == m_waiting.end() || !m_exchange.isAttached(msisdn) || !m_exchange.isCovered(msisdn))
        return std::nullopt;
    Bytes message = std::move(waiting->second.front());
    waiting->second.pop_front();
    if (waiting->second.empty())
        m_waiting.erase(waiting);
    return message;
}

Result<void> SmsCentre::put(const std::string &to, const SmsDeliver &message)
{
    if (!m_exchange.subscriber(to))
        return failure("no such subscriber");
    std::deque<Bytes> &waiting = m_waiting[to];
    if (waiting.size() >= kMaxWaiting)
        return failure("too many messages wait for this subscriber");
    waiting.push_back(SmsCodec::encode(message));
    return {};
}

} // namespace ringlift::plmn::at
