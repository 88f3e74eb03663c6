#include "core/crypto/sealedsignalling.h"
#include "core/crypto/tags.h"
#include "tests/fuzz/fuzzing.h"

using namespace ringlift;
using namespace ringlift::crypto;
using fuzz::require;

namespace {

/// Boxes on their way through a server that may drop, repeat, renumber and alter them.
class Mailbox
{
public:
    explicit Mailbox(const SecretKey &key) : m_sealer(key, {}), m_opener(key, {}) { }

    void run(fuzz::Script &script)
    {
        switch (script.below(3)) {
        case 0:
            m_sent.push_back(m_sealer.seal(script.block()));
            return;
        case 1:
            return deliver(script.u8());
        default:
            return forge(script);
        }
    }

private:
    void deliver(std::size_t index)
    {
        if (m_sent.empty())
            return;
        const SealedBox &box = m_sent[index % m_sent.size()];
        const bool isNew = !m_last || box.n > *m_last;
        require(!m_opener.open(box.n + 1, box.box)); // bound to n
        const auto opened = m_opener.open(box.n, box.box);
        require(opened.has_value() == isNew);
        require(opened || opened.error() == CryptoError::Replay);
        if (opened)
            m_last = box.n;
    }

    void forge(fuzz::Script &script)
    {
        const std::uint64_t n = script.u64();
        const ByteView box = script.block();
        const auto isGenuine = [&](const SealedBox &sent) { return sent.n == n && std::ranges::equal(sent.box, box); };
        if (std::ranges::none_of(m_sent, isGenuine))
            require(!m_opener.open(n, box));
    }

    SignalSealer m_sealer;
    SignalOpener m_opener;
    std::vector<SealedBox> m_sent;
    std::optional<std::uint64_t> m_last;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView input(data, size);
    fuzz::Script script(input);
    // A key for each input: libFuzzer learns from one what is genuine in another.
    Mailbox mailbox(SecretKey(sha256(input)));
    while (!script.atEnd())
        mailbox.run(script);
    return 0;
}
