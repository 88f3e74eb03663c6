#pragma once

#include "core/ports/secretstore.h"
#include "tests/platform/waiting.h"

namespace ringlift::tests {

struct SecretAnswer
{
    std::optional<Bytes> secret;
    std::optional<ports::SecretFailure> failure;
};

inline constexpr auto kSecretLimit = std::chrono::seconds(15);

/// Reads and waits for the answer.
inline SecretAnswer readSecret(ports::SecretStore &store, const QString &key)
{
    std::optional<SecretAnswer> answer;
    store.read(key, [&](std::optional<Bytes> secret, std::optional<ports::SecretFailure> failure) {
        answer = SecretAnswer{std::move(secret), failure};
    });
    waitUntil([&] { return answer.has_value(); }, kSecretLimit);
    return answer.value_or(SecretAnswer{});
}

inline std::optional<ports::SecretFailure> writeSecret(ports::SecretStore &store, const QString &key, const Bytes &secret)
{
    bool answered = false;
    std::optional<ports::SecretFailure> result = ports::SecretFailure::TimedOut;
    store.write(key, secret, [&](std::optional<ports::SecretFailure> failure) {
        result = failure;
        answered = true;
    });
    waitUntil([&] { return answered; }, kSecretLimit);
    return result;
}

inline std::optional<ports::SecretFailure> removeSecret(ports::SecretStore &store, const QString &key)
{
    bool answered = false;
    std::optional<ports::SecretFailure> result = ports::SecretFailure::TimedOut;
    store.remove(key, [&](std::optional<ports::SecretFailure> failure) {
        result = failure;
        answered = true;
    });
    waitUntil([&] { return answered; }, kSecretLimit);
    return result;
}

} // namespace ringlift::tests
