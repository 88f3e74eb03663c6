#include "app/echo/echopeer.h"

namespace ringlift::app {

EchoPeer::EchoPeer(engine::CallEngine &engine, std::chrono::milliseconds longest) : QObject(&engine), m_engine(engine)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(longest);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        if (m_call)
            m_engine.hangUp(*m_call);
    });
    connect(&engine, &engine::CallEngine::startChanged, this, &EchoPeer::onStart);
    connect(&engine, &engine::CallEngine::incomingShown, this, &EchoPeer::onIncoming);
    connect(&engine, &engine::CallEngine::callFinished, this, [this](call::CallHandle call) { onFinished(call); });
}

void EchoPeer::onStart(engine::StartState state)
{
    if (state != engine::StartState::Ready)
        return;
    call::CallSettings settings;
    settings.contactsOnlyManual = false;
    m_engine.applySettings(settings);
}

void EchoPeer::onIncoming(call::CallHandle call)
{
    if (m_call && *m_call != call)
        return m_engine.decline(call);
    m_call = call;
    m_limit.start();
    m_engine.answer(call);
}

void EchoPeer::onFinished(call::CallHandle call)
{
    if (m_call != call)
        return;
    m_call.reset();
    m_limit.stop();
    m_engine.clearHistory();
}

} // namespace ringlift::app
