#pragma once

#include "core/call/phonemachine.h"
#include "core/ports/textmessages.h"

#include <QObject>

#include <set>

namespace ringlift::engine {

/// Finds the one-time code of a registration in the short messages that come while it waits for one.
class CodeReader : public QObject
{
    Q_OBJECT

public:
    /// The person may still type the code where others have sent wrong ones.
    static constexpr std::size_t kMaxCodes = 3;

    /// messages must outlive it.
    explicit CodeReader(ports::TextMessages &messages, QObject *parent = nullptr);

    void registrationChanged(call::RegistrationState state);

Q_SIGNALS:
    /// Now it can be verified. Each code is told once.
    void codeRead(const std::string &code);

private:
    void onMessage(const QString &text);
    void tell();

    ports::TextMessages &m_messages;
    call::RegistrationState m_state = call::RegistrationState::None;
    std::set<std::string> m_codes;
    std::optional<std::string> m_untold;
};

} // namespace ringlift::engine
