#include "server/secretsfile.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <sodium.h>

namespace ringlift::server {

namespace {

constexpr std::string_view kHeading = "ringliftd-secrets 1\n";
constexpr std::string_view kCheck = "check ";
constexpr std::string_view kOldTagKeyId = "old_tag_key_id";
constexpr std::string_view kOldTagKey = "old_tag_key";
constexpr std::string_view kOldTagKeyRotated = "old_tag_key_rotated";
constexpr std::string_view kNextServerSeed = "next_server_seed";
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

/// Takes lines "name value" off the front of a text. The first that is not as it should be stays the problem.
class Lines
{
public:
    explicit Lines(std::string_view text) : m_rest(text) { }

    bool atEnd() const { return m_rest.empty(); }
    /// The name of the next line; empty at the end.
    std::string_view next() const { return m_rest.substr(0, m_rest.find_first_of(" \n")); }

    std::string_view take(std::string_view name)
    {
        const auto end = m_rest.find('\n');
        if (end == std::string_view::npos || next() != name || m_rest.substr(name.size(), 1) != " ") {
            complain("the line " + std::string(name) + " is missing");
            return {};
        }
        const std::string_view value = m_rest.substr(name.size() + 1, end - name.size() - 1);
        m_rest.remove_prefix(end + 1);
        return value;
    }

    crypto::SecretKey takeKey(std::string_view name)
    {
        auto bytes = fromBase64Url(take(name));
        if (!bytes || bytes->size() != crypto::SecretKey::kSize) {
            complain(std::string(name) + " is not 32 bytes in base64url");
            return {};
        }
        crypto::SecretKey key{std::span<const std::uint8_t, crypto::SecretKey::kSize>(*bytes)};
        sodium_memzero(bytes->data(), bytes->size());
        return key;
    }

    template<typename Number> Number takeNumber(std::string_view name)
    {
        const std::string_view digits = take(name);
        Number number = 0;
        const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc() || rest != digits.data() + digits.size() || number < 0)
            complain(std::string(name) + " is not a whole number");
        return number;
    }

    void complain(std::string problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
    }
    const std::string &problem() const { return m_problem; }

private:
    std::string_view m_rest;
    std::string m_problem;
};

/// The lines between the heading and the check; nothing when a byte has changed.
std::optional<std::string_view> intactLines(std::string_view text)
{
    const auto check = text.rfind(kCheck);
    if (!text.starts_with(kHeading) || check == std::string_view::npos ||
        text.substr(check + kCheck.size()) != checkOf(text.substr(0, check)) + "\n")
        return std::nullopt;
    return text.substr(kHeading.size(), check - kHeading.size());
}

void takeOldTagKeys(Lines &lines, Secrets &secrets)
{
    while (lines.problem().empty() && lines.next() == kOldTagKeyId) {
        const auto id = lines.takeNumber<std::uint32_t>(kOldTagKeyId);
        crypto::SecretKey key = lines.takeKey(kOldTagKey);
        const auto day = lines.takeNumber<std::int32_t>(kOldTagKeyRotated);
        if (!secrets.oldTagKeys.empty() && secrets.oldTagKeys.back().rotatedDay > day)
            lines.complain("its old tag keys are not in the order in which they were rotated");
        secrets.oldTagKeys.push_back({id, std::move(key), day});
    }
    for (std::size_t i = 0; i < secrets.oldTagKeys.size(); ++i) {
        if (secrets.oldTagKeys[i].id + (secrets.oldTagKeys.size() - i) != secrets.tagKeyId)
            lines.complain("the ids of its tag keys do not follow each other");
    }
}

Result<Secrets> parseLines(std::string_view text)
{
    Lines lines(text);
    const auto keyId = lines.takeNumber<std::uint32_t>("tag_key_id");
    crypto::SecretKey tagKey = lines.takeKey("tag_key");
    crypto::SecretKey otpKey = lines.takeKey("otp_key");
    const crypto::SecretKey seed = lines.takeKey("server_seed");
    const std::string_view turn = lines.take("turn_secret");
    if (turn.size() < kLeastOfTurnSecret || turn.size() > kMostOfTurnSecret)
        lines.complain("turn_secret is not of 32 to 256 characters");
    Secrets secrets{std::move(tagKey), std::move(otpKey), crypto::SigningKey::fromSeed(seed.view()), std::string(turn),
                    keyId};
    takeOldTagKeys(lines, secrets);
    if (lines.next() == kNextServerSeed)
        secrets.nextServerKey = crypto::SigningKey::fromSeed(lines.takeKey(kNextServerSeed).view());
    if (secrets.nextServerKey && secrets.nextServerKey->publicKey() == secrets.serverKey.publicKey())
        lines.complain("its next server key is the current one");
    if (!lines.atEnd())
        lines.complain("it has a line too many, or in the wrong place");
    if (!lines.problem().empty())
        return failure(lines.problem());
    return secrets;
}

} // namespace

Result<Secrets> parseSecrets(std::string_view text)
{
    const auto lines = intactLines(text);
    if (!lines)
        return failure("is damaged; restore it from where you keep a copy");
    auto secrets = parseLines(*lines);
    if (!secrets)
        return failure("is of no use: " + secrets.error().message);
    return secrets;
}

std::string printSecrets(const Secrets &secrets)
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
    for (const OldTagKey &old : secrets.oldTagKeys) {
        add(kOldTagKeyId, std::to_string(old.id));
        add(kOldTagKey, toBase64Url(old.key.view()));
        add(kOldTagKeyRotated, std::to_string(old.rotatedDay));
    }
    if (secrets.nextServerKey)
        add(kNextServerSeed, toBase64Url(secrets.nextServerKey->seed().view()));
    return text + std::string(kCheck) + checkOf(text) + "\n";
}

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
    auto secrets = parseSecrets(text.text());
    if (!secrets)
        return failure("the secrets file " + path + " " + secrets.error().message);
    return std::optional(std::move(*secrets));
}

Result<void> writeSecrets(const std::string &path, const Secrets &secrets, IfExists ifExists)
{
    // A folder that the operator made may be open: the file is not.
    const std::string folder = std::filesystem::path(path).parent_path().string();
    std::error_code error;
    if (!std::filesystem::exists(folder, error)) {
        if (auto made = ensurePrivateFolder(folder); !made)
            return made;
    }
    const WipedText text(printSecrets(secrets));
    return writePrivateFile(path, text.text(), 0400, ifExists);
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
    if (const auto written = writeSecrets(path, made, IfExists::Fail); !written)
        return Unexpected(written.error());
    return made;
}

} // namespace ringlift::server
