#include "app/findingsentences.h"

namespace ringlift::app {

QString FindingSentences::of(modem::Finding finding, const QString &service)
{
    using enum modem::Finding;
    switch (finding) {
    case Pending:
        return tr("%1 is being asked for modems.").arg(service);
    case NoBus:
        return tr("%1 cannot be asked for modems: the system's message bus is not there.").arg(service);
    case NotRunning:
        return tr("%1 is not running.").arg(service);
    case NoAnswer:
        return tr("%1 does not answer.").arg(service);
    case NoModem:
        return tr("%1 has no modem that can make calls.").arg(service);
    case Found:
        break;
    }
    return tr("%1 has a modem that can make calls.").arg(service);
}

} // namespace ringlift::app
