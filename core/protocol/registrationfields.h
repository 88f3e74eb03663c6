#pragma once

#include "core/protocol/fieldreader.h"
#include "core/protocol/fieldwriter.h"

/// Fields of the messages of protocol.md 3.3.
namespace ringlift::protocol {

template<typename Fields> void describe(Fields &fields, Described<Fields, RegisterBegin> &message)
{
    fields.required("msisdn", message.msisdn);
    fields.simProof("imsi", "sim_handle", message.sim);
    fields.required("idcard", message.idcard);
    fields.required("platform", message.platform);
    fields.defaulted("kind", message.kind);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, RegisterSent> &message)
{
    fields.required("session_id", message.sessionId);
    fields.required("expires_in", message.expiresIn);
    fields.required("resend_after", message.resendAfter);
    fields.required("code_len", message.codeLength);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, RegisterVerify> &message)
{
    fields.required("session_id", message.sessionId);
    fields.required("code", message.code);
    fields.required("sig", message.sig);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, RegisterDone> &message)
{
    fields.required("account_id", message.accountId);
    fields.required("server_pk", message.serverPk);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, RegisterUnlock> &message)
{
    fields.required("session_id", message.sessionId);
    fields.required("pin_proof", message.pinProof);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, ReglockSet> &message)
{
    fields.nullable("pin_proof", message.pinProof);
    fields.required("sig", message.sig);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, AccountDelete> &message)
{
    fields.required("sig", message.sig);
}

template<typename Fields> void describe(Fields &fields, Described<Fields, AccountDone> &message)
{
    fields.required("re", message.re);
}

} // namespace ringlift::protocol
