#include "core/crypto/noisestate.h"

#include "core/crypto/tags.h"
#include "tests/core/crypto/cryptorig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

class TestNoiseState : public QObject
{
    Q_OBJECT

    static NoiseState keyedState()
    {
        NoiseState state("Noise_KK_25519_ChaChaPoly_SHA256");
        state.mixKey(filledKey(1));
        return state;
    }

private Q_SLOTS:
    // protocol.md 8, pitfall 10
    void startsWithTheNameItself()
    {
        const std::string_view name = "Noise_KK_25519_ChaChaPoly_SHA256";
        QVERIFY(std::ranges::equal(NoiseState(name).hash(), viewOf(name)));
        const Key32 hash = NoiseState("short").hash();
        QVERIFY(textOf(ByteView(hash).first(5)) == "short");
        QVERIFY(std::ranges::all_of(ByteView(hash).subspan(5), [](std::uint8_t byte) { return byte == 0; }));
    }

    void hashesWhatIsMixedIn()
    {
        NoiseState state("name");
        const Key32 before = state.hash();
        state.mixHash(Bytes{1, 2, 3});
        QVERIFY(state.hash() == sha256(ByteWriter().bytes(before).bytes(Bytes{1, 2, 3}).view()));
    }

    void readsWhatTheOtherSideWrote()
    {
        NoiseState writer = keyedState();
        NoiseState reader = keyedState();
        const Bytes plaintext{1, 2, 3};
        const Bytes ciphertext = writer.encryptAndHash(plaintext);
        QCOMPARE(ciphertext.size(), plaintext.size() + kNoiseTagSize);
        const auto opened = reader.decryptAndHash(ciphertext);
        QCOMPARE(verdict(opened), "OK");
        QVERIFY(*opened == plaintext);
        QVERIFY(writer.hash() == reader.hash());
        QVERIFY(isEqual(writer.split().initiatorToResponder, reader.split().initiatorToResponder));
        QVERIFY(isEqual(writer.split().responderToInitiator, reader.split().responderToInitiator));
    }

    void splitsIntoTwoDifferentKeys()
    {
        const NoiseSplit keys = keyedState().split();
        QVERIFY(!isEqual(keys.initiatorToResponder, keys.responderToInitiator));
    }

    void authenticatesTheHash()
    {
        NoiseState writer = keyedState();
        NoiseState reader = keyedState();
        reader.mixHash(Bytes{1});
        QCOMPARE(verdict(reader.decryptAndHash(writer.encryptAndHash(Bytes{1, 2, 3}))), "ERR_AUTH");
    }

    void keepsTheHashWhenNothingWasOpened()
    {
        NoiseState writer = keyedState();
        NoiseState reader = keyedState();
        const Bytes ciphertext = writer.encryptAndHash({});
        const Key32 before = reader.hash();
        QCOMPARE(verdict(reader.decryptAndHash(withFlippedBit(ciphertext, 0))), "ERR_AUTH");
        QVERIFY(reader.hash() == before);
        QCOMPARE(verdict(reader.decryptAndHash(ciphertext)), "OK");
    }

    void usesEveryNonceOnce()
    {
        NoiseCipher writer(filledKey(1));
        NoiseCipher reader(filledKey(1));
        const Bytes first = writer.encrypt({}, Bytes{7});
        const Bytes second = writer.encrypt({}, Bytes{7});
        QVERIFY(first != second);
        QCOMPARE(verdict(reader.decrypt({}, second)), "ERR_AUTH"); // uses up no nonce
        QCOMPARE(verdict(reader.decrypt({}, first)), "OK");
        QCOMPARE(verdict(reader.decrypt({}, first)), "ERR_AUTH");
        QCOMPARE(verdict(reader.decrypt({}, second)), "OK");
    }

    void refusesLessThanATag()
    {
        NoiseCipher cipher(filledKey(1));
        QCOMPARE(verdict(cipher.decrypt({}, Bytes(kNoiseTagSize - 1))), "ERR_LENGTH");
        QCOMPARE(verdict(cipher.decrypt({}, Bytes(kNoiseTagSize))), "ERR_AUTH");
    }
};

QTEST_APPLESS_MAIN(TestNoiseState)
#include "tst_noisestate.moc"
