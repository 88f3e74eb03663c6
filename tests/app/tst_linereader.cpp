#include "app/linereader.h"
#include "tests/platform/waiting.h"

#include <QSignalSpy>
#include <QTest>

#include <array>
#include <unistd.h>

using namespace ringlift;

namespace {

/// Writes into one end of a pipe what the reader reads from the other.
class Rig
{
public:
    Rig()
    {
        if (::pipe(m_ends.data()) != 0)
            qFatal("no pipe");
        reader = std::make_unique<app::LineReader>(m_ends[0], 10);
        QObject::connect(reader.get(), &app::LineReader::lineRead, reader.get(),
            [this](const QByteArray &line) { heard.append(line); });
        QObject::connect(reader.get(), &app::LineReader::tooLong, reader.get(), [this] { heard.append("TOO LONG"); });
        QObject::connect(reader.get(), &app::LineReader::finished, reader.get(), [this] { heard.append("END"); });
    }
    ~Rig()
    {
        reader.reset();
        end();
        ::close(m_ends[0]);
    }
    void say(const QByteArray &bytes) const
    {
        if (::write(m_ends[1], bytes.constData(), static_cast<std::size_t>(bytes.size())) != bytes.size())
            qFatal("the pipe is full");
    }
    void end()
    {
        if (m_ends[1] >= 0)
            ::close(std::exchange(m_ends[1], -1));
    }
    bool hears(const QByteArrayList &expected)
    {
        tests::waitUntil([&] { return heard.size() >= expected.size(); });
        return heard == expected;
    }

    std::unique_ptr<app::LineReader> reader;
    QByteArrayList heard;

private:
    std::array<int, 2> m_ends{};
};

} // namespace

class TestLineReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsLinesHoweverTheyArrive()
    {
        Rig rig;
        rig.say("one\ntw");
        QVERIFY(rig.hears({"one"}));
        rig.say("o\r\n\n  \nthree\n");
        QVERIFY(rig.hears({"one", "two", "three"}));
    }

    void takesAnUnfinishedLastLine()
    {
        Rig rig;
        rig.say("last");
        rig.end();
        QVERIFY(rig.hears({"last", "END"}));
    }

    void skipsALineThatIsTooLongAndTellsItOnce()
    {
        Rig rig;
        rig.say(QByteArray(10, 'a') + '\n' + QByteArray(11, 'b') + '\n' + "c\n");
        QVERIFY(rig.hears({QByteArray(10, 'a'), "TOO LONG", "c"}));
        rig.say(QByteArray(5000, 'd'));
        QVERIFY(rig.hears({QByteArray(10, 'a'), "TOO LONG", "c", "TOO LONG"}));
        rig.say(QByteArray(5000, 'd') + "\ne\n");
        QVERIFY(rig.hears({QByteArray(10, 'a'), "TOO LONG", "c", "TOO LONG", "e"}));
    }

    void endsAfterALineThatIsTooLong()
    {
        Rig rig;
        rig.say(QByteArray(50, 'a'));
        rig.end();
        QVERIFY(rig.hears({"TOO LONG", "END"}));
    }
};

QTEST_GUILESS_MAIN(TestLineReader)
#include "tst_linereader.moc"
