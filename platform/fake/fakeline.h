#pragma once

#include "core/ports/cellularline.h"
#include "platform/fake/fakephone.h"

namespace ringlift::fake {

/// What the fake phone's platform can do with calls.
struct FakeLineTraits
{
    bool canEndCalls = true;
    Duration hangUpNoticeBound = std::chrono::milliseconds(500);
    /// Hang-ups are swallowed, as by a modem that has stopped obeying.
    bool ignoresHangUps = false;
};

/// The calls of a phone on the virtual network, and their voice.
class FakeLine : public ports::CellularLine
{
    Q_OBJECT

public:
    /// phone must outlive the line.
    explicit FakeLine(FakePhone &phone, FakeLineTraits traits = {}, QObject *parent = nullptr);

    void dial(int sim, const std::string &number) override;
    void answer(LineCallId id) override;
    void hangUp(LineCallId id) override;
    void sendDigits(LineCallId id, const std::string &digits) override;
    ports::LinePresence presence() const override;
    bool canEndCalls() const override { return m_traits.canEndCalls; }
    Duration hangUpNoticeBound() const override { return m_traits.hangUpNoticeBound; }

    /// 480 or 960 samples at 48 kHz; heard at the other end while both legs are active.
    void sendVoice(LineCallId id, plmn::VoiceSpan samples) { m_phone.sendVoice(id, samples); }

Q_SIGNALS:
    /// 480 or 960 samples at 48 kHz, valid during the signal only.
    void voiceReceived(ringlift::LineCallId id, ringlift::plmn::VoiceSpan samples);
    void digitsReceived(ringlift::LineCallId id, const QString &digits);

private:
    void onLeg(const LineCall &call);
    void onLegsKnown(const std::vector<LineCall> &calls, bool sameNetwork);
    void setAway(bool away);
    void command(const QString &name, LineCallId id, QJsonObject arguments = {});

    FakePhone &m_phone;
    const FakeLineTraits m_traits;
    std::map<LineCallId, LineCall> m_calls;
    bool m_away = false;
};

} // namespace ringlift::fake
