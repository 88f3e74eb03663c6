#pragma once

#include "core/protocol/fieldreader.h"
#include "core/protocol/fieldwriter.h"

/// Fields of the messages of protocol.md 3.4, and of errors (3.5, 3.10).
namespace ringlift::protocol {

template<typename Fields> void describe(Fields &fields, Described<Fields, Challenge> &message)
{
    fields.required("v", message.version);
    fields.required("server_nonce", message.serverNonce);
    fields.required("server_pk", message.serverPk);
    fields.required("server_sig", message.serverSig);
    fields.required("retag", message.retag);
    fields.optional("next_pk", message.nextPk);
    fields.optional("next_sig", message.nextSig);
    fields.check(message.nextPk.has_value() == message.nextSig.has_value());
}

template<typename Fields> void describe(Fields &fields, Described<Fields, Auth> &message)
{
    fields.required("account_id", message.accountId);
    fields.required("client_nonce", message.clientNonce);
    fields.required("sig", message.sig);
    fields.optional("msisdn", message.msisdn);
    fields.simProof("imsi", "sim_handle", message.sim);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, Welcome> &message)
{
    fields.required("reverify", message.reverify);
    fields.required("quarantine", message.quarantine);
    fields.required("time", message.time);
    fields.optional("echo_msisdn", message.echoMsisdn);
    fields.optional("echo_idcard", message.echoIdcard);
    fields.check(message.echoMsisdn.has_value() == message.echoIdcard.has_value());
}

template<typename Fields> void describe(Fields &fields, Described<Fields, ErrorMessage> &message)
{
    fields.required("code", message.code);
    fields.required("re", message.re);
    fields.optional("call_id", message.callId);
    fields.optional("arrive_id", message.arriveId);
    fields.optional("retry_after_s", message.retryAfter);
    fields.optional("left", message.left);
    fields.optional("remaining_s", message.remaining);
}

} // namespace ringlift::protocol
