#include "core/crypto/epochchain.h"

#include "core/crypto/tags.h"
#include "tests/core/crypto/cryptorig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

namespace {

bool isSame(const EpochKeys &a, const EpochKeys &b)
{
    return isEqual(a.key, b.key) && a.salt == b.salt;
}

} // namespace

class TestEpochChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivesKeyAndSaltFromTheLink()
    {
        const SecretKey link = filledKey(1);
        const Bytes output = hkdfExpand(link.view(), "rl1 key", 44);
        const EpochKeys keys = EpochChain(link).take();
        QVERIFY(std::ranges::equal(keys.key.view(), ByteView(output).first(32)));
        QVERIFY(std::ranges::equal(keys.salt, ByteView(output).subspan(32)));
    }

    void goesFromLinkToLink()
    {
        EpochChain chain(filledKey(1));
        QCOMPARE(chain.epoch(), std::uint64_t(0));
        const EpochKeys first = chain.take();
        QCOMPARE(chain.epoch(), std::uint64_t(1));
        const EpochKeys second = chain.take();
        QCOMPARE(chain.epoch(), std::uint64_t(2));
        QVERIFY(!isSame(first, second));
        QVERIFY(isSame(second, EpochChain(expandKey(filledKey(1), "rl1 chain")).take()));
    }

    void skipsToTheSameKeys()
    {
        EpochChain walked(filledKey(1));
        EpochChain skipped(filledKey(1));
        for (int epoch = 0; epoch < 5; ++epoch) {
            static_cast<void>(walked.take());
            skipped.skip();
        }
        QCOMPARE(skipped.epoch(), walked.epoch());
        QVERIFY(isSame(skipped.take(), walked.take()));
    }

    void clonesWhereItStands()
    {
        EpochChain chain(filledKey(1));
        chain.skip();
        EpochChain copy = chain.clone();
        QCOMPARE(copy.epoch(), std::uint64_t(1));
        QVERIFY(isSame(copy.take(), chain.take()));
        chain.skip();
        QCOMPARE(copy.epoch(), std::uint64_t(2));
    }

    void startsAtAnyEpochWhoseLinkIsKnown()
    {
        EpochChain chain(filledKey(1), 7);
        QCOMPARE(chain.epoch(), std::uint64_t(7));
        QVERIFY(isSame(chain.take(), EpochChain(filledKey(1)).take()));
        QCOMPARE(chain.epoch(), std::uint64_t(8));
    }
};

QTEST_APPLESS_MAIN(TestEpochChain)
#include "tst_epochchain.moc"
