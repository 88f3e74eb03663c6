#pragma once

#include "platform/plmn/at/atcommand.h"
#include "platform/plmn/at/atport.h"
#include "platform/plmn/at/modem.h"

#include <map>

namespace ringlift::plmn::at {

/// The final result of a command.
struct Final {
    enum class Code { Ok, Error, NoCarrier, Busy, NoAnswer, Equipment, Message, Pending, Silence };

    Code code = Code::Ok;
    /// Of +CME ERROR (TS 27.007, 9.2) or +CMS ERROR (TS 27.005, 3.2.5).
    int number = 0;
    bool operator==(const Final &) const = default;
};

inline constexpr Final kOk{};
inline constexpr Final kError{Final::Code::Error, 0};
/// The result comes later.
inline constexpr Final kPending{Final::Code::Pending, 0};

/// There is none: the host has to give up.
inline constexpr Final kSilence{Final::Code::Silence, 0};

inline constexpr int kNotAllowed = 3;
inline constexpr int kNoSim = 10;
inline constexpr int kPinRequired = 11;
inline constexpr int kPukRequired = 12;
inline constexpr int kWrongPassword = 16;

inline constexpr int kUnassignedNumber = 1;
inline constexpr int kInvalidParameter = 304;
inline constexpr int kInvalidIndex = 321;
inline constexpr int kInvalidMemory = 302;
inline constexpr int kNoNetwork = 331;
/// Of an SMS-SUBMIT.
inline constexpr int kMaxTpdu = 176;

/// Of +CREG (TS 27.007, 7.2).
inline constexpr int kOff = 0;
inline constexpr int kHome = 1;
inline constexpr int kSearching = 2;
inline constexpr int kRoaming = 5;

inline Final equipmentError(int number)
{
    return {Final::Code::Equipment, number};
}

inline Final messageError(int number)
{
    return {Final::Code::Message, number};
}

std::string toUpperHex(ByteView bytes);

/// A port and the rest of the line that runs on it.
struct Port {
    AtPort io;
    std::deque<AtCommand> commands;
    /// A dial that waits for the callee to be alerted.
    std::optional<LineCallId> dialled;
    /// What an Ask that is refused ends in, and what is said before the OK of one that is accepted.
    Final refusal;
    std::string accepted;
    /// Of the message that is prompted for.
    std::size_t messageLength = 0;
};

/// One entry of the call list.
struct ListedCall {
    int index = 0;
    Leg leg;
    TimePoint answered{};
    TimePoint nextRing{};
};

struct StoredMessage {
    Bytes tpdu;
    bool read = false;
};

/// What hosts have switched on.
struct Switches {
    int errors = 0;
    bool callerId = false;
    bool waitingShown = false;
    bool ringKinds = false;
    bool callList = false;
    int gsmRegistration = 0;
    int packetRegistration = 0;
    int epsRegistration = 0;
    int operatorFormat = 0;
    int newMessages = 0;
    std::string characterSet = "IRA";
};

struct Modem::Private {
    using Handler = Final (Private::*)(Port &port, const AtCommand &command);
    using Handlers = std::map<std::string_view, Handler>;

    explicit Private(ModemConfig initial) : config(std::move(initial)) { }

    ModemConfig config;
    std::optional<Subscriber> sim;
    bool unlocked = false;
    int triesLeft = 3;
    bool radioOn = true;
    bool attached = false;
    Serving serving;
    Switches switches;
    std::map<int, Port> ports;
    std::map<LineCallId, ListedCall> calls;
    /// For every Ask under way the port that waits for its outcome, -1 for none.
    std::deque<int> asked;
    std::optional<LineCallId> lastDialled;
    std::map<int, StoredMessage> messages;
    /// Messages on the air, and when the next one is through.
    std::deque<Bytes> arriving;
    TimePoint nextMessage{};
    /// Messages that the memory has no room for.
    std::deque<Bytes> overflow;
    std::uint8_t lastReference = 0;
    bool ussdInHex = true;
    std::deque<ModemOutput> outputs;
    TimePoint now{};

