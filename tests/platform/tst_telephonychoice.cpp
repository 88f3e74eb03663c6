#include "platform/linux/telephonychoice.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::modem;
using namespace Qt::StringLiterals;

namespace {

class ScriptedTelephony : public Telephony
{
public:
    void start() override { running = true; }
    void stop() override { running = false; }
    Finding finding() const override { return found; }
    std::vector<SimInfo> sims() const override { return std::vector<SimInfo>(1); }
    void dial(int, const std::string &, Done done) override { done(u"refused"_s); }
    void answer(const QString &call, Done) override { asked.append(u"answer "_s + call); }
    void hangUp(const QString &call, Done) override { asked.append(u"hang up "_s + call); }
    void sendDigit(const QString &call, char, Done) override { asked.append(u"digit "_s + call); }
    void readMessages(bool wanted) override { reads = wanted; }

    void find(Finding finding)
    {
        found = finding;
        Q_EMIT findingChanged(finding);
    }

    Finding found = Finding::Pending;
    bool running = false;
    bool reads = false;
    QStringList asked;
};

struct Rig {
    Rig()
    {
        std::vector<TelephonyChoice::Candidate> candidates;
        for (const auto &[name, made] : {std::pair{u"first"_s, &first}, {u"second"_s, &second}}) {
            auto telephony = std::make_unique<ScriptedTelephony>();
            *made = telephony.get();
            candidates.push_back({name, std::move(telephony)});
        }
        choice = std::make_unique<TelephonyChoice>(std::move(candidates));
        QObject::connect(choice.get(), &Telephony::findingChanged,
                         [this](Finding finding) { findings.push_back(finding); });
        choice->start();
    }

    ScriptedTelephony *first = nullptr;
    ScriptedTelephony *second = nullptr;
    std::unique_ptr<TelephonyChoice> choice;
    std::vector<Finding> findings;
};

} // namespace

class TelephonyChoiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheFirstThatHasAModem();
    void waitsForTheFirstToAnswer();
    void takesTheSecondWhenTheFirstHasNone_data();
    void takesTheSecondWhenTheFirstHasNone();
    void staysWithItsChoice();
    void passesOnWhatTheChosenOneTells();
    void refusesToDialWithoutAModem();
    void saysWhatCameClosest();
};

void TelephonyChoiceTest::takesTheFirstThatHasAModem()
{
    Rig rig;
    QVERIFY(rig.first->running && rig.second->running);
    rig.first->find(Finding::Found);
    QVERIFY(rig.first->running && !rig.second->running);
    QCOMPARE(rig.choice->finding(), Finding::Found);
    QCOMPARE(rig.choice->sims().size(), std::size_t(1));
    QVERIFY(rig.choice->considered().front().chosen);
    QVERIFY(rig.findings == std::vector{Finding::Found});
}

void TelephonyChoiceTest::waitsForTheFirstToAnswer()
{
    Rig rig;
    rig.second->find(Finding::Found);
    QCOMPARE(rig.choice->finding(), Finding::Pending);
    QVERIFY(rig.choice->sims().empty());
    rig.first->find(Finding::Found);
    QVERIFY(rig.choice->considered().front().chosen && !rig.choice->considered().back().chosen);
}

void TelephonyChoiceTest::takesTheSecondWhenTheFirstHasNone_data()
{
    QTest::addColumn<Finding>("finding");
    QTest::newRow("not running") << Finding::NotRunning;
    QTest::newRow("no answer") << Finding::NoAnswer;
    QTest::newRow("no modem") << Finding::NoModem;
}

void TelephonyChoiceTest::takesTheSecondWhenTheFirstHasNone()
{
    QFETCH(Finding, finding);
    Rig rig;
    rig.second->find(Finding::Found);
    rig.first->find(finding);
    QVERIFY(!rig.first->running && rig.second->running);
    QCOMPARE(rig.choice->finding(), Finding::Found);
    QVERIFY(rig.choice->considered().back().chosen);
}

void TelephonyChoiceTest::staysWithItsChoice()
{
    Rig rig;
    rig.first->find(Finding::NotRunning);
    rig.second->find(Finding::Found);
    rig.second->find(Finding::NotRunning);
    rig.first->find(Finding::Found);
    QCOMPARE(rig.choice->finding(), Finding::NotRunning);
    QVERIFY((rig.findings == std::vector{Finding::Found, Finding::NotRunning}));
}

void TelephonyChoiceTest::passesOnWhatTheChosenOneTells()
{
    Rig rig;
    int reports = 0;
    QStringList messages;
    QObject::connect(rig.choice.get(), &Telephony::callReported, [&] { ++reports; });
    QObject::connect(rig.choice.get(), &Telephony::messageRead, [&](const QString &text) { messages.append(text); });
    rig.choice->readMessages(true);
    QVERIFY(!rig.first->reads);
    rig.first->find(Finding::Found);
    QVERIFY(rig.first->reads && !rig.second->reads);
    Q_EMIT rig.first->callReported({});
    Q_EMIT rig.second->callReported({});
    Q_EMIT rig.first->messageRead(u"text"_s);
    QCOMPARE(reports, 1);
    QCOMPARE(messages, QStringList{u"text"_s});
    rig.choice->answer(u"a"_s, {});
    rig.choice->hangUp(u"b"_s, {});
    rig.choice->sendDigit(u"c"_s, '1', {});
    QCOMPARE(rig.first->asked, (QStringList{u"answer a"_s, u"hang up b"_s, u"digit c"_s}));
}

void TelephonyChoiceTest::refusesToDialWithoutAModem()
{
    Rig rig;
    QString refusal;
    rig.choice->dial(0, "+8613800138000", [&](const QString &why) { refusal = why; });
    QCOMPARE(refusal, u"there is no modem"_s);
}

void TelephonyChoiceTest::saysWhatCameClosest()
{
    Rig rig;
    rig.first->find(Finding::NotRunning);
    QCOMPARE(rig.choice->finding(), Finding::Pending);
    rig.second->find(Finding::NoModem);
    QCOMPARE(rig.choice->finding(), Finding::NoModem);
    QCOMPARE(rig.choice->considered().front().finding, Finding::NotRunning);
}

QTEST_APPLESS_MAIN(TelephonyChoiceTest)
#include "tst_telephonychoice.moc"
