#include "core/base/strongid.h"

#include <QTest>

#include <type_traits>
#include <unordered_set>

using namespace ringlift;

class TestStrongId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cannotBeMistakenForAnotherKind()
    {
        QVERIFY((!std::is_convertible_v<CallId, ArriveId>));
        QVERIFY((!std::is_constructible_v<CallId, ArriveId>));
        QVERIFY((!std::is_assignable_v<CallId &, ArriveId>));
    }

    void comparesEveryByte()
    {
        const CallId zero;
        for (std::size_t i = 0; i < CallId::kSize; ++i) {
            CallId other;
            other.bytes[i] = 1;
            QVERIFY(zero != other);
            QVERIFY(zero < other);
        }
        QVERIFY(zero == CallId());
    }

    void worksAsAKeyOfUnorderedContainers()
    {
        std::unordered_set<CallId> ids;
        for (std::uint8_t i = 0; i < 100; ++i) {
            CallId id;
            id.bytes[15] = i; // beyond what the hash looks at
            ids.insert(id);
        }
        QCOMPARE(ids.size(), std::size_t{100});
        QVERIFY(ids.contains(CallId()));
    }
};

QTEST_APPLESS_MAIN(TestStrongId)
#include "tst_strongid.moc"
