#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView bytes(data, size);
    require(fromHex(toHex(bytes)) == copyOf(bytes));
    require(fromBase64Url(toBase64Url(bytes)) == copyOf(bytes));

    const std::string_view text = textOf(bytes);
    if (const auto decoded = fromBase64Url(text))
        require(toBase64Url(*decoded) == text); // one text for each value
    if (const auto decoded = fromHex(text))
        require(decoded->size() * 2 == size && fromHex(toHex(*decoded)) == decoded);

    ByteReader reader(bytes);
    while (!reader.atEnd() && !reader.failed()) {
        const std::size_t before = reader.rest().size();
        const auto width = reader.u8();
        if (width)
            reader.take(*width);
        require(reader.failed() || reader.rest().size() < before);
    }
    return 0;
}
