#include "core/crypto/identity.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    const auto card = IdentityCard::parse(bytes);
    fuzz::require(card || !nameOf(card.error()).empty());
    fuzz::require((size == std::tuple_size_v<IdCardBytes>) == (card || card.error() != CryptoError::Length));
    if (!card)
        return 0;
    fuzz::require(std::ranges::equal(card->bytes, bytes));
    const auto again = IdentityCard::parse(card->bytes);
    fuzz::require(again && *again == *card && again->idHash() == card->idHash());
    return 0;
}
