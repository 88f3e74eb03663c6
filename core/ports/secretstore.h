#pragma once

#include "core/base/bytes.h"

#include <QObject>

#include <functional>
#include <optional>

namespace ringlift::ports {

enum class SecretFailure { NotFound, Locked, NoBackend, Denied, TimedOut, Broken };

/// Where the device seed lives. NotFound is only reported when it is certain that there is none; a locked store that
/// pretends emptiness is Locked (toolkit.md section 4).
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    using ReadDone = std::function<void(std::optional<Bytes> secret, std::optional<SecretFailure> failure)>;
    using WriteDone = std::function<void(std::optional<SecretFailure> failure)>;

    /// Both call back exactly once, from the event loop, within 10 s.
    virtual void read(const QString &key, ReadDone done) = 0;
    virtual void write(const QString &key, const Bytes &secret, WriteDone done) = 0;
    virtual void remove(const QString &key, WriteDone done) = 0;
};

} // namespace ringlift::ports
