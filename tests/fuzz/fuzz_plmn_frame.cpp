#include "platform/plmn/framereader.h"
#include "platform/plmn/plmnserver.h"
#include "platform/plmn/switchjson.h"
#include "tests/fuzz/fuzzing.h"

#include <QJsonDocument>

using namespace ringlift;
using namespace ringlift::plmn;
using fuzz::require;

namespace {

/// All frames of a stream that arrives in pieces, as one text.
std::string framesOf(ByteView stream, std::size_t pieceSize)
{
    FrameReader reader;
    std::string frames;
    while (!stream.empty()) {
        const ByteView piece = stream.first(std::min(pieceSize, stream.size()));
        stream = stream.subspan(piece.size());
        reader.feed(piece);
        while (const auto frame = reader.next()) {
            frames += std::to_string(frame->index());
            if (const auto *const line = std::get_if<TextLine>(&*frame)) {
                require(line->text.size() <= FrameReader::kMaxLine);
                frames += line->text;
            } else if (const auto *const voice = std::get_if<VoiceChunk>(&*frame)) {
                require(voice->samples.size() <= FrameReader::kMaxSamples);
                frames += textOf(encodeVoice(voice->leg, voice->samples));
            }
        }
    }
    return frames;
}

void readAsJson(ByteView line)
{
    const std::string_view text = textOf(line);
    const auto bytes = QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    const auto configured = readServerConfig(bytes);
    require(configured || !configured.error().message.empty());
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    Subscriber subscriber;
    SwitchConfig config;
    if (readSubscriber(object, subscriber))
        toJson(subscriber);
    readConfig(object, config).has_value();
    readOutsideCall(object).has_value();
    if (const auto sim = simInfoFromJson(object))
        require(simInfoFromJson(toJson(*sim)) == sim);
    lineCallFromJson(object);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView stream(data, size);
    require(framesOf(stream, size) == framesOf(stream, 7));
    readAsJson(stream);
    return 0;
}
