#include "app/historymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::HistoryModel;

namespace {

call::CallRecord record(std::string peer, bool moved, call::StayReason stay = call::StayReason::None)
{
    call::CallRecord record;
    record.peer = Redacted<std::string>(std::move(peer));
    record.moved = moved;
    record.stay = stay;
    record.answered = true;
    record.talked = std::chrono::seconds(75);
    record.end = call::CallEnd::RemoteHangUp;
    return record;
}

QString text(const HistoryModel &model, int row, HistoryModel::Role role)
{
    return model.data(model.index(row), role).toString();
}

} // namespace

class TestHistoryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheNewestFirst();
    void saysThatACallMoved();
    void knowsTheSimOfACall();
    void saysWhyACallDidNotMove();
    void marksMissedCalls_data();
    void marksMissedCalls();
    void forgetsTheOldestWhenThereAreTooMany();
    void asksBeforeItForgets();
    void isASoundModel();
};

void TestHistoryModel::showsTheNewestFirst()
{
    HistoryModel model;
    model.onHistoryLoaded({{"1", record("+8613800138000", true)}, {"2", record("+8613800138001", true)}});
    model.onHistoryAdded({"3", record("+8613800138002", true)});
    QCOMPARE(model.count(), 3);
    QCOMPARE(text(model, 0, HistoryModel::Number), QStringLiteral("+8613800138002"));
    QCOMPARE(text(model, 2, HistoryModel::Number), QStringLiteral("+8613800138000"));
    QCOMPARE(text(model, 2, HistoryModel::Title), QStringLiteral("+86 138 0013 8000"));
}

void TestHistoryModel::saysThatACallMoved()
{
    HistoryModel model;
    model.onHistoryAdded({"1", record("+8613800138000", true)});
    QCOMPARE(text(model, 0, HistoryModel::Outcome), QStringLiteral("Moved to the Internet"));
    QCOMPARE(text(model, 0, HistoryModel::Explanation), QString());
    QCOMPARE(text(model, 0, HistoryModel::Length), QStringLiteral("1:15"));
}

void TestHistoryModel::saysWhyACallDidNotMove()
{
    HistoryModel model;
    model.onHistoryAdded({"1", record("+8613800138000", false, call::StayReason::NoMatch)});
    QCOMPARE(text(model, 0, HistoryModel::Outcome), QStringLiteral("Stayed on the phone network"));
    QVERIFY(text(model, 0, HistoryModel::Explanation).contains(QStringLiteral("did not respond")));
}

void TestHistoryModel::knowsTheSimOfACall()
{
    HistoryModel model;
    call::CallRecord call = record("+8613800138000", true);
    model.onHistoryAdded({"1", call});
    QCOMPARE(model.data(model.index(0), HistoryModel::Sim).toInt(), -1);
    call.sim = 1;
    model.onHistoryAdded({"2", call});
    QCOMPARE(model.data(model.index(0), HistoryModel::Sim).toInt(), 1);
}

void TestHistoryModel::marksMissedCalls_data()
{
    QTest::addColumn<CallDirection>("direction");
    QTest::addColumn<bool>("answered");
    QTest::addColumn<call::CallEnd>("end");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nobody was there") << CallDirection::Incoming << false << call::CallEnd::NoAnswer << true;
    QTest::newRow("caller gave up") << CallDirection::Incoming << false << call::CallEnd::RemoteHangUp << true;
    QTest::newRow("declined") << CallDirection::Incoming << false << call::CallEnd::Declined << false;
    QTest::newRow("answered") << CallDirection::Incoming << true << call::CallEnd::RemoteHangUp << false;
    QTest::newRow("outgoing") << CallDirection::Outgoing << false << call::CallEnd::NoAnswer << false;
}

void TestHistoryModel::marksMissedCalls()
{
    QFETCH(CallDirection, direction);
    QFETCH(bool, answered);
    QFETCH(call::CallEnd, end);
    HistoryModel model;
    call::CallRecord call = record("+8613800138000", false);
    call.direction = direction;
    call.answered = answered;
    call.end = end;
    model.onHistoryAdded({"1", call});
    QTEST(model.data(model.index(0), HistoryModel::Missed).toBool(), "expected");
}

void TestHistoryModel::forgetsTheOldestWhenThereAreTooMany()
{
    HistoryModel model;
    QList<engine::HistoryEntry> entries(HistoryModel::kMaxCalls + 5, {"", record("+8613800138000", true)});
    entries.first().record = record("10086", false);
    model.onHistoryLoaded(entries);
    model.onHistoryAdded({"x", record("+8613800138001", true)});
    QCOMPARE(model.count(), HistoryModel::kMaxCalls);
    QCOMPARE(text(model, 0, HistoryModel::Number), QStringLiteral("+8613800138001"));
}

void TestHistoryModel::asksBeforeItForgets()
{
    HistoryModel model;
    model.onHistoryAdded({"1", record("+8613800138000", true)});
    const QSignalSpy cleared(&model, &HistoryModel::clearRequested);
    model.clear();
    QCOMPARE(cleared.size(), 1);
    QCOMPARE(model.count(), 1); // the engine has the last word
    model.onHistoryLoaded({});
    QCOMPARE(model.count(), 0);
}

void TestHistoryModel::isASoundModel()
{
    HistoryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.onHistoryLoaded({{"1", record("+8613800138000", true)}});
    model.onHistoryAdded({"2", record("+8613800138000", true)});
    model.retranslate();
    model.onHistoryLoaded({});
    QVERIFY(!model.data(model.index(5), HistoryModel::Title).isValid());
}

QTEST_GUILESS_MAIN(TestHistoryModel)
#include "tst_historymodel.moc"
