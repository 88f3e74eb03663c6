#include "app/echo/forgetfulstore.h"

namespace ringlift::app {

namespace {

/// Where the engine puts what it learns of other people.
bool isOfOthers(const std::string &table)
{
    return table == "history" || table == "pins" || table == "contact-rules";
}

} // namespace

std::optional<Bytes> ForgetfulStore::value(const std::string &table, const std::string &key) const
{
    return isOfOthers(table) ? std::nullopt : m_kept->value(table, key);
}

bool ForgetfulStore::setValue(const std::string &table, const std::string &key, ByteView value)
{
    return isOfOthers(table) || m_kept->setValue(table, key, value);
}

bool ForgetfulStore::removeValue(const std::string &table, const std::string &key)
{
    return isOfOthers(table) || m_kept->removeValue(table, key);
}

std::vector<std::string> ForgetfulStore::keys(const std::string &table) const
{
    return isOfOthers(table) ? std::vector<std::string>() : m_kept->keys(table);
}

} // namespace ringlift::app
