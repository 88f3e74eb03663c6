#include "tests/sim/invariants/audio.h"

#include "tests/sim/world.h"

#include <algorithm>

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t kKindMask = 0x0f;
constexpr std::uint8_t kControlKind = 1;
/// Until BYE has crossed a slow path and the line has told of the answer.
constexpr Duration kOverlap = 900ms;

} // namespace

void MicrophoneFollowsAnswer::datagramSent(const SimPhone &phone, call::CallHandle call, ByteView bytes)
{
    if (!bytes.empty() && (bytes[0] & kKindMask) == kControlKind)
        m_lastControl[{phone.index(), call}] = now();
}

void MicrophoneFollowsAnswer::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    if (const auto *open = std::get_if<call::MicrophoneOpen>(&output)) {
        if (const call::CallInfo *const info = phone.call(open->call))
            opened(phone, *info);
        else
            violated("it opens for a call that nobody was told of");
    }
    const auto *body = std::get_if<call::AudioBody>(&output);
    if (body != nullptr && !phone.isPlaying(body->call))
        violated("sound comes out of a loudspeaker that is off");
}

void MicrophoneFollowsAnswer::opened(const SimPhone &phone, const call::CallInfo &info)
{
    if (info.direction == CallDirection::Incoming) {
        if (!m_answers.has(phone, info.handle, info.peer.reveal()))
            violated("the callee has not answered");
        else if (m_lastControl[{phone.index(), info.handle}] != now())
            violated("ANSWERED was not sent before");
        return;
    }
    const Traffic::Flow *const flow = m_traffic.at(phone, info.handle);
    const bool killed = flow != nullptr && flow->from->call(flow->fromCall) == nullptr;
    if (flow == nullptr || !(killed || m_answers.has(*flow->from, flow->fromCall, phone.number())))
        violated("the peer has not answered");
}

void OneCallHasTheMicrophone::phoneInput(const SimPhone &phone, const call::PhoneInput &input)
{
    const auto *event = std::get_if<call::LineEvent>(&input);
    if (event == nullptr)
        return;
    m_changed.insert(&phone);
    const std::vector<std::string> &emergency = world().plan().exchange.emergencyNumbers;
    const bool isEmergency = std::ranges::find(emergency, event->call.number.reveal()) != emergency.end();
    const LegState state = event->call.state;
    if (state == LegState::Active || (isEmergency && state != LegState::Ended))
        m_speaking.emplace(phone.index(), event->call.id);
    else
        m_speaking.erase({phone.index(), event->call.id});
}

void OneCallHasTheMicrophone::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    const bool ofSound = std::holds_alternative<call::AudioStart>(output)
        || std::holds_alternative<call::MicrophoneOpen>(output) || std::holds_alternative<call::AudioHold>(output)
        || std::holds_alternative<call::CallChanged>(output);
    if (ofSound)
        m_changed.insert(&phone);
}

void OneCallHasTheMicrophone::phoneKilled(const SimPhone &phone)
{
    std::erase_if(m_speaking, [&](const auto &line) { return line.first == phone.index(); });
}

void OneCallHasTheMicrophone::settled()
{
    for (const SimPhone *const phone : std::exchange(m_changed, {}))
        check(*phone);
}

void OneCallHasTheMicrophone::check(const SimPhone &phone)
{
    const std::size_t fed = phone.micCalls().size();
    const std::size_t heard = phone.heardCalls().size();
    const auto speaking = m_speaking.lower_bound({phone.index(), LineCallId{}});
    const bool modemHasIt = speaking != m_speaking.end() && speaking->first == phone.index();
    if (fed > 1 || heard > 1)
        violated("phone " + std::to_string(phone.index()) + " gives two calls its microphone or loudspeaker");
    else if (modemHasIt && (fed > 0 || heard > 0))
        violated("phone " + std::to_string(phone.index()) + " speaks on the Internet while its modem carries a call");
}

void OneLegIsHeard::phoneOutput(const SimPhone &phone, const call::PhoneOutput &output)
{
    const auto *body = std::get_if<call::AudioBody>(&output);
    if (body == nullptr)
        return;
    const Ear ear(phone.index(), body->call);
    const Traffic::Flow *const flow = m_traffic.at(phone, body->call);
    if (!phone.speaks(body->body) || flow == nullptr || !speaksByPhone(phone, *flow->from)) {
        m_bothSince.erase(ear);
        return;
    }
    const auto since = m_bothSince.try_emplace(ear, now()).first->second;
    if (now() - since > kOverlap)
        violated("phone " + std::to_string(phone.index()) + " hears both legs");
}

bool OneLegIsHeard::speaksByPhone(const SimPhone &phone, const SimPhone &peer) const
{
    int between = 0;
    bool speaks = false;
    for (const auto &[id, leg] : world().exchange().legs()) {
        const Trunk *const trunk = world().exchange().trunkOf(id);
        const bool theirs = (trunk->caller == phone.number() && trunk->callee == peer.number())
            || (trunk->callee == phone.number() && trunk->caller == peer.number());
        between += theirs && leg.subscriber == phone.number() ? 1 : 0;
        speaks = speaks || (theirs && world().exchange().carriesVoice(id));
    }
    // With several calls between two people nobody can say which of them a voice belongs to.
    return speaks && between == 1 && phone.calls().size() == 1;
}

} // namespace ringlift::sim
