#include "core/crypto/tags.h"

#include "tests/core/crypto/cryptorig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

namespace {

const protocol::Msisdn kAlice = *protocol::Msisdn::fromE164("+8613800138000");
const protocol::Msisdn kBob = *protocol::Msisdn::fromE164("+8613900139000");

Bytes counting(std::uint8_t first, std::size_t count)
{
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::uint8_t>(first + i);
    return bytes;
}

QByteArray array(const Bytes &bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

ByteView view(const QByteArray &bytes)
{
    return viewOf(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace

class TestTags : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void authenticatesAsRfc4231Says_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("mac");
        QTest::newRow("case 1") << QByteArray(20, '\x0b') << QByteArray("Hi There")
                                << QByteArray("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        QTest::newRow("case 2") << QByteArray("Jefe") << QByteArray("what do ya want for nothing?")
                                << QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        QTest::newRow("case 3") << QByteArray(20, '\xaa') << QByteArray(50, '\xdd')
                                << QByteArray("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
        QTest::newRow("case 4") << array(counting(1, 25)) << QByteArray(50, '\xcd')
                                << QByteArray("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
        QTest::newRow("case 5, truncated") << QByteArray(20, '\x0c') << QByteArray("Test With Truncation")
                                           << QByteArray("a3b6167473100ee06e0c796c2955552b");
        QTest::newRow("case 6") << QByteArray(131, '\xaa')
                                << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
                                << QByteArray("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        QTest::newRow("case 7") << QByteArray(131, '\xaa')
                                << QByteArray("This is a test using a larger than block-size key and a larger than "
                                              "block-size data. The key needs to be hashed before being used by the "
                                              "HMAC algorithm.")
                                << QByteArray("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    }
    void authenticatesAsRfc4231Says()
    {
        QFETCH(const QByteArray, key);
        QFETCH(const QByteArray, message);
        QFETCH(const QByteArray, mac);
        const std::string found = toHex(hmacSha256(view(key), view(message)));
        QVERIFY(found.starts_with(mac.toStdString()));
    }

    void expandsAsRfc5869Says_data()
    {
        QTest::addColumn<QByteArray>("prk");
        QTest::addColumn<QByteArray>("info");
        QTest::addColumn<QByteArray>("okm");
        QTest::newRow("case 1") << QByteArray("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
                                << array(counting(0xf0, 10))
                                << QByteArray(
                                       "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5"
                                       "b887185865");
        QTest::newRow("case 2") << QByteArray("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244")
                                << array(counting(0xb0, 80))
                                << QByteArray(
                                       "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99ca"
                                       "c7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c"
                                       "01d5c1f3434f1d87");
        QTest::newRow("case 3") << QByteArray("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04")
                                << QByteArray()
                                << QByteArray(
                                       "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395fa"
                                       "a4b61a96c8");
    }
    void expandsAsRfc5869Says()
    {
        QFETCH(const QByteArray, prk);
        QFETCH(const QByteArray, info);
        QFETCH(const QByteArray, okm);
        const Key32 key = hexArray<32>(prk.toStdString());
        const Bytes expected = hexBytes(okm.toStdString());
        QVERIFY(hkdfExpand(key, info.toStdString(), expected.size()) == expected);
        for (const std::size_t size :
             {std::size_t(0), std::size_t(1), std::size_t(31), std::size_t(32), std::size_t(33)})
            QVERIFY(std::ranges::equal(hkdfExpand(key, info.toStdString(), size), ByteView(expected).first(size)));
        QVERIFY(std::ranges::equal(expandKey(SecretKey(key), info.toStdString()).view(), ByteView(expected).first(32)));
    }

    void expandsToTheMostThatRfc5869Allows()
    {
        const Key32 key{};
        const Bytes longest = hkdfExpand(key, "x", 255 * 32);
        QVERIFY(std::ranges::equal(hkdfExpand(key, "x", 254 * 32), ByteView(longest).first(254 * 32)));
        QVERIFY(ByteView(longest).last(32).front() != 0 || ByteView(longest).last(32).back() != 0);
    }

    void tagsNumberImsiAndCodeApart()
    {
        const Key32 key{};
        const auto imsi = *protocol::Imsi::fromDigits("460001234567890");
        const SessionId session{{1, 2, 3}};
        QVERIFY(msisdnTag(key, kAlice) == hmacSha256(key, viewOf("rl1:msisdn:+8613800138000")));
        QVERIFY(imsiTag(key, imsi) == hmacSha256(key, viewOf("rl1:imsi:460001234567890")));
        const Bytes code = ByteWriter().bytes(viewOf("rl1:otp:")).bytes(session.bytes).bytes(viewOf("000042")).take();
        QVERIFY(otpTag(key, session, "000042") == hmacSha256(key, code));
        QVERIFY(otpTag(key, SessionId{}, "000042") != otpTag(key, session, "000042"));
    }

    void comparesWholeStrings_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("equal");
        QTest::newRow("nothing") << QByteArray() << QByteArray() << true;
        QTest::newRow("the same") << QByteArray("abc") << QByteArray("abc") << true;
        QTest::newRow("first differs") << QByteArray("xbc") << QByteArray("abc") << false;
        QTest::newRow("last differs") << QByteArray("abx") << QByteArray("abc") << false;
        QTest::newRow("longer") << QByteArray("abcd") << QByteArray("abc") << false;
        QTest::newRow("shorter") << QByteArray("ab") << QByteArray("abc") << false;
    }
    void comparesWholeStrings()
    {
        QFETCH(const QByteArray, a);
        QFETCH(const QByteArray, b);
        QFETCH(const bool, equal);
        QCOMPARE(constantTimeEqual(view(a), view(b)), equal);
    }

    void provesAPinForOneNumberOnly()
    {
        const Key32 proof = pinProof("1234", kAlice);
        QVERIFY(pinProof("1234", kAlice) == proof);
        QVERIFY(pinProof("1235", kAlice) != proof);
        QVERIFY(pinProof("1234", kBob) != proof);
    }

    void showsBothPeersTheSameSafetyNumber()
    {
        const IdentityCard alice = DeviceIdentity::fromSeed(filledKey(1), 1).card();
        const IdentityCard bob = DeviceIdentity::fromSeed(filledKey(2), 2).card();
        const std::string number = safetyNumber(alice, kAlice, bob, kBob);
        QCOMPARE(number.size(), std::size_t(60));
        QVERIFY(number.find_first_not_of("0123456789") == std::string::npos);
        QVERIFY(number == safetyNumber(bob, kBob, alice, kAlice));
        QVERIFY(number.substr(0, 30) <= number.substr(30));
        const IdentityCard mallory = DeviceIdentity::fromSeed(filledKey(3), 1).card();
        QVERIFY(number != safetyNumber(mallory, kAlice, bob, kBob));
        QVERIFY(number != safetyNumber(alice, kBob, bob, kAlice));
    }

    void keepsTheSafetyNumberWhenOnlyTheCardsDateChanges()
    {
        const IdentityCard then = DeviceIdentity::fromSeed(filledKey(1), 1).card();
        const IdentityCard now = DeviceIdentity::fromSeed(filledKey(1), 2).card();
        QVERIFY(safetyFingerprint(then, kAlice) == safetyFingerprint(now, kAlice));
        QVERIFY(safetyFingerprint(then, kAlice) != safetyFingerprint(then, kBob));
    }

    void makesRelayPasswordsThatCoturnAccepts()
    {
        QVERIFY(turnRestPassword("north", "1760003600:6704e5f643b53e9f9f9a6cff9dcc92b3") ==
                "mR00YMuUGhrwxlRgl57mtMuUkpI=");
        QVERIFY(turnRestPassword("south", "1760003600:6704e5f643b53e9f9f9a6cff9dcc92b3") !=
                "mR00YMuUGhrwxlRgl57mtMuUkpI=");
    }
};

QTEST_APPLESS_MAIN(TestTags)
#include "tst_tags.moc"
