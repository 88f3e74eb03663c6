#include "core/engine/hookhealth.h"
#include "core/engine/testcall.h"

/// A switch each, so that the compiler finds a new value that has no name yet.
namespace ringlift::engine {

std::string_view nameOf(HookState value)
{
    switch (value) {
    case HookState::Ok:
        return "ok";
    case HookState::Warning:
        return "warning";
    case HookState::Problem:
        return "problem";
    case HookState::Unknown:
        return "unknown";
    }
    return {};
}

std::string_view nameOf(HookVerdict value)
{
    switch (value) {
    case HookVerdict::Yes:
        return "yes";
    case HookVerdict::Perhaps:
        return "perhaps";
    case HookVerdict::No:
        return "no";
    }
    return {};
}

std::string_view nameOf(HookAspect value)
{
    switch (value) {
    case HookAspect::Line:
        return "line";
    case HookAspect::EndCalls:
        return "end_calls";
    case HookAspect::Sim:
        return "sim";
    case HookAspect::Registration:
        return "registration";
    case HookAspect::Account:
        return "account";
    case HookAspect::Wishes:
        return "wishes";
    case HookAspect::Data:
        return "data";
    case HookAspect::Server:
        return "server";
    case HookAspect::Decision:
        return "decision";
    }
    return {};
}

std::string_view nameOf(LoginOutcome value)
{
    switch (value) {
    case LoginOutcome::LoggedIn:
        return "logged_in";
    case LoginOutcome::Unreachable:
        return "unreachable";
    case LoginOutcome::Untrusted:
        return "untrusted";
    case LoginOutcome::Refused:
        return "refused";
    case LoginOutcome::Closed:
        return "closed";
    case LoginOutcome::NoLogin:
        return "no_login";
    }
    return {};
}

std::string_view nameOf(ProbeOutcome value)
{
    switch (value) {
    case ProbeOutcome::None:
        return "none";
    case ProbeOutcome::Done:
        return "done";
    case ProbeOutcome::CallUp:
        return "call_up";
    case ProbeOutcome::NotRegistered:
        return "not_registered";
    }
    return {};
}

std::string_view nameOf(ports::LineAbsence value)
{
    switch (value) {
    case ports::LineAbsence::None:
        return "none";
    case ports::LineAbsence::Pending:
        return "pending";
    case ports::LineAbsence::NoBus:
        return "no_bus";
    case ports::LineAbsence::NotRunning:
        return "not_running";
    case ports::LineAbsence::NoAnswer:
        return "no_answer";
    case ports::LineAbsence::NoModem:
        return "no_modem";
    case ports::LineAbsence::NoNetwork:
        return "no_network";
    }
    return {};
}

std::string_view nameOf(ports::RingHoldState value)
{
    switch (value) {
    case ports::RingHoldState::None:
        return "none";
    case ports::RingHoldState::Pending:
        return "pending";
    case ports::RingHoldState::Ready:
        return "ready";
    case ports::RingHoldState::Off:
        return "off";
    }
    return {};
}

std::string_view nameOf(TestOutcome value)
{
    switch (value) {
    case TestOutcome::Passed:
        return "passed";
    case TestOutcome::Silent:
        return "silent";
    case TestOutcome::NotRegistered:
        return "not_registered";
    case TestOutcome::CallUp:
        return "call_up";
    case TestOutcome::EmergencyMode:
        return "emergency_mode";
    case TestOutcome::ServerUnreachable:
        return "server_unreachable";
    case TestOutcome::ServerRefused:
        return "server_refused";
    case TestOutcome::NoEchoPeer:
        return "no_echo_peer";
    case TestOutcome::NotTaken:
        return "not_taken";
    case TestOutcome::NotTrusted:
        return "not_trusted";
    case TestOutcome::NoPath:
        return "no_path";
    case TestOutcome::Interrupted:
        return "interrupted";
    }
    return {};
}

} // namespace ringlift::engine
