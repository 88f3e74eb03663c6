#include "server/admission.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;

namespace {

const Bytes kHere{4, 127, 0, 0, 1};
const Bytes kThere{4, 192, 0, 2, 1};

GateLimits limitsOf(std::size_t ofAddress, std::size_t all)
{
    GateLimits limits;
    limits.unauthenticatedOfAddress = ofAddress;
    limits.unauthenticated = all;
    return limits;
}

ConnectionId id(std::uint64_t number)
{
    return ConnectionId{number};
}

} // namespace

class TestAdmission : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void admitsUpToTheCapOfAnAddress();
    void evictsTheOldestSilentOneOfTheSameAddress();
    void evictsTheOldestSilentOneOfAllAtTheWholeCap();
    void refusesWhenNobodyIsSilent();
    void makesRoomWhenOneLeaves();
    void keepsNothingOfThoseWhoLeft();
};

void TestAdmission::admitsUpToTheCapOfAnAddress()
{
    Admission admission(limitsOf(2, 100));
    QVERIFY(admission.admit(id(1), kHere).admitted);
    QVERIFY(!admission.admit(id(2), kHere).evicted);
    QVERIFY(!admission.admit(id(3), kThere).evicted);
    QCOMPARE(admission.size(), 3U);
}

void TestAdmission::evictsTheOldestSilentOneOfTheSameAddress()
{
    Admission admission(limitsOf(2, 100));
    admission.admit(id(1), kThere);
    admission.admit(id(2), kHere);
    admission.admit(id(3), kHere);
    const auto verdict = admission.admit(id(4), kHere);
    QVERIFY(verdict.admitted);
    QCOMPARE(verdict.evicted, std::optional(id(2)));
    admission.spoke(id(3));
    QCOMPARE(admission.admit(id(5), kHere).evicted, std::optional(id(4)));
    QCOMPARE(admission.size(), 3U);
}

void TestAdmission::evictsTheOldestSilentOneOfAllAtTheWholeCap()
{
    Admission admission(limitsOf(100, 2));
    admission.admit(id(1), kThere);
    admission.admit(id(2), kHere);
    admission.spoke(id(1));
    QCOMPARE(admission.admit(id(3), kThere).evicted, std::optional(id(2)));
    QCOMPARE(admission.size(), 2U);
}

void TestAdmission::refusesWhenNobodyIsSilent()
{
    Admission admission(limitsOf(1, 100));
    admission.admit(id(1), kHere);
    admission.spoke(id(1));
    const auto verdict = admission.admit(id(2), kHere);
    QVERIFY(!verdict.admitted);
    QVERIFY(!verdict.evicted);
    QCOMPARE(admission.size(), 1U);
    QVERIFY(admission.admit(id(3), kThere).admitted);
}

void TestAdmission::makesRoomWhenOneLeaves()
{
    Admission admission(limitsOf(1, 100));
    admission.admit(id(1), kHere);
    admission.spoke(id(1));
    admission.left(id(1));
    admission.left(id(1));
    const auto verdict = admission.admit(id(2), kHere);
    QVERIFY(verdict.admitted && !verdict.evicted);
}

void TestAdmission::keepsNothingOfThoseWhoLeft()
{
    Admission admission(limitsOf(100, 1));
    for (std::uint64_t i = 1; i <= 1000; ++i)
        admission.admit(id(i), kHere);
    QCOMPARE(admission.size(), 1U);
    admission.left(id(1000));
    QCOMPARE(admission.size(), 0U);
    QVERIFY(!admission.admit(id(1001), kHere).evicted);
}

QTEST_APPLESS_MAIN(TestAdmission)
#include "tst_admission.moc"
