#include "app/sentences.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace ringlift;
using app::Sentences;

namespace {

/// Every value from the first to the last of an enumeration.
template<typename Enum>
QList<Enum> allUpTo(Enum last)
{
    QList<Enum> all;
    for (int value = 0; value <= static_cast<int>(last); ++value)
        all.append(static_cast<Enum>(value));
    return all;
}

/// Empty is right only for the one value that says nothing.
template<typename Enum, typename Speak>
void expectSentences(Enum last, Enum silent, Speak speak)
{
    const QRegularExpression sentence(QStringLiteral("^[A-Z].*[.…a-z]$"));
    const QRegularExpression jargon(
        QStringLiteral("IMSI|SAS|ICE|NAT|Noise|TLS|leg\\b|match|handshake|peer|pin\\b|enum|null"));
    QSet<QString> seen;
    for (const Enum value : allUpTo(last)) {
        const QString text = speak(value);
        QVERIFY2(text.isEmpty() == (value == silent), qPrintable(QString::number(static_cast<int>(value))));
        if (text.isEmpty())
            continue;
        QVERIFY2(sentence.match(text).hasMatch(), qPrintable(text));
        QVERIFY2(!jargon.match(text).hasMatch(), qPrintable(text));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen.insert(text);
    }
}

} // namespace

class TestSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyReasonToStayHasItsOwnSentence();
    void everyEndHasItsOwnSentence_data();
    void everyEndHasItsOwnSentence();
    void everyLevelOfTrustHasItsOwnSentence();
    void everyStateOfTheLegHasItsOwnWords();
    void everyStateOfTheInternetCallHasItsOwnSentence();
    void everyFaultOfTheRegistrationHasItsOwnSentence();
    void everyStartHasItsOwnSentence();
    void waitingIsRoundedUpToWhatPeopleSay_data();
    void waitingIsRoundedUpToWhatPeopleSay();
};

void TestSentences::everyReasonToStayHasItsOwnSentence()
{
    expectSentences(call::StayReason::InternalFault, call::StayReason::None,
                    [](auto value) { return Sentences::of(value); });
}

void TestSentences::everyEndHasItsOwnSentence_data()
{
    QTest::addColumn<CallDirection>("direction");
    QTest::newRow("incoming") << CallDirection::Incoming;
    QTest::newRow("outgoing") << CallDirection::Outgoing;
}

void TestSentences::everyEndHasItsOwnSentence()
{
    QFETCH(CallDirection, direction);
    expectSentences(call::CallEnd::MediaLost, call::CallEnd::NotEnded,
        [direction](auto value) { return Sentences::of(value, direction); });
}

void TestSentences::everyLevelOfTrustHasItsOwnSentence()
{
    expectSentences(call::TrustLevel::Verified, call::TrustLevel::None, [](auto value) { return Sentences::of(value); });
}

void TestSentences::everyStateOfTheLegHasItsOwnWords()
{
    expectSentences(LegState::Unknown, LegState::None, [](auto value) { return Sentences::of(value); });
}

void TestSentences::everyStateOfTheInternetCallHasItsOwnSentence()
{
    expectSentences(call::IpState::Ended, call::IpState::Idle, [](auto value) { return Sentences::of(value); });
}

void TestSentences::everyFaultOfTheRegistrationHasItsOwnSentence()
{
    expectSentences(call::RegistrationFault::ReplacedElsewhere, call::RegistrationFault::None,
        [](auto value) { return Sentences::of(value); });
}

void TestSentences::everyStartHasItsOwnSentence()
{
    expectSentences(engine::StartState::StoreBroken, engine::StartState::Ready, [](auto value) { return Sentences::of(value); });
}

void TestSentences::waitingIsRoundedUpToWhatPeopleSay_data()
{
    QTest::addColumn<quint32>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing to wait for") << 0U << QString();
    QTest::newRow("seconds") << 59U << QStringLiteral("59 second");
    QTest::newRow("a whole minute") << 60U << QStringLiteral("1 minute");
    QTest::newRow("a minute and a bit") << 61U << QStringLiteral("2 minute");
    QTest::newRow("an hour") << 3600U << QStringLiteral("1 hour");
    QTest::newRow("a day") << 86400U << QStringLiteral("24 hour");
}

void TestSentences::waitingIsRoundedUpToWhatPeopleSay()
{
    QFETCH(quint32, seconds);
    QFETCH(QString, expected);
    const QString text = Sentences::waiting(seconds);
    QCOMPARE(text.isEmpty(), expected.isEmpty());
    QVERIFY2(text.contains(expected), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestSentences)
#include "tst_sentences.moc"
