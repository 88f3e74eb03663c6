#include "app/composition.h"
#include "tests/platform/waiting.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringlift;
using namespace Qt::StringLiterals;
using app::AudioKind;
using app::Composition;

namespace {

class Folder
{
public:
    app::AppOptions options() const
    {
        app::AppOptions options;
        options.server = QUrl(u"wss://127.0.0.1:1/"_s);
        options.dataFolder = m_folder.filePath(u"data"_s);
        options.insecureKeyFile = m_folder.filePath(u"key"_s);
        options.audio = AudioKind::None;
        return options;
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

QString faultOf(const app::AppOptions &options)
{
    const auto composition = Composition::make(options);
    return composition ? QString() : composition.error().code;
}

} // namespace

class TestComposition : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheDataFolderPrivate()
    {
        const Folder folder;
        const auto composition = Composition::make(folder.options());
        QVERIFY(composition.has_value());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(folder.path(u"data"_s)) & others));
        QVERIFY(!(QFile::permissions(folder.path(u"data/ringlift.db"_s)) & others));
    }

    void servesOnePhoneAtATimePerFolder()
    {
        const Folder folder;
        {
            const auto first = Composition::make(folder.options());
            QVERIFY(first.has_value());
            QCOMPARE(faultOf(folder.options()), u"in_use"_s);
        }
        QCOMPARE(faultOf(folder.options()), QString());
    }

    void saysWhatIsWrong()
    {
        const Folder folder;
        app::AppOptions nowhere = folder.options();
        nowhere.dataFolder = u"/proc/ringlift"_s;
        QCOMPARE(faultOf(nowhere), u"data_folder"_s);

        app::AppOptions mute = folder.options();
        mute.audio = AudioKind::Files;
        mute.microphoneFile = folder.path(u"missing.wav"_s);
        QCOMPARE(faultOf(mute), u"sound_file"_s);

        QVERIFY(QDir().mkpath(folder.path(u"data"_s)));
        QFile damaged(folder.path(u"data/ringlift.db"_s));
        QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(QByteArray(4096, 'x')) == 4096);
        damaged.close();
        QCOMPARE(faultOf(folder.options()), u"store_broken"_s);
        QCOMPARE(faultOf(folder.options()), QString()); // the damaged file was put aside
    }

    void makesTheEngineOnTheCallThread()
    {
        const Folder folder;
        const auto composition = Composition::make(folder.options());
        QVERIFY(composition.has_value());
        QCOMPARE((*composition)->engine().thread(), &(*composition)->callThread());
        QVERIFY(&(*composition)->callThread() != QThread::currentThread());
        QVERIFY((*composition)->fakePhone() == nullptr);
        QVERIFY((*composition)->handset() == nullptr);
    }

    void startsTheSameIdentityAgain()
    {
        const Folder folder;
        for (int run = 0; run < 2; ++run) {
            const auto composition = Composition::make(folder.options());
            QVERIFY(composition.has_value());
            engine::CallEngine &engine = (*composition)->engine();
            engine::StartState state = engine::StartState::Starting;
            QObject here; // so that the state is told on this thread
            QObject::connect(&engine, &engine::CallEngine::startChanged, &here, [&state](auto now) { state = now; });
            QMetaObject::invokeMethod(&engine, &engine::CallEngine::start, Qt::QueuedConnection);
            QVERIFY(tests::waitUntil([&] { return state != engine::StartState::Starting; }));
            QCOMPARE(state, engine::StartState::Ready);
        }
    }
};

QTEST_GUILESS_MAIN(TestComposition)
#include "tst_composition.moc"
