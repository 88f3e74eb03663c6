#include "tests/qml/promptstories.h"

namespace ringlift::test {

using namespace call;
using namespace Qt::StringLiterals;

namespace {

void tellAsking(app::Phone &phone)
{
    makeReady(phone);
    CallInfo info = outgoingCall();
    info.ip = IpState::Alerting;
    info.prompt = Prompt::AskFirst;
    info.asksToMove = true;
    phone.calls()->onCallChanged(info);
}

void tellIncomingAsking(app::Phone &phone)
{
    makeReady(phone);
    CallInfo info = incomingCall();
    info.ip = IpState::Proven;
    info.carrier = Carrier::Cellular;
    info.wantsAnswer = false;
    info.prompt = Prompt::AskFirst;
    info.asksToMove = true;
    phone.calls()->onCallChanged(info);
}

template<Prompt prompt> void tellMoved(app::Phone &phone)
{
    makeReady(phone);
    CallInfo info = movedCall();
    info.prompt = prompt;
    phone.calls()->onCallChanged(info);
}

/// The leg of the call that rings here has moved already.
template<Prompt prompt> void tellIncomingMoved(app::Phone &phone)
{
    makeReady(phone);
    CallInfo info = incomingCall();
    info.leg = LegState::Ended;
    info.moved = true;
    info.prompt = prompt;
    phone.calls()->onCallChanged(info);
}

template<Prompt prompt> void tellPrompt(app::Phone &phone)
{
    makeReady(phone);
    CallSettings settings;
    settings.prompt = prompt;
    phone.settings()->onSettingsChanged(settings);
    phone.settings()->onNetworkDescribed({NetworkKind::Wifi, false, std::nullopt});
}

} // namespace

QList<Story> promptStories()
{
    const QString chosen = u"prompt"_s;
    return {
        {"promptoff", u"settings"_s, 2, tellPrompt<Prompt::Off>, chosen},
        {"promptnotice", u"settings"_s, 2, tellPrompt<Prompt::Notice>, chosen},
        {"promptsound", u"settings"_s, 2, tellPrompt<Prompt::Sound>, chosen},
        {"promptask", u"settings"_s, 2, tellPrompt<Prompt::AskFirst>, chosen},
        {"movedquietly", u"call-internet"_s, 0, tellMoved<Prompt::Off>},
        {"movednoticed", u"call-internet"_s, 0, tellMoved<Prompt::Notice>},
        {"movedsounding", u"call-internet"_s, 0, tellMoved<Prompt::Sound>},
        {"asking", u"call-phone"_s, 0, tellAsking},
        {"movedinquietly", u"incoming"_s, 0, tellIncomingMoved<Prompt::Off>},
        {"movedinnoticed", u"incoming"_s, 0, tellIncomingMoved<Prompt::Notice>},
        {"movedinsounding", u"incoming"_s, 0, tellIncomingMoved<Prompt::Sound>},
        {"askingin", u"incoming"_s, 0, tellIncomingAsking},
    };
}

} // namespace ringlift::test
