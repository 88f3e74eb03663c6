#include "server/registrar.h"

#include "core/crypto/identity.h"
#include "core/crypto/tags.h"
#include "core/numbers/numbernormaliser.h"

#include <algorithm>
#include <cstdio>

namespace ringlift::server {

using protocol::AccountKind;
using protocol::ErrorCode;

namespace {

constexpr std::uint32_t kCodeLength = 6;

std::string makeCode(RandomSource &random)
{
    std::array<char, kCodeLength + 1> code{};
    std::snprintf(code.data(), code.size(), "%06u", static_cast<unsigned>(random.uniform(1'000'000)));
    return code.data();
}

std::uint32_t inSeconds(Duration duration)
{
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

} // namespace

void Registrar::begin(TimePoint now, Session &session, const protocol::RegisterBegin &message)
{
    if (!isAcceptable(session, message))
        return;
    const protocol::Key32 numberTag = m_context.tags.numberTag(message.msisdn);
    if (m_registrations.size() >= m_context.limits.registrations)
        return m_context.outbox.refuse(session.id, ErrorCode::BusyServer, "register.begin");
    if (const auto wait = takeLimits(now, session, message.msisdn, numberTag))
        return m_context.outbox.refuse(session.id, Problem(ErrorCode::Rate).retryAfter(*wait), "register.begin");
    sendCode(now, session, message, numberTag);
}

// Nothing here depends on what the registry holds (T11).
bool Registrar::isAcceptable(const Session &session, const protocol::RegisterBegin &message)
{
    const bool isManual = message.kind == AccountKind::Manual;
    const bool showsSim = !std::holds_alternative<std::monostate>(message.sim);
    if (isManual == showsSim || (isManual && !m_context.limits.manualMode) ||
        !crypto::IdentityCard::parse(message.idcard)) {
        m_context.outbox.refuse(session.id, ErrorCode::Proto, "register.begin");
        return false;
    }
    const std::vector<int> &countries = m_context.limits.countries;
    const int country = numbers::countryCodeOf(message.msisdn);
    const bool served = countries.empty() || std::find(countries.begin(), countries.end(), country) != countries.end();
    if (served && numbers::canRegister(message.msisdn))
        return true;
    m_context.outbox.refuse(session.id, ErrorCode::Number, "register.begin");
    return false;
}

std::optional<Duration> Registrar::takeLimits(TimePoint now, const Session &session, const protocol::Msisdn &number,
                                              const protocol::Key32 &numberTag)
{
    const Bytes country = ByteWriter().u16(static_cast<std::uint16_t>(numbers::countryCodeOf(number))).take();
    return m_context.limiter.take(now, {{Limit::SessionsOfNumberHour, numberTag},
                                        {Limit::SessionsOfNumberDay, numberTag},
                                        {Limit::SessionsOfAddress, session.source.host},
                                        {Limit::SessionsOfNetwork, session.source.network},
                                        {Limit::SessionsOfCountry, country},
                                        {Limit::SessionsOfAll, {}}});
}

void Registrar::sendCode(TimePoint now, const Session &session, const protocol::RegisterBegin &message,
                         const protocol::Key32 &numberTag)
{
    const Limits &limits = m_context.limits;
    Registration registration;
    registration.id = m_context.random.id<SessionId>();
    registration.numberTag = numberTag;
    registration.kind = message.kind;
    if (const auto *imsi = std::get_if<protocol::Imsi>(&message.sim))
        registration.imsiTag = m_context.tags.imsiTag(*imsi);
    registration.olderTags = m_context.tags.olderTags(message.msisdn, message.sim);
    if (const auto *handle = std::get_if<SimHandle>(&message.sim))
        registration.simHandle = *handle;
    registration.idcard = message.idcard;
    registration.triesLeft = limits.codeTries;
    const std::string code = makeCode(m_context.random);
    registration.codeTag = crypto::otpTag(m_context.secrets.otpKey.view(), registration.id, code);
    m_context.outbox.push(SendCode{message.msisdn, code, registration.id});
    m_context.outbox.send(session.id, protocol::RegisterSent{registration.id, inSeconds(limits.codeLifetime),
                                                             inSeconds(limits.resendAfter), kCodeLength});
    if (!session.account)
        m_context.sessions.setDeadline(session.id, now + limits.registrationIdle);
    m_registrations.add(now + limits.codeLifetime, std::move(registration));
}

void Registrar::verify(TimePoint now, Session &session, const protocol::RegisterVerify &message)
{
    Registration *const registration = m_registrations.find(message.sessionId);
    if (registration == nullptr)
        return m_context.outbox.refuse(session.id, ErrorCode::RegExpired, "register.verify");
    if (registration->stage == Registration::Stage::Busy)
        return m_context.outbox.refuse(session.id, ErrorCode::BusyServer, "register.verify");
    if (!session.account)
        m_context.sessions.setDeadline(session.id, now + m_context.limits.registrationIdle);
    const protocol::Key32 tag = crypto::otpTag(m_context.secrets.otpKey.view(), registration->id, message.code);
    if (!crypto::constantTimeEqual(tag, registration->codeTag))
        return refuseCode(session, *registration, ErrorCode::RegCode);
    const Bytes signedText =
        crypto::registerMessage(registration->id, session.channelBinding, registration->idcard, message.code);
    const auto key = *toArray<32>(ByteView(registration->idcard).subspan(4, 32));
    if (!m_context.proxyLeaves.isGood(now, session.channelBinding) ||
        !crypto::verifySignature(key, signedText, message.sig))
        return refuseCode(session, *registration, ErrorCode::Auth);
    m_enroller.finish(now, *registration, session.id);
}

void Registrar::refuseCode(const Session &session, Registration &registration, ErrorCode code)
{
    const std::uint32_t left = --registration.triesLeft;
    m_context.outbox.refuse(session.id, Problem(code).left(left), "register.verify");
    if (left > 0)
        return;
    m_context.outbox.push(ForgetCode{registration.id});
    m_registrations.remove(registration.id);
}

void Registrar::handleTimeout(TimePoint now)
{
    while (const auto lapsed = m_registrations.takeOverdue(now))
        m_context.outbox.push(ForgetCode{lapsed->id});
}

} // namespace ringlift::server
