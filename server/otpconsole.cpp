#include "server/otpconsole.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace ringlift::server {

Result<void> OtpConsole::send(const SendCode &code)
{
    const QJsonObject line{{QStringLiteral("event"), QStringLiteral("code")},
                           {QStringLiteral("to"), QString::fromStdString(code.to.e164())},
                           {QStringLiteral("code"), QString::fromStdString(code.code)}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    if (std::fflush(stdout) != 0)
        return failure("stdout is closed");
    return {};
}

} // namespace ringlift::server
