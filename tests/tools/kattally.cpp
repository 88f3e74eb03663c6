#include "tests/tools/kattally.h"

namespace ringlift::kat {

void KatCase::expectEqual(std::string_view what, ByteView expected, ByteView actual)
{
    expectEqual(what, std::string_view(toHex(expected)), std::string_view(toHex(actual)));
}

void KatCase::expectEqual(std::string_view what, std::string_view expected, std::string_view actual)
{
    if (expected != actual)
        problem(std::string(what) + ": the file says \"" + std::string(expected) + "\", the code \""
                + std::string(actual) + '"');
}

void KatCase::expect(bool condition, std::string_view what)
{
    if (!condition)
        problem(std::string(what));
}

std::string KatCase::problems() const
{
    std::string text;
    for (const std::string &problem : m_problems)
        text += (text.empty() ? "" : "; ") + problem;
    return text;
}

void KatTally::run(const std::string &name, const std::function<void(KatCase &)> &check)
{
    KatCase test;
    check(test);
    if (test.failed())
        fail(name, test.problems());
    else
        ++m_passed;
}

void KatTally::fail(const std::string &name, const std::string &problem)
{
    m_failures.push_back(name + ": " + problem);
}

} // namespace ringlift::kat
