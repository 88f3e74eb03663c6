#include "server/secretsfile.h"
#include "tests/fuzz/fuzzing.h"

#include <algorithm>
#include <sodium.h>

using namespace ringlift;
using namespace ringlift::server;
using fuzz::require;

namespace {

/// A file of these lines whose check is right; no fuzzer would find one.
std::string sealed(std::string_view lines)
{
    const std::string text = "ringliftd-secrets 1\n" + std::string(lines);
    ByteArray<crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), viewOf(text).data(), text.size());
    return text + "check " + toHex(digest) + "\n";
}

} // namespace

/// The first byte says whether a whole file follows, or its lines only.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Script script(ByteView(data, size));
    const bool isWhole = script.u8() % 2 == 0;
    const std::string_view rest = textOf(script.rest());
    const std::string text = isWhole ? std::string(rest) : sealed(rest);
    const auto secrets = parseSecrets(text);
    if (!secrets) {
        require(!secrets.error().message.empty());
        return 0;
    }
    // Nothing in it was passed over, and what is printed reads back as the same.
    const std::string printed = printSecrets(*secrets);
    require(std::ranges::count(printed, '\n') == std::ranges::count(text, '\n'));
    const auto again = parseSecrets(printed);
    require(again.has_value() && printSecrets(*again) == printed);
    return 0;
}
