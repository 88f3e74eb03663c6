#include "core/base/random.h"
#include "server/pinworker.h"
#include "tests/platform/waiting.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace ringlift::tests;

namespace {

/// A worker and what it answered.
struct WorkerRig {
    WorkerRig()
    {
        QObject::connect(&worker, &PinWorker::checked, &worker,
                         [this](const PinChecked &one) { checked.push_back(one); });
        QObject::connect(&worker, &PinWorker::hashed, &worker, [this](const PinHashed &one) { hashed.push_back(one); });
    }
    std::string hashOf(const protocol::Key32 &proof)
    {
        worker.hash({1, proof});
        return waitUntil([this] { return !hashed.empty(); }) ? hashed.back().hash : std::string();
    }

    std::vector<PinChecked> checked;
    std::vector<PinHashed> hashed;
    PinWorker worker;
};

} // namespace

class TestPinWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheProofThatItHashed();
    void answersInOrder();
    void refusesAHashThatIsNone_data();
    void refusesAHashThatIsNone();
    void endsWithWorkLeft();
};

void TestPinWorker::knowsTheProofThatItHashed()
{
    WorkerRig rig;
    const auto proof = SeededRandom(1).array<32>();
    const std::string hash = rig.hashOf(proof);
    QVERIFY(hash.starts_with("$argon2id$"));
    rig.worker.check({2, hash, proof});
    rig.worker.check({3, hash, SeededRandom(2).array<32>()});
    QVERIFY(waitUntil([&] { return rig.checked.size() == 2; }));
    QVERIFY(rig.checked[0].correct);
    QVERIFY(!rig.checked[1].correct);
}

void TestPinWorker::answersInOrder()
{
    WorkerRig rig;
    for (std::uint64_t ticket = 10; ticket < 16; ++ticket)
        rig.worker.check({ticket, "no hash", {}});
    QVERIFY(waitUntil([&] { return rig.checked.size() == 6; }));
    for (std::size_t i = 0; i < 6; ++i)
        QCOMPARE(rig.checked[i].ticket, 10 + i);
}

void TestPinWorker::refusesAHashThatIsNone_data()
{
    QTest::addColumn<std::string>("hash");
    QTest::newRow("empty") << std::string();
    QTest::newRow("nonsense") << std::string("$argon2id$v=19$m=65536,t=2,p=1$");
    QTest::newRow("as long as may be") << std::string(127, '$');
    QTest::newRow("too long") << std::string(100'000, '$');
}

void TestPinWorker::refusesAHashThatIsNone()
{
    QFETCH(const std::string, hash);
    WorkerRig rig;
    rig.worker.check({1, hash, {}});
    QVERIFY(waitUntil([&] { return rig.checked.size() == 1; }));
    QVERIFY(!rig.checked[0].correct);
}

void TestPinWorker::endsWithWorkLeft()
{
    WorkerRig rig;
    for (std::uint64_t ticket = 0; ticket < 50; ++ticket)
        rig.worker.hash({ticket, {}});
    QVERIFY(rig.hashed.size() < 50);
}

QTEST_GUILESS_MAIN(TestPinWorker)
#include "tst_pinworker.moc"
