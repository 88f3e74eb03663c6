#include "core/call/servertrust.h"
#include "tests/core/call/scriptedserver.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::call;
using namespace ringlift::test;

namespace {

const protocol::Key32 kBinding = filled(5);

protocol::Challenge announcing(const ScriptedServer &server, const ScriptedServer &next, const ScriptedServer &signer)
{
    protocol::Challenge challenge = server.challenge(kBinding);
    challenge.nextPk = next.key().publicKey();
    challenge.nextSig = signer.key().sign(crypto::serverKeyMessage(next.key().publicKey()));
    return challenge;
}

} // namespace

class ServerTrustTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trustsAnySignerBeforeTheFirstRegistration();
    void trustsThePinnedKeyAlone();
    void wantsASignatureForThisConnection();
    void doesNotKnowOtherVersions();
    void followsAnAnnouncedKey();
    void followsOneAnnouncementAfterTheOther();
    void remembersWhatWasAnnouncedBefore();
    void ignoresAnAnnouncementOfSomebodyElse();
    void believesNoAnnouncementWithoutAPin();
    void forgetsAnAnnouncementWithThePin();
};

void ServerTrustTest::trustsAnySignerBeforeTheFirstRegistration()
{
    ServerTrust trust;
    QVERIFY(trust.judge(ScriptedServer(7).challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(ScriptedServer(8).challenge(kBinding), kBinding) == ServerVerdict::Trusted);
}

void ServerTrustTest::trustsThePinnedKeyAlone()
{
    const ScriptedServer server(7);
    ServerTrust trust;
    trust.pin(server.key().publicKey());
    QVERIFY(trust.judge(server.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(ScriptedServer(8).challenge(kBinding), kBinding) == ServerVerdict::Untrusted);
}

void ServerTrustTest::wantsASignatureForThisConnection()
{
    const ScriptedServer server(7);
    ServerTrust trust;
    QVERIFY(trust.judge(server.challenge(filled(6)), kBinding) == ServerVerdict::Untrusted);
    protocol::Challenge unsignedOne = server.challenge(kBinding);
    unsignedOne.serverSig = {};
    QVERIFY(trust.judge(unsignedOne, kBinding) == ServerVerdict::Untrusted);
    protocol::Challenge borrowed = server.challenge(kBinding);
    borrowed.serverNonce = filled(1);
    QVERIFY(trust.judge(borrowed, kBinding) == ServerVerdict::Untrusted);
}

void ServerTrustTest::doesNotKnowOtherVersions()
{
    protocol::Challenge challenge = ScriptedServer(7).challenge(kBinding);
    challenge.version = 2;
    QVERIFY(ServerTrust().judge(challenge, kBinding) == ServerVerdict::UnknownVersion);
}

void ServerTrustTest::followsAnAnnouncedKey()
{
    const ScriptedServer server(7);
    const ScriptedServer next(8);
    ServerTrust trust;
    trust.pin(server.key().publicKey());
    QVERIFY(trust.judge(announcing(server, next, server), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(next.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(server.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
}

void ServerTrustTest::followsOneAnnouncementAfterTheOther()
{
    const ScriptedServer first(7);
    const ScriptedServer second(8);
    const ScriptedServer third(9);
    ServerTrust trust;
    trust.pin(first.key().publicKey());
    QVERIFY(trust.judge(announcing(first, second, first), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(announcing(second, third, second), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.pinned() == second.key().publicKey());
    QVERIFY(trust.announced() == third.key().publicKey());
    QVERIFY(trust.judge(second.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(third.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(first.challenge(kBinding), kBinding) == ServerVerdict::Untrusted);
}

void ServerTrustTest::remembersWhatWasAnnouncedBefore()
{
    const ScriptedServer server(7);
    const ScriptedServer next(8);
    ServerTrust trust;
    trust.pin(server.key().publicKey(), next.key().publicKey());
    QVERIFY(trust.judge(next.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(server.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(ScriptedServer(9).challenge(kBinding), kBinding) == ServerVerdict::Untrusted);
}

void ServerTrustTest::ignoresAnAnnouncementOfSomebodyElse()
{
    const ScriptedServer server(7);
    const ScriptedServer stranger(8);
    ServerTrust trust;
    trust.pin(server.key().publicKey());
    QVERIFY(trust.judge(announcing(server, stranger, stranger), kBinding) == ServerVerdict::Trusted);
    QVERIFY(trust.judge(announcing(stranger, stranger, stranger), kBinding) == ServerVerdict::Untrusted);
    QVERIFY(trust.judge(stranger.challenge(kBinding), kBinding) == ServerVerdict::Untrusted);
}

void ServerTrustTest::believesNoAnnouncementWithoutAPin()
{
    const ScriptedServer server(7);
    const ScriptedServer stranger(8);
    ServerTrust trust;
    QVERIFY(trust.judge(announcing(stranger, stranger, stranger), kBinding) == ServerVerdict::Trusted);
    trust.pin(server.key().publicKey());
    QVERIFY(trust.judge(stranger.challenge(kBinding), kBinding) == ServerVerdict::Untrusted);
}

void ServerTrustTest::forgetsAnAnnouncementWithThePin()
{
    const ScriptedServer server(7);
    const ScriptedServer next(8);
    ServerTrust trust;
    trust.pin(server.key().publicKey());
    QVERIFY(trust.judge(announcing(server, next, server), kBinding) == ServerVerdict::Trusted);
    trust.pin(server.key().publicKey()); // the same: nothing changes
    QVERIFY(trust.judge(next.challenge(kBinding), kBinding) == ServerVerdict::Trusted);
    trust.pin(ScriptedServer(9).key().publicKey());
    QVERIFY(trust.judge(next.challenge(kBinding), kBinding) == ServerVerdict::Untrusted);
}

QTEST_APPLESS_MAIN(ServerTrustTest)
#include "tst_servertrust.moc"
