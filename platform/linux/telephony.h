#pragma once

#include "platform/linux/callreport.h"

#include <QObject>

#include <functional>

namespace ringlift::modem {

/// What looking for a telephony service and its modems came to.
enum class Finding {
    Pending,    // not answered yet
    NoBus,      // there is no system bus
    NotRunning, // nobody has the service's name, and it cannot be started
    NoAnswer,   // it does not answer
    NoModem,    // it answers, and has no modem that can make calls
    Found       // calls can be seen
};

/// A telephony service of the system with its modems, behind which ModemManager and oFono look alike. Nothing blocks.
/// A modem is known by its slot, which it keeps while this process lives.
class Telephony : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxModems = 4;

    using QObject::QObject;

    /// Empty: done. Otherwise English, without anything personal.
    using Done = std::function<void(const QString &refusal)>;

    /// Looks for the service, and follows it until stop().
    virtual void start() = 0;
    /// Nothing is told any more.
    virtual void stop() = 0;
    virtual Finding finding() const = 0;
    /// Name of the service that is used; empty while none is chosen.
    virtual QString service() const { return {}; }
    /// By slot. A SIM is present when calls can be made with it.
    virtual std::vector<SimInfo> sims() const = 0;

    virtual void dial(int sim, const std::string &number, Done done) = 0;
    virtual void answer(const QString &call, Done done) = 0;
    virtual void hangUp(const QString &call, Done done) = 0;
    /// One of 0-9 * # A-D.
    virtual void sendDigit(const QString &call, char digit, Done done) = 0;
    /// Messages are read only while they are wanted, and only those that come then.
    virtual void readMessages(bool wanted) = 0;

Q_SIGNALS:
    void findingChanged(ringlift::modem::Finding finding);
    void simsChanged();
    /// News of a call, or of one that was there before.
    void callReported(const ringlift::modem::CallReport &report);
    /// The service does not know this call any more, ended or not.
    void callForgotten(const QString &call);
    /// The modem is gone: nobody knows of its calls. Not told of each when the service itself is gone.
    void modemLost(int sim);
    void messageRead(const QString &text);
};

} // namespace ringlift::modem
