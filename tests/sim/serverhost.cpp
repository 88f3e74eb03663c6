#include "tests/sim/serverhost.h"

#include "core/protocol/codec.h"

namespace ringlift::sim {

namespace {

constexpr std::int64_t kWallStart = 1'700'000'000;
constexpr auto kHashTime = std::chrono::milliseconds(105);

/// In place of crypto_pwhash_str, whose time is what counts here.
std::string hashOf(const protocol::Key32 &proof)
{
    return "hash of " + std::string(textOf(proof));
}

} // namespace

ServerHost::ServerHost(Stage &stage, server::Limits limits)
    : m_stage(stage),
      m_limits(std::move(limits)),
      m_random(stage.draw().seed()),
      m_secrets(server::Secrets::generate(m_random)),
      m_channelBinding(m_random.array<32>())
{
    stage.add(*this);
    startCore();
}

void ServerHost::kill()
{
    m_stage.tell(Actor::Server, "killed");
    m_core.reset();
    m_next.reset();
}

void ServerHost::start()
{
    m_secrets.rotateTagKey(m_random, today());
    startCore();
}

void ServerHost::startCore()
{
    m_stage.tell(Actor::Server, "started");
    const server::WallClock &clock = *this;
    m_core = std::make_unique<server::ServerCore>(m_limits, m_secrets, m_registry, clock, m_random);
    m_stage.show([](Witness &witness) { witness.serverRestarted(); });
}

void ServerHost::handle(const server::ServerInput &input)
{
    if (!m_core)
        return;
    if (const auto *text = std::get_if<server::TextReceived>(&input)) {
        if (const auto message = protocol::decode(text->text, protocol::UnknownKeys::Ignore))
            m_stage.show([&](Witness &witness) { witness.serverHears(text->id, *message); });
    } else if (const auto *closed = std::get_if<server::ConnectionClosed>(&input)) {
        m_stage.show([&](Witness &witness) { witness.serverLoses(closed->id); });
    }
    m_core->handle(m_stage.now(), input);
    drain();
}

void ServerHost::handleTimeout()
{
    m_core->handleTimeout(m_stage.now());
    drain();
}

void ServerHost::drain()
{
    while (const auto output = m_core->poll())
        std::visit([this](const auto &concrete) { apply(concrete); }, *output);
    m_next = m_core->nextTimeout();
}

void ServerHost::apply(const server::SendText &output)
{
    if (const auto message = protocol::decode(output.text, protocol::UnknownKeys::Ignore)) {
        m_stage.tell(Actor::Server, protocol::typeOf(*message), static_cast<std::int64_t>(output.id));
        m_stage.show([&](Witness &witness) { witness.serverSays(output.id, *message); });
    } else {
        m_stage.violate("the server speaks the protocol", "it sent a message that nobody can read");
    }
    m_peers->serverSends(output.id, output.text);
}

void ServerHost::apply(const server::CloseConnection &output)
{
    m_stage.tell(Actor::Server, "closes", output.code);
    m_stage.show([&](Witness &witness) { witness.serverLoses(output.id); });
    m_peers->serverCloses(output.id, output.code);
}

void ServerHost::apply(const server::SendCode &output)
{
    const Duration delay = m_stage.draw().between(std::chrono::milliseconds(100), std::chrono::milliseconds(600));
    m_stage.after(delay, [this, output] { m_codes(output.to, output.code); });
}

void ServerHost::apply(const server::CheckPin &output)
{
    const bool correct = output.hash == hashOf(output.proof);
    m_stage.after(kHashTime, [=, this, ticket = output.ticket] { handle(server::PinChecked{ticket, correct}); });
}

void ServerHost::apply(const server::HashPin &output)
{
    m_stage.after(kHashTime, [this, output] { handle(server::PinHashed{output.ticket, hashOf(output.proof)}); });
}

std::int64_t ServerHost::unixSeconds() const
{
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(m_stage.now() - m_stage.start());
    return kWallStart + passed.count() + m_skew.count();
}

server::ServerCore::Figures ServerHost::figures() const
{
    return m_core ? m_core->figures() : server::ServerCore::Figures{};
}

} // namespace ringlift::sim
