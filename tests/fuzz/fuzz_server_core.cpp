#include "tests/fuzz/serverstage.h"

using namespace ringlift::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Script script({data, size});
    ServerStage(ServerStage::Repertoire::Everything).play(script);
    return 0;
}
