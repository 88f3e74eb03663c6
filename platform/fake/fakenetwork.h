#pragma once

#include "core/ports/networkstate.h"

namespace ringlift::fake {

/// An Internet connection that is what it is told to be.
class FakeNetwork : public ports::NetworkState
{
    Q_OBJECT

public:
    explicit FakeNetwork(const NetworkInfo &info = {}, QObject *parent = nullptr) : NetworkState(parent), m_info(info)
    {
    }

    NetworkInfo info() const override { return m_info; }
    bool isSettled() const override { return true; }
    void set(const NetworkInfo &info)
    {
        m_info = info;
        Q_EMIT changed();
    }

private:
    NetworkInfo m_info;
};

} // namespace ringlift::fake
