#include "platform/manual/manualline.h"

namespace ringlift::manual {

namespace {

constexpr std::size_t kMaxCalls = 8;

} // namespace

void ManualLine::dial(int sim, const std::string &number)
{
    if (number.empty() || m_calls.size() >= kMaxCalls) {
        Q_EMIT dialRefused(number.empty() ? QStringLiteral("the number is empty") : QStringLiteral("too many calls"));
        return;
    }
    LineCall call;
    call.id = LineCallId{++m_last};
    call.sim = sim;
    call.state = LegState::None;
    call.number = Redacted(number);
    call.international = number.starts_with('+');
    m_calls[call.id] = call;
    Q_EMIT dialling(call);
}

void ManualLine::hangUp(LineCallId id)
{
    const auto node = m_calls.extract(id);
    if (node.empty())
        return;
    LineCall call = node.mapped();
    call.state = LegState::Ended;
    call.end = LegEnd::LocalHangUp;
    Q_EMIT ended(call);
}

} // namespace ringlift::manual
