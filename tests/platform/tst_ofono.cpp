#include "tests/platform/ofonorig.h"

using namespace ringlift;
using namespace ringlift::plmn;
using namespace Qt::StringLiterals;
using tests::OfonoRig;

/// The modems of the virtual network, driven by the real oFono.
class OfonoTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void readsTheSim();
    void carriesACallFromModemToModem();
    void carriesMessages();
    void cleanupTestCase();

private:
    std::unique_ptr<tests::OfonoNetwork> m_network;
    Controller *m_control = nullptr;
    OfonoRig *m_rig = nullptr;
};

void OfonoTest::initTestCase()
{
    m_network = std::make_unique<tests::OfonoNetwork>();
    QVERIFY(m_network->start());
    m_control = m_network->control.get();
    m_rig = m_network->rig.get();
}

void OfonoTest::readsTheSim()
{
    QVERIFY(m_rig->until([&] { return m_rig->properties(u"/a"_s, u"SimManager"_s).contains(u"SubscriberNumbers"_s); }));
    const QVariantMap sim = m_rig->properties(u"/a"_s, u"SimManager"_s);
    QCOMPARE(sim.value(u"SubscriberIdentity"_s).toString(), u"460001234567890"_s);
    QCOMPARE(sim.value(u"SubscriberNumbers"_s).toStringList(), QStringList{QLatin1StringView(kAnna)});
    QCOMPARE(sim.value(u"MobileNetworkCode"_s).toString(), u"00"_s);
    QVERIFY(sim.value(u"CardIdentifier"_s).toString().startsWith(u"8986"_s));
}

void OfonoTest::carriesACallFromModemToModem()
{
    const auto dialled =
        m_rig->call(u"/a"_s, OfonoRig::interface(u"VoiceCallManager"_s), "Dial", {QString::fromLatin1(kBo), QString()});
    const QString outgoing = dialled.arguments().value(0).value<QDBusObjectPath>().path();
    QVERIFY2(!outgoing.isEmpty(), qPrintable(dialled.errorMessage()));
    const QString incoming = m_rig->callAdded(u"/b"_s);
    QVERIFY(m_rig->callIs(incoming, u"incoming"_s));
    QVERIFY(m_rig->until(
        [&] { return m_rig->callOf(incoming).value(u"LineIdentification"_s).toString() == QLatin1StringView(kAnna); }));
    QVERIFY(m_rig->callIs(outgoing, u"alerting"_s));
    m_rig->call(incoming, OfonoRig::interface(u"VoiceCall"_s), "Answer");
    QVERIFY(m_rig->callIs(incoming, u"active"_s) && m_rig->callIs(outgoing, u"active"_s));
    m_rig->call(outgoing, OfonoRig::interface(u"VoiceCall"_s), "Hangup");
    QVERIFY(m_rig->wasRemoved(incoming) && m_rig->wasRemoved(outgoing));
}

void OfonoTest::carriesMessages()
{
    const QString text = QString(300, u'y');
    QVERIFY(
        m_control->command("sms", {{u"from"_s, u"Ringlift"_s}, {u"to"_s, QLatin1StringView(kBo)}, {u"text"_s, text}}));
    QVERIFY(m_rig->wasSent(text));
    const auto sent = m_rig->call(u"/a"_s, OfonoRig::interface(u"MessageManager"_s), "SendMessage",
                                  {QString::fromLatin1(kBo), u"您的验证码是 123456"_s});
    QVERIFY2(sent.type() == QDBusMessage::ReplyMessage, qPrintable(sent.errorMessage()));
    QVERIFY(m_rig->wasSent(u"您的验证码是 123456"_s));
}

void OfonoTest::cleanupTestCase()
{
    m_network.reset();
}

QTEST_GUILESS_MAIN(OfonoTest)
#include "tst_ofono.moc"
