#include "server/secretsfile.h"

#include "server/privatefile.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <sodium.h>

namespace ringlift::server {

namespace {

constexpr std::string_view kHeading = "ringliftd-secrets 1\n";
constexpr std::string_view kCheck = "check ";
constexpr std::size_t kLeastOfTurnSecret = 32;
constexpr std::size_t kMostOfTurnSecret = 256;

/// Text that is overwritten when it goes.
class WipedText
{
public:
    explicit WipedText(std::string text) : m_text(std::move(text)) { }
    WipedText(const WipedText &) = delete;
    WipedText &operator=(const WipedText &) = delete;
    ~WipedText() { sodium_memzero(m_text.data(), m_text.size()); }
    const std::string &text() const { return m_text; }

private:
    std::string m_text;
};

std::string checkOf(std::string_view text)
{
    ByteArray<crypto_hash_sha256_BYTES> digest{};
    const ByteView bytes = viewOf(text);
    crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
    return toHex(digest);
}

/// Takes lines "name value" off the front of a text.
class Lines
{
public:
    explicit Lines(std::string_view text) : m_rest(text) { }

    std::optional<std::string_view> take(std::string_view name)
    {
        const auto end = m_rest.find('\n');
        if (end == std::string_view::npos || !m_rest.starts_with(name) || m_rest.substr(name.size(), 1) != " ")
            return std::nullopt;
        const std::string_view value = m_rest.substr(name.size() + 1, end - name.size() - 1);
        m_rest.remove_prefix(end + 1);
        return value;
    }

    std::optional<crypto::SecretKey> takeKey(std::string_view name)
    {
        auto bytes = fromBase64Url(take(name).value_or(""));
        if (!bytes || bytes->size() != crypto::SecretKey::kSize)
            return std::nullopt;
        crypto::SecretKey key{std::span<const std::uint8_t, crypto::SecretKey::kSize>(*bytes)};
        sodium_memzero(bytes->data(), bytes->size());
        return key;
    }

    std::optional<std::uint32_t> takeNumber(std::string_view name)
    {
        const std::string_view digits = take(name).value_or("");
        std::uint32_t number = 0;
        const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc() || rest != digits.data() + digits.size())
            return std::nullopt;
        return number;
    }

    bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

std::optional<Secrets> parse(std::string_view text)
{
    const auto check = text.rfind(kCheck);
    if (!text.starts_with(kHeading) || check == std::string_view::npos ||
        text.substr(check + kCheck.size()) != checkOf(text.substr(0, check)) + "\n")
        return std::nullopt;
    Lines lines(text.substr(kHeading.size(), check - kHeading.size()));
    const auto keyId = lines.takeNumber("tag_key_id");
    auto tagKey = lines.takeKey("tag_key");
    auto otpKey = lines.takeKey("otp_key");
    const auto seed = lines.takeKey("server_seed");
    const auto turn = lines.take("turn_secret");
    if (!keyId || !tagKey || !otpKey || !seed || !turn || !lines.atEnd() || turn->size() < kLeastOfTurnSecret ||
        turn->size() > kMostOfTurnSecret)
        return std::nullopt;
    return Secrets{std::move(*tagKey), std::move(*otpKey), crypto::SigningKey::fromSeed(seed->view()),
                   std::string(*turn), *keyId};
}

std::string textOf(const Secrets &secrets)
{
    std::string text(kHeading);
    const auto add = [&](std::string_view name, const std::string &value) {
        text.append(name).append(" ").append(value).append("\n");
    };
    add("tag_key_id", std::to_string(secrets.tagKeyId));
    add("tag_key", toBase64Url(secrets.tagKey.view()));
    add("otp_key", toBase64Url(secrets.otpKey.view()));
    add("server_seed", toBase64Url(secrets.serverKey.seed().view()));
    add("turn_secret", secrets.turnSecret);
    return text + std::string(kCheck) + checkOf(text) + "\n";
}

} // namespace

Result<std::optional<Secrets>> readSecrets(const std::string &path, SecretsOwner owner)
{
    PrivateFileRule rule;
    // systemd grants access by an ACL, whose mask shows as permissions of the group.
    rule.forbidden = owner == SecretsOwner::Systemd ? 0337U : 0377U;
    rule.orRoot = owner == SecretsOwner::Systemd;
    auto content = readPrivateFile(path, rule);
    if (!content)
        return Unexpected(content.error());
    if (!content->has_value())
        return std::optional<Secrets>();
    const WipedText text(std::move(**content));
    auto secrets = parse(text.text());
    if (!secrets)
        return failure("the secrets file " + path + " is damaged; restore it from where you keep a copy");
    return secrets;
}

Result<void> writeSecrets(const std::string &path, const Secrets &secrets)
{
    // A folder that the operator made may be open: the file is not.
    const std::string folder = std::filesystem::path(path).parent_path().string();
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) {
        if (auto made = ensurePrivateFolder(folder); !made)
            return made;
    }
    const WipedText text(textOf(secrets));
    return writePrivateFile(path, text.text(), 0400, IfExists::Fail);
}

Result<Secrets> openSecrets(const std::string &path, SecretsOwner owner, bool registryIsEmpty, RandomSource &random)
{
    auto found = readSecrets(path, owner);
    if (!found)
        return Unexpected(found.error());
    if (found->has_value())
        return std::move(**found);
    if (!registryIsEmpty)
        return failure("the secrets file " + path +
                       " is missing, and the database has accounts that are worthless without it; restore it");
    Secrets made = Secrets::generate(random);
    if (const auto written = writeSecrets(path, made); !written)
        return Unexpected(written.error());
    return made;
}

} // namespace ringlift::server
