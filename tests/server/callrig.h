#pragma once

#include "tests/server/corerig.h"

namespace ringlift::server {

/// Alice, Bob and Carol, all logged in.
class CallRig : public CoreRig
{
public:
    explicit CallRig(const Limits &limits = {}) : CoreRig(limits), alice(1), bob(2), carol(3)
    {
        for (TestPhone *const phone : {&alice, &bob, &carol})
            know(*phone);
        alices = logIn(alice);
        bobs = logIn(bob);
        carols = logIn(carol);
    }

    TestPhone alice;
    TestPhone bob;
    TestPhone carol;
    ConnectionId alices{};
    ConnectionId bobs{};
    ConnectionId carols{};
};

} // namespace ringlift::server
