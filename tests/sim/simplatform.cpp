// What the platform of a simulated phone does with each output of its machine.

#include "core/protocol/codec.h"
#include "tests/sim/outputnames.h"
#include "tests/sim/simphone.h"

namespace ringlift::sim {

using namespace std::chrono_literals;

namespace {

/// Layout and 59 bytes of Opus at a constant rate (protocol.md 3.7).
constexpr std::size_t kBodySize = 60;
constexpr std::uint8_t kSpeechMark = 'S';
constexpr Duration kFrame = 20ms;
constexpr std::uint32_t kFrameSamples = 960;

} // namespace

void SimPhone::say(const call::PhoneOutput &output)
{
    const OutputName name = nameOf(output);
    if (name.frequent)
        m_parts.stage.story().count(m_parts.stage.now(), phoneActor(m_index), name.what, name.detail);
    else
        m_parts.stage.tell(phoneActor(m_index), name.what, name.detail);
}

void SimPhone::apply(const call::LineDial &output)
{
    if (m_traits.byHand)
        return dialByHand(output.number);
    m_parts.exchange.handle(plmn::Dial{numberOfSlot(output.sim), output.number, {}});
}

void SimPhone::apply(const call::LineAnswer &output)
{
    m_parts.exchange.handle(plmn::Answer{output.line});
}

void SimPhone::apply(const call::LineHangUp &output)
{
    if (m_traits.byHand)
        hangUpByHand(output.line);
    else if (m_traits.canEndCalls && !m_traits.ignoresHangUps)
        m_parts.exchange.handle(plmn::HangUp{output.line});
}

void SimPhone::apply(const call::LineDigits &output)
{
    m_parts.exchange.handle(plmn::SendDigits{output.line, output.digits});
}

void SimPhone::apply(const call::LineHoldRing &output)
{
    if (output.hold)
        m_heldRings.insert(output.line);
    else
        m_heldRings.erase(output.line);
}

void SimPhone::apply(const call::ServerConnect &)
{
    m_parts.signals.open(m_client);
}

void SimPhone::apply(const call::ServerDisconnect &)
{
    m_parts.signals.close(m_client);
}

void SimPhone::apply(const call::ServerSend &output)
{
    if (const auto message = protocol::decode(output.text, protocol::UnknownKeys::Ignore)) {
        m_parts.stage.tell(phoneActor(m_index), protocol::typeOf(*message));
        m_parts.stage.show([&](Witness &witness) { witness.phoneSays(*this, *message); });
    } else {
        m_parts.stage.violate("phones speak the protocol", "a phone sent a message that nobody can read");
    }
    m_parts.signals.send(m_client, output.text);
}

ice::TransportAddress SimPhone::newAddress()
{
    return {Redacted("10.0.0." + std::to_string(m_index + 1)), ++m_lastPort};
}

void SimPhone::apply(const call::SocketOpen &output)
{
    if (const auto old = m_sockets.find(output.call); old != m_sockets.end())
        m_parts.datagrams.detach(old->second);
    const ice::TransportAddress address = newAddress();
    m_sockets[output.call] = address;
    m_parts.datagrams.attach(address, *this, output.call);
    m_parts.stage.after(0us, [this, life = m_life, call = output.call, address] {
        const auto socket = m_sockets.find(call);
        if (life == m_life && socket != m_sockets.end() && socket->second == address)
            feed(call::SocketOpened{call, {address}});
    });
}

void SimPhone::apply(const call::SocketClose &output)
{
    const auto socket = m_sockets.find(output.call);
    if (socket == m_sockets.end())
        return;
    m_parts.datagrams.detach(socket->second);
    m_sockets.erase(socket);
}

void SimPhone::apply(const call::DatagramSend &output)
{
    const auto socket = m_sockets.find(output.call);
    if (socket == m_sockets.end())
        return;
    m_parts.stage.show([&](Witness &witness) { witness.datagramSent(*this, output.call, output.bytes); });
    m_parts.datagrams.send(*this, output.call, socket->second, output.to, output.bytes);
}

void SimPhone::apply(const call::AudioStart &output)
{
    Sound sound;
    sound.round = ++m_rounds;
    m_sounds[output.call] = sound;
    hearMicrophone(output.call, sound.round);
}

void SimPhone::hearMicrophone(call::CallHandle handle, std::uint64_t round)
{
    m_parts.stage.after(kFrame, [this, handle, round] {
        const auto found = m_sounds.find(handle);
        if (found == m_sounds.end() || found->second.round != round)
            return;
        Sound &sound = found->second;
        sound.timestamp += kFrameSamples;
        Bytes body(kBodySize);
        if (sound.microphone && !sound.muted && !sound.held)
            body[1] = kSpeechMark;
        hearMicrophone(handle, round);
        feed(call::AudioEncoded{handle, sound.timestamp, body});
    });
}

bool SimPhone::speaks(ByteView body) const
{
    return body.size() > 1 && body[1] == kSpeechMark;
}

void SimPhone::apply(const call::MicrophoneOpen &output)
{
    const auto sound = m_sounds.find(output.call);
    if (sound == m_sounds.end())
        return m_parts.stage.violate("I4 the microphone follows the answer", "opened without a loudspeaker");
    sound->second.microphone = true;
}

void SimPhone::apply(const call::AudioStop &output)
{
    m_sounds.erase(output.call);
}

void SimPhone::apply(const call::AudioMute &output)
{
    if (const auto sound = m_sounds.find(output.call); sound != m_sounds.end())
        sound->second.muted = output.muted;
}

void SimPhone::apply(const call::AudioHold &output)
{
    const auto sound = m_sounds.find(output.call);
    if (sound == m_sounds.end())
        return m_parts.stage.violate("I4 one call has the microphone", "a call without sound is put on hold");
    sound->second.held = output.held;
}

void SimPhone::apply(const call::RegistrationChanged &output)
{
    m_registration = output.state;
}

void SimPhone::apply(const call::CallChanged &output)
{
    m_calls[output.info.handle] = output.info;
}

void SimPhone::apply(const call::CallFinished &output)
{
    m_calls.erase(output.call);
}

void SimPhone::apply(const call::ShowIncoming &output)
{
    if (!m_traits.showsRingAfter)
        return;
    m_parts.stage.after(*m_traits.showsRingAfter, [this, life = m_life, call = output.call] {
        if (life == m_life)
            feed(call::RingShown{call});
    });
}

void SimPhone::apply(const call::StoreAccount &output)
{
    m_account = output.account;
}

void SimPhone::apply(const call::StorePin &output)
{
    if (!output.pin) {
        m_pins.erase(output.peer);
        return;
    }
    m_pins.insert_or_assign(output.peer, *output.pin);
    if (output.pin->handOver == m_traits.handOver)
        return;
    m_parts.stage.after(0ms, [this, life = m_life, peer = output.peer] {
        if (life == m_life)
            feed(call::UserSetHandOver{peer, m_traits.handOver});
    });
}

void SimPhone::apply(const call::StoreJournal &output)
{
    m_journal = output.released;
}

void SimPhone::apply(const call::StoreEmergency &output)
{
    m_lastEmergency = output.lastUpUnix;
}

} // namespace ringlift::sim
