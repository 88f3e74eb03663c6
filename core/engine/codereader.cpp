#include "core/engine/codereader.h"

#include "core/call/codemessage.h"

namespace ringlift::engine {

using enum call::RegistrationState;

CodeReader::CodeReader(ports::TextMessages &messages, QObject *parent) : QObject(parent), m_messages(messages)
{
    connect(&messages, &ports::TextMessages::received, this, &CodeReader::onMessage);
}

void CodeReader::registrationChanged(call::RegistrationState state)
{
    if (state == Connecting) {
        m_codes.clear();
        m_untold.reset();
    }
    m_state = state;
    m_messages.read(state == Connecting || state == CodeSent || state == Verifying);
    tell();
}

void CodeReader::onMessage(const QString &text)
{
    const auto code = call::codeInMessage(text.toStdString());
    if (!code || m_codes.size() >= kMaxCodes || !m_codes.insert(*code).second)
        return;
    m_untold = code;
    tell();
}

// The message may be faster than the server's answer.
void CodeReader::tell()
{
    if (m_state != CodeSent || !m_untold)
        return;
    const auto tellNow = [this, code = *std::exchange(m_untold, std::nullopt)] { Q_EMIT codeRead(code); };
    QMetaObject::invokeMethod(this, tellNow, Qt::QueuedConnection);
}

} // namespace ringlift::engine
