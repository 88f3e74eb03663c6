#pragma once

#include "app/phone.h"

namespace ringlift::test {

/// A phone whose engine is the test: for QML tests, which tell it stories.
class TestPhone : public QObject
{
    Q_OBJECT
    Q_PROPERTY(ringlift::app::Phone *phone READ phone CONSTANT)

public:
    using QObject::QObject;

    app::Phone *phone() { return &m_phone; }

    /// One of stories().
    Q_INVOKABLE void tell(const QString &story);

private:
    app::Phone m_phone;
};

} // namespace ringlift::test
