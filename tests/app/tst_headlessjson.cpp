#include "app/headlessjson.h"

#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using call::CallHandle;

class TestHeadlessJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesCalls()
    {
        QCOMPARE(app::nameOf(CallHandle{7}), u"c7"_s);
        QCOMPARE(app::callFromName(u"c7"_s), std::optional(CallHandle{7}));
        for (const QString &wrong : {u"7"_s, u"c"_s, u"c07"_s, u"c-7"_s, u"d7"_s, u"c99999999999"_s, u""_s})
            QVERIFY2(!app::callFromName(wrong), qPrintable(wrong));
    }

    void tellsEverythingOfACall()
    {
        call::CallInfo info;
        info.handle = CallHandle{2};
        info.direction = CallDirection::Incoming;
        info.peer = Redacted(std::string("+8613900139000"));
        info.leg = LegState::Ringing;
        info.ip = call::IpState::Alerting;
        info.carrier = call::Carrier::Internet;
        info.stay = call::StayReason::PeerIdentityChanged;
        info.wantsAnswer = true;
        info.sas = "481907";
        info.trust = call::TrustLevel::Verified;
        info.path = "direct";
        QJsonObject object = app::toJson(info);
        QVERIFY(!object.contains("answered_us"_L1));
        QCOMPARE(object["safety_number"_L1], QJsonValue(QString(u""_s)));
        QCOMPARE(object["call"_L1].toString(), u"c2"_s);
        QCOMPARE(object["direction"_L1].toString(), u"incoming"_s);
        QCOMPARE(object["peer"_L1].toString(), u"+8613900139000"_s);
        QCOMPARE(object["leg"_L1].toString(), u"ringing"_s);
        QCOMPARE(object["ip"_L1].toString(), u"alerting"_s);
        QCOMPARE(object["carrier"_L1].toString(), u"internet"_s);
        QCOMPARE(object["why"_L1].toString(), u"peer_identity_changed"_s);
        QCOMPARE(object["trust"_L1].toString(), u"verified"_s);
        QCOMPARE(object["sas"_L1].toString(), u"481907"_s);
        QVERIFY(object["wants_answer"_L1].toBool());
        QCOMPARE(object["prompt"_L1].toString(), u"notice"_s);
        QCOMPARE(object["asks_to_move"_L1], QJsonValue(false));
        info.prompt = call::Prompt::AskFirst;
        info.asksToMove = true;
        QCOMPARE(app::toJson(info)["prompt"_L1].toString(), u"ask"_s);
        QVERIFY(app::toJson(info)["asks_to_move"_L1].toBool());
        info.safetyNumber = std::string(60, '7');
        QCOMPARE(app::toJson(info)["safety_number"_L1].toString(), QString(60, u'7'));
        info.answeredAt = TimePoint(Duration(123456789012345));
        QCOMPARE(app::toJson(info)["answered_us"_L1].toInteger(), qint64{123456789012345});
    }

    void tellsWhatIsKnownOfTheConnection()
    {
        const QJsonObject nothing = app::toJson(NetworkInfo{});
        QCOMPARE(nothing["kind"_L1].toString(), u"unknown"_s);
        QVERIFY(nothing["metered"_L1].isNull());
        QVERIFY(nothing["roaming"_L1].isNull());
        const QJsonObject mobile = app::toJson(NetworkInfo{NetworkKind::Cellular, true, false});
        QCOMPARE(mobile["kind"_L1].toString(), u"cellular"_s);
        QCOMPARE(mobile["metered"_L1], QJsonValue(true));
        QCOMPARE(mobile["roaming"_L1], QJsonValue(false));
    }

    void tellsEverythingOfTheHistory()
    {
        engine::HistoryEntry entry;
        entry.key = "0001";
        entry.record.startedUnix = 1'764'000'000;
        entry.record.talked = std::chrono::milliseconds(20'412);
        entry.record.end = call::CallEnd::NoAnswer;
        const QJsonObject object = app::toJson(entry);
        QCOMPARE(object["key"_L1].toString(), u"0001"_s);
        QCOMPARE(object["started"_L1].toInteger(), qint64{1'764'000'000});
        QCOMPARE(object["talked_ms"_L1].toInteger(), qint64{20'412});
        QCOMPARE(object["end"_L1].toString(), u"no_answer"_s);
        QVERIFY(object["sim"_L1].isNull());
        entry.record.sim = 1;
        QCOMPARE(app::toJson(entry)["sim"_L1].toInt(), 1);
    }

    void roundsFigures()
    {
        engine::MediaFigures figures;
        figures.jitterMs = 1.23456;
        QCOMPARE(app::toJson(figures)["jitter_ms"_L1].toDouble(), 1.23);
    }
};

QTEST_APPLESS_MAIN(TestHeadlessJson)
#include "tst_headlessjson.moc"
