#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ringlift::kat {

/// One known answer; fails as soon as a problem is noted.
class KatCase
{
public:
    void problem(std::string text) { m_problems.push_back(std::move(text)); }
    bool failed() const { return !m_problems.empty(); }
    void expectEqual(std::string_view what, ByteView expected, ByteView actual);
    void expectEqual(std::string_view what, std::string_view expected, std::string_view actual);
    void expect(bool condition, std::string_view what);
    std::string problems() const;

private:
    std::vector<std::string> m_problems;
};

/// Counts the cases of a file and keeps a line for each that failed.
class KatTally
{
public:
    void run(const std::string &name, const std::function<void(KatCase &)> &check);
    void fail(const std::string &name, const std::string &problem);

    std::size_t passed() const { return m_passed; }
    std::size_t failed() const { return m_failures.size(); }
    const std::vector<std::string> &failures() const { return m_failures; }
    /// Something was checked and nothing failed.
    bool good() const { return m_passed > 0 && m_failures.empty(); }

private:
    std::size_t m_passed = 0;
    std::vector<std::string> m_failures;
};

} // namespace ringlift::kat
