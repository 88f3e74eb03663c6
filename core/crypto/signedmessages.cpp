#include "core/crypto/identity.h"
#include "core/crypto/tags.h"

// What is signed, protocol.md 3.3 to 3.5.
namespace ringlift::crypto {

Bytes registerMessage(const SessionId &session, const Key32 &channelBinding, const IdCardBytes &card,
                      std::string_view code)
{
    return ByteWriter()
        .label("ringlift/v1/register")
        .bytes(session.bytes)
        .bytes(channelBinding)
        .bytes(sha256(card))
        .bytes(viewOf(code))
        .take();
}

Bytes loginMessage(const AccountId &account, const Key32 &clientNonce, const Key32 &serverNonce,
                   const Key32 &serverPublic, const Key32 &channelBinding)
{
    return ByteWriter()
        .label("ringlift/v1/login")
        .bytes(account.bytes)
        .bytes(clientNonce)
        .bytes(serverNonce)
        .bytes(serverPublic)
        .bytes(channelBinding)
        .take();
}

Bytes serverHelloMessage(const Key32 &serverNonce, const Key32 &channelBinding)
{
    return ByteWriter().label("ringlift/v1/server-hello").bytes(serverNonce).bytes(channelBinding).take();
}

Bytes serverKeyMessage(const Key32 &nextPublic)
{
    return ByteWriter().label("ringlift/v1/server-key").bytes(nextPublic).take();
}

Bytes deleteMessage(const AccountId &account, const Key32 &serverNonce)
{
    return ByteWriter().label("ringlift/v1/delete").bytes(account.bytes).bytes(serverNonce).take();
}

Bytes reglockMessage(const AccountId &account, const Key32 &serverNonce)
{
    return ByteWriter().label("ringlift/v1/reglock").bytes(account.bytes).bytes(serverNonce).take();
}

} // namespace ringlift::crypto
