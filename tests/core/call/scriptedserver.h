#pragma once

#include "core/call/serverlink.h"
#include "core/crypto/signingkey.h"

#include <algorithm>

/// The server's side of a link, spoken by hand.
namespace ringlift::test {

inline protocol::Key32 filled(std::uint8_t byte)
{
    protocol::Key32 key{};
    key.fill(byte);
    return key;
}

inline crypto::DeviceIdentity makeIdentity(std::uint8_t seed)
{
    return crypto::DeviceIdentity::fromSeed(crypto::SecretKey(filled(seed)), 1'700'000'000);
}

class ScriptedServer
{
public:
    explicit ScriptedServer(std::uint8_t keySeed = 7) : m_key(crypto::SigningKey::fromSeed(filled(keySeed))) { }

    const crypto::SigningKey &key() const { return m_key; }

    protocol::Challenge challenge(const protocol::Key32 &channelBinding, std::uint8_t nonce = 9) const
    {
        protocol::Challenge challenge;
        challenge.serverNonce = filled(nonce);
        challenge.serverPk = m_key.publicKey();
        challenge.serverSig = m_key.sign(crypto::serverHelloMessage(challenge.serverNonce, channelBinding));
        return challenge;
    }

    call::Account account() const
    {
        call::Account account{AccountId{}, m_key.publicKey(), *protocol::Msisdn::fromE164("+8613800138000"),
                              *protocol::Imsi::fromDigits("460001234567890"), protocol::AccountKind::Sim};
        account.id.bytes.fill(3);
        return account;
    }

private:
    crypto::SigningKey m_key;
};

inline call::ServerText text(const protocol::Message &message)
{
    return {protocol::encode(message)};
}

/// All outputs that wait, taken.
template<typename Output, typename Machine>
std::vector<Output> drain(Machine &machine)
{
    std::vector<Output> outputs;
    while (auto output = machine.poll())
        outputs.push_back(std::move(*output));
    return outputs;
}

/// Those of one kind among them.
template<typename Kind, typename Output>
std::vector<Kind> only(const std::vector<Output> &outputs)
{
    std::vector<Kind> found;
    for (const Output &output : outputs) {
        if (const auto *kind = std::get_if<Kind>(&output))
            found.push_back(*kind);
    }
    return found;
}

} // namespace ringlift::test
