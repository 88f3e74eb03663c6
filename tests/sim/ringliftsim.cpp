// Runs the simulation over seeds: see --help.

#include "tests/sim/pastseeds.h"
#include "tests/sim/scenarios/scenariotest.h"
#include "tests/sim/seedrunner.h"

#include <QTest>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

using namespace ringlift::sim;

constexpr const char *kHelp =
    "Usage: ringlift-sim [OPTION]...\n"
    "Runs a simulated phone network, server and phones, and checks the invariants after every event.\n"
    "  --seeds FROM:COUNT  seeds to run (default 1:1000)\n"
    "  --past              the seeds that once failed\n"
    "  --jobs N            processes (default 2)\n"
    "  --failures N        stop after that many failing seeds (default 10)\n"
    "  --trace SEED        print the hash of a seed's trace\n"
    "  --story SEED        print the last events of a seed\n"
    "  --scenarios [...]   the directed scenarios; what follows goes to Qt Test\n"
    "  --json              end with one line of JSON\n"
    "Exit status: 0 when all held, 1 when the run broke off, as by a crash, 2 for wrong usage,\n"
    "3 when an invariant was violated or a scenario failed.\n";

constexpr int kBroken = 1;
constexpr int kUsage = 2;
constexpr int kViolated = 3;

struct Options
{
    SeedRange range{1, 1000};
    int jobs = 2;
    std::uint64_t failures = 10;
    bool json = false;
    bool past = false;
};

std::uint64_t number(const char *text)
{
    return text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
}

int trace(std::uint64_t seed)
{
    const SeedOutcome outcome = runSeed(seed);
    std::printf("%016llx\n", static_cast<unsigned long long>(outcome.hash));
    return outcome.failed ? kViolated : 0;
}

int runAll(const Options &options)
{
    RangeOutcome outcome;
    if (options.past) {
        for (const std::uint64_t seed : kPastSeeds) {
            const RangeOutcome one = runSeeds({seed, 1}, 1, 1);
            outcome.failures += one.failures;
            outcome.crashes += one.crashes;
        }
        outcome.ran = kPastSeeds.size();
    } else {
        outcome = runSeeds(options.range, options.jobs, options.failures);
    }
    std::printf("%llu seeds, %llu calls, %llu moved, %.0f virtual seconds in %.1f s, %llu failures, %llu crashes\n",
                static_cast<unsigned long long>(outcome.ran), static_cast<unsigned long long>(outcome.calls),
                static_cast<unsigned long long>(outcome.moved), outcome.virtualSeconds, outcome.realSeconds,
                static_cast<unsigned long long>(outcome.failures), static_cast<unsigned long long>(outcome.crashes));
    if (options.json)
        std::printf("{\"seeds\":%llu,\"calls\":%llu,\"moved\":%llu,\"virtual_s\":%.1f,\"real_s\":%.2f,\"failures\":%"
                    "llu,\"crashes\":%llu}\n",
                    static_cast<unsigned long long>(outcome.ran), static_cast<unsigned long long>(outcome.calls),
                    static_cast<unsigned long long>(outcome.moved), outcome.virtualSeconds, outcome.realSeconds,
                    static_cast<unsigned long long>(outcome.failures),
                    static_cast<unsigned long long>(outcome.crashes));
    if (outcome.crashes != 0)
        return kBroken;
    return outcome.failures == 0 ? 0 : kViolated;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const auto is = [&](const char *name) { return std::strcmp(argv[i], name) == 0; };
        const char *const value = i + 1 < argc ? argv[i + 1] : nullptr;
        if (is("--scenarios")) {
            argv[i] = argv[0];
            ScenarioTest test;
            return QTest::qExec(&test, argc - i, argv + i) == 0 ? 0 : kViolated;
        }
        if (is("--json")) {
            options.json = true;
        } else if (is("--past")) {
            options.past = true;
        } else if (is("--trace") && value != nullptr) {
            return trace(number(value));
        } else if (is("--story") && value != nullptr) {
            return std::puts(runSeed(number(value)).story.c_str()) < 0 ? kBroken : 0;
        } else if (is("--seeds") && value != nullptr) {
            const char *const colon = std::strchr(value, ':');
            options.range = {number(value), colon != nullptr ? number(colon + 1) : 1};
            ++i;
        } else if (is("--jobs") && value != nullptr) {
            options.jobs = static_cast<int>(number(value));
            ++i;
        } else if (is("--failures") && value != nullptr) {
            options.failures = number(value);
            ++i;
        } else {
            std::fputs(kHelp, is("--help") ? stdout : stderr);
            return is("--help") ? 0 : kUsage;
        }
    }
    return runAll(options);
}
