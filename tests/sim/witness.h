#pragma once

#include "core/call/phonemachine.h"
#include "platform/plmn/switch.h"
#include "server/connectionid.h"

namespace ringlift::sim {

class SimPhone;

/// A datagram of ours that reached a phone unchanged and for the first time.
struct Delivery
{
    const SimPhone &from;
    call::CallHandle fromCall{};
    const SimPhone &to;
    call::CallHandle toCall{};
    ByteView bytes;
};

/// Sees everything that happens in a world, and changes nothing.
class Witness
{
public:
    virtual ~Witness() = default;

    /// Before the machine handles it.
    virtual void phoneInput(const SimPhone &, const call::PhoneInput &) { }
    /// After the machine said it, before it takes effect.
    virtual void phoneOutput(const SimPhone &, const call::PhoneOutput &) { }
    /// The phone's owner wants no more of a call with that number, whatever the app makes of it.
    virtual void personEnds(const SimPhone &, const std::string & /*peer*/) { }
    virtual void phoneKilled(const SimPhone &) { }
    /// After it was killed: nothing of what it stored is left.
    virtual void phoneWiped(const SimPhone &) { }
    virtual void phoneStarted(const SimPhone &) { }
    /// A message that a phone sends to the server, and one that reaches it.
    virtual void phoneSays(const SimPhone &, const protocol::Message &) { }
    virtual void phoneHears(const SimPhone &, const protocol::Message &) { }
    /// What enters and leaves the server's core.
    virtual void serverHears(server::ConnectionId, const protocol::Message &) { }
    virtual void serverSays(server::ConnectionId, const protocol::Message &) { }
    virtual void serverLoses(server::ConnectionId) { }
    virtual void serverRestarted() { }
    /// In the exchange; phones learn of it a little later.
    virtual void legChanged(const plmn::Leg &) { }
    virtual void datagramSent(const SimPhone &, call::CallHandle, ByteView) { }
    virtual void datagramDelivered(const Delivery &) { }
    /// After every event.
    virtual void settled() { }
    /// The world has come to rest after everybody hung up.
    virtual void ended() { }
};

} // namespace ringlift::sim
