#include "tests/qml/testphone.h"

#include "tests/qml/stories.h"

#include <algorithm>

namespace ringlift::test {

void TestPhone::tell(const QString &story)
{
    const auto found = std::find_if(stories().begin(), stories().end(),
        [name = story.toLatin1()](const Story &candidate) { return candidate.name == name; });
    Q_ASSERT(found != stories().end());
    found->tell(m_phone);
}

} // namespace ringlift::test
