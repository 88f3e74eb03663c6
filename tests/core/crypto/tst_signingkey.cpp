#include "tests/core/crypto/cryptorig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

class TestSigningKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsAsRfc8032Says_data()
    {
        QTest::addColumn<QByteArray>("seed");
        QTest::addColumn<QByteArray>("publicKey");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("signature");
        // RFC 8032 section 7.1
        QTest::newRow("test 1") << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
                                << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
                                << QByteArray()
                                << QByteArray(
                                       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590"
                                       "a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        QTest::newRow("test 2") << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                                << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                                << QByteArray("72")
                                << QByteArray(
                                       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e"
                                       "15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        QTest::newRow("test 3") << QByteArray("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
                                << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
                                << QByteArray("af82")
                                << QByteArray(
                                       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d"
                                       "16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }
    void signsAsRfc8032Says()
    {
        QFETCH(const QByteArray, seed);
        QFETCH(const QByteArray, publicKey);
        QFETCH(const QByteArray, message);
        QFETCH(const QByteArray, signature);
        const SigningKey key = SigningKey::fromSeed(hexArray<32>(seed.toStdString()));
        const Bytes text = hexBytes(message.toStdString());
        QVERIFY(key.publicKey() == hexArray<32>(publicKey.toStdString()));
        QVERIFY(key.sign(text) == hexArray<64>(signature.toStdString()));
        QVERIFY(verifySignature(key.publicKey(), text, key.sign(text)));
    }

    void keepsTheSeedItCameFrom()
    {
        const SecretKey seed = filledKey(3);
        QVERIFY(isEqual(SigningKey::fromSeed(seed.view()).seed(), seed));
    }

    void refusesEveryOtherMessageKeyAndSignature()
    {
        const SigningKey key = SigningKey::fromSeed(filledKey(3).view());
        const Bytes message{1, 2, 3};
        const Signature signature = key.sign(message);
        QVERIFY(!verifySignature(key.publicKey(), ByteView(message).first(2), signature));
        QVERIFY(!verifySignature(SigningKey::fromSeed(filledKey(4).view()).publicKey(), message, signature));
        for (std::size_t i = 0; i < signature.size(); ++i)
            QVERIFY(!verifySignature(key.publicKey(), message, *toArray<64>(withFlippedBit(signature, i))));
        for (std::size_t i = 0; i < key.publicKey().size(); ++i)
            QVERIFY(!verifySignature(*toArray<32>(withFlippedBit(key.publicKey(), i)), message, signature));
    }

    void refusesAKeyOfLowOrder()
    {
        Key32 identityPoint{};
        identityPoint[0] = 1;
        Signature signature{};
        signature[0] = 1; // R is the identity too and S is 0: the bare equation would hold for every message
        QVERIFY(!verifySignature(identityPoint, Bytes{1, 2, 3}, signature));
    }
};

QTEST_APPLESS_MAIN(TestSigningKey)
#include "tst_signingkey.moc"