    // modem.cpp: inputs and the lines of ports
    void on(const PortOpened &input);
    void on(const PortClosed &input) { ports.erase(input.port); }
    void on(const PortReceived &input);
    void on(const SimInserted &input);
    void on(const SimRemoved &input);
    void on(const SimUpdated &input);
    void on(const ServingChanged &input);
    void on(const LegTold &input);
    void on(const DigitsTold &input);
    void on(const Outcome &input);
    void on(const ConfigChanged &input);
    void on(const RawTold &input);
    void on(const MessageArrived &input);
    void on(const UssdTold &input);
    void run(Port &port);
    void take(Port &port, const AtInput &input);
    void runCommands(Port &port);
    Final runCommand(Port &port, const AtCommand &command);
    void settle(Port &port, bool accepted);
    void finish(Port &port, const Final &result);
    std::string textOf(const Final &result) const;
    void notify(const std::string &line);
    void ask(Request request, Port *waiting = nullptr);
    int numberOf(const Port &port) const;
    void flush();

    // modemcommands.cpp: the table, identity and settings
    static const Handlers &handlers();
    static Handlers deviceHandlers();
    static Handlers serviceHandlers();
    Final accept(Port &, const AtCommand &) { return kOk; }
    Final echo(Port &port, const AtCommand &command);
    Final identity(Port &port, const AtCommand &command);
    Final errors(Port &port, const AtCommand &command);
    Final characterSet(Port &port, const AtCommand &command);
    Final set(const AtCommand &command, int most, int &target);
    Final report(Port &port, const AtCommand &command, int most, int &target);

    // modemsim.cpp
    std::optional<Final> simTrouble() const;
    bool simReady() const { return sim && unlocked; }
    void updateAttachment();
    Final pin(Port &port, const AtCommand &command);
    Final imsi(Port &port, const AtCommand &command);
    Final iccid(Port &port, const AtCommand &command);
    Final ownNumber(Port &port, const AtCommand &command);
    Final simAccess(Port &port, const AtCommand &command);
    Final facilityLock(Port &port, const AtCommand &command);

    // modemnetwork.cpp
    int registration() const;
    std::string registrationText(int mode) const;
    void tellRegistration(int before);
    Final functionality(Port &port, const AtCommand &command);
    Final gsmRegistration(Port &port, const AtCommand &command);
    Final packetRegistration(Port &port, const AtCommand &command);
    Final epsRegistration(Port &port, const AtCommand &command);
    Final operatorName(Port &port, const AtCommand &command);
    Final signalQuality(Port &port, const AtCommand &command);

    // modemcalls.cpp
    void addCall(const Leg &leg);
    /// changed: its state, not only what is known of the caller.
    void tellCall(ListedCall &call, bool changed);
    /// The whole list in one piece, and the call that has left it: what is not in it is over to hosts.
    void tellList(const ListedCall *ended);
    void tellEnd(const ListedCall &call);
    void ring(ListedCall &call);
    std::string callRow(const ListedCall &call, bool ended) const;
    std::vector<LineCallId> callsIn(std::initializer_list<LegState> states) const;
    void finishDial(const ListedCall &call);

    // modemcallcommands.cpp
    Final askEach(Port &port, const std::vector<SwitchInput> &inputs);
    Final dial(Port &port, const AtCommand &command);
    Final answer(Port &port, const AtCommand &command);
    Final hangUp(Port &port, const AtCommand &command);
    Final hangUpCalls(Port &port, const AtCommand &command);
    Final hold(Port &port, const AtCommand &command);
    /// Which of the remaining calls +CHLD=1 or 2 makes the active one, or puts on hold.
    std::optional<SwitchInput> nextTurn(int action) const;
    Final holdOne(Port &port, char action, int index);
    Final tones(Port &port, const AtCommand &command);
    Final callList(Port &port, const AtCommand &command);
    Final callerId(Port &port, const AtCommand &command);
    Final ringKinds(Port &port, const AtCommand &command);
    Final callWaiting(Port &port, const AtCommand &command);
    Final activity(Port &port, const AtCommand &command);

    // modemmessages.cpp
    void takeArriving();
    void store(const Bytes &tpdu);
    void takeMessage(Port &port, const AtInput &input);
    Final messageFormat(Port &port, const AtCommand &command);
    Final messageStorage(Port &port, const AtCommand &command);
    Final messageIndications(Port &port, const AtCommand &command);
    Final messageService(Port &port, const AtCommand &command);
    Final serviceCentre(Port &port, const AtCommand &command);
    Final listMessages(Port &port, const AtCommand &command);
    Final readMessage(Port &port, const AtCommand &command);
    Final deleteMessages(Port &port, const AtCommand &command);
    Final sendMessage(Port &port, const AtCommand &command);

    // modemussd.cpp
    Final ussd(Port &port, const AtCommand &command);
    Final askUssd(Port &port, const std::string &text);
};

} // namespace ringlift::plmn::at
