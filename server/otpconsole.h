#pragma once

#include "server/otpsender.h"

namespace ringlift::server {

/// Prints codes to stdout, a line of JSON each: for trying out. Nothing else of the server ever shows a code.
class OtpConsole final : public OtpSender
{
public:
    Result<void> send(const SendCode &code) override;
    void forget(const SessionId &) override { }
};

} // namespace ringlift::server
