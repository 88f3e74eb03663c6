#include "tests/tools/katchecker.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <variant>

using namespace ringlift;

namespace {

using Step = std::variant<QString, qsizetype>;
using Path = std::vector<Step>;

QString nameOf(const Path &path)
{
    QString name;
    for (const Step &step : path) {
        if (const auto *const key = std::get_if<QString>(&step))
            name += u'/' + *key;
        else
            name += u'/' + QString::number(std::get<qsizetype>(step));
    }
    return name;
}

void collect(const QJsonValue &value, const Path &here, std::vector<Path> &paths)
{
    if (!here.empty())
        paths.push_back(here);
    const auto below = [&](Step step, const QJsonValue &child) {
        Path path = here;
        path.push_back(std::move(step));
        collect(child, path, paths);
    };
    const QJsonObject object = value.toObject();
    for (auto entry = object.constBegin(); entry != object.constEnd(); ++entry)
        below(entry.key(), entry.value());
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        below(i, array.at(i));
}

QJsonValue at(QJsonValue value, const Path &path)
{
    for (const Step &step : path) {
        if (const auto *const key = std::get_if<QString>(&step))
            value = value.toObject().value(*key);
        else
            value = value.toArray().at(std::get<qsizetype>(step));
    }
    return value;
}

/// Undefined as replacement removes the field.
QJsonValue replaced(const QJsonValue &value, const Path &path, const QJsonValue &replacement, std::size_t depth = 0)
{
    if (depth == path.size())
        return replacement;
    if (const auto *const key = std::get_if<QString>(&path[depth])) {
        QJsonObject object = value.toObject();
        object.insert(*key, replaced(object.value(*key), path, replacement, depth + 1));
        return object;
    }
    const qsizetype index = std::get<qsizetype>(path[depth]);
    QJsonArray array = value.toArray();
    array.replace(index, replaced(array.at(index), path, replacement, depth + 1));
    return array;
}

/// The nearest other value of the same type.
QJsonValue changed(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toInteger() + 1;
    QString text = value.toString();
    if (text.isEmpty())
        return QStringLiteral("00");
    text.back() = text.back() == u'0' ? u'1' : u'0';
    return text;
}

kat::KatTally check(const QJsonValue &root)
{
    return kat::checkKnownAnswers(QJsonDocument(root.toObject()).toJson());
}

class TestKatChecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void passesOurKnownAnswers();
    void checksEverySectionOnItsOwn();
    void failsWhenAnyFieldChanges();
    void failsWhenAnyFieldIsMissing();
    void failsWhenAnyFieldHasAnotherType();
    void failsWhenANegativeExpectsSomethingElse();
    void refusesWhatItDoesNotKnow();
    void refusesWhatIsNotAFileOfCases_data();
    void refusesWhatIsNotAFileOfCases();
    void acceptsANegativeThatExpectsOk();
    void comparesEachVerdictOfASequence();
    void opensPacketsOfLateEpochs();

private:
    QJsonObject only(const Path &path) const;
    std::vector<Path> fields() const;

    QJsonObject m_root;
};

