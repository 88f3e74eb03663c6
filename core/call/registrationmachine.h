#pragma once

#include "core/call/serverlink.h"

namespace ringlift::call {

struct RegistrationConfig
{
    /// From a request to its answer.
    Duration answerPatience = std::chrono::seconds(10);
    std::string platform = "linux";
};

/// What it means to the user that the link could not be had.
RegistrationFault faultOf(ServerFailure failure);

/// To be sent through the link.
struct RegistrationSend { protocol::Message message; };
/// Registered: the new account. The connection is logged in with it: ServerLink::adopt().
struct RegistrationDone { Account account; };
using RegistrationOutput = std::variant<RegistrationSend, RegistrationDone, RegistrationChanged>;

/// The one-time registration, protocol.md 3.3: number, code, maybe PIN. Sans-IO; one at a time.
class RegistrationMachine
{
public:
    RegistrationMachine(RegistrationConfig config, const crypto::DeviceIdentity &identity);
    ~RegistrationMachine();

    /// sim: what stands for the SIM; a manual account shows none. A registration under way is given up.
    void begin(TimePoint now, const protocol::Msisdn &number, protocol::AccountKind kind, const protocol::SimProof &sim);
    /// Ignored with WrongCode when the code is not six digits; the session stays. The link signs it for its connection.
    void verify(TimePoint now, const std::string &code);
    void unlock(TimePoint now, const protocol::Key32 &pinProof);
    void cancel();
    /// True when the message belonged to the registration. serverKey: the link's, which register.done has to name too.
    bool handle(TimePoint now, const protocol::Message &message, const std::optional<protocol::Key32> &serverKey);
    /// The link could not be had, or broke; a session that waits for its code survives (a session is not bound to a connection).
    void linkDown(TimePoint now, ServerFailure failure);
    void handleTimeout(TimePoint now);
    std::optional<TimePoint> nextTimeout() const;
    std::optional<RegistrationOutput> poll();
    RegistrationState state() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace ringlift::call
