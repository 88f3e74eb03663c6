#include "core/crypto/x25519.h"

#include "tests/core/crypto/cryptorig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

class TestX25519 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void multipliesAsRfc7748Says_data()
    {
        QTest::addColumn<QByteArray>("scalar");
        QTest::addColumn<QByteArray>("point");
        QTest::addColumn<QByteArray>("product");
        // RFC 7748 section 5.2
        QTest::newRow("first") << QByteArray("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
                               << QByteArray("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
                               << QByteArray("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
        QTest::newRow("second") << QByteArray("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d")
                                << QByteArray("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")
                                << QByteArray("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
    }
    void multipliesAsRfc7748Says()
    {
        QFETCH(const QByteArray, scalar);
        QFETCH(const QByteArray, point);
        QFETCH(const QByteArray, product);
        const auto shared = x25519Shared(hexKey(scalar.toStdString()), hexArray<32>(point.toStdString()));
        QCOMPARE(verdict(shared), "OK");
        QVERIFY(isEqual(*shared, hexKey(product.toStdString())));
    }

    void multipliesOverAndOverAsRfc7748Says()
    {
        Key32 scalar{9};
        Key32 point = scalar;
        for (int round = 1; round <= 1000; ++round) {
            const auto product = x25519Shared(SecretKey(scalar), point);
            QCOMPARE(verdict(product), "OK");
            point = scalar;
            std::ranges::copy(product->view(), scalar.begin());
            if (round == 1)
                QVERIFY(toHex(scalar) == "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
        }
        QVERIFY(toHex(scalar) == "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    void agreesAsRfc7748Says()
    {
        // RFC 7748 section 6.1
        const SecretKey alice = hexKey("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        const SecretKey bob = hexKey("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        QVERIFY(toHex(x25519Public(alice)) == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
        QVERIFY(toHex(x25519Public(bob)) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        const SecretKey shared = hexKey("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        QVERIFY(isEqual(*x25519Shared(alice, x25519Public(bob)), shared));
        QVERIFY(isEqual(*x25519Shared(bob, x25519Public(alice)), shared));
    }

    // T28
    void refusesPointsOfLowOrder_data()
    {
        QTest::addColumn<QByteArray>("point");
        const auto row = [](const char *name, const char *point) { QTest::newRow(name) << QByteArray(point); };
        row("0", "0000000000000000000000000000000000000000000000000000000000000000");
        row("1", "0100000000000000000000000000000000000000000000000000000000000000");
        row("order 8", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
        row("order 8, the other", "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157");
        row("p - 1", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        row("p", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        row("p + 1", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    }
    void refusesPointsOfLowOrder()
    {
        QFETCH(const QByteArray, point);
        Key32 peer = hexArray<32>(point.toStdString());
        QCOMPARE(verdict(x25519Shared(filledKey(5), peer)), "ERR_DH");
        peer[31] |= 0x80; // RFC 7748 section 5: the highest bit is ignored
        QCOMPARE(verdict(x25519Shared(filledKey(5), peer)), "ERR_DH");
    }
};

QTEST_APPLESS_MAIN(TestX25519)
#include "tst_x25519.moc"
