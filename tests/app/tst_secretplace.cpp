#include "app/secretplace.h"
#include "tests/core/engine/ports.h"
#include "tests/platform/waiting.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using app::SecretPlace;
using ports::SecretFailure;
using tests::waitUntil;

namespace {

const QString kKey = u"device-seed-v1:server.example"_s;
const Bytes kSecret{1, 2, 3};
const qt::PassphraseCost kCheap{1, 8192};

/// What reading gave.
struct Answer
{
    std::optional<Bytes> secret;
    std::optional<SecretFailure> failure;
};

Answer read(SecretPlace &place)
{
    std::optional<Answer> answer;
    place.read(kKey, [&](auto secret, auto failure) { answer = Answer{secret, failure}; });
    waitUntil([&] { return answer.has_value(); });
    return answer.value_or(Answer{});
}

std::optional<SecretFailure> write(SecretPlace &place)
{
    std::optional<std::optional<SecretFailure>> answer;
    place.write(kKey, kSecret, [&](auto failure) { answer = failure; });
    waitUntil([&] { return answer.has_value(); });
    return answer.value_or(SecretFailure::TimedOut);
}

} // namespace

/// On a machine without a keyring.
class TestSecretPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
        qunsetenv("DISPLAY");
    }

    void saysThatThereIsNoKeyring()
    {
        const QTemporaryDir folder;
        tests::TestStore markers;
        SecretPlace place(markers, folder.filePath(u"secrets"_s), kCheap);
        QCOMPARE(read(place).failure, std::optional(SecretFailure::NoBackend));
        QVERIFY(write(place).has_value());
    }

    void keepsSecretsUnderAPassphrase()
    {
        const QTemporaryDir folder;
        tests::TestStore markers;
        {
            SecretPlace place(markers, folder.filePath(u"secrets"_s), kCheap);
            place.usePassphrase(u"correct horse"_s);
            QCOMPARE(read(place).failure, std::optional(SecretFailure::NotFound));
            QVERIFY(!write(place));
            QCOMPARE(read(place).secret, std::optional(kSecret));
        }
        SecretPlace again(markers, folder.filePath(u"secrets"_s), kCheap);
        QCOMPARE(read(again).failure, std::optional(SecretFailure::Locked));
        QCOMPARE(write(again), std::optional(SecretFailure::Locked));
        again.usePassphrase(u"wrong horse"_s);
        QCOMPARE(read(again).failure, std::optional(SecretFailure::Locked));
        again.usePassphrase(u"correct horse"_s);
        QCOMPARE(read(again).secret, std::optional(kSecret));
    }

    void asksTheKeyringAgainWhenThePassphraseIsForgotten()
    {
        const QTemporaryDir folder;
        tests::TestStore markers;
        SecretPlace place(markers, folder.filePath(u"secrets"_s), kCheap);
        QVERIFY(!place.hasPassphraseFile());
        place.usePassphrase(u"the keyring's, by mistake"_s);
        QCOMPARE(read(place).failure, std::optional(SecretFailure::NotFound));
        place.forgetPassphrase();
        QCOMPARE(read(place).failure, std::optional(SecretFailure::NoBackend));
        QVERIFY(!place.hasPassphraseFile());
    }
};

QTEST_GUILESS_MAIN(TestSecretPlace)
#include "tst_secretplace.moc"
