#include "app/devicesharing.h"

#include <set>

namespace ringlift::app {

void shareDevice(engine::CallEngine &engine, fake::Handset &handset)
{
    auto users = std::make_shared<std::set<call::CallHandle>>();
    QObject::connect(&engine, &engine::CallEngine::audioChanged, &handset,
                     [&handset, users](call::CallHandle call, const engine::AudioState &state) {
                         if (state.playing || state.capturing || state.deviceLost)
                             users->insert(call);
                         else
                             users->erase(call);
                         handset.setDeviceTaken(!users->empty());
                     });
    QObject::connect(&engine, &engine::CallEngine::callChanged, &handset, [&handset](const call::CallInfo &info) {
        if (info.leg == LegState::Active)
            handset.setMuted(info.muted);
    });
}

} // namespace ringlift::app
