#include "core/engine/callnames.h"

// A switch each, so that the compiler finds a new value that has no name yet.
namespace ringlift::engine {

std::string_view nameOf(CallDirection value)
{
    switch (value) {
    case CallDirection::Outgoing: return "outgoing";
    case CallDirection::Incoming: return "incoming";
    }
    return {};
}

std::string_view nameOf(LegState value)
{
    switch (value) {
    case LegState::None: return "none";
    case LegState::Dialling: return "dialling";
    case LegState::Alerting: return "alerting";
    case LegState::Ringing: return "ringing";
    case LegState::Active: return "active";
    case LegState::Held: return "held";
    case LegState::Ended: return "ended";
    case LegState::Unknown: return "unknown";
    }
    return {};
}

std::string_view nameOf(call::IpState value)
{
    switch (value) {
    case call::IpState::Idle: return "idle";
    case call::IpState::Connecting: return "connecting";
    case call::IpState::Offered: return "offered";
    case call::IpState::Matched: return "matched";
    case call::IpState::Keyed: return "keyed";
    case call::IpState::Proven: return "proven";
    case call::IpState::Alerting: return "alerting";
    case call::IpState::Answered: return "answered";
    case call::IpState::Ended: return "ended";
    }
    return {};
}

std::string_view nameOf(call::Carrier value)
{
    switch (value) {
    case call::Carrier::Cellular: return "cellular";
    case call::Carrier::Internet: return "internet";
    case call::Carrier::None: return "none";
    }
    return {};
}

std::string_view nameOf(call::StayReason value)
{
    switch (value) {
    case call::StayReason::None: return "none";
    case call::StayReason::Emergency: return "emergency";
    case call::StayReason::ShortNumber: return "short_number";
    case call::StayReason::MmiCode: return "mmi_code";
    case call::StayReason::PostDialDigits: return "post_dial_digits";
    case call::StayReason::InvalidNumber: return "invalid_number";
    case call::StayReason::NotRegistered: return "not_registered";
    case call::StayReason::RegisteredElsewhere: return "registered_elsewhere";
    case call::StayReason::OwnNumberWithheld: return "own_number_withheld";
    case call::StayReason::CallerIdWithheld: return "caller_id_withheld";
    case call::StayReason::CallerIdUnusable: return "caller_id_unusable";
    case call::StayReason::SwitchedOff: return "switched_off";
    case call::StayReason::RecentlyRedialled: return "recently_redialled";
    case call::StayReason::ServerUnreachable: return "server_unreachable";
    case call::StayReason::ServerUntrusted: return "server_untrusted";
    case call::StayReason::ServerRefused: return "server_refused";
    case call::StayReason::NoMatch: return "no_match";
    case call::StayReason::PeerIdentityChanged: return "peer_identity_changed";
    case call::StayReason::UnknownCallerWithoutPin: return "unknown_caller_without_pin";
    case call::StayReason::KeyAgreementFailed: return "key_agreement_failed";
    case call::StayReason::NoPath: return "no_path";
    case call::StayReason::AnsweredOnCellular: return "answered_on_cellular";
    case call::StayReason::PeerDeclinedMove: return "peer_declined_move";
    case call::StayReason::UserChoseCellular: return "user_chose_cellular";
    case call::StayReason::LineLost: return "line_lost";
    case call::StayReason::LegEndedEarly: return "leg_ended_early";
    case call::StayReason::LegMismatch: return "leg_mismatch";
    case call::StayReason::MediaLost: return "media_lost";
    case call::StayReason::EmergencyMode: return "emergency_mode";
    case call::StayReason::Glare: return "glare";
    case call::StayReason::UnconfirmedByPeer:
        return "unconfirmed_by_peer";
    case call::StayReason::WifiOnly:
        return "wifi_only";
    case call::StayReason::FreeDataOnly:
        return "free_data_only";
    case call::StayReason::Roaming:
        return "roaming";
    case call::StayReason::ContactNever:
        return "contact_never";
    case call::StayReason::NotAllowedInTime:
        return "not_allowed_in_time";
    case call::StayReason::InternalFault:
        return "internal_fault";
    }
    return {};
}

std::string_view nameOf(call::CallEnd value)
{
    switch (value) {
    case call::CallEnd::NotEnded: return "not_ended";
    case call::CallEnd::LocalHangUp: return "local_hang_up";
    case call::CallEnd::RemoteHangUp: return "remote_hang_up";
    case call::CallEnd::Declined: return "declined";
    case call::CallEnd::NoAnswer: return "no_answer";
    case call::CallEnd::Busy: return "busy";
    case call::CallEnd::Failed: return "failed";
    case call::CallEnd::MediaLost: return "media_lost";
    }
    return {};
}

std::string_view nameOf(call::TrustLevel value)
{
    switch (value) {
    case call::TrustLevel::None: return "none";
    case call::TrustLevel::Tofu: return "tofu";
    case call::TrustLevel::Leg: return "leg";
    case call::TrustLevel::Verified: return "verified";
    }
    return {};
}

std::string_view nameOf(NetworkKind value)
{
    switch (value) {
    case NetworkKind::Unknown:
        return "unknown";
    case NetworkKind::None:
        return "none";
    case NetworkKind::Wifi:
        return "wifi";
    case NetworkKind::Wired:
        return "wired";
    case NetworkKind::Cellular:
        return "cellular";
    }
    return {};
}

std::string_view nameOf(call::MoveOver value)
{
    switch (value) {
    case call::MoveOver::AnyConnection:
        return "any";
    case call::MoveOver::WifiOnly:
        return "wifi";
    case call::MoveOver::FreeDataOnly:
        return "free_data";
    }
    return {};
}

std::string_view nameOf(call::Prompt value)
{
    switch (value) {
    case call::Prompt::Off:
        return "off";
    case call::Prompt::Notice:
        return "notice";
    case call::Prompt::Sound:
        return "sound";
    case call::Prompt::AskFirst:
        return "ask";
    }
    return {};
}

std::string_view nameOf(call::ContactRule value)
{
    switch (value) {
    case call::ContactRule::Always:
        return "always";
    case call::ContactRule::Never:
        return "never";
    case call::ContactRule::Ask:
        return "ask";
    }
    return {};
}

std::string_view nameOf(call::HandOver value)
{
    switch (value) {
    case call::HandOver::ByTrust:
        return "by_trust";
    case call::HandOver::AtRing:
        return "at_ring";
    case call::HandOver::AtAnswer:
        return "at_answer";
    }
    return {};
}

std::string_view nameOf(call::RegistrationState value)
{
    switch (value) {
    case call::RegistrationState::None: return "none";
    case call::RegistrationState::Connecting: return "connecting";
    case call::RegistrationState::CodeSent: return "code_sent";
    case call::RegistrationState::Verifying: return "verifying";
    case call::RegistrationState::Locked: return "locked";
    case call::RegistrationState::Registered: return "registered";
    case call::RegistrationState::Failed: return "failed";
    }
    return {};
}

std::string_view nameOf(call::RegistrationFault value)
{
    switch (value) {
    case call::RegistrationFault::None: return "none";
    case call::RegistrationFault::BadNumber: return "bad_number";
    case call::RegistrationFault::EmergencyOrShort: return "emergency_or_short";
    case call::RegistrationFault::ServerUnreachable: return "server_unreachable";
    case call::RegistrationFault::ServerUntrusted: return "server_untrusted";
    case call::RegistrationFault::ServerRefused: return "server_refused";
    case call::RegistrationFault::RateLimited: return "rate_limited";
    case call::RegistrationFault::WrongCode: return "wrong_code";
    case call::RegistrationFault::CodeExpired: return "code_expired";
    case call::RegistrationFault::Locked: return "locked";
    case call::RegistrationFault::SimMissing: return "sim_missing";
    case call::RegistrationFault::ReplacedElsewhere: return "replaced_elsewhere";
    }
    return {};
}

} // namespace ringlift::engine
