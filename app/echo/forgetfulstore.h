#pragma once

#include "core/ports/appstore.h"

#include <memory>

namespace ringlift::app {

/// Keeps what this device is, and nothing of those who call it: no history, no pins, no contacts.
class ForgetfulStore final : public ports::AppStore
{
public:
    explicit ForgetfulStore(std::unique_ptr<ports::AppStore> kept) : m_kept(std::move(kept)) { }

    std::optional<Bytes> value(const std::string &table, const std::string &key) const override;
    [[nodiscard]] bool setValue(const std::string &table, const std::string &key, ByteView value) override;
    [[nodiscard]] bool removeValue(const std::string &table, const std::string &key) override;
    void settle() override { m_kept->settle(); }
    std::vector<std::string> keys(const std::string &table) const override;

private:
    const std::unique_ptr<ports::AppStore> m_kept;
};

} // namespace ringlift::app
