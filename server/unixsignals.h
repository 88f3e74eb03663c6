#pragma once

#include <QObject>

#include <initializer_list>

namespace ringlift::server {

/// Turns Unix signals into Qt signals. One object a process.
class UnixSignals : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(std::initializer_list<int> numbers, QObject *parent = nullptr);

Q_SIGNALS:
    void raised(int number);
};

} // namespace ringlift::server
