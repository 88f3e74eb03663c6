#include "app/echo/forgetfulstore.h"
#include "core/engine/recordstore.h"
#include "tests/core/engine/ports.h"

#include <QTest>

using namespace ringlift;

namespace {

const protocol::Msisdn kCaller = *protocol::Msisdn::fromE164("+8613800138000");

/// What the records of a phone are kept in, and what can still be read there afterwards.
struct Rig {
    tests::TestStore *const disk = new tests::TestStore;
    app::ForgetfulStore store{std::unique_ptr<ports::AppStore>(disk)};
    engine::RecordStore records{store};
    engine::RecordStore onDisk{*disk};
};

} // namespace

class TestForgetfulStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatThisDeviceIs()
    {
        Rig rig;
        QVERIFY(rig.records.setAccount(call::Account{{}, {}, kCaller, {}, protocol::AccountKind::Manual}));
        QVERIFY(rig.records.setIdentityCreated("seed", 7));
        QVERIFY(rig.onDisk.account());
        QVERIFY(rig.records.account());
        QCOMPARE(rig.records.identityCreated("seed"), std::optional<std::uint64_t>(7));
        QVERIFY(rig.records.setAccount(std::nullopt));
        QVERIFY(!rig.onDisk.account());
        rig.records.settle();
        QCOMPARE(rig.disk->settled, 1);
        rig.disk->full = true;
        QVERIFY(!rig.records.setIdentityCreated("seed", 8));
    }

    void keepsNothingOfOthers()
    {
        Rig rig;
        call::CallRecord record;
        record.peer = Redacted(kCaller.e164());
        QVERIFY(!rig.records.addToHistory(record).empty());
        QVERIFY(rig.records.setPin(kCaller, call::Pin{}));
        QVERIFY(rig.records.setContactRule(kCaller, call::ContactRule::Never));
        for (const engine::RecordStore *const records : {&rig.records, &rig.onDisk}) {
            QVERIFY(records->history().empty());
            QVERIFY(records->pins().empty());
            QVERIFY(records->contactRules().empty());
        }
        QVERIFY(rig.records.clearHistory());
    }
};

QTEST_GUILESS_MAIN(TestForgetfulStore)
#include "tst_forgetfulstore.moc"
