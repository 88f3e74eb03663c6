#pragma once

#include "core/protocol/fieldreader.h"
#include "core/protocol/fieldwriter.h"

/// Fields of the messages of protocol.md 3.5 and 3.6.
namespace ringlift::protocol {

template<typename T>
concept NamesOneCall =
    std::same_as<T, CallAccepted> || std::same_as<T, CallDecline> || std::same_as<T, CallTurnRequest>;

template<typename T>
concept EndsCallOrArrival = std::same_as<T, CallCancel> || std::same_as<T, CallExpired>;

template<typename Fields, typename T>
requires NamesOneCall<std::remove_const_t<T>>
void describe(Fields &fields, T &message)
{
    fields.required("call_id", message.callId);
}

template<typename Fields, typename T>
requires EndsCallOrArrival<std::remove_const_t<T>>
void describe(Fields &fields, T &message)
{
    fields.either("call_id", "arrive_id", message.id);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallOffer> &message)
{
    fields.required("call_id", message.callId);
    fields.required("msisdn", message.msisdn);
    fields.required("callee", message.callee);
    fields.required("commit", message.commit);
    fields.required("caps", message.caps);
    fields.defaulted("manual", message.manual);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallArrive> &message)
{
    fields.required("arrive_id", message.arriveId);
    fields.defaulted("sim", message.sim);
    fields.optional("msisdn", message.msisdn);
    fields.required("cli", message.cli);
    fields.required("verstat", message.verstat);
    fields.defaulted("manual", message.manual);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallWaiting> &message)
{
    fields.required("arrive_id", message.arriveId);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallRequest> &message)
{
    fields.required("call_id", message.callId);
    fields.required("caller", message.caller);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, TurnCredentials> &turn)
{
    fields.required("urls", turn.urls);
    fields.required("username", turn.username);
    fields.required("password", turn.password);
    fields.required("ttl", turn.ttl);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallMatched> &message)
{
    fields.required("call_id", message.callId);
    fields.optional("arrive_id", message.arriveId);
    fields.required("role", message.role);
    fields.required("peer_idcard", message.peerIdcard);
    fields.optional("caller", message.caller);
    fields.marker("cli", "none", message.cliNone);
    fields.optional("commit", message.commit);
    fields.optional("caps", message.caps);
    fields.object("turn", message.turn);
    const bool isComplete = message.arriveId && message.caller && message.commit && message.caps;
    fields.check(message.role == Role::Caller || isComplete);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallTurn> &message)
{
    fields.required("call_id", message.callId);
    fields.object("turn", message.turn);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallNoise1> &message)
{
    fields.required("call_id", message.callId);
    fields.required("m1", message.m1);
    fields.required("caps", message.caps);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallNoise2> &message)
{
    fields.required("call_id", message.callId);
    fields.required("m2", message.m2);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallSealed> &message)
{
    fields.required("call_id", message.callId);
    fields.required("n", message.n);
    fields.required("box", message.box);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, CallAbort> &message)
{
    fields.required("call_id", message.callId);
    fields.required("code", message.code);
}

} // namespace ringlift::protocol
