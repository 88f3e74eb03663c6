#include "core/crypto/framesealer.h"
#include "core/crypto/tags.h"
#include "tests/fuzz/fuzzing.h"

#include <map>

using namespace ringlift;
using namespace ringlift::crypto;
using fuzz::require;

namespace {

/// A sender, a receiver and the network between them, which delivers, repeats, alters and makes up packets.
class Link
{
public:
    explicit Link(const SecretKey &chain) : m_sealer(chain), m_opener(chain) { }

    void run(fuzz::Script &script)
    {
        switch (script.below(4)) {
        case 0:
            return forge(script.block());
        case 1:
            return send(script);
        case 2:
            return deliver(script.u16());
        default:
            return alter(script);
        }
    }

private:
    void forge(ByteView packet)
    {
        if (std::ranges::none_of(m_sent, [&](const Bytes &sent) { return std::ranges::equal(sent, packet); }))
            require(!m_opener.open(packet));
    }

    void send(fuzz::Script &script)
    {
        const auto kind = static_cast<PacketKind>(script.below(5));
        const auto stream = static_cast<std::uint8_t>(script.below(2));
        const std::uint32_t timestamp = script.u16();
        const std::size_t length = script.u8();
        const ByteView plaintext = script.take(length);
        ByteArray<kMaxPacketSize> room{};
        const auto size = m_sealer.seal(kind, stream, timestamp, plaintext, room);
        require(size && *size == kMinPacketSize + plaintext.size());
        m_sent.push_back(copyOf(ByteView(room).first(*size)));
    }

    void deliver(std::size_t index)
    {
        if (m_sent.empty())
            return;
        const Bytes &packet = m_sent[index % m_sent.size()];
        const auto opened = m_opener.open(packet);
        const std::size_t counter = index % m_sent.size();
        const bool isTooOld = m_highest >= counter + ReplayWindow::kSize;
        require(opened.has_value() == (!m_delivered[counter] && !isTooOld));
        if (!opened)
            return;
        require(opened->counter == counter && opened->plaintext.size() == packet.size() - kMinPacketSize);
        m_delivered[counter] = true;
        m_highest = std::max(m_highest, counter);
    }

    void alter(fuzz::Script &script)
    {
        const std::size_t index = script.u16();
        const std::size_t at = script.u16();
        const std::uint8_t change = script.u8();
        if (m_sent.empty() || change == 0)
            return;
        Bytes packet = m_sent[index % m_sent.size()];
        packet[at % packet.size()] ^= change;
        require(!m_opener.open(packet));
    }

    FrameSealer m_sealer;
    FrameOpener m_opener;
    std::vector<Bytes> m_sent;
    std::map<std::size_t, bool> m_delivered;
    std::size_t m_highest = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView input(data, size);
    fuzz::Script script(input);
    // A key for each input: libFuzzer learns from one what is genuine in another.
    Link link(SecretKey(sha256(input)));
    while (!script.atEnd())
        link.run(script);
    return 0;
}
