#pragma once

#include "server/otpsender.h"

#include <memory>
#include <string>

namespace ringlift::server {

/// Puts each code into a file {"to", "code"} of its own, named by the session, from where another program sends it on.
class OtpSpool final : public OtpSender
{
public:
    /// Makes the folder if need be, and removes what an earlier run left there.
    static Result<std::unique_ptr<OtpSpool>> open(const std::string &folder);
    /// Removes all codes.
    ~OtpSpool() override;

    Result<void> send(const SendCode &code) override;
    void forget(const SessionId &session) override;

private:
    explicit OtpSpool(std::string folder) : m_folder(std::move(folder)) { }
    std::string fileOf(const SessionId &session) const;
    void clear() const;

    std::string m_folder;
};

} // namespace ringlift::server
