#include "core/crypto/sealedsignalling.h"

#include "tests/core/crypto/cryptorig.h"

#include <QTest>

#include <limits>

using namespace ringlift;
using namespace ringlift::crypto;

class TestSealedSignalling : public QObject
{
    Q_OBJECT

    const CallId m_call{{1, 2, 3}};
    const Bytes m_text = copyOf(viewOf("candidate"));
    SignalSealer sealer(std::uint64_t first = 0) const { return {filledKey(4), m_call, first}; }
    SignalOpener opener() const { return {filledKey(4), m_call}; }

private Q_SLOTS:
    void opensWhatWasSealedInOrder()
    {
        SignalSealer sender = sealer();
        SignalOpener receiver = opener();
        for (std::uint64_t n = 0; n < 5; ++n) {
            const SealedBox sealed = sender.seal(m_text);
            QCOMPARE(sealed.n, n);
            const auto opened = receiver.open(sealed.n, sealed.box);
            QCOMPARE(verdict(opened), "OK");
            QVERIFY(*opened == m_text);
        }
    }

    void sealsNothingToo()
    {
        const SealedBox sealed = sealer().seal({});
        const auto opened = opener().open(sealed.n, sealed.box);
        QCOMPARE(verdict(opened), "OK");
        QVERIFY(opened->empty());
    }

    void allowsGapsButNoStepBack()
    {
        SignalSealer sender = sealer();
        const SealedBox first = sender.seal(m_text);
        const SealedBox second = sender.seal(m_text);
        const SealedBox third = sender.seal(m_text);
        SignalOpener receiver = opener();
        QCOMPARE(verdict(receiver.open(first.n, first.box)), "OK");
        QCOMPARE(verdict(receiver.open(third.n, third.box)), "OK");
        QCOMPARE(verdict(receiver.open(second.n, second.box)), "ERR_REPLAY");
        QCOMPARE(verdict(receiver.open(third.n, third.box)), "ERR_REPLAY");
    }

    void bindsTheBoxToItsNumber()
    {
        const SealedBox sealed = sealer().seal(m_text);
        QCOMPARE(verdict(opener().open(sealed.n + 1, sealed.box)), "ERR_AUTH");
    }

    // T22
    void refusesEveryChangedByte()
    {
        const SealedBox sealed = sealer().seal(m_text);
        SignalOpener receiver = opener();
        for (std::size_t i = 0; i < sealed.box.size(); ++i)
            QCOMPARE(verdict(receiver.open(sealed.n, withFlippedBit(sealed.box, i))), "ERR_AUTH");
        for (std::size_t size = 0; size < sealed.box.size(); ++size)
            QCOMPARE(verdict(receiver.open(sealed.n, ByteView(sealed.box).first(size))),
                     size < 16 ? "ERR_LENGTH" : "ERR_AUTH");
        QCOMPARE(verdict(receiver.open(sealed.n, sealed.box)), "OK"); // no refusal changed anything
    }

    void keepsItsPlaceWhenSomethingFalseComesFirst()
    {
        SignalOpener receiver = opener();
        QCOMPARE(verdict(receiver.open(std::numeric_limits<std::uint64_t>::max(), Bytes(40))), "ERR_AUTH");
        const SealedBox sealed = sealer().seal(m_text);
        QCOMPARE(verdict(receiver.open(sealed.n, sealed.box)), "OK");
    }

    void refusesBoxesOfAnotherCallOrKey()
    {
        const SealedBox sealed = sealer().seal(m_text);
        QCOMPARE(verdict(SignalOpener(filledKey(4), CallId{}).open(sealed.n, sealed.box)), "ERR_AUTH");
        QCOMPARE(verdict(SignalOpener(filledKey(5), m_call).open(sealed.n, sealed.box)), "ERR_AUTH");
    }

    void startsWhereItIsTold()
    {
        SignalSealer sender = sealer(300);
        const SealedBox first = sender.seal(m_text);
        const SealedBox second = sender.seal(m_text);
        QCOMPARE(first.n, std::uint64_t(300));
        QCOMPARE(second.n, std::uint64_t(301));
        QVERIFY(first.box != second.box);
        QCOMPARE(verdict(opener().open(first.n, first.box)), "OK");
    }
};

QTEST_APPLESS_MAIN(TestSealedSignalling)
#include "tst_sealedsignalling.moc"
