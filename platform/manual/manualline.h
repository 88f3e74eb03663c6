#pragma once

#include "core/ports/cellularline.h"

#include <map>

namespace ringlift::manual {

/// A desktop without SIM: a call dialled here has no cellular leg. It is announced so that it takes the same road as any
/// other, and ends when the user hangs up.
class ManualLine : public ports::CellularLine
{
    Q_OBJECT

public:
    using CellularLine::CellularLine;

    void dial(int sim, const std::string &number) override;
    /// There is no leg to answer.
    void answer(LineCallId) override { }
    void hangUp(LineCallId id) override;
    /// There is no leg to carry them.
    void sendDigits(LineCallId, const std::string &) override { }
    bool canEndCalls() const override { return true; }
    Duration hangUpNoticeBound() const override { return Duration::zero(); }
    bool isManual() const override { return true; }

private:
    std::map<LineCallId, LineCall> m_calls;
    std::uint32_t m_last = 0;
};

} // namespace ringlift::manual
