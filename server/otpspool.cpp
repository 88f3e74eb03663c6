#include "server/otpspool.h"

#include "server/privatefile.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <filesystem>

namespace ringlift::server {

namespace {

constexpr std::string_view kEnding = ".json";

/// Made by us: the hex of a session id, also when its writing was cut short.
bool isOurs(const std::string &name)
{
    constexpr std::size_t kDigits = 2 * SessionId::kSize;
    return name.size() >= kDigits + kEnding.size() && fromHex(name.substr(0, kDigits)) &&
           name.substr(kDigits).starts_with(kEnding);
}

} // namespace

Result<std::unique_ptr<OtpSpool>> OtpSpool::open(const std::string &folder)
{
    if (const auto made = ensurePrivateFolder(folder); !made)
        return Unexpected(made.error());
    std::unique_ptr<OtpSpool> spool(new OtpSpool(folder));
    spool->clear();
    return spool;
}

OtpSpool::~OtpSpool()
{
    clear();
}

void OtpSpool::clear() const
{
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator(m_folder, error)) {
        if (isOurs(entry.path().filename().string()))
            std::filesystem::remove(entry.path(), error);
    }
}

std::string OtpSpool::fileOf(const SessionId &session) const
{
    return m_folder + "/" + toHex(session.bytes) + std::string(kEnding);
}

Result<void> OtpSpool::send(const SendCode &code)
{
    const QJsonObject content{{QStringLiteral("to"), QString::fromStdString(code.to.e164())},
                              {QStringLiteral("code"), QString::fromStdString(code.code)}};
    const QByteArray json = QJsonDocument(content).toJson(QJsonDocument::Compact) + '\n';
    return writePrivateFile(fileOf(code.session), json.toStdString(), 0600, IfExists::Replace);
}

void OtpSpool::forget(const SessionId &session)
{
    std::error_code error;
    std::filesystem::remove(fileOf(session), error);
}

} // namespace ringlift::server
