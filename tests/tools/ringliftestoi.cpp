#include "core/media/wavfile.h"
#include "tests/tools/estoi.h"

#include <cstdio>
#include <cstdlib>

/// ringlift-estoi REF.wav DEG.wav: one JSON line; status 0 when the two could be compared, 1 when not, 2 for wrong use.
int main(int argc, char **argv)
{
    using namespace ringlift;
    if (argc != 3) {
        std::fputs("usage: ringlift-estoi REF.wav DEG.wav\n", stderr);
        return 2;
    }
    std::vector<std::int16_t> sounds[2];
    for (int i = 0; i < 2; ++i) {
        auto sound = media::readWav(argv[i + 1]);
        if (!sound) {
            std::fprintf(stderr, "%s: %s\n", argv[i + 1], sound.error().message.c_str());
            return EXIT_FAILURE;
        }
        sounds[i] = std::move(*sound);
    }
    const auto result = estoi::compare(sounds[0], sounds[1]);
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        return EXIT_FAILURE;
    }
    std::printf("{\"estoi\":%.4f,\"delay_ms\":%.1f,\"speech_s\":%.2f}\n", result->estoi, result->delayMs, result->speechSeconds);
    return EXIT_SUCCESS;
}
