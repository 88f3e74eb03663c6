#include "server/configfile.h"
#include "server/configkeys.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::server;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string defaults = printConfig({});
    Options options;
    const auto read = readConfig(options, textOf(ByteView(data, size)));
    if (!read) {
        require(!read.error().message.empty() && printConfig(options) == defaults);
        return 0;
    }
    // What is printed reads back as the same.
    const std::string printed = printConfig(options);
    Options again;
    require(readConfig(again, printed).has_value() && printConfig(again) == printed);
    return 0;
}
