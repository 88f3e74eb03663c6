#include "core/base/random.h"
#include "server/sqliteregistry.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using protocol::AccountKind;

namespace {

Account makeAccount(std::uint64_t seed, AccountKind kind = AccountKind::Sim)
{
    SeededRandom random(seed);
    Account account;
    account.id = random.id<AccountId>();
    account.numberTag = random.array<32>();
    account.imsiTag = random.array<32>();
    account.kind = kind;
    account.idcard = random.array<140>();
    account.createdDay = account.verifiedDay = account.lastSeenDay = 20'000;
    return account;
}

/// A registry in a folder of its own.
class RegistryRig
{
public:
    RegistryRig() { reopen(); }

    std::string path() const { return m_folder.filePath(u"x.sqlite"_s).toStdString(); }
    Result<std::unique_ptr<SqliteRegistry>> open() const { return SqliteRegistry::open(path(), 5ms); }
    void reopen()
    {
        registry.reset();
        auto opened = open();
        if (opened)
            registry = std::move(*opened);
    }
    std::string refusal() const
    {
        const auto opened = open();
        return opened ? std::string() : opened.error().message;
    }

    std::unique_ptr<SqliteRegistry> registry;

private:
    QTemporaryDir m_folder;
};

/// Another program at the same file.
class Intruder
{
public:
    explicit Intruder(const std::string &path)
    {
        m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"intruder"_s);
        m_database.setDatabaseName(QString::fromStdString(path));
        m_database.open();
    }
    ~Intruder()
    {
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(u"intruder"_s);
    }
    Intruder(const Intruder &) = delete;
    Intruder &operator=(const Intruder &) = delete;
    bool run(const QString &statement) { return QSqlQuery(m_database).exec(statement); }
    QVariant ask(const QString &statement)
    {
        QSqlQuery query(m_database);
        return query.exec(statement) && query.next() ? query.value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
};

} // namespace

class TestSqliteRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatItTook_data();
    void givesBackWhatItTook();
    void keepsAccountsWhenItIsClosed();
    void replacesOnlyTheSameNumberAndKind();
    void replacesAllOrNothing();
    void replacesWhatAnOlderKeyTagged();
    void updatesNothingThatIsNotThere();
    void updatesTheTagOfANumberUnlessItIsTaken();
    void removesWhatOlderKeysTagged();
    void removesAndForgets();
    void setsTheDayOfSeveral();
    void saysBusyAtOnceWhenSomebodyWrites();
    void readsWhileSomebodyWrites();
    void keepsItsFileToItself();
    void isDurableAndJournalled();
    void refusesADamagedFile_data();
    void refusesADamagedFile();
    void refusesAFileOfANewerVersion();
    void holdsNothingButTags();
};

void TestSqliteRegistry::givesBackWhatItTook_data()
{
    QTest::addColumn<int>("variant");
    QTest::newRow("plain") << 0;
    QTest::newRow("a handle instead of the IMSI") << 1;
    QTest::newRow("manual") << 2;
    QTest::newRow("with everything set") << 3;
    QTest::newRow("zero bytes inside") << 4;
}

void TestSqliteRegistry::givesBackWhatItTook()
{
    QFETCH(const int, variant);
    Account account = makeAccount(1, variant == 2 ? AccountKind::Manual : AccountKind::Sim);
    if (variant == 1 || variant == 2)
        account.imsiTag.reset();
    if (variant == 1)
        account.simHandle = SimHandle{SeededRandom(5).array<16>()};
    if (variant == 3) {
        account.reglock = "$argon2id$v=19$m=65536,t=2,p=1$abc";
        account.flagged = account.frozen = true;
        account.quarantineUntilHour = 4'000'000'000U;
        account.pinTriesUsed = 3;
        account.pinTriesDay = 20'001;
        account.tagKeyId = 7;
    }
    if (variant == 4) {
        account.id = {};
        account.numberTag = {};
        account.imsiTag = protocol::Key32{};
    }
    RegistryRig rig;
    QVERIFY(rig.registry->replace(account, {}));
    QCOMPARE(**rig.registry->find(account.id), account);
    QCOMPARE(**rig.registry->findByNumber(account.numberTag, account.kind), account);
}

void TestSqliteRegistry::keepsAccountsWhenItIsClosed()
{
    RegistryRig rig;
    const Account account = makeAccount(1);
    QVERIFY(rig.registry->replace(account, {}));
    rig.reopen();
    QCOMPARE(**rig.registry->find(account.id), account);
    QCOMPARE(*rig.registry->size(), 1U);
}

