#include "core/base/bytes.h"
#include "core/media/wavfile.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace ringlift;
using namespace ringlift::media;

namespace {

Bytes little(std::uint32_t value, std::size_t width)
{
    Bytes bytes;
    for (std::size_t i = 0; i < width; ++i)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8U * i)));
    return bytes;
}

void append(Bytes &to, const Bytes &what)
{
    to.insert(to.end(), what.begin(), what.end());
}

struct Form
{
    std::uint32_t code = 1;
    std::uint32_t channels = 1;
    std::uint32_t rate = 48000;
    std::uint32_t bits = 16;
};

Bytes chunk(std::string_view tag, const Bytes &body)
{
    Bytes bytes = copyOf(viewOf(tag));
    append(bytes, little(static_cast<std::uint32_t>(body.size()), 4));
    append(bytes, body);
    if (body.size() % 2 != 0)
        bytes.push_back(0);
    return bytes;
}

Bytes formChunk(const Form &form)
{
    Bytes body = little(form.code, 2);
    append(body, little(form.channels, 2));
    append(body, little(form.rate, 4));
    append(body, little(form.rate * form.channels * form.bits / 8, 4));
    append(body, little(form.channels * form.bits / 8, 2));
    append(body, little(form.bits, 2));
    if (form.code == 0xFFFE) {
        append(body, little(22, 2));
        append(body, little(form.bits, 2));
        append(body, little(4, 4));
        append(body, *fromHex("0100000000001000800000aa00389b71"));
    }
    return chunk("fmt ", body);
}

Bytes riff(const std::vector<Bytes> &chunks)
{
    Bytes body = copyOf(viewOf("WAVE"));
    for (const Bytes &part : chunks)
        append(body, part);
    Bytes bytes = copyOf(viewOf("RIFF"));
    append(bytes, little(static_cast<std::uint32_t>(body.size()), 4));
    append(bytes, body);
    return bytes;
}

const Bytes kSound{1, 0, 0xFE, 0xFF, 0, 0x80};

Bytes truncatedBy(Bytes bytes, std::size_t count)
{
    bytes.resize(bytes.size() - count);
    return bytes;
}

} // namespace

Q_DECLARE_METATYPE(Bytes)

class TestWavFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPlainAndExtensibleFiles()
    {
        const std::vector<std::int16_t> sound{1, -2, -32768};
        QVERIFY(*parseWav(riff({formChunk({}), chunk("data", kSound)})) == sound);
        QVERIFY(*parseWav(riff({formChunk({.code = 0xFFFE}), chunk("data", kSound)})) == sound);
        QVERIFY(*parseWav(riff({chunk("LIST", {1, 2, 3}), formChunk({}), chunk("fact", {0, 0, 0, 0}), chunk("data", kSound)})) == sound);
        QVERIFY(parseWav(riff({formChunk({}), chunk("data", {})}))->empty());
    }

    void refusesOthersAndSaysWhy_data()
    {
        QTest::addColumn<Bytes>("file");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const Bytes &file, const char *reason) { QTest::newRow(name) << file << QString::fromLatin1(reason); };
        const Bytes data = chunk("data", kSound);
        Bytes lying = riff({formChunk({}), data});
        lying[40] = 0xFF;
        lying[43] = 0x7F;
        Bytes strange = formChunk({.code = 0xFFFE});
        strange[8 + 30] ^= 1U;
        row("nothing", {}, "not a WAV");
        row("text", copyOf(viewOf("this is not a sound at all")), "not a WAV");
        row("RIFF of another kind", copyOf(viewOf("RIFF....AVI LIST....")), "not a WAV");
        row("only a head", riff({}), "no sound");
        row("no data", riff({formChunk({})}), "no sound");
        row("no format", riff({data}), "before its format");
        row("cut in the sound", truncatedBy(riff({formChunk({}), data}), 2), "truncated");
        row("cut in the format", truncatedBy(riff({formChunk({})}), 3), "truncated");
        row("a length that lies", lying, "longer than the file");
        row("stereo", riff({formChunk({.channels = 2}), data}), "2 channels");
        row("no channel", riff({formChunk({.channels = 0}), data}), "0 channels");
        row("44.1 kHz", riff({formChunk({.rate = 44100}), data}), "44100 Hz");
        row("8 bit", riff({formChunk({.bits = 8}), data}), "8 bits");
        row("float", riff({formChunk({.code = 3, .bits = 32}), data}), "not PCM");
        row("another extensible format", riff({strange, data}), "not PCM");
        row("short format", riff({chunk("fmt ", {1, 0}), data}), "too short");
        row("half a sample", riff({formChunk({}), chunk("data", {1, 2, 3})}), "half a sample");
    }
    void refusesOthersAndSaysWhy()
    {
        QFETCH(Bytes, file);
        QFETCH(QString, reason);
        const auto result = parseWav(file);
        QVERIFY(!result);
        const QString message = QString::fromStdString(result.error().message);
        QVERIFY2(message.contains(reason), qPrintable(message));
    }

    void readsBackWhatItWrote()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("a.wav")).toStdString();
        std::vector<std::int16_t> sound(100'000);
        for (std::size_t i = 0; i < sound.size(); ++i)
            sound[i] = static_cast<std::int16_t>(i * 7);
        {
            auto writer = WavWriter::create(path);
            QVERIFY(writer.has_value());
            for (std::size_t at = 0; at < sound.size(); at += 500)
                QVERIFY(writer->write(std::span(sound).subspan(at, 500)));
            QCOMPARE(writer->samples(), sound.size());
        }
        QVERIFY(*readWav(path) == sound);
    }

    void leavesAPlayableFileWhenNobodyCloses()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("a.wav")).toStdString();
        auto writer = WavWriter::create(path);
        QVERIFY(writer && readWav(path)->empty());
        const std::vector<std::int16_t> second(kSampleRate, 77);
        QVERIFY(writer->write(second));
        QVERIFY(writer->write(std::span(second).first(100))); // not in the header yet
        const auto found = readWav(path);
        QVERIFY(found && found->size() == second.size());
    }

    void tellsWhatTheDiskRefuses()
    {
        QVERIFY(!readWav("/nonexistent/a.wav"));
        QVERIFY(!readWav("/"));
        QVERIFY(!WavWriter::create("/nonexistent/a.wav"));
    }
};

QTEST_APPLESS_MAIN(TestWavFile)
#include "tst_wavfile.moc"
