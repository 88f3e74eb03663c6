#include "core/crypto/tags.h"
#include "tests/core/crypto/cryptorig.h"

#include <QTest>

using namespace ringlift;
using namespace ringlift::crypto;

namespace {

template<std::size_t N> ByteArray<N> filled(std::uint8_t byte)
{
    ByteArray<N> bytes;
    bytes.fill(byte);
    return bytes;
}

} // namespace

// The layouts of protocol.md 3.3 to 3.5, written out once more.
class TestSignedMessages : public QObject
{
    Q_OBJECT

    const AccountId m_account{filled<16>(1)};
    const Key32 m_clientNonce = filled<32>(2);
    const Key32 m_serverNonce = filled<32>(3);
    const Key32 m_serverPublic = filled<32>(4);
    const Key32 m_binding = filled<32>(5);

private Q_SLOTS:
    void bindsARegistrationToCardCodeAndConnection()
    {
        const SessionId session{filled<16>(6)};
        const IdCardBytes card = filled<140>(7);
        const Bytes expected = ByteWriter()
                                   .bytes(viewOf(std::string_view("ringlift/v1/register\0", 21)))
                                   .bytes(session.bytes)
                                   .bytes(m_binding)
                                   .bytes(sha256(card))
                                   .bytes(viewOf("042137"))
                                   .take();
        QVERIFY(registerMessage(session, m_binding, card, "042137") == expected);
    }

    void bindsALoginToBothNoncesAndTheServer()
    {
        const Bytes expected = ByteWriter()
                                   .bytes(viewOf(std::string_view("ringlift/v1/login\0", 18)))
                                   .bytes(m_account.bytes)
                                   .bytes(m_clientNonce)
                                   .bytes(m_serverNonce)
                                   .bytes(m_serverPublic)
                                   .bytes(m_binding)
                                   .take();
        QVERIFY(loginMessage(m_account, m_clientNonce, m_serverNonce, m_serverPublic, m_binding) == expected);
    }

    void bindsTheServersGreetingToTheConnection()
    {
        const Bytes expected = ByteWriter()
                                   .bytes(viewOf(std::string_view("ringlift/v1/server-hello\0", 25)))
                                   .bytes(m_serverNonce)
                                   .bytes(m_binding)
                                   .take();
        QVERIFY(serverHelloMessage(m_serverNonce, m_binding) == expected);
    }

    void neverTakesADeletionForALock()
    {
        const auto expected = [&](std::string_view label) {
            return ByteWriter().bytes(viewOf(label)).bytes(m_account.bytes).bytes(m_serverNonce).take();
        };
        QVERIFY(deleteMessage(m_account, m_serverNonce) == expected(std::string_view("ringlift/v1/delete\0", 19)));
        QVERIFY(reglockMessage(m_account, m_serverNonce) == expected(std::string_view("ringlift/v1/reglock\0", 20)));
    }
};

QTEST_APPLESS_MAIN(TestSignedMessages)
#include "tst_signedmessages.moc"