void TestSqliteRegistry::replacesOnlyTheSameNumberAndKind()
{
    RegistryRig rig;
    const Account phone = makeAccount(1);
    Account desktop = makeAccount(2, AccountKind::Manual);
    desktop.numberTag = phone.numberTag;
    const Account stranger = makeAccount(3);
    Account newPhone = makeAccount(4);
    newPhone.numberTag = phone.numberTag;
    for (const Account &account : {phone, desktop, stranger, newPhone})
        QVERIFY(rig.registry->replace(account, {}));
    QVERIFY(!rig.registry->find(phone.id)->has_value());
    QCOMPARE(rig.registry->findByNumber(phone.numberTag, AccountKind::Sim)->value().id, newPhone.id);
    QCOMPARE(rig.registry->findByNumber(phone.numberTag, AccountKind::Manual)->value().id, desktop.id);
    QVERIFY(rig.registry->find(stranger.id)->has_value());
}

void TestSqliteRegistry::replacesAllOrNothing()
{
    RegistryRig rig;
    const Account first = makeAccount(1);
    const Account second = makeAccount(2);
    QVERIFY(rig.registry->replace(first, {}) && rig.registry->replace(second, {}));
    Account impossible = makeAccount(3);
    impossible.numberTag = first.numberTag;
    impossible.id = second.id; // taken
    const auto done = rig.registry->replace(impossible, {});
    QVERIFY(!done);
    QCOMPARE(done.error(), RegistryError::Failed);
    QCOMPARE(**rig.registry->find(first.id), first);
    QCOMPARE(**rig.registry->find(second.id), second);
    QVERIFY(rig.registry->replace(makeAccount(4), {}));
}

void TestSqliteRegistry::updatesNothingThatIsNotThere()
{
    RegistryRig rig;
    Account account = makeAccount(1);
    QVERIFY(rig.registry->update(account));
    QCOMPARE(*rig.registry->size(), 0U);
    QVERIFY(rig.registry->replace(account, {}));
    account.flagged = true;
    account.reglock = "x";
    QVERIFY(rig.registry->update(account));
    QCOMPARE(**rig.registry->find(account.id), account);
}

void TestSqliteRegistry::replacesWhatAnOlderKeyTagged()
{
    RegistryRig rig;
    const Account oldest = makeAccount(1);
    Account desktop = makeAccount(2, AccountKind::Manual);
    desktop.numberTag = oldest.numberTag;
    const Account next = makeAccount(3);
    for (const Account &account : {oldest, desktop})
        QVERIFY(rig.registry->replace(account, {}));
    const std::vector<protocol::Key32> older{makeAccount(8).numberTag, oldest.numberTag};
    QVERIFY(rig.registry->replace(next, older));
    QVERIFY(!rig.registry->find(oldest.id)->has_value());
    QVERIFY(rig.registry->find(desktop.id)->has_value());
    QCOMPARE(*rig.registry->size(), 2U);

    // All or nothing: what an older key tagged stays when the new one cannot come.
    Account impossible = makeAccount(4);
    impossible.id = desktop.id;
    const std::vector<protocol::Key32> tags{next.numberTag};
    QVERIFY(!rig.registry->replace(impossible, tags));
    QCOMPARE(**rig.registry->find(next.id), next);
}

void TestSqliteRegistry::updatesTheTagOfANumberUnlessItIsTaken()
{
    RegistryRig rig;
    Account account = makeAccount(1);
    const Account other = makeAccount(2);
    QVERIFY(rig.registry->replace(account, {}) && rig.registry->replace(other, {}));
    const protocol::Key32 before = account.numberTag;
    account.numberTag = makeAccount(9).numberTag;
    account.imsiTag = makeAccount(9).imsiTag;
    account.tagKeyId = 2;
    QVERIFY(rig.registry->update(account));
    QCOMPARE(**rig.registry->findByNumber(account.numberTag, account.kind), account);
    QVERIFY(!rig.registry->findByNumber(before, account.kind)->has_value());
    QCOMPARE(*rig.registry->newestTagKey(), 2U);
    Account impossible = account;
    impossible.numberTag = other.numberTag;
    QCOMPARE(rig.registry->update(impossible).error(), RegistryError::Failed);
    QCOMPARE(**rig.registry->find(account.id), account);
    QCOMPARE(**rig.registry->find(other.id), other);
}

void TestSqliteRegistry::removesWhatOlderKeysTagged()
{
    RegistryRig rig;
    QCOMPARE(*rig.registry->newestTagKey(), 0U);
    for (std::uint32_t key = 1; key <= 3; ++key) {
        Account account = makeAccount(key);
        account.tagKeyId = key;
        QVERIFY(rig.registry->replace(account, {}));
    }
    QVERIFY(rig.registry->removeTaggedBefore(3));
    QCOMPARE(*rig.registry->size(), 1U);
    QVERIFY(rig.registry->find(makeAccount(3).id)->has_value());
}

