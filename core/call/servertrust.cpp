#include "core/call/servertrust.h"

#include "core/crypto/identity.h"

namespace ringlift::call {

namespace {

constexpr std::uint32_t kProtocolVersion = 1;

} // namespace

void ServerTrust::pin(const std::optional<protocol::Key32> &serverPublic,
                      const std::optional<protocol::Key32> &announced)
{
    if (m_pinned == serverPublic && !announced)
        return;
    m_pinned = serverPublic;
    m_announced = announced;
}

ServerVerdict ServerTrust::judge(const protocol::Challenge &challenge, const protocol::Key32 &channelBinding)
{
    if (challenge.version != kProtocolVersion)
        return ServerVerdict::UnknownVersion;
    const bool isKnown = !m_pinned || challenge.serverPk == m_pinned || challenge.serverPk == m_announced;
    const Bytes hello = crypto::serverHelloMessage(challenge.serverNonce, channelBinding);
    if (!isKnown || !crypto::verifySignature(challenge.serverPk, hello, challenge.serverSig))
        return ServerVerdict::Untrusted;
    const bool announces = m_pinned && challenge.nextPk && challenge.nextSig;
    if (announces
        && crypto::verifySignature(challenge.serverPk, crypto::serverKeyMessage(*challenge.nextPk), *challenge.nextSig)) {
        m_pinned = challenge.serverPk;
        m_announced = challenge.nextPk;
    }
    return ServerVerdict::Trusted;
}

} // namespace ringlift::call
