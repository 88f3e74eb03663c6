#pragma once

#include "core/call/callguard.h"
#include "core/call/legwatch.h"
#include "core/call/phonecontext.h"
#include "core/call/releaser.h"

namespace ringlift::call {

/// One call of a phone, from dial or ring to its end: what is asked of the server, the keys, the path, the hand-over and
/// the way back (protocol.md 5.2). Sans-IO; writes to the phone's outputs. The cellular leg is touched in four places only:
/// endOwnLeg(), acceptOwnLeg(), endGlaringLeg() and what the user asks for.
class CallMachine
{
public:
    /// A call of the line. phone must outlive the call.
    CallMachine(PhoneContext &phone, CallHandle handle, const LineCall &line);
    /// Somebody without SIM asks for us (manual mode).
    CallMachine(PhoneContext &phone, CallHandle handle, const protocol::CallRequest &request);
    /// A test of this phone: it has no leg, and is no call of the user's.
    CallMachine(PhoneContext &phone, CallHandle handle, const EchoPeer &echo);
    /// A released call that a killed app left behind: it is placed again, or offered to be.
    CallMachine(PhoneContext &phone, CallHandle handle, const ReleasedCall &released);

    /// Decides and, when the call may be lifted, asks the server. Once, right after construction.
    void begin(TimePoint now);

    void lineChanged(TimePoint now, const LineCall &line);
    void lineLost(TimePoint now);
    /// The leg that was to be released was not ended, for it had become too late.
    void releaseLapsed(TimePoint now);
    /// The user's wishes, or what they depend on: a call that may not move any more stays, unless it is on its way.
    void wishesChanged(TimePoint now);
    void emergencyStarted(TimePoint now);

    void accepted(TimePoint now);
    void expired(TimePoint now);
    void matched(TimePoint now, const protocol::CallMatched &message);
    void noise1(TimePoint now, const protocol::CallNoise1 &message);
    void noise2(TimePoint now, const protocol::CallNoise2 &message);
    void sealed(TimePoint now, const protocol::CallSealed &message);
    void aborted(TimePoint now, const protocol::CallAbort &message);
    void refused(TimePoint now, const protocol::ErrorMessage &message);
    void linkDown(TimePoint now, ServerFailure failure);

    void socketOpened(TimePoint now, const std::vector<ice::TransportAddress> &addresses);
    void datagram(TimePoint now, const ice::TransportAddress &from, ByteView bytes);
    void audioEncoded(TimePoint now, std::uint32_t timestamp, ByteView body);
    void networkChanged(TimePoint now);

    void ringShown(TimePoint now);
    void answer(TimePoint now);
    void decline(TimePoint now);
    void hangUp(TimePoint now);
    void setMuted(TimePoint now, bool muted);
    void sendDigits(TimePoint now, const std::string &digits);
    void stayCellular(TimePoint now);
    /// The user's word for a call that asks to move.
    void allowMove(TimePoint now);
    void redial(TimePoint now);
    /// The line does not place what it was last asked for.
    void dialRefused(TimePoint now);
    void answerSas(TimePoint now, bool same);

    /// Two dials crossed, and the other one is kept (rule 11).
    void yieldToGlare(TimePoint now);
    /// The dialler's leg may vanish at any moment, or is being ended: there is no way back but a redial.
    bool isHandingOver() const;
    /// Its dialler's leg is being given up, or has been.
    bool isOnItsWay() const { return m_info.moved || isHandingOver(); }
    /// The leg of this call vanished, and the peer said that it released it.
    bool isReleasedByPeer() const { return m_info.moved && m_legWatch.isBound() && m_legWatch.isCommitted(); }
    /// The kept call was released: our own dial has nothing left to do (rule 11).
    void endGlaringLeg(TimePoint now, const CallMachine &kept);
    /// The peer is about to release its leg, and the other call may be that leg: two rings of one caller-ID (T04).
    bool expectsLegOf(const CallMachine &other) const;
    void swapLine(CallMachine &other);
    /// It fell silent, and a call of this peer by cellular may be accepted unasked in its place (rule 8).
    bool awaitsRedial() const;
    /// The last word of the call that fell silent: a ring that was there before is no redial.
    TimePoint silentSince() const { return m_silentSince; }
    TimePoint begunAt() const { return m_begunAt; }
    /// Its own leg has the modem's microphone and loudspeaker.
    bool speaksByPhone() const;
    /// Answered on the Internet: it is to have microphone and loudspeaker, unless another call has.
    bool speaksByInternet() const;
    /// When its user turned to it last: dialled or answered it.
    TimePoint turnedToAt() const { return isOutgoing() ? m_begunAt : m_info.answeredAt.value_or(m_begunAt); }
    /// One call of a phone is in the foreground; nobody in another call hears it.
    void enterForeground(TimePoint now);
    void leaveForeground(TimePoint now);
    /// The cellular call that replaces it has come.
    void continuedByPhone(TimePoint now);
    /// This leg is the redial of the call.
    bool isPlacedAgainBy(const LineCall &line) const;
    void placedAgain(TimePoint now);
    /// The conversation of this one, which is finished, goes on as `next`: one conversation has one record.
    void goOnAs(CallMachine &next);

    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;

