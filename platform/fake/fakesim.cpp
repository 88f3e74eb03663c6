#include "platform/fake/fakesim.h"

namespace ringlift::fake {

FakeSim::FakeSim(FakePhone &phone, QObject *parent) : SimCard(parent), m_phone(phone)
{
    connect(&phone, &FakePhone::simsChanged, this, &FakeSim::changed);
}

} // namespace ringlift::fake
