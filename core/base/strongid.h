#pragma once

#include "core/base/bytes.h"

#include <compare>
#include <cstring>
#include <functional>

namespace ringlift {

/// An identifier of N random bytes that cannot be mistaken for another kind of identifier.
template<typename Tag, std::size_t N = 16>
struct StrongId
{
    static constexpr std::size_t kSize = N;

    ByteArray<N> bytes{};

    auto operator<=>(const StrongId &) const = default;
};

struct CallIdTag;
struct ArriveIdTag;
struct AccountIdTag;
struct SessionIdTag;
struct SimHandleTag;

using CallId = StrongId<CallIdTag>;
using ArriveId = StrongId<ArriveIdTag>;
using AccountId = StrongId<AccountIdTag>;
using SessionId = StrongId<SessionIdTag>;
using SimHandle = StrongId<SimHandleTag>;

} // namespace ringlift

template<typename Tag, std::size_t N>
struct std::hash<ringlift::StrongId<Tag, N>>
{
    std::size_t operator()(const ringlift::StrongId<Tag, N> &id) const noexcept
    {
        std::size_t value = 0;
        std::memcpy(&value, id.bytes.data(), std::min(sizeof value, N));
        return value;
    }
};
