#include "tests/core/crypto/cryptorig.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ringlift;
using namespace ringlift::crypto;

namespace {

bool isZero(std::span<const std::uint8_t> bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

/// Whether the action ends the process that runs it with SIGABRT.
template<typename Action> bool aborts(Action action)
{
    const pid_t child = fork();
    if (child == 0) {
        const rlimit noCore{};
        setrlimit(RLIMIT_CORE, &noCore);
        std::signal(SIGABRT, SIG_DFL);
        action();
        _exit(0);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

} // namespace

class TestSecretKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAsZeros() { QVERIFY(isZero(SecretKey().view())); }

    void keepsTheBytesItWasGiven()
    {
        Key32 bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes.at(i) = static_cast<std::uint8_t>(i);
        QVERIFY(std::ranges::equal(SecretKey(bytes).view(), bytes));
    }

    void clonesIntoItsOwnMemory()
    {
        SecretKey key = filledKey(7);
        const SecretKey copy = key.clone();
        QVERIFY(copy.view().data() != key.view().data());
        key.wipe();
        QVERIFY(isEqual(copy, filledKey(7)));
    }

    void movesWithoutCopying()
    {
        SecretKey key = filledKey(7);
        const std::uint8_t *const place = key.view().data();
        SecretKey moved(std::move(key));
        QVERIFY(moved.view().data() == place);
        SecretKey assigned;
        assigned = std::move(moved);
        QVERIFY(assigned.view().data() == place);
        QVERIFY(isEqual(assigned, filledKey(7)));
    }

    void wipesAtOnce()
    {
        SecretKey key = filledKey(7);
        key.wipe();
        QVERIFY(isZero(key.view()));
    }

    void wipesItsMemoryWhenItEnds()
    {
        const std::uint8_t *place = nullptr;
        {
            const SecretKey key = filledKey(7);
            place = key.view().data();
        }
        QVERIFY(isZero(std::span(place, SecretKey::kSize))); // the arena's memory stays mapped
    }

    void wipesWhatItHeldWhenAnotherIsMovedIn()
    {
        SecretKey key = filledKey(7);
        const std::uint8_t *const place = key.view().data();
        key = filledKey(8);
        QVERIFY(isZero(std::span(place, SecretKey::kSize)));
    }

    void wipesNothingOnceMoved()
    {
        SecretKey key = filledKey(7);
        const SecretKey moved(std::move(key));
        key.wipe(); // NOLINT(bugprone-use-after-move)
        QVERIFY(isEqual(moved, filledKey(7)));
    }

    void endsTheProcessWhenUsedAfterAMove()
    {
        QVERIFY(!aborts([] { static_cast<void>(SecretKey().view()); }));
        const auto afterMove = [](auto use) {
            return [use] {
                SecretKey key;
                const SecretKey moved(std::move(key));
                use(key); // NOLINT(bugprone-use-after-move)
            };
        };
        QVERIFY(aborts(afterMove([](SecretKey &key) { static_cast<void>(key.view()); })));
        QVERIFY(aborts(afterMove([](SecretKey &key) { static_cast<void>(key.writable()); })));
        QVERIFY(aborts(afterMove([](SecretKey &key) { static_cast<void>(key.clone()); })));
    }
};

QTEST_APPLESS_MAIN(TestSecretKey)
#include "tst_secretkey.moc"
