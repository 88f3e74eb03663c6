#include "app/contacts.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringlift;
using app::Contacts;

namespace {

const QString kPeer = QStringLiteral("+4915550123456");

} // namespace

class TestContacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatTheUserWantsForAContact()
    {
        Contacts contacts;
        const QSignalSpy changed(&contacts, &Contacts::changed);
        contacts.onContactChanged(kPeer, call::HandOver::AtAnswer);
        QCOMPARE(contacts.handOvers().value(kPeer).toInt(), static_cast<int>(Contacts::AtAnswer));
        contacts.onContactForgotten(kPeer);
        QVERIFY(contacts.handOvers().isEmpty());
        contacts.onContactForgotten(kPeer);
        QCOMPARE(changed.size(), 2);
    }

    void asksForWhatIsNotSoYet()
    {
        Contacts contacts;
        const QSignalSpy requested(&contacts, &Contacts::handOverRequested);
        contacts.setHandOver(kPeer, Contacts::AtRing);
        contacts.onContactChanged(kPeer, call::HandOver::ByTrust);
        contacts.setHandOver(kPeer, Contacts::ByTrust);
        QCOMPARE(requested.size(), 0);
        contacts.setHandOver(kPeer, Contacts::AtRing);
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested.at(0).at(0).toString(), kPeer);
        QVERIFY(requested.at(0).at(1).value<call::HandOver>() == call::HandOver::AtRing);
    }
};

QTEST_GUILESS_MAIN(TestContacts)
#include "tst_contacts.moc"
