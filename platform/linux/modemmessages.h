#pragma once

#include "core/ports/textmessages.h"
#include "platform/linux/telephony.h"

namespace ringlift::modem {

/// Short messages that come to a telephony service's modems.
class ModemMessages : public ports::TextMessages
{
    Q_OBJECT

public:
    /// telephony must outlive the messages.
    explicit ModemMessages(Telephony &telephony, QObject *parent = nullptr)
        : TextMessages(parent), m_telephony(telephony)
    {
        connect(&telephony, &Telephony::messageRead, this, &ModemMessages::received);
    }

    void read(bool wanted) override { m_telephony.readMessages(wanted); }

private:
    Telephony &m_telephony;
};

} // namespace ringlift::modem
