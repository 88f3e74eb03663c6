#include "app/optionsfile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;

class TestOptionsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsWhatIsNotGiven();
    void isNotNeeded();
    void isForThePhoneOfTheSessionOnly();
    void saysWhichLineIsWrong_data();
    void saysWhichLineIsWrong();

private:
    QString written(const QByteArray &text) const
    {
        QFile file(m_folder.filePath(u"options"_s));
        return file.open(QFile::WriteOnly | QFile::Truncate) && file.write(text) == text.size() ? file.fileName()
                                                                                                : QString();
    }

    QTemporaryDir m_folder;
};

void TestOptionsFile::addsWhatIsNotGiven()
{
    const QString path = written("# mine\n\nline = modem\n server=wss://example.org/?a=b \nmic-waits\nca =\n");
    const auto all = app::withOptionsOfFile({u"ringlift"_s, u"--line"_s, u"manual"_s, u"tel:112"_s}, path);
    QVERIFY(all.has_value());
    QStringList sorted = *all;
    QCOMPARE(sorted.takeFirst(), u"ringlift"_s);
    sorted.sort();
    QCOMPARE(sorted, (QStringList{u"--ca="_s, u"--line"_s, u"--mic-waits"_s, u"--server=wss://example.org/?a=b"_s,
                                  u"manual"_s, u"tel:112"_s}));
}

void TestOptionsFile::isNotNeeded()
{
    const QStringList arguments{u"ringlift"_s};
    const auto all = app::withOptionsOfFile(arguments, m_folder.filePath(u"none"_s));
    QVERIFY(all.has_value());
    QCOMPARE(*all, arguments);
}

void TestOptionsFile::isForThePhoneOfTheSessionOnly()
{
    const QString path = written("nonsense of all kinds\n");
    for (const QString &option : {u"--headless"_s, u"--data=/tmp/a"_s, u"--restore-ring"_s, u"--keep-ring=5"_s})
        QVERIFY(app::withOptionsOfFile({u"ringlift"_s, option}, path).has_value());
}

void TestOptionsFile::saysWhichLineIsWrong_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("words") << QByteArray("this is a text");
    QTest::newRow("dashes") << QByteArray("--line = modem");
    QTest::newRow("no name") << QByteArray("= modem");
    QTest::newRow("another phone") << QByteArray("data = /tmp/a");
    QTest::newRow("no window") << QByteArray("headless");
}

void TestOptionsFile::saysWhichLineIsWrong()
{
    QFETCH(const QByteArray, line);
    const auto all = app::withOptionsOfFile({u"ringlift"_s}, written("line = modem\n" + line + "\n"));
    QVERIFY(!all.has_value());
    QVERIFY(all.error().message.starts_with("Line 2 "));
}

QTEST_GUILESS_MAIN(TestOptionsFile)
#include "tst_optionsfile.moc"