void TestSqliteRegistry::removesAndForgets()
{
    RegistryRig rig;
    const Account account = makeAccount(1);
    QVERIFY(rig.registry->replace(account, {}));
    QVERIFY(rig.registry->remove(account.id));
    QVERIFY(rig.registry->remove(account.id));
    QVERIFY(!rig.registry->find(account.id)->has_value());
    QCOMPARE(*rig.registry->size(), 0U);
}

void TestSqliteRegistry::setsTheDayOfSeveral()
{
    RegistryRig rig;
    const Account first = makeAccount(1);
    const Account second = makeAccount(2);
    const Account other = makeAccount(3);
    for (const Account &account : {first, second, other})
        QVERIFY(rig.registry->replace(account, {}));
    const std::vector<AccountId> ids{first.id, second.id, makeAccount(9).id};
    QVERIFY(rig.registry->touch(ids, 20'500));
    QCOMPARE(rig.registry->find(first.id)->value().lastSeenDay, 20'500);
    QCOMPARE(rig.registry->find(second.id)->value().lastSeenDay, 20'500);
    QCOMPARE(rig.registry->find(other.id)->value().lastSeenDay, 20'000);
}

void TestSqliteRegistry::saysBusyAtOnceWhenSomebodyWrites()
{
    RegistryRig rig;
    const Account account = makeAccount(1);
    QVERIFY(rig.registry->replace(account, {}));
    Intruder intruder(rig.path());
    QVERIFY(intruder.run(u"BEGIN EXCLUSIVE"_s));
    const std::vector<AccountId> ids{account.id};
    const auto replaced = rig.registry->replace(makeAccount(2), {});
    const auto touched = rig.registry->touch(ids, 1);
    const auto removed = rig.registry->remove(account.id);
    const auto updated = rig.registry->update(account);
    const auto dropped = rig.registry->removeTaggedBefore(2);
    for (const auto *const result : {&replaced, &touched, &removed, &updated, &dropped}) {
        QVERIFY(!*result);
        QCOMPARE(result->error(), RegistryError::Busy);
    }
    QVERIFY(intruder.run(u"ROLLBACK"_s));
    QVERIFY(rig.registry->replace(makeAccount(2), {}));
}

void TestSqliteRegistry::readsWhileSomebodyWrites()
{
    RegistryRig rig;
    const Account account = makeAccount(1);
    QVERIFY(rig.registry->replace(account, {}));
    Intruder intruder(rig.path());
    QVERIFY(intruder.run(u"BEGIN EXCLUSIVE"_s));
    QCOMPARE(**rig.registry->find(account.id), account);
}

void TestSqliteRegistry::keepsItsFileToItself()
{
    RegistryRig rig;
    QVERIFY(rig.registry->replace(makeAccount(1), {}));
    for (const char *const suffix : {"", "-wal", "-shm"}) {
        struct stat status = {};
        QCOMPARE(::stat((rig.path() + suffix).c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0600U);
    }
}

void TestSqliteRegistry::isDurableAndJournalled()
{
    RegistryRig rig;
    Intruder intruder(rig.path());
    QCOMPARE(intruder.ask(u"PRAGMA journal_mode"_s).toString(), u"wal"_s);
    QCOMPARE(intruder.ask(u"PRAGMA user_version"_s).toInt(), 1);
}

void TestSqliteRegistry::refusesADamagedFile_data()
{
    QTest::addColumn<int>("damage");
    QTest::newRow("no database at all") << 0;
    QTest::newRow("a page overwritten") << 1;
}

void TestSqliteRegistry::refusesADamagedFile()
{
    QFETCH(const int, damage);
    RegistryRig rig;
    for (std::uint64_t i = 0; i < 60; ++i)
        QVERIFY(rig.registry->replace(makeAccount(i), {}));
    rig.registry.reset();
    QFile file(QString::fromStdString(rig.path()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    if (damage == 0)
        bytes = QByteArray(20'000, 'x');
    else
        std::fill(bytes.begin() + 8192, bytes.begin() + 12288, '\x5a');
    file.resize(0);
    file.seek(0);
    file.write(bytes);
    file.close();
    const std::string refusal = rig.refusal();
    QVERIFY2(refusal.find("is damaged") != std::string::npos, refusal.c_str());
    QVERIFY(refusal.find(rig.path()) != std::string::npos);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void TestSqliteRegistry::refusesAFileOfANewerVersion()
{
    RegistryRig rig;
    rig.registry.reset();
    {
        Intruder intruder(rig.path());
        QVERIFY(intruder.run(u"PRAGMA user_version = 99"_s));
    }
    QVERIFY(rig.refusal().find("newer version") != std::string::npos);
}

void TestSqliteRegistry::holdsNothingButTags()
{
    RegistryRig rig;
    Intruder intruder(rig.path());
    const QString tables =
        intruder.ask(u"SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table'"_s).toString();
    QCOMPARE(tables, u"account"_s);
}

QTEST_GUILESS_MAIN(TestSqliteRegistry)
#include "tst_sqliteregistry.moc"
