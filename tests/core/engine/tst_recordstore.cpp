#include "core/engine/recordstore.h"
#include "tests/core/engine/ports.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using engine::RecordStore;
using protocol::Msisdn;

namespace {

const Msisdn kPeer = Msisdn::fromE164("+8613900139000").value();

CallRecord callAt(std::int64_t unixSeconds)
{
    CallRecord record;
    record.startedUnix = unixSeconds;
    record.peer = Redacted(kPeer.e164());
    return record;
}

} // namespace

class TestRecordStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsWithNothingAndTheDefaults()
    {
        tests::TestStore store;
        const RecordStore records(store);
        QVERIFY(!records.account());
        QVERIFY(records.pins().empty());
        QVERIFY(!records.journal());
        QVERIFY(records.history().empty());
        QVERIFY(!records.identityCreated("seed"));
        QCOMPARE(records.settings(), CallSettings{});
    }

    void keepsWhenAnEmergencyCallWasLastUp()
    {
        tests::TestStore store;
        RecordStore records(store);
        QVERIFY(!records.lastEmergency());
        QVERIFY(records.setLastEmergency(1'700'000'000));
        QCOMPARE(records.lastEmergency(), std::optional<std::int64_t>(1'700'000'000));
        QVERIFY(store.setValue("state", "emergency", ByteArray<2>{}));
        QCOMPARE(records.lastEmergency(), std::optional<std::int64_t>(0));
        QVERIFY(records.setLastEmergency(std::nullopt));
        QVERIFY(!records.lastEmergency());
    }

    void forgetsWhatIsSetToNothing()
    {
        tests::TestStore store;
        RecordStore records(store);
        const ReleasedCall released{kPeer, 0, 5, true};
        QVERIFY(records.setJournal(released));
        QCOMPARE(records.journal(), std::optional(released));
        QVERIFY(records.setJournal(std::nullopt));
        QVERIFY(!records.journal());
    }

    void keepsARuleForEachNumber()
    {
        tests::TestStore store;
        RecordStore records(store);
        QVERIFY(records.contactRules().empty());
        QVERIFY(records.setContactRule(kPeer, ContactRule::Never));
        QCOMPARE(records.contactRules(), (ContactRules{{kPeer, ContactRule::Never}}));
        QVERIFY(store.setValue("contact-rules", kPeer.e164(), ByteArray<2>{}));
        QCOMPARE(records.contactRules(), (ContactRules{{kPeer, ContactRule::Ask}}));
        QVERIFY(records.setContactRule(kPeer, std::nullopt));
        QVERIFY(records.contactRules().empty());
    }

    void keepsAPinForEachPeer()
    {
        tests::TestStore store;
        RecordStore records(store);
        Pin pin;
        pin.level = TrustLevel::Verified;
        QVERIFY(records.setPin(kPeer, pin));
        QCOMPARE(records.pins(), (Pins{{kPeer, pin}}));
        QVERIFY(records.setPin(kPeer, std::nullopt));
        QVERIFY(records.pins().empty());
    }

    void distrustsThePeerOfADamagedPin()
    {
        tests::TestStore store;
        RecordStore records(store);
        QVERIFY(store.setValue("pins", kPeer.e164(), viewOf("rubbish")));
        const Pins pins = records.pins();
        QCOMPARE(pins.size(), std::size_t{1});
        // Zeros are nobody's keys, so every identity of the peer counts as changed.
        QCOMPARE(pins.at(kPeer).idHash, protocol::Key32{});
        QVERIFY(pins.at(kPeer).level != TrustLevel::None);
    }

    void ignoresOtherDamage()
    {
        tests::TestStore store;
        const RecordStore records(store);
        for (const char *key : {"account", "settings", "journal"})
            QVERIFY(store.setValue("state", key, viewOf("rubbish")));
        QVERIFY(store.setValue("history", "0001", viewOf("rubbish")));
        QVERIFY(store.setValue("pins", "not a number", viewOf("rubbish")));
        QVERIFY(!records.account());
        QCOMPARE(records.settings(), CallSettings{});
        QVERIFY(!records.journal());
        QVERIFY(records.history().empty());
        QVERIFY(records.pins().empty());
    }

    void keepsTheNewestCallsOnly()
    {
        tests::TestStore store;
        RecordStore records(store, 3);
        std::string last;
        for (int i = 1; i <= 20; ++i) {
            const std::string key = records.addToHistory(callAt(i));
            QVERIFY(key > last);
            last = key;
        }
        const auto history = records.history();
        QCOMPARE(history.size(), std::size_t{3});
        QCOMPARE(history.front().record.startedUnix, std::int64_t{18});
        QCOMPARE(history.back().record.startedUnix, std::int64_t{20});
    }

    void shrinksAHistoryThatWasLonger()
    {
        tests::TestStore store;
        RecordStore longer(store, 10);
        for (int i = 1; i <= 10; ++i)
            longer.addToHistory(callAt(i));
        RecordStore shorter(store, 4);
        shorter.addToHistory(callAt(11));
        QCOMPARE(shorter.history().size(), std::size_t{4});
        QCOMPARE(shorter.history().back().record.startedUnix, std::int64_t{11});
    }

    void saysWhenTheDiskRefuses()
    {
        tests::TestStore store;
        RecordStore records(store);
        const std::string key = records.addToHistory(callAt(1));
        store.full = true;
        QVERIFY(records.addToHistory(callAt(2)).empty());
        QVERIFY(!records.setSettings({}));
        QVERIFY(!records.clearHistory());
        QCOMPARE(records.history().size(), std::size_t{1});
        QCOMPARE(records.history().front().key, key);
    }

    void clearsTheHistory()
    {
        tests::TestStore store;
        RecordStore records(store);
        records.addToHistory(callAt(1));
        QVERIFY(records.clearHistory());
        QVERIFY(records.history().empty());
    }
};

QTEST_APPLESS_MAIN(TestRecordStore)
#include "tst_recordstore.moc"
