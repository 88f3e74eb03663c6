#pragma once

#include "core/engine/callengine.h"

#include <QTimer>

namespace ringlift::app {

/// Answers whoever calls, one at a time and not for long; the engine's device sends back what it hears. Lives on the
/// engine's thread.
class EchoPeer : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kLongest{20'000};

    explicit EchoPeer(engine::CallEngine &engine, std::chrono::milliseconds longest = kLongest);

private:
    void onStart(engine::StartState state);
    void onIncoming(call::CallHandle call);
    void onFinished(call::CallHandle call);

    engine::CallEngine &m_engine;
    std::optional<call::CallHandle> m_call;
    QTimer m_limit;
};

} // namespace ringlift::app
