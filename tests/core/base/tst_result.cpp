#include "core/base/result.h"

#include <QTest>

#include <memory>

using namespace ringlift;

namespace {

enum class Refusal { TooBig, TooSmall };

Expected<int, Refusal> halved(int value)
{
    if (value % 2 != 0)
        return Unexpected(Refusal::TooSmall);
    return value / 2;
}

} // namespace

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValue()
    {
        const auto half = halved(4);
        QVERIFY(half);
        QVERIFY(half.has_value());
        QCOMPARE(*half, 2);
        QCOMPARE(half.value_or(9), 2);
    }

    void holdsAnError()
    {
        const auto half = halved(3);
        QVERIFY(!half);
        QVERIFY(half.error() == Refusal::TooSmall);
        QCOMPARE(half.value_or(9), 9);
    }

    void tellsValueAndErrorOfOneTypeApart()
    {
        const Expected<int, int> good(1);
        const Expected<int, int> bad = Unexpected(1);
        QVERIFY(good);
        QVERIFY(!bad);
        QCOMPARE(bad.error(), 1);
    }

    void movesItsValueOut()
    {
        Expected<std::unique_ptr<int>, Refusal> owner(std::make_unique<int>(5));
        QCOMPARE(**owner, 5);
        const std::unique_ptr<int> taken = *std::move(owner);
        QCOMPARE(*taken, 5);
    }

    void canBeChanged()
    {
        Expected<std::string, Refusal> text(std::string("a"));
        *text += 'b';
        QCOMPARE(text->size(), std::size_t{2});
        text = Unexpected(Refusal::TooBig);
        QVERIFY(text.error() == Refusal::TooBig);
    }

    void succeedsWithoutAValue()
    {
        const Result<void> good;
        const Result<void> bad = failure("no room");
        QVERIFY(good);
        QVERIFY(!bad);
        QCOMPARE(bad.error(), (Error{"no room"}));
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
