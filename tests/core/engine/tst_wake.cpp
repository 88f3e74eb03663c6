#include "core/engine/wake.h"

#include <QTest>

#include <poll.h>
#include <thread>

using namespace ringlift;

namespace {

bool isReadable(const engine::Wake &wake, int patienceMs = 0)
{
    pollfd descriptor{wake.fd(), POLLIN, 0};
    return ::poll(&descriptor, 1, patienceMs) == 1;
}

} // namespace

class TestWake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isQuietAtFirst()
    {
        const engine::Wake wake;
        QVERIFY(wake.fd() >= 0);
        QVERIFY(!isReadable(wake));
    }

    void staysReadableUntilCleared()
    {
        engine::Wake wake;
        wake.signal();
        wake.signal();
        QVERIFY(isReadable(wake));
        QVERIFY(isReadable(wake));
        wake.clear();
        QVERIFY(!isReadable(wake));
        wake.signal();
        QVERIFY(isReadable(wake));
    }

    void neverBlocksHoweverOftenItIsSignalled()
    {
        engine::Wake wake;
        for (int i = 0; i < 200'000; ++i)
            wake.signal();
        wake.clear();
        QVERIFY(!isReadable(wake));
    }

    void clearsWithoutASignal()
    {
        engine::Wake wake;
        wake.clear();
        QVERIFY(!isReadable(wake));
    }

    void rousesAnotherThread()
    {
        engine::Wake wake;
        std::thread other([&wake] { wake.signal(); });
        QVERIFY(isReadable(wake, 10'000));
        other.join();
    }
};

QTEST_APPLESS_MAIN(TestWake)
#include "tst_wake.moc"
