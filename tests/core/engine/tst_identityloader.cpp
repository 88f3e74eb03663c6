#include "core/engine/identityloader.h"
#include "tests/core/engine/ports.h"
#include "tests/platform/waiting.h"

#include <QTest>

using namespace ringlift;
using engine::IdentityFault;
using engine::IdentityLoader;
using engine::RecordStore;
using ports::SecretFailure;

namespace {

const QString kName = QStringLiteral("device-seed-v1:localhost");
constexpr std::uint64_t kNow = 1'764'000'000;

using Loaded = Expected<crypto::DeviceIdentity, IdentityFault>;

class Rig
{
public:
    std::unique_ptr<Loaded> load(std::uint64_t now = kNow)
    {
        IdentityLoader loader(secrets, records, random, kName);
        std::unique_ptr<Loaded> loaded;
        loader.load(now, [&](Loaded result) { loaded = std::make_unique<Loaded>(std::move(result)); });
        tests::waitUntil([&] { return loaded != nullptr; });
        return loaded;
    }

    tests::TestStore store;
    RecordStore records{store};
    tests::TestSecrets secrets;
    SeededRandom random{1};
};

} // namespace

class TestIdentityLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAnIdentityOnceAndFindsItAgain()
    {
        Rig rig;
        const auto made = rig.load();
        QVERIFY(made->has_value());
        QCOMPARE(rig.secrets.secrets.at(kName).size(), std::size_t{32});
        const auto again = rig.load(kNow + 1000);
        QVERIFY(again->has_value());
        QCOMPARE((*again)->card(), (*made)->card());
    }

    void keepsTheSeedOutOfTheRecords()
    {
        Rig rig;
        rig.load();
        QCOMPARE(rig.store.keys("identities"), std::vector<std::string>{kName.toStdString()});
        QCOMPARE(rig.store.value("identities", kName.toStdString())->size(), std::size_t{8});
    }

    void neverReplacesAnIdentityThatIsOnlyOutOfSight()
    {
        Rig rig;
        rig.load();
        const auto seed = rig.secrets.secrets;
        rig.secrets.secrets.clear();
        const auto lost = rig.load();
        QVERIFY(!lost->has_value());
        QCOMPARE(lost->error(), IdentityFault::Locked);
        QVERIFY(rig.secrets.secrets.empty());
        rig.secrets.secrets = seed;
        QVERIFY(rig.load()->has_value());
    }

    void saysWhyThereIsNoIdentity_data()
    {
        QTest::addColumn<SecretFailure>("failure");
        QTest::addColumn<IdentityFault>("fault");
        QTest::newRow("locked") << SecretFailure::Locked << IdentityFault::Locked;
        QTest::newRow("denied") << SecretFailure::Denied << IdentityFault::Locked;
        QTest::newRow("slow") << SecretFailure::TimedOut << IdentityFault::Locked;
        QTest::newRow("no keyring") << SecretFailure::NoBackend << IdentityFault::NoStore;
        QTest::newRow("broken") << SecretFailure::Broken << IdentityFault::Broken;
    }
    void saysWhyThereIsNoIdentity()
    {
        QFETCH(SecretFailure, failure);
        QFETCH(IdentityFault, fault);
        Rig rig;
        rig.secrets.failure = failure;
        const auto unreadable = rig.load();
        QVERIFY(!unreadable->has_value());
        QCOMPARE(unreadable->error(), fault);

        rig.secrets.failure.reset();
        rig.secrets.writeFailure = failure;
        const auto unwritable = rig.load();
        QVERIFY(!unwritable->has_value());
        QCOMPARE(unwritable->error(), fault);
        QVERIFY(!rig.records.identityCreated(kName.toStdString()));
    }

    void refusesASecretThatIsNoSeed()
    {
        Rig rig;
        rig.secrets.secrets[kName] = Bytes(31, 1);
        const auto loaded = rig.load();
        QVERIFY(!loaded->has_value());
        QCOMPARE(loaded->error(), IdentityFault::Broken);
    }

    void refusesWhenItsDateCannotBeKept()
    {
        Rig rig;
        rig.store.full = true;
        const auto loaded = rig.load();
        QVERIFY(!loaded->has_value());
        QCOMPARE(loaded->error(), IdentityFault::Broken);
        rig.store.full = false;
        QVERIFY(rig.load()->has_value());
    }

    void tellsNobodyOnceItIsGone()
    {
        Rig rig;
        bool told = false;
        IdentityLoader(rig.secrets, rig.records, rig.random, kName).load(kNow, [&](const Loaded &) { told = true; });
        bool later = false;
        rig.secrets.read(kName, [&](const auto &, auto) { later = true; });
        QVERIFY(tests::waitUntil([&] { return later; }));
        QVERIFY(!told);
    }
};

QTEST_GUILESS_MAIN(TestIdentityLoader)
#include "tst_identityloader.moc"
