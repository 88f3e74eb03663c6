#pragma once

#include "tests/sim/conversation.h"

namespace ringlift::sim {

class Adversaries;
class HostileServer;
class Invariants;

/// One server, some phones, their networks, people and adversaries, in one thread and in virtual time.
class World
{
public:
    explicit World(Plan plan);
    ~World();

    /// The whole plan: set-up, calls, faults, rest, everybody hangs up.
    void run();

    // For scenarios: the same, step by step
    /// Everybody registers; false when somebody could not.
    bool setUp();
    Conversation &call(CallPlan plan);
    void pass(Duration duration);
    /// Until the condition holds; false when it does not within that time.
    bool passUntil(const std::function<bool()> &condition, Duration within);
    void begin(const FaultPlan &fault);
    void spoof(const SpoofPlan &spoof);
    void takeOver();
    /// The owner registers anew and shows the PIN.
    void winBack();
    const Adversaries &adversaries() const { return *m_adversaries; }
    /// Everybody hangs up, and all comes to rest.
    void finish();

    Stage &stage() { return m_stage; }
    SimPhone &phone(int index) { return *m_phones.at(static_cast<std::size_t>(index)); }
    const std::vector<std::unique_ptr<SimPhone>> &phones() const { return m_phones; }
    const std::vector<std::unique_ptr<Conversation>> &conversations() const { return m_conversations; }
    PhoneNetwork &exchange() { return m_exchange; }
    SignalNetwork &signals() { return m_signals; }
    DatagramNetwork &datagrams() { return m_datagrams; }
    ServerHost &server() { return m_server; }
    const Plan &plan() const { return m_plan; }
    SimPhone *phoneOf(const std::string &number);
    /// As dialled, in whatever form; the same when it is nobody's.
    std::string calledNumber(const std::string &dialled) const;
    /// Of the client that a connection belongs to; nothing for adversaries.
    SimPhone *phoneOf(server::ConnectionId connection);
    const std::optional<Violation> &violation() const { return m_stage.violation(); }

private:
    friend class Invariants;
    void schedule();
    /// Types the code in as soon as the app asks for it.
    void typeCode(SimPhone &phone, const std::string &code);
    void typePin(SimPhone &phone);
    void tryAgain();
    bool lockNumber();
    void end(const FaultPlan &fault);
    void setReach(const FaultPlan &fault, Reach reach);
    void setCut(const FaultPlan &fault, bool cut);
    void loseLineService(SimPhone &phone);
    void setCoverage(const SimPhone &phone, bool covered);
    void wipe(SimPhone &phone);
    void dropCall(const SimPhone &phone);

    Plan m_plan;
    Stage m_stage;
    PhoneNetwork m_exchange;
    ServerHost m_server;
    SignalNetwork m_signals;
    DatagramNetwork m_datagrams;
    std::vector<std::unique_ptr<SimPhone>> m_phones;
    std::vector<std::unique_ptr<Conversation>> m_conversations;
    std::unique_ptr<Adversaries> m_adversaries;
    /// An owner whose attempt to win back a number failed has one more.
    bool m_mayTryAgain = true;
    std::string m_lastCode;
    std::unique_ptr<HostileServer> m_hostile;
    std::unique_ptr<Invariants> m_invariants;
};

} // namespace ringlift::sim
