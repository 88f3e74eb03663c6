#pragma once

#include "core/base/linecall.h"

#include <QObject>

namespace ringlift::ports {

/// Why no calls can be seen. NoNetwork: the phone is not on a phone network.
enum class LineAbsence { None, Pending, NoBus, NotRunning, NoAnswer, NoModem, NoNetwork };

/// Whether the telephony service is there.
struct LinePresence {
    LineAbsence absence = LineAbsence::None;
    /// Its name, where several are possible and one is chosen.
    std::string service;
    bool operator==(const LinePresence &) const = default;
};

/// None: this line has no ring of its own that could wait.
enum class RingHoldState { None, Pending, Ready, Off };

/// Whether the platform's own ring waits for the decision.
struct RingHold {
    RingHoldState state = RingHoldState::None;
    /// Why it is off; English, without anything personal.
    std::string fault;
    bool operator==(const RingHold &) const = default;
};

/// The phone's own calls. Every call is announced by dialling() or incoming(), then changed(), and ends with ended().
class CellularLine : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Places a call on the given SIM; dialling() follows, or dialRefused().
    virtual void dial(int sim, const std::string &number) = 0;
    virtual void answer(LineCallId id) = 0;
    virtual void hangUp(LineCallId id) = 0;
    virtual void sendDigits(LineCallId id, const std::string &digits) = 0;
    virtual LinePresence presence() const { return {}; }
    /// Whether hangUp() works here; where it does not, both legs stay (protocol.md 5.2).
    virtual bool canEndCalls() const = 0;
    /// Worst case until a remote hang-up is noticed here (protocol.md 5.2 rule 4).
    virtual Duration hangUpNoticeBound() const = 0;
    /// A line without a SIM: dialled in the app, no cellular leg (LegState::None).
    virtual bool isManual() const { return false; }
    /// Stop or let sound the platform's own ring for this call, where the platform lets us; otherwise does nothing.
    virtual void holdRing(LineCallId, bool) { }
    virtual RingHold ringHold() const { return {}; }

Q_SIGNALS:
    /// A call was made that nobody has dialled yet, and perhaps nobody will: the time to connect to the server.
    /// dialling() tells of it again, or nothing does.
    void preparing(const ringlift::LineCall &call);
    void dialling(const ringlift::LineCall &call);
    void incoming(const ringlift::LineCall &call);
    void changed(const ringlift::LineCall &call);
    void ended(const ringlift::LineCall &call);
    void dialRefused(const QString &reason);
    /// The telephony service went away (true) or came back (false).
    void lost(bool away);
};

} // namespace ringlift::ports
