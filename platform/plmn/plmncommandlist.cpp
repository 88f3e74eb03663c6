#include "platform/plmn/plmnserver.h"

namespace ringlift::plmn {

const std::vector<PlmnServer::Command> &PlmnServer::commands()
{
    using For = Command::For;
    static const std::vector<Command> list{{"join", &PlmnServer::join, For::Anybody},
                                           {"leave", &PlmnServer::leave, For::Phones},
                                           {"dial", &PlmnServer::dial, For::Phones},
                                           {"answer", &PlmnServer::answer, For::Phones},
                                           {"hangup", &PlmnServer::hangUp, For::Phones},
                                           {"hold", &PlmnServer::hold, For::Phones},
                                           {"digits", &PlmnServer::digits, For::Phones},
                                           {"control", &PlmnServer::control, For::Anybody},
                                           {"provision", &PlmnServer::provision, For::Controllers},
                                           {"withdraw", &PlmnServer::withdraw, For::Controllers},
                                           {"configure", &PlmnServer::configure, For::Controllers},
                                           {"outside_call", &PlmnServer::outsideCall, For::Controllers},
                                           {"coverage", &PlmnServer::coverage, For::Controllers},
                                           {"network", &PlmnServer::network, For::Controllers},
                                           {"drop", &PlmnServer::dropCall, For::Controllers},
                                           {"away", &PlmnServer::away, For::Controllers},
                                           {"kick", &PlmnServer::kick, For::Controllers},
                                           {"legs", &PlmnServer::legs, For::Controllers},
                                           {"subscribers", &PlmnServer::subscribers, For::Controllers},
                                           {"subscribe", &PlmnServer::subscribe, For::Controllers},
                                           {"add_modem", &PlmnServer::addModem, For::Controllers},
                                           {"remove_modem", &PlmnServer::removeModem, For::Controllers},
                                           {"set_modem", &PlmnServer::setModem, For::Controllers},
                                           {"insert_sim", &PlmnServer::insertSim, For::Controllers},
                                           {"sms", &PlmnServer::sendMessage, For::Controllers},
                                           {"ussd", &PlmnServer::sendUssd, For::Controllers},
                                           {"say", &PlmnServer::say, For::Controllers},
                                           {"modems", &PlmnServer::modems, For::Controllers}};
    return list;
}

} // namespace ringlift::plmn
