#include "platform/qt/sqliteappstore.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using qt::SqliteAppStore;

class SqliteAppStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsValuesAcrossOpens();
    void listsTheKeysOfOneTableInOrder();
    void keepsAnyBytes();
    void makesPrivateFiles();
    void narrowsTheModeOfAnExistingFile();
    void putsADamagedFileAsideUntouched_data();
    void putsADamagedFileAsideUntouched();
    void leavesAFileOfANewerVersionAlone();
    void isForOneAtATime();
    void refusesALink();
    void wipesRemovedValues();

private:
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void SqliteAppStoreTest::keepsValuesAcrossOpens()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"sub/folder/app.db"_s);
    {
        const auto store = SqliteAppStore::open(path);
        QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
        QVERIFY(!(*store)->value("account", "a"));
        QVERIFY((*store)->setValue("account", "a", Bytes{1}));
        QVERIFY((*store)->setValue("account", "a", Bytes{2, 3}));
        QVERIFY((*store)->setValue("account", "b", Bytes{4}));
        QVERIFY((*store)->removeValue("account", "b"));
        QVERIFY((*store)->removeValue("account", "never there"));
    }
    const auto store = SqliteAppStore::open(path);
    QVERIFY(store.has_value());
    QCOMPARE(*(*store)->value("account", "a"), (Bytes{2, 3}));
    QVERIFY(!(*store)->value("account", "b"));
}

void SqliteAppStoreTest::listsTheKeysOfOneTableInOrder()
{
    QTemporaryDir folder;
    const auto store = SqliteAppStore::open(folder.filePath(u"app.db"_s));
    QVERIFY(store.has_value());
    for (const char *key : {"c", "a", "b"})
        QVERIFY((*store)->setValue("history", key, Bytes{1}));
    QVERIFY((*store)->setValue("pins", "z", Bytes{1}));
    QCOMPARE((*store)->keys("history"), (std::vector<std::string>{"a", "b", "c"}));
    QVERIFY((*store)->keys("nothing").empty());
}

void SqliteAppStoreTest::keepsAnyBytes()
{
    QTemporaryDir folder;
    const auto store = SqliteAppStore::open(folder.filePath(u"app.db"_s));
    QVERIFY(store.has_value());
    Bytes all(70000);
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::uint8_t>(i);
    QVERIFY((*store)->setValue("t", "'; DROP TABLE record; --", all));
    QCOMPARE(*(*store)->value("t", "'; DROP TABLE record; --"), all);
    QVERIFY((*store)->setValue("t", "empty", Bytes{}));
    QCOMPARE(*(*store)->value("t", "empty"), Bytes{});
}

void SqliteAppStoreTest::makesPrivateFiles()
{
    QTemporaryDir folder;
    const auto store = SqliteAppStore::open(folder.filePath(u"sub/app.db"_s));
    QVERIFY(store.has_value());
    QVERIFY((*store)->setValue("t", "k", Bytes{1}));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(folder.filePath(u"sub"_s)).permissions() & others));
    const QFileInfoList files = QDir(folder.filePath(u"sub"_s)).entryInfoList(QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void SqliteAppStoreTest::narrowsTheModeOfAnExistingFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"app.db"_s);
    QVERIFY(SqliteAppStore::open(path).has_value());
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
    QVERIFY(SqliteAppStore::open(path).has_value());
    QVERIFY(!(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void SqliteAppStoreTest::putsADamagedFileAsideUntouched_data()
{
    QTest::addColumn<int>("at");
    QTest::newRow("no database at all") << 0;
    QTest::newRow("a damaged page") << 4096;
}

void SqliteAppStoreTest::putsADamagedFileAsideUntouched()
{
    QFETCH(int, at);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"app.db"_s);
    {
        const auto store = SqliteAppStore::open(path);
        QVERIFY(store.has_value());
        QVERIFY((*store)->setValue("t", "k", Bytes(20000, 7)));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    file.write(QByteArray(4096, 'x'));
    file.close();
    const QByteArray damaged = contentOf(path);

    const auto store = SqliteAppStore::open(path);
    QVERIFY(!store);
    const QStringList aside = QDir(folder.path()).entryList({u"app.db.damaged-*"_s}, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QVERIFY(store.error().message.find(aside[0].toStdString()) != std::string::npos);
    QCOMPARE(contentOf(folder.filePath(aside[0])), damaged);
    QVERIFY(SqliteAppStore::open(path).has_value());
}

void SqliteAppStoreTest::leavesAFileOfANewerVersionAlone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"app.db"_s);
    QVERIFY(SqliteAppStore::open(path).has_value());
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"newer"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(u"PRAGMA user_version = 99"_s));
    }
    QSqlDatabase::removeDatabase(u"newer"_s);
    const auto store = SqliteAppStore::open(path);
    QVERIFY(!store);
    QVERIFY(store.error().message.find("newer") != std::string::npos);
    QVERIFY(QFile::exists(path));
}

void SqliteAppStoreTest::isForOneAtATime()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"app.db"_s);
    const auto first = SqliteAppStore::open(path);
    QVERIFY(first.has_value());
    QVERIFY((*first)->setValue("t", "k", Bytes{1}));
    const auto second = SqliteAppStore::open(path);
    QVERIFY(!second);
    QVERIFY(second.error().message.find("another") != std::string::npos);
    QCOMPARE(*(*first)->value("t", "k"), Bytes{1});
}

void SqliteAppStoreTest::refusesALink()
{
    QTemporaryDir folder;
    QVERIFY(QFile::link(folder.filePath(u"elsewhere"_s), folder.filePath(u"app.db"_s)));
    QVERIFY(!SqliteAppStore::open(folder.filePath(u"app.db"_s)));
    QVERIFY(!QFile::exists(folder.filePath(u"elsewhere"_s)));
}

void SqliteAppStoreTest::wipesRemovedValues()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"app.db"_s);
    const QByteArray word("a-word-to-be-forgotten");
    {
        const auto store = SqliteAppStore::open(path);
        QVERIFY(store.has_value());
        QVERIFY((*store)->setValue("t", "k", viewOf(word.toStdString())));
        QVERIFY((*store)->removeValue("t", "k"));
    }
    QVERIFY(!contentOf(path).contains(word));
    QVERIFY(!QFile::exists(path + u"-wal"_s));
}

QTEST_GUILESS_MAIN(SqliteAppStoreTest)
#include "tst_sqliteappstore.moc"