void TestKatChecker::initTestCase()
{
    QFile file(QStringLiteral(RINGLIFT_TEST_DATA "/ringlift-v1-kat.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_root = QJsonDocument::fromJson(file.readAll()).object();
}

/// The section that the path is in, and what it needs.
QJsonObject TestKatChecker::only(const Path &path) const
{
    const QString section = std::get<QString>(path.front());
    QJsonObject root{{section, m_root.value(section)}};
    if (section == u"register" || section == u"login" || section == u"calls" || section == u"negative")
        root.insert(QStringLiteral("identity"), m_root.value(QStringLiteral("identity")));
    if (section == u"negative")
        root.insert(QStringLiteral("calls"), m_root.value(QStringLiteral("calls")));
    return root;
}

/// Every value below a section that matters.
std::vector<Path> TestKatChecker::fields() const
{
    std::vector<Path> all;
    collect(m_root, {}, all);
    std::erase_if(all, [](const Path &path) {
        const auto *const name = std::get_if<QString>(&path.back());
        return path.size() < 2 || (name != nullptr && *name == u"why");
    });
    return all;
}

void TestKatChecker::passesOurKnownAnswers()
{
    const kat::KatTally tally = check(m_root);
    for (const std::string &failure : tally.failures())
        qWarning("%s", failure.c_str());
    QVERIFY(tally.good());
    QVERIFY(tally.passed() > 60);
}

void TestKatChecker::checksEverySectionOnItsOwn()
{
    for (const QString &section : m_root.keys()) {
        if (section != u"note")
            QVERIFY2(check(only({section})).good(), qPrintable(section));
    }
    QVERIFY(check(QJsonObject{{QStringLiteral("calls"), m_root.value(QStringLiteral("calls"))}}).good());
}

void TestKatChecker::failsWhenAnyFieldChanges()
{
    // What a refused message is refused for does not change with every bit of it.
    const QStringList freeInNegatives{QStringLiteral("input"),   QStringLiteral("chain0"),    QStringLiteral("commit"),
                                      QStringLiteral("call_id"), QStringLiteral("ephemeral"), QStringLiteral("prologue"),
                                      QStringLiteral("call")};
    int count = 0;
    for (const Path &path : fields()) {
        const QJsonValue value = at(m_root, path);
        const auto *const name = std::get_if<QString>(&path.back());
        const bool inNegative = std::get<QString>(path.front()) == u"negative";
        if (value.isObject() || value.isArray() || (inNegative && name && freeInNegatives.contains(*name)))
            continue;
        QVERIFY2(!check(replaced(only(path), path, changed(value))).good(), qPrintable(nameOf(path)));
        ++count;
    }
    QVERIFY(count > 200);
}

void TestKatChecker::failsWhenAnyFieldIsMissing()
{
    for (const Path &path : fields()) {
        const bool isMapEntry = path.size() == 3 && std::get<QString>(path.front()) == u"tags";
        if (isMapEntry || !std::holds_alternative<QString>(path.back()))
            continue;
        const QJsonValue mutated = replaced(only(path), path, QJsonValue::Undefined);
        QVERIFY2(!check(mutated).good(), qPrintable(nameOf(path)));
    }
}

void TestKatChecker::failsWhenAnyFieldHasAnotherType()
{
    const QJsonArray others{true, QJsonValue::Null, -1, 1.5, QStringLiteral("x")};
    qsizetype turn = 0;
    for (const Path &path : fields()) {
        const QJsonValue other = others.at(turn++ % others.size());
        QVERIFY2(!check(replaced(only(path), path, other)).good(), qPrintable(nameOf(path)));
    }
}

void TestKatChecker::failsWhenANegativeExpectsSomethingElse()
{
    const QString section = QStringLiteral("negative");
    for (qsizetype i = 0; i < m_root.value(section).toArray().size(); ++i) {
        const Path path{section, i, QStringLiteral("expect")};
        for (const char *const other : {"OK", "ERR_LENGTH", "ERR_STATE", "ERR_NONSENSE", ""})
            QVERIFY(!check(replaced(only(path), path, QString::fromLatin1(other))).good());
    }
}

void TestKatChecker::refusesWhatItDoesNotKnow()
{
    QJsonObject root = m_root;
    root.insert(QStringLiteral("surprise"), QJsonArray());
    QCOMPARE(check(root).failed(), std::size_t(1));
    const Path type{QStringLiteral("negative"), qsizetype(0), QStringLiteral("type")};
    QCOMPARE(check(replaced(m_root, type, QStringLiteral("noise3"))).failed(), std::size_t(1));
    const Path call{QStringLiteral("negative"), qsizetype(0), QStringLiteral("call")};
    QCOMPARE(check(replaced(m_root, call, 99)).failed(), std::size_t(1));
}

void TestKatChecker::refusesWhatIsNotAFileOfCases_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut off") << QByteArray("{\"note\":");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no section") << QByteArray("{}");
    QTest::newRow("only a note") << QByteArray(R"({"note":"x"})");
    QTest::newRow("empty sections") << QByteArray(R"({"identity":[],"negative":[],"calls":[]})");
    QTest::newRow("sections of another type") << QByteArray(R"({"identity":1,"tags":[2],"calls":"x","negative":null})");
    QTest::newRow("deep") << QByteArray(100000, '[');
}

void TestKatChecker::refusesWhatIsNotAFileOfCases()
{
    QFETCH(const QByteArray, json);
    QVERIFY(!kat::checkKnownAnswers(json).good());
}

void TestKatChecker::acceptsANegativeThatExpectsOk()
{
    const QJsonObject call = m_root.value(QStringLiteral("calls")).toArray().at(1).toObject();
    const auto negative = [&](const char *type, QJsonObject fields) {
        fields.insert(QStringLiteral("type"), QString::fromLatin1(type));
        fields.insert(QStringLiteral("expect"), QStringLiteral("OK"));
        fields.insert(QStringLiteral("call"), 1);
        return fields;
    };
    const QJsonValue message1 = call.value(QStringLiteral("m1_callee_to_caller"));
    const QJsonValue card = m_root.value(QStringLiteral("identity")).toArray().at(0).toObject().value(QStringLiteral("idcard"));
    QJsonObject root = m_root;
    root.insert(QStringLiteral("negative"),
                QJsonArray{negative("noise1", {{QStringLiteral("input"), message1}}),
                           negative("noise1_with_prologue",
                                    {{QStringLiteral("input"), message1},
                                     {QStringLiteral("prologue"), call.value(QStringLiteral("prologue"))}}),
                           negative("idcard", {{QStringLiteral("input"), card}})});
    QVERIFY(check(root).good());
}

void TestKatChecker::comparesEachVerdictOfASequence()
{
    const Path direction{QStringLiteral("calls"), qsizetype(0), QStringLiteral("directions"), QStringLiteral("callee_to_caller")};
    const QJsonObject keys = at(m_root, direction).toObject();
    const QJsonArray packets = keys.value(QStringLiteral("packets")).toArray();
    const auto step = [&](qsizetype packet, const char *verdict) {
        return QJsonObject{{QStringLiteral("packet"), packets.at(packet).toObject().value(QStringLiteral("packet"))},
                           {QStringLiteral("expect"), QString::fromLatin1(verdict)}};
    };
    // Counters 0, 1, 65535, 65536 and 131072.
    const QJsonArray sequence{step(4, "ERR_EPOCH"), step(0, "OK"),      step(0, "ERR_REPLAY"), step(3, "OK"),
                              step(2, "OK"),        step(1, "ERR_OLD"), step(4, "OK"),         step(4, "ERR_REPLAY")};
    const QJsonObject section{{QStringLiteral("type"), QStringLiteral("media_sequence")},
                              {QStringLiteral("chain0"), keys.value(QStringLiteral("media_chain0"))},
                              {QStringLiteral("sequence"), sequence}};
    for (const char *const name : {"negative", "media_sequence"}) {
        const QJsonObject root{{QString::fromLatin1(name), QJsonArray{section}}};
        QVERIFY(check(root).good());
        for (qsizetype i = 0; i < sequence.size(); ++i) {
            const Path expect{QString::fromLatin1(name), qsizetype(0), QStringLiteral("sequence"), i, QStringLiteral("expect")};
            QVERIFY(!check(replaced(root, expect, QStringLiteral("ERR_AUTH"))).good());
        }
    }
}

void TestKatChecker::opensPacketsOfLateEpochs()
{
    // The packet is not ours to know; that it fails for its bytes and not for its epoch shows in the reason.
    const Path counter{QStringLiteral("calls"), qsizetype(0), QStringLiteral("directions"), QStringLiteral("caller_to_callee"),
                       QStringLiteral("packets"), qsizetype(0), QStringLiteral("counter")};
    const Path packet{QStringLiteral("calls"), qsizetype(0), QStringLiteral("directions"), QStringLiteral("caller_to_callee"),
                      QStringLiteral("packets"), qsizetype(0), QStringLiteral("packet")};
    const auto far = [&](const QJsonValue &bytes) {
        return check(replaced(replaced(only(counter), counter, 9 << 16), packet, bytes));
    };
    const kat::KatTally failing = far(QStringLiteral("800000000009000000000000"));
    QCOMPARE(failing.failed(), std::size_t(1));
    const std::string &failure = failing.failures().front();
    const std::string marker = "the code \"";
    const std::size_t from = failure.find(marker) + marker.size();
    const std::string sealed = failure.substr(from, failure.find('"', from) - from);
    QVERIFY(far(QString::fromStdString(sealed)).good());
}

} // namespace

QTEST_APPLESS_MAIN(TestKatChecker)
#include "tst_katchecker.moc"
