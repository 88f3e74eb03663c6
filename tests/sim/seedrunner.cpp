#include "tests/sim/seedrunner.h"

#include "tests/sim/world.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace ringlift::sim {

namespace {

/// What the processes share.
struct Board
{
    std::atomic<std::uint64_t> ran{0};
    std::atomic<std::uint64_t> failures{0};
    std::atomic<std::uint64_t> crashes{0};
    std::atomic<std::uint64_t> calls{0};
    std::atomic<std::uint64_t> moved{0};
    std::atomic<std::uint64_t> virtualMilliseconds{0};
    /// The seed that each process works on.
    std::array<std::atomic<std::uint64_t>, 64> current{};
};

/// Memory that outlives a crash of the process that writes it.
class SharedBoard
{
public:
    SharedBoard()
    {
        void *const memory =
            mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        m_board = memory == MAP_FAILED ? new Board : new (memory) Board;
    }
    Board &operator*() const { return *m_board; }
    Board *operator->() const { return m_board; }

private:
    Board *m_board;
};

void note(Board &board, const SeedOutcome &outcome)
{
    board.ran += 1;
    board.calls += static_cast<std::uint64_t>(outcome.calls);
    board.moved += static_cast<std::uint64_t>(outcome.moved);
    board.virtualMilliseconds += static_cast<std::uint64_t>(outcome.seconds * 1000);
    if (!outcome.failed)
        return;
    board.failures += 1;
    std::fputs(outcome.story.c_str(), stdout);
    std::fflush(stdout);
}

void work(Board &board, SeedRange range, int job, int jobs, std::uint64_t mostFailures)
{
    for (std::uint64_t i = static_cast<std::uint64_t>(job); i < range.count; i += static_cast<std::uint64_t>(jobs)) {
        if (board.failures + board.crashes >= mostFailures)
            return;
        board.current.at(static_cast<std::size_t>(job)) = range.first + i;
        note(board, runSeed(range.first + i));
    }
}

void await(Board &board, pid_t child, int job)
{
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    board.crashes += 1;
    std::printf("seed %llu: the process ended with status %d\n",
        static_cast<unsigned long long>(board.current.at(static_cast<std::size_t>(job))), status);
}

double secondsNow()
{
    return std::chrono::duration<double>(monotonicNow().time_since_epoch()).count();
}

} // namespace

SeedOutcome runSeed(std::uint64_t seed)
{
    World world(drawPlan(seed));
    world.run();
    Stage &stage = world.stage();
    SeedOutcome outcome;
    outcome.seed = seed;
    outcome.hash = stage.story().hash();
    outcome.seconds = std::chrono::duration<double>(stage.now() - stage.start()).count();
    for (const auto &conversation : world.conversations()) {
        outcome.calls += 1;
        outcome.moved += conversation->hasMoved() ? 1 : 0;
    }
    if (const auto &violation = world.violation()) {
        outcome.failed = true;
        outcome.story = "seed " + std::to_string(seed) + ", at " + stage.story().moment(violation->at) + " s: "
            + std::string(violation->invariant) + ": " + violation->what + '\n' + stage.story().text() + "end of seed "
            + std::to_string(seed) + ": " + std::string(violation->invariant) + ": " + violation->what + "\n\n";
    }
    return outcome;
}

RangeOutcome runSeeds(SeedRange range, int jobs, std::uint64_t mostFailures)
{
    const SharedBoard board;
    const double start = secondsNow();
    const int processes = std::min(std::max(jobs, 1), static_cast<int>(board->current.size()));
    std::fflush(stdout);
    std::vector<pid_t> children;
    for (int job = 0; job < processes; ++job) {
        const pid_t child = fork();
        if (child == 0) {
            work(*board, range, job, processes, mostFailures);
            std::fflush(stdout);
            _exit(0);
        }
        children.push_back(child);
    }
    for (int job = 0; job < processes; ++job)
        await(*board, children[static_cast<std::size_t>(job)], job);
    return {board->ran,          board->failures, board->crashes,
            board->calls,        board->moved,    static_cast<double>(board->virtualMilliseconds) / 1000,
            secondsNow() - start};
}

} // namespace ringlift::sim
