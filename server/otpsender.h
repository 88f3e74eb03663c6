#pragma once

#include "core/base/result.h"
#include "server/servercore.h"

namespace ringlift::server {

/// Brings a one-time code to its number.
class OtpSender
{
public:
    virtual ~OtpSender() = default;

    /// The error holds neither the number nor the code.
    virtual Result<void> send(const SendCode &code) = 0;
    /// The code was used or has expired.
    virtual void forget(const SessionId &session) = 0;
};

} // namespace ringlift::server
