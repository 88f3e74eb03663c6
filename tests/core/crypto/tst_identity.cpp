#include "core/crypto/tags.h"
#include "tests/core/crypto/cryptorig.h"

#include <QTest>

#include <set>

using namespace ringlift;
using namespace ringlift::crypto;

class TestIdentity : public QObject
{
    Q_OBJECT

    const DeviceIdentity m_identity = DeviceIdentity::fromSeed(filledKey(9), 1'760'000'000);
    const IdCardBytes &card() const { return m_identity.card().bytes; }

private Q_SLOTS:
    void laysOutTheCard()
    {
        const IdentityCard &own = m_identity.card();
        ByteReader reader(own.bytes);
        QVERIFY(textOf(*reader.take(4)) == "RLI1");
        QVERIFY(std::ranges::equal(*reader.take(32), own.edPublic));
        QVERIFY(std::ranges::equal(*reader.take(32), own.xPublic));
        QCOMPARE(*reader.u64(), std::uint64_t(1'760'000'000));
        const Bytes text = ByteWriter().label("ringlift/v1/idcard").bytes(ByteView(own.bytes).first(76)).take();
        QVERIFY(verifySignature(own.edPublic, text, *toArray<64>(reader.rest())));
    }

    void readsItsOwnCard()
    {
        const auto parsed = IdentityCard::parse(card());
        QCOMPARE(verdict(parsed), "OK");
        QVERIFY(*parsed == m_identity.card());
    }

    void derivesEverythingFromTheSeed()
    {
        const DeviceIdentity again = DeviceIdentity::fromSeed(filledKey(9), 1'760'000'000);
        QVERIFY(again.card() == m_identity.card());
        QVERIFY(isEqual(again.xSecret(), m_identity.xSecret()));
        QVERIFY(isEqual(again.xSecret(), expandKey(filledKey(9), "ringlift/v1/x25519")));
        QVERIFY(DeviceIdentity::fromSeed(filledKey(8), 1'760'000'000).card().xPublic != again.card().xPublic);
    }

    void refusesInTheOrderLengthFormatSignature_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("error");
        const QByteArray good(reinterpret_cast<const char *>(card().data()), static_cast<qsizetype>(card().size()));
        QByteArray badSignature = good;
        badSignature[139] = static_cast<char>(badSignature[139] ^ 1);
        QByteArray badMagic = badSignature;
        badMagic[0] = 'X';
        QTest::newRow("good") << good << QByteArray("OK");
        QTest::newRow("nothing") << QByteArray() << QByteArray("ERR_LENGTH");
        QTest::newRow("one short") << good.chopped(1) << QByteArray("ERR_LENGTH");
        QTest::newRow("one long") << good + 'x' << QByteArray("ERR_LENGTH");
        QTest::newRow("too short, with a wrong magic") << badMagic.chopped(1) << QByteArray("ERR_LENGTH");
        QTest::newRow("wrong magic and signature") << badMagic << QByteArray("ERR_FORMAT");
        QTest::newRow("wrong signature") << badSignature << QByteArray("ERR_SIG");
    }
    void refusesInTheOrderLengthFormatSignature()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, error);
        const std::string text = bytes.toStdString();
        QCOMPARE(verdict(IdentityCard::parse(viewOf(text))), error.constData());
    }

    void refusesEveryChangedByte()
    {
        for (std::size_t i = 0; i < card().size(); ++i)
            QCOMPARE(verdict(IdentityCard::parse(withFlippedBit(card(), i))), i < 4 ? "ERR_FORMAT" : "ERR_SIG");
    }

    void hashesTheSignedPartOnly()
    {
        IdentityCard changed = m_identity.card();
        changed.bytes[139] ^= 1;
        QVERIFY(changed.idHash() == m_identity.card().idHash());
        changed.bytes[75] ^= 1;
        QVERIFY(changed.idHash() != m_identity.card().idHash());
        const Bytes text = ByteWriter().label("ringlift/v1/idhash").bytes(ByteView(card()).first(76)).take();
        QVERIFY(m_identity.card().idHash() == sha256(text));
    }

    void signsWithTheKeyOfItsCard()
    {
        const Bytes message{1, 2, 3};
        QVERIFY(verifySignature(m_identity.card().edPublic, message, m_identity.sign(message)));
    }

    void namesEveryErrorDifferently()
    {
        std::set<std::string_view> names;
        for (int error = 0; error <= static_cast<int>(CryptoError::Downgrade); ++error)
            names.insert(nameOf(static_cast<CryptoError>(error)));
        QCOMPARE(names.size(), static_cast<std::size_t>(CryptoError::Downgrade) + 1);
        QVERIFY(std::ranges::all_of(names, [](std::string_view name) { return name.starts_with("ERR_"); }));
        QVERIFY(nameOf(static_cast<CryptoError>(99)) == "ERR_UNKNOWN");
    }
};

QTEST_APPLESS_MAIN(TestIdentity)
#include "tst_identity.moc"
