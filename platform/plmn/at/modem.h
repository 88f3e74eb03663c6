#pragma once

#include "platform/plmn/at/modemconfig.h"
#include "platform/plmn/switch.h"

namespace ringlift::plmn::at {

// ---- Inputs
/// A host opened a port, or closed it.
struct PortOpened {
    int port = 0;
};
struct PortClosed {
    int port = 0;
};
struct PortReceived {
    int port = 0;
    Bytes bytes;
};
struct SimInserted {
    Subscriber sim;
};
struct SimRemoved {
};
/// The subscriber whose SIM is in the modem has changed.
struct SimUpdated {
    Subscriber sim;
};
struct ServingChanged {
    Serving serving;
};
/// A leg of the SIM's subscriber.
struct LegTold {
    LegChanged changed;
};
struct DigitsTold {
    LineCallId leg{};
    std::string digits;
};
/// What became of the oldest Ask that has none yet.
struct Outcome {
    bool accepted = false;
};
struct ConfigChanged {
    ModemConfig config;
};
/// An SMS-DELIVER for the SIM's subscriber.
struct MessageArrived {
    Bytes tpdu;
};
/// From the network, printable ASCII.
struct UssdTold {
    enum class Kind { Finished = 0, AnswerWanted = 1, Ended = 2, NotSupported = 4 };

    Kind kind = Kind::Finished;
    std::string text;
};
/// Bytes for every host, as they are.
struct RawTold {
    std::string bytes;
};

using ModemInput =
    std::variant<PortOpened, PortClosed, PortReceived, SimInserted, SimRemoved, SimUpdated, ServingChanged, LegTold,
                 DigitsTold, Outcome, ConfigChanged, MessageArrived, UssdTold, RawTold>;

// ---- Outputs
struct PortSend {
    int port = 0;
    std::string bytes;
};
/// An SMS-SUBMIT.
struct SubmitMessage {
    Bytes tpdu;
};
/// A code, or an answer to the network.
struct UssdDialled {
    std::string text;
};
using Request = std::variant<SwitchInput, SubmitMessage, UssdDialled>;
/// An Outcome follows.
struct Ask {
    Request request;
};

using ModemOutput = std::variant<PortSend, Ask>;

/// One modem: a phone on the switch that speaks AT (3GPP TS 27.007 and 27.005) to hosts. Sans-IO: after every handle()
/// and handleTimeout() call poll() until it is empty, and handleTimeout() when nextTimeout() has come.
class Modem
{
public:
    static constexpr std::size_t kMaxUssd = 160;

    explicit Modem(ModemConfig config);
    ~Modem();

    void handle(TimePoint now, const ModemInput &input);
    void handleTimeout(TimePoint now);
    std::optional<ModemOutput> poll();
    std::optional<TimePoint> nextTimeout() const;

    const ModemConfig &config() const;
    std::optional<LineCallId> activeCall() const;
    /// The SIM that is in it.
    const std::optional<Subscriber> &sim() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::plmn::at
