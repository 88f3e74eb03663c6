#include "platform/plmn/at/atcommand.h"
#include "platform/plmn/at/modem.h"
#include "platform/plmn/at/smscodec.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::plmn;
using namespace ringlift::plmn::at;
using fuzz::require;

namespace {

Subscriber makeSim()
{
    Subscriber sim;
    sim.msisdn = "+8613800138000";
    sim.imsi = "460001234567890";
    sim.pin = "1234";
    return sim;
}

/// All that a modem says to a host that sends the stream in pieces.
std::string answersTo(ByteView stream, std::size_t pieceSize)
{
    Modem modem(ModemConfig{});
    const TimePoint now{std::chrono::seconds(1)};
    std::string answers;
    const auto feed = [&](const ModemInput &input) {
        modem.handle(now, input);
        int outputs = 0;
        while (const auto output = modem.poll()) {
            require(++outputs < 10'000);
            if (const auto *const sent = std::get_if<PortSend>(&*output))
                answers += sent->bytes;
            else if (std::holds_alternative<Ask>(*output))
                modem.handle(now, Outcome{true});
        }
    };
    feed(SimInserted{makeSim()});
    feed(PortOpened{0});
    while (!stream.empty()) {
        const ByteView piece = stream.first(std::min(pieceSize, stream.size()));
        stream = stream.subspan(piece.size());
        feed(PortReceived{0, copyOf(piece)});
    }
    return answers;
}

void readAsMessage(ByteView bytes)
{
    if (const auto submitted = SmsCodec::decodeSubmit(bytes)) {
        require(submitted->body.data.size() <= SmsCodec::kMaxUserData);
        require(*SmsCodec::decodeSubmit(SmsCodec::encode(*submitted)) == *submitted);
        SmsCodec::textOf(submitted->body);
        SmsCodec::partOf(submitted->body);
    }
    if (const auto delivered = SmsCodec::decodeDeliver(bytes))
        SmsCodec::textOf(delivered->body);
    for (const SmsBody &body : SmsCodec::split(textOf(bytes), 1))
        require(body.data.size() <= SmsCodec::kMaxUserData);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView stream = ByteView(data, size).first(std::min<std::size_t>(size, 16'384));
    require(answersTo(stream, stream.size()) == answersTo(stream, 7));
    readAsMessage(stream);
    if (const auto commands = parseAtLine(textOf(stream))) {
        for (const AtCommand &command : *commands) {
            require(!command.name.empty() && command.name.size() <= stream.size());
            require(!splitArguments(command.arguments).empty());
        }
    }
    return 0;
}
