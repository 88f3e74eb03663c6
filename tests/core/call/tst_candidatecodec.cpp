#include "core/call/candidatecodec.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;

namespace {

ice::Candidate candidate(const char *address, std::uint16_t port, ice::CandidateType type = ice::CandidateType::Host,
                         std::uint32_t priority = 1)
{
    return {{Redacted<std::string>(address), port}, type, priority};
}

/// The hexadecimal beginning of a plaintext, filled up with zeros.
Bytes padded(const char *hex, std::size_t size = 256)
{
    Bytes bytes = *fromHex(hex);
    bytes.resize(size, 0);
    return bytes;
}

} // namespace

class CandidateCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheBytesOfItsFormat();
    void readsBackWhatItWrote();
    void hidesHowManyThereAreBehindPadding();
    void leavesOutWhatHasNoNumericAddress();
    void leavesOutWhatIsTooMuch();
    void refusesMalformedLists_data();
    void refusesMalformedLists();
};

void CandidateCodecTest::writesTheBytesOfItsFormat()
{
    const Bytes bytes = encodeCandidates({candidate("192.0.2.1", 0x1234, ice::CandidateType::Host, 0x7effffff),
                                          candidate("2001:db8::1", 9, ice::CandidateType::Relayed, 1)});
    const Bytes expected = padded("0102"
                                  "00" "7effffff" "1234" "04" "c0000201"
                                  "03" "00000001" "0009" "06" "20010db8000000000000000000000001");
    QCOMPARE(toHex(bytes), toHex(expected));
}

void CandidateCodecTest::readsBackWhatItWrote()
{
    const std::vector<ice::Candidate> candidates{
        candidate("192.0.2.1", 1, ice::CandidateType::ServerReflexive, 4'000'000'000U),
        candidate("2001:db8::2", 65535, ice::CandidateType::PeerReflexive, 0),
    };
    QVERIFY(decodeCandidates(encodeCandidates(candidates)) == candidates);
    const auto none = decodeCandidates(encodeCandidates({}));
    QVERIFY(none.has_value());
    QVERIFY(none->empty());
}

void CandidateCodecTest::hidesHowManyThereAreBehindPadding()
{
    QCOMPARE(encodeCandidates({}).size(), std::size_t(256));
    const std::vector<ice::Candidate> ten(10, candidate("2001:db8::1", 5000));
    QCOMPARE(encodeCandidates(ten).size(), std::size_t(256));
    const std::vector<ice::Candidate> eleven(11, candidate("2001:db8::1", 5000));
    QCOMPARE(encodeCandidates(eleven).size(), std::size_t(512));
}

void CandidateCodecTest::leavesOutWhatHasNoNumericAddress()
{
    const auto read = decodeCandidates(encodeCandidates({candidate("example.org", 1), candidate("", 1),
                                                         candidate("192.0.2.1", 0), candidate("192.0.2.1", 7)}));
    QVERIFY(read == std::vector{candidate("192.0.2.1", 7)});
}

void CandidateCodecTest::leavesOutWhatIsTooMuch()
{
    const std::vector<ice::Candidate> many(kMaxCandidates + 1, candidate("192.0.2.1", 7));
    const auto read = decodeCandidates(encodeCandidates(many));
    QVERIFY(read.has_value());
    QCOMPARE(read->size(), kMaxCandidates);
}

void CandidateCodecTest::refusesMalformedLists_data()
{
    QTest::addColumn<Bytes>("plaintext");
    QTest::newRow("empty") << Bytes{};
    QTest::newRow("not padded") << padded("0100", 2);
    QTest::newRow("one byte less than padded") << padded("0100", 255);
    QTest::newRow("padded twice") << padded("0100", 512);
    QTest::newRow("version 0") << padded("0000");
    QTest::newRow("version 2") << padded("0200");
    QTest::newRow("too many") << padded("0111", 512);
    QTest::newRow("unknown type") << padded("0101" "04" "7effffff" "1234" "04" "c0000201");
    QTest::newRow("port 0") << padded("0101" "00" "7effffff" "0000" "04" "c0000201");
    QTest::newRow("unknown family") << padded("0101" "00" "7effffff" "1234" "05" "c0000201");
    QTest::newRow("more than there are") << padded("0102" "00" "7effffff" "1234" "04" "c0000201");
    Bytes cut = padded("010a");
    for (std::size_t i = 0; i < 10; ++i) {
        const Bytes one = *fromHex("00" "7effffff" "1234" "06" "20010db8000000000000000000000001");
        std::copy(one.begin(), one.end(), cut.begin() + static_cast<std::ptrdiff_t>(2 + 24 * i));
    }
    QVERIFY(decodeCandidates(cut).has_value());
    cut[1] = 11;
    QTest::newRow("address beyond the end") << cut;
}

void CandidateCodecTest::refusesMalformedLists()
{
    QFETCH(const Bytes, plaintext);
    QVERIFY(!decodeCandidates(plaintext).has_value());
}

QTEST_APPLESS_MAIN(CandidateCodecTest)
#include "tst_candidatecodec.moc"
