#include "tests/sim/conversation.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

constexpr Duration kGlance = 100ms;
/// People try again, outside the app, when nothing happens.
constexpr Duration kImpatience = 3s;
constexpr Duration kTapAfter = 500ms;

/// The Internet carries it alone, or is about to.
bool isOnInternet(const call::CallInfo &info)
{
    return info.moved || (info.manual && info.ip == call::IpState::Answered);
}

} // namespace

Conversation::Conversation(Stage &stage, PhoneNetwork &exchange, SimPhone &caller, SimPhone &callee, CallPlan plan)
    : m_stage(stage), m_exchange(exchange), m_caller(caller), m_callee(callee), m_plan(std::move(plan)),
      m_callerNumber(m_plan.fromOtherSim ? caller.otherNumber() : caller.number()),
      m_calleeNumber(m_plan.toOtherSim ? callee.otherNumber() : callee.number())
{
}

void Conversation::begin()
{
    m_dialledAt = m_stage.now();
    m_stage.tell(Actor::People, "dials", m_caller.index());
    dial();
    look();
}

void Conversation::dial()
{
    const std::string number = m_plan.dials.empty() ? m_calleeNumber : m_plan.dials;
    const PhoneTraits &traits = m_caller.traits();
    const bool fromOther = m_plan.fromOtherSim && traits.otherSim;
    if (!traits.byHand && (m_plan.dialsOutsideApp || !m_caller.isRunning()))
        m_exchange.handle(plmn::Dial{m_callerNumber, number, {}});
    else
        m_caller.feed(call::UserDial{number, fromOther ? traits.otherSim->slot : traits.subscriber.slot});
}

const std::string &Conversation::peerOf(const SimPhone &phone) const
{
    return &phone == &m_caller ? m_calleeNumber : m_callerNumber;
}

void Conversation::look()
{
    if (m_over)
        return;
    lookAtCallee();
    if (!m_over)
        lookAtCaller();
    if (!m_over)
        giveWord(m_callee, CallDirection::Incoming, m_plan.calleeWord, m_calleeAskedSince);
    if (!m_over)
        giveWord(m_caller, CallDirection::Outgoing, m_plan.callerWord, m_callerAskedSince);
    if (!m_over)
        m_stage.after(kGlance, [this] { look(); });
}

void Conversation::giveWord(SimPhone &phone, CallDirection direction, const Word &word,
                            std::optional<TimePoint> &askedSince)
{
    const call::CallInfo *const info = infoOf(phone, direction);
    if (info == nullptr || !info->asksToMove) {
        askedSince.reset();
        return;
    }
    if (!askedSince)
        askedSince = m_stage.now();
    if (!word.after || m_stage.now() < *askedSince + *word.after)
        return;
    m_stage.tell(Actor::People, word.isYes ? "allows the move" : "forbids the move", phone.index());
    const call::CallHandle handle = info->handle;
    if (word.isYes)
        phone.feed(call::UserAllowMove{handle});
    else
        phone.feed(call::UserStayCellular{handle});
}

std::optional<LineCallId> Conversation::legOf(const SimPhone &phone, CallDirection direction) const
{
    std::optional<LineCallId> found;
    for (const auto &[id, leg] : m_exchange.legs()) {
        const Trunk *const trunk = m_exchange.trunkOf(id);
        const bool ours = direction == CallDirection::Outgoing ? trunk->callerLeg == id : trunk->calleeLeg == id;
        const bool fits = direction == CallDirection::Outgoing || trunk->caller == m_callerNumber;
        const std::string &own = &phone == &m_caller ? m_callerNumber : m_calleeNumber;
        if (leg.subscriber == own && ours && fits)
            found = id;
    }
    return found;
}

const call::CallInfo *Conversation::infoOf(const SimPhone &phone, CallDirection direction) const
{
    const call::CallInfo *found = nullptr;
    for (const auto &[handle, info] : phone.calls()) {
        const bool nameless = direction == CallDirection::Incoming && info.peer.reveal().empty();
        const bool over = info.end != call::CallEnd::NotEnded && !info.offersRedial;
        if (info.direction == direction && !over && (info.peer.reveal() == peerOf(phone) || nameless))
            found = &info;
    }
    return found;
}

void Conversation::lookAtCallee()
{
    const call::CallInfo *const info = infoOf(m_callee, CallDirection::Incoming);
    m_calleeMoved = m_calleeMoved || (info != nullptr && isOnInternet(*info));
    const auto leg = legOf(m_callee, CallDirection::Incoming);
    const bool sounds = leg && m_exchange.leg(*leg)->line.state == LegState::Ringing && !m_callee.holdsRing(*leg);
    if (!sounds && !(info != nullptr && info->wantsAnswer)) {
        m_ringsSince.reset();
        m_reactions = 0;
        return;
    }
    if (!m_ringsSince)
        m_ringsSince = m_stage.now();
    const Duration patience = m_reactions == 0 ? m_plan.reactsAfter : kImpatience;
    if (m_plan.reaction == Reaction::Ignores || m_stage.now() - *m_ringsSince < patience)
        return;
    m_ringsSince = m_stage.now();
    react();
    ++m_reactions;
}

