#include "server/sessions.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;
using protocol::AccountKind;

namespace {

constexpr ConnectionId kFirst{1};
constexpr ConnectionId kSecond{2};
constexpr protocol::Key32 kNumber{7};

Account account(std::uint8_t id, AccountKind kind = AccountKind::Sim)
{
    Account made;
    made.id = AccountId{{id}};
    made.numberTag = kNumber;
    made.kind = kind;
    return made;
}

Session &open(Sessions &sessions, ConnectionId id)
{
    Session session;
    session.id = id;
    return sessions.open(std::move(session));
}

} // namespace

class TestSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAConnectionUntilItIsRemoved()
    {
        Sessions sessions;
        open(sessions, kFirst);
        QVERIFY(sessions.find(kFirst) != nullptr);
        QVERIFY(sessions.find(kSecond) == nullptr);
        sessions.remove(kFirst);
        sessions.remove(kFirst);
        QVERIFY(sessions.find(kFirst) == nullptr);
        QCOMPARE(sessions.size(), std::size_t(0));
    }

    void findsWhoIsLoggedInByAccountAndByNumber()
    {
        Sessions sessions;
        Session &phone = open(sessions, kFirst);
        Session &desktop = open(sessions, kSecond);
        QVERIFY(sessions.ofAccount(AccountId{{1}}) == nullptr);
        sessions.logIn(phone, account(1));
        sessions.logIn(desktop, account(2, AccountKind::Manual));
        QVERIFY(sessions.ofAccount(AccountId{{1}}) == &phone);
        QVERIFY(sessions.ofNumber(kNumber, AccountKind::Sim) == &phone);
        QVERIFY(sessions.ofNumber(kNumber, AccountKind::Manual) == &desktop);
        QVERIFY(sessions.ofNumber({}, AccountKind::Sim) == nullptr);
        QCOMPARE(sessions.loggedIn(), std::size_t(2));
    }

    void forgetsTheAccountWithItsConnection()
    {
        Sessions sessions;
        sessions.logIn(open(sessions, kFirst), account(1));
        sessions.remove(kFirst);
        QVERIFY(sessions.ofAccount(AccountId{{1}}) == nullptr);
        QVERIFY(sessions.ofNumber(kNumber, AccountKind::Sim) == nullptr);
        QCOMPARE(sessions.loggedIn(), std::size_t(0));
    }

    void changesTheAccountOfAConnection()
    {
        Sessions sessions;
        Session &session = open(sessions, kFirst);
        sessions.logIn(session, account(1));
        sessions.logIn(session, account(2));
        QVERIFY(sessions.ofAccount(AccountId{{1}}) == nullptr);
        QVERIFY(sessions.ofAccount(AccountId{{2}}) == &session);
        QCOMPARE(sessions.loggedIn(), std::size_t(1));
    }

    void keepsTheNewerHolderOfANumberWhenTheOlderGoes()
    {
        Sessions sessions;
        sessions.logIn(open(sessions, kFirst), account(1));
        Session &newer = open(sessions, kSecond);
        sessions.logIn(newer, account(2));
        sessions.remove(kFirst);
        QVERIFY(sessions.ofNumber(kNumber, AccountKind::Sim) == &newer);
    }

    void knowsWhoHasToGo()
    {
        Sessions sessions;
        open(sessions, kFirst);
        open(sessions, kSecond);
        sessions.setDeadline(kFirst, TimePoint(1s));
        sessions.setDeadline(kSecond, TimePoint(2s));
        QVERIFY(sessions.nextTimeout() == TimePoint(1s));
        QVERIFY(!sessions.takeOverdue(TimePoint(1s) - Duration(1)));
        QVERIFY(sessions.takeOverdue(TimePoint(1s)) == kFirst);
        sessions.remove(kSecond);
        QVERIFY(!sessions.nextTimeout());
    }

    void letsWhoIsLoggedInStay()
    {
        Sessions sessions;
        Session &session = open(sessions, kFirst);
        sessions.setDeadline(kFirst, TimePoint(1s));
        sessions.logIn(session, account(1));
        QVERIFY(!sessions.nextTimeout());
        QVERIFY(!sessions.takeOverdue(TimePoint(1h)));
    }
};

QTEST_APPLESS_MAIN(TestSessions)
#include "tst_sessions.moc"
