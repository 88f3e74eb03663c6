#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string>
#include <vector>

namespace ringlift::ports {

/// Small durable records of this device: account, pins, history, settings, journal. Values are opaque to the store.
class AppStore
{
public:
    virtual ~AppStore() = default;
    virtual std::optional<Bytes> value(const std::string &table, const std::string &key) const = 0;
    /// Outlives this process from its return on, and a loss of power from the next settle(). Does not wait for the disk, so
    /// that it may be used in a call. False when the disk refused, with the old value kept.
    [[nodiscard]] virtual bool setValue(const std::string &table, const std::string &key, ByteView value) = 0;
    [[nodiscard]] virtual bool removeValue(const std::string &table, const std::string &key) = 0;
    /// Waits until the disk holds all of it, which takes seconds on a busy one: for moments without a call.
    virtual void settle() = 0;
    /// All keys of a table in ascending order.
    virtual std::vector<std::string> keys(const std::string &table) const = 0;
};

} // namespace ringlift::ports
