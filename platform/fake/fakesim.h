#pragma once

#include "core/ports/simcard.h"
#include "platform/fake/fakephone.h"

namespace ringlift::fake {

/// The SIMs of a phone on the virtual network.
class FakeSim : public ports::SimCard
{
    Q_OBJECT

public:
    /// phone must outlive the SIMs.
    explicit FakeSim(FakePhone &phone, QObject *parent = nullptr);

    std::vector<SimInfo> sims() const override { return m_phone.sims(); }

private:
    FakePhone &m_phone;
};

} // namespace ringlift::fake