    /// Another call may have raised or dropped the pin of this one's peer.
    void refreshTrust();
    const CallInfo &info() const { return m_info; }
    const std::optional<protocol::Msisdn> &peer() const { return m_peer; }
    const LineCall &line() const { return m_line; }
    LineCallId lineId() const { return m_line.id; }
    bool hasLine() const { return m_hasLine; }
    bool concerns(const CallId &id) const { return m_callId == id; }
    bool concerns(const ArriveId &id) const { return m_arriveId == id; }
    /// Needs the server to come back when the connection breaks.
    bool keepsLink() const;
    bool isMatched() const { return m_session != nullptr && !m_closing; }
    /// Once, when the call is finished and its leg is down.
    std::optional<CallRecord> takeRecord();
    bool isRecordTaken() const { return m_finished && !m_record; }
    bool isContinued() const { return m_continued; }
    /// Everything is told and nothing is left to do.
    bool isOver() const;
    PathFigures pathFigures(TimePoint now) const;

private:
    enum class Timer {
        CallerId, Decision, Fence, SetUp, Silence, Lost, Unanswered, Acceptance, Linger, Journal, Redial,
        RedialOffer, AwaitRedial, HangUp, Count
    };

    // callmachine.cpp, callend.cpp: the leg and the end
    const CallTimes &times() const { return m_phone.config.times; }
    bool isOutgoing() const { return m_info.direction == CallDirection::Outgoing; }
    bool legPresent() const;
    bool isIdle() const;
    bool ipAlive() const { return m_session != nullptr && !m_closing; }
    bool ipAtLeast(IpState state) const { return ipAlive() && m_info.ip >= state; }
    void legActive(TimePoint now);
    void legEnded(TimePoint now);
    void ownLegEnded(TimePoint now);
    void carryAlone(TimePoint now);
    void closeIp(TimePoint now, StayReason reason, std::optional<ByeReason> bye = std::nullopt);
    void leaveServer(TimePoint now);
    void closeSession();
    void finish(TimePoint now, CallEnd end);
    CallEnd endOf(LegEnd end) const;
    void settle(TimePoint now);
    void drainSession(TimePoint now);
    void due(TimePoint now, Timer timer);
    void milestone(std::string_view name);
    void setIp(IpState state);
    void updateCarrier();
    void updatePrompt();

    // callsetup.cpp: server and keys
    void offer(TimePoint now);
    void arrive(TimePoint now);
    void callerIdStaysUnknown(TimePoint now);
    void sendArrival(TimePoint now, std::vector<protocol::Msisdn> cli);
    void startSession(TimePoint now, const protocol::CallMatched &message, const crypto::IdentityCard &card);
    bool mayMatch(const protocol::CallMatched &message) const;
    std::optional<StayReason> trustRefusal(const protocol::CallMatched &message) const;
    std::optional<StayReason> wishToStay(TimePoint now) const;
    void abort(TimePoint now, std::string_view code);
    void holdRing(bool hold);
    void stay(StayReason reason);

    // callmove.cpp: path, ring, answer
    void onSession(TimePoint now, const SessionOutput &output);
    void keyed(const std::string &sas);
    void proven(TimePoint now);
    void control(TimePoint now, const ControlMessage &message);
    void tellAgain(TimePoint now, const ControlMessage &message);
    void peerAlerts(TimePoint now);
    void peerAnswered(TimePoint now);
    void peerAborts(TimePoint now, const HoAbort &message);
    /// On this phone nothing moves before its user has said so.
    bool asksFirst() const;
    void ring(TimePoint now);

