#pragma once

#include "core/ports/cellularline.h"
#include "platform/linux/telephony.h"

#include <deque>
#include <map>

namespace ringlift::modem {

struct ModemLineConfig {
    /// A caller-ID that has not come by then is hidden (platforms.md L3).
    Duration callerIdPatience = std::chrono::milliseconds(600);
    /// From the service's return until a call that it does not tell of again counts as lost.
    Duration returnPatience = std::chrono::seconds(60);
    /// The same for a call that a service forgets while it is there.
    Duration forgottenPatience = std::chrono::seconds(5);
};

/// The calls of a telephony service's modems. While the service is away nothing is known of them, and nothing is said
/// to have ended; a call that it tells of again afterwards goes on.
class ModemLine : public ports::CellularLine
{
    Q_OBJECT

public:
    static constexpr std::size_t kMaxCalls = 16;
    static constexpr std::size_t kMaxDigits = 64;

    /// telephony must outlive the line.
    explicit ModemLine(Telephony &telephony, ModemLineConfig config = {}, QObject *parent = nullptr);

    void dial(int sim, const std::string &number) override;
    void answer(LineCallId id) override;
    void hangUp(LineCallId id) override;
    void sendDigits(LineCallId id, const std::string &digits) override;
    ports::LinePresence presence() const override;
    bool canEndCalls() const override { return true; }
    /// No modem says whether it lists its calls; without a list the end of a ring is seen after 10 s.
    Duration hangUpNoticeBound() const override { return std::chrono::seconds(10); }
    /// ringHoldAsked() follows, for a call that is known still.
    void holdRing(LineCallId id, bool hold) override;
    ports::RingHold ringHold() const override { return m_ringHold; }
    /// The call that the service has under this name now.
    std::optional<LineCallId> callNamed(const QString &key) const;
    /// By whoever holds the ring.
    void setRingHold(ports::RingHold hold) { m_ringHold = std::move(hold); }

Q_SIGNALS:
    void ringHoldAsked(const ringlift::LineCall &call, bool hold);

private:
    struct Call {
        LineCall call;
        /// The service's; empty while it does not know this call.
        QString key;
        bool told = false;
        bool prepared = false;
        bool hangUpAsked = false;
        std::deque<char> digits; // the first is on its way
        unsigned losses = 0;
    };
    using Entry = std::map<LineCallId, Call>::iterator;

    void onReport(const CallReport &report);
    void onForgotten(const QString &key);
    void onModemLost(int sim);
    void onFinding(Finding finding);

    Entry withKey(const QString &key);
    Entry returned(const CallReport &report);
    Entry addCall(const CallReport &report);
    void update(Entry entry, const CallReport &report);
    void announce(Call &call);
    void end(Entry entry, LegEnd end);
    void loseSight(LineCallId id);
    std::vector<LineCallId> loseSightOf(const std::function<bool(const Call &)> &concerned);
    void expire(LineCallId id, Duration patience);
    void waitForCallerId(LineCallId id);
    void sendNextDigit(LineCallId id);

    Telephony &m_telephony;
    const ModemLineConfig m_config;
    std::map<LineCallId, Call> m_calls;
    ports::RingHold m_ringHold;
    std::uint32_t m_last = 0;
    bool m_away = true;
};

} // namespace ringlift::modem
