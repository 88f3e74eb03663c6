#include "core/crypto/noisekk.h"

#include "core/crypto/x25519.h"
#include "tests/core/crypto/cryptorig.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

namespace {

Bytes hexField(const QJsonObject &object, const char *name)
{
    return hexBytes(object.value(QLatin1StringView(name)).toString().toStdString());
}

SecretKey keyField(const QJsonObject &object, const char *name)
{
    return SecretKey(*toArray<32>(hexField(object, name)));
}

NoiseKk party(NoiseKk::Role role, const QJsonObject &vector, const std::string &prefix)
{
    const SecretKey own = keyField(vector, (prefix + "_static").c_str());
    const SecretKey ephemeral = keyField(vector, (prefix + "_ephemeral").c_str());
    const auto peer = *toArray<32>(hexField(vector, (prefix + "_remote_static").c_str()));
    return NoiseKk(role, own, x25519Public(own), peer, EphemeralKey::fromSecret(ephemeral.view()),
                   hexField(vector, (prefix + "_prologue").c_str()));
}

QJsonObject publicVector()
{
    QFile file(QStringLiteral(RINGLIFT_TEST_DATA "/noise-kk-cacophony.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (const QJsonValue &vector : QJsonDocument::fromJson(file.readAll()).object().value(u"vectors").toArray()) {
        if (vector.toObject().value(u"protocol_name").toString() == u"Noise_KK_25519_ChaChaPoly_SHA256")
            return vector.toObject();
    }
    return {};
}

} // namespace

class TestNoiseKk : public QObject
{
    Q_OBJECT

    const QJsonObject m_vector = publicVector();
    NoiseKk initiator() const { return party(NoiseKk::Role::Initiator, m_vector, "init"); }
    NoiseKk responder() const { return party(NoiseKk::Role::Responder, m_vector, "resp"); }

private Q_SLOTS:
    void agreesWithThePublicVectors()
    {
        const QJsonArray messages = m_vector.value(u"messages").toArray();
        QVERIFY(messages.size() > 2);
        const auto payload = [&](qsizetype i) { return hexField(messages.at(i).toObject(), "payload"); };
        const auto ciphertext = [&](qsizetype i) { return hexField(messages.at(i).toObject(), "ciphertext"); };
        NoiseKk first = initiator();
        NoiseKk second = responder();
        QVERIFY(*first.writeMessage1(payload(0)) == ciphertext(0));
        QVERIFY(*second.readMessage1(ciphertext(0)) == payload(0));
        QVERIFY(*second.writeMessage2(payload(1)) == ciphertext(1));
        QVERIFY(*first.readMessage2(ciphertext(1)) == payload(1));
        QVERIFY(first.handshakeHash() == *toArray<32>(hexField(m_vector, "handshake_hash")));
        QVERIFY(second.handshakeHash() == first.handshakeHash());
        NoiseSplit keys = first.split();
        NoiseCipher toResponder(std::move(keys.initiatorToResponder));
        NoiseCipher toInitiator(std::move(keys.responderToInitiator));
        for (qsizetype i = 2; i < messages.size(); ++i)
            QVERIFY((i % 2 == 0 ? toResponder : toInitiator).encrypt({}, payload(i)) == ciphertext(i));
    }

    void refusesMessagesThatEndBeforeTheTag()
    {
        const Bytes message(47);
        QCOMPARE(verdict(responder().readMessage1(message)), "ERR_LENGTH");
        QCOMPARE(verdict(responder().readMessage1({})), "ERR_LENGTH");
        NoiseKk first = initiator();
        QCOMPARE(verdict(first.writeMessage1({})), "OK");
        QCOMPARE(verdict(first.readMessage2(message)), "ERR_LENGTH");
    }

    // T28
    void refusesAPeersKeyOfLowOrder()
    {
        const SecretKey own = filledKey(1);
        NoiseKk first(NoiseKk::Role::Initiator, own, x25519Public(own), Key32{},
                      EphemeralKey::fromSecret(filledKey(2).view()), {});
        QCOMPARE(verdict(first.writeMessage1({})), "ERR_DH");
    }

    void refusesAnEphemeralKeyOfLowOrder()
    {
        const Bytes message(48);
        QCOMPARE(verdict(responder().readMessage1(message)), "ERR_DH");
        NoiseKk first = initiator();
        QCOMPARE(verdict(first.writeMessage1({})), "OK");
        QCOMPARE(verdict(first.readMessage2(message)), "ERR_DH");
    }
};

QTEST_APPLESS_MAIN(TestNoiseKk)
#include "tst_noisekk.moc"
