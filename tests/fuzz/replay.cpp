#include "tests/fuzz/fuzzing.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

/// Feeds every file of the given corpus folders to the target, without libFuzzer: the corpus as an ordinary test.
int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto &entry : std::filesystem::directory_iterator(argv[i])) {
            std::string input(entry.file_size(), '\0');
            std::ifstream file(entry.path(), std::ios::binary);
            if (!file.read(input.data(), static_cast<std::streamsize>(input.size())))
                return 1;
            LLVMFuzzerTestOneInput(ringlift::viewOf(input).data(), input.size());
            ++files;
        }
    }
    LLVMFuzzerTestOneInput(nullptr, 0);
    std::printf("%d inputs\n", files);
    return files == 0 ? 1 : 0;
}