    // callhandover.cpp
    void driveReleaser(TimePoint now);
    void driveLegWatch(TimePoint now);
    bool mayMoveNow(TimePoint now) const;
    std::optional<AbortReason> veto(TimePoint now) const;
    void keepCellular(TimePoint now, StayReason reason);
    void endOwnLeg(TimePoint now);
    void released(TimePoint now);
    void acceptOwnLeg(TimePoint now, StayReason reason = StayReason::AnsweredOnCellular);
    void legBound(TimePoint now, bool wasActive);
    void legMismatch(TimePoint now);
    void ringsAnew();

    // callbreach.cpp: invariants
    AskFacts askFacts(TimePoint now, bool askedBefore) const;
    MatchFacts matchFacts(const crypto::IdentityCard &card) const;
    KeyFacts keyFacts() const;
    ConsentFacts consentFacts(TimePoint now) const;
    ReleaseFacts releaseFacts(TimePoint now) const;
    GlareFacts glareFacts(TimePoint now, const CallMachine &kept) const;
    MicrophoneFacts microphoneFacts() const;
    /// False: an invariant would break, and the Internet leg was closed instead.
    bool isSound(TimePoint now, std::optional<Invariant> broken);
    void breached(TimePoint now, Invariant invariant);

    // callwayback.cpp: loss, redial
    void peerSaidBye(TimePoint now, ByeReason reason);
    void byeAfterMove(TimePoint now, ByeReason reason);
    void clearJournal();
    void watchSilence(TimePoint now);
    void pathLost(TimePoint now);
    void placeAgain(TimePoint now);
    void offerRedial(TimePoint now);
    void resume(TimePoint now);
    void heard(TimePoint now);

    // callvoice.cpp: microphone, loudspeaker, hold
    bool isHeardOnInternet() const;
    void openMicrophone(TimePoint now);
    void setHeld(TimePoint now, bool held);
    void tellMuteHold(TimePoint now);
    void peerMutesOrHolds(const MuteHold &message);
    void peerPressed(char digit);

    PhoneContext &m_phone;
    CallInfo m_info;
    LineCall m_line;
    bool m_hasLine = false;
    bool m_spokeWhenLost = false; // the line, when its service went away
    std::int64_t m_startedUnix = 0;
    TimePoint m_begunAt;
    TimePoint m_silentSince;

    std::optional<CallId> m_callId;
    std::optional<ArriveId> m_arriveId;
    std::optional<protocol::Msisdn> m_peer;
    std::optional<protocol::IdCardBytes> m_echoCard;
    std::vector<protocol::Msisdn> m_cli;
    std::optional<crypto::EphemeralKey> m_ephemeral;
    protocol::Key32 m_commit{};
    bool m_waitsForMatch = false;
    bool m_matchUsed = false;

    std::unique_ptr<MediaSession> m_session;
    Releaser m_releaser;
    LegWatch m_legWatch;
    TimerSet<Timer> m_timers;
    bool m_ringHeld = false;
    bool m_audioRuns = false;
    bool m_microphoneOpen = false;
    std::uint32_t m_lastMuteHold = 0; // of the peer's
    int m_digitsHeard = 0;
    bool m_userAnswered = false;
    bool m_answerSent = false;
    bool m_peerAnswered = false;
    bool m_keysFailed = false;
    /// The last HO_READY that stands, and the last HO_ACK.
    std::uint32_t m_askedId = 0;
    std::uint32_t m_ackedId = 0;
    bool m_wishesCellular = false;
    bool m_userHungUp = false;
    bool m_legHangUpSent = false;
    bool m_abortSent = false;
    /// We released the leg: the way back is ours to find.
    bool m_releasedByUs = false;
    bool m_journalKept = false;
    std::optional<CallEnd> m_endByPeer;
    std::optional<CallRecord> m_record;
    std::optional<CallRecord> m_former; // of the call that this one continues
    bool m_continued = false;
    bool m_glareEnded = false;
    bool m_closing = false;
    bool m_finished = false;
};

} // namespace ringlift::call
