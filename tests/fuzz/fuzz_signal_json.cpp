#include "core/protocol/codec.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::protocol;
using fuzz::require;

namespace {

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void survivesTheWayBack(const Message &message)
{
    const std::string text = encode(message);
    require(isAscii(text));
    // Escapes may make text longer than what it was read from.
    if (text.size() > kMaxMessageSize)
        return;
    const auto again = decode(text, UnknownKeys::Refuse);
    require(again.has_value() && *again == message);
    require(encode(*again) == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = textOf(ByteView(data, size));
    const auto beforeLogin = decode(text, UnknownKeys::Refuse);
    const auto afterLogin = decode(text, UnknownKeys::Ignore);
    require(!beforeLogin || (afterLogin && *afterLogin == *beforeLogin));
    if (afterLogin)
        survivesTheWayBack(*afterLogin);
    else
        require(!nameOf(afterLogin.error()).empty());
    return 0;
}