void Conversation::react()
{
    const call::CallInfo *const info = infoOf(m_callee, CallDirection::Incoming);
    const auto leg = legOf(m_callee, CallDirection::Incoming);
    const bool declines =
        m_plan.reaction == Reaction::DeclinesInApp || m_plan.reaction == Reaction::DeclinesOutsideApp;
    const bool outside = m_plan.reaction == Reaction::AnswersOutsideApp
        || m_plan.reaction == Reaction::DeclinesOutsideApp || m_reactions > 0;
    m_stage.tell(Actor::People, declines ? "declines" : "answers", m_callee.index());
    if (m_plan.reaction == Reaction::ChoosesCellular && m_reactions == 0 && info != nullptr)
        return m_callee.feed(call::UserStayCellular{info->handle});
    m_over = declines;
    if (declines)
        m_stage.show([this](Witness &witness) { witness.personEnds(m_callee, m_callerNumber); });
    else
        m_answeredAt = m_stage.now();
    if (leg && (outside || info == nullptr))
        return declines ? m_callee.endNatively(*leg) : m_callee.answerNatively(*leg);
    if (info == nullptr)
        return;
    const call::CallHandle handle = info->handle;
    if (declines)
        m_callee.feed(call::UserDecline{handle});
    else
        m_callee.feed(call::UserAnswer{handle});
}

void Conversation::lookAtCaller()
{
    const call::CallInfo *const info = infoOf(m_caller, CallDirection::Outgoing);
    m_callerMoved = m_callerMoved || (info != nullptr && isOnInternet(*info));
    const auto leg = legOf(m_caller, CallDirection::Outgoing);
    const TimePoint now = m_stage.now();
    if (!m_answeredAt && leg && m_exchange.leg(*leg)->line.state == LegState::Active)
        m_answeredAt = now; // by somebody else: voicemail, forwarding
    if (m_answeredAt && now >= *m_answeredAt + m_plan.talks) {
        m_over = true;
        return hangUp(m_plan.calleeHangsUp ? m_callee : m_caller);
    }
    if (!m_answeredAt && m_plan.givesUpAfter && now >= m_dialledAt + *m_plan.givesUpAfter) {
        m_over = true;
        return hangUp(m_caller);
    }
    if (info == nullptr)
        return;
    const call::CallHandle handle = info->handle;
    if (m_answeredAt && m_plan.mutesAfter && !m_muted && now >= *m_answeredAt + *m_plan.mutesAfter) {
        m_muted = true;
        return m_caller.feed(call::UserMute{handle, true});
    }
    if (!info->offersRedial) {
        m_offersRedialSince.reset();
    } else if (!m_offersRedialSince) {
        m_offersRedialSince = now;
    } else if (now >= *m_offersRedialSince + kTapAfter) {
        m_stage.tell(Actor::People, m_plan.redials ? "taps redial" : "gives up", m_caller.index());
        m_offersRedialSince.reset();
        if (m_plan.redials)
            return m_caller.feed(call::UserRedial{handle});
        m_over = true;
        hangUp(m_caller);
    }
}

void Conversation::hangUp(SimPhone &phone)
{
    m_stage.tell(Actor::People, "hangs up", phone.index());
    m_stage.show([&](Witness &witness) { witness.personEnds(phone, peerOf(phone)); });
    std::vector<call::CallHandle> handles;
    for (const auto &[handle, info] : phone.calls()) {
        const std::string &peer = info.peer.reveal();
        if (peer == peerOf(phone) || peer.empty() || peer == m_plan.dials)
            handles.push_back(handle);
    }
    const CallDirection direction = &phone == &m_caller ? CallDirection::Outgoing : CallDirection::Incoming;
    const auto leg = legOf(phone, direction);
    if (m_plan.hangsUpOutsideApp && leg)
        phone.endNatively(*leg);
    else
        for (const call::CallHandle handle : handles)
            phone.feed(call::UserHangUp{handle});
    m_stage.after(kTapAfter, [this, &phone, direction] {
        if (const auto rest = legOf(phone, direction))
            phone.endNatively(*rest);
    });
}

void Conversation::finish()
{
    m_over = true;
    hangUp(m_caller);
    hangUp(m_callee);
}

} // namespace ringlift::sim
