#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace ringlift::app {

/// Lines from a file descriptor, such as standard input, without blocking the event loop.
class LineReader : public QObject
{
    Q_OBJECT

public:
    /// The descriptor stays the caller's.
    LineReader(int descriptor, qsizetype maxLine, QObject *parent = nullptr);

Q_SIGNALS:
    /// Without its end; empty lines are left out.
    void lineRead(const QByteArray &line);
    /// A line longer than maxLine is skipped.
    void tooLong();
    /// Nothing comes any more. An unfinished last line counts as one.
    void finished();

private:
    void onReadable();
    void take(QByteArrayView bytes);
    void endLine();

    const int m_descriptor;
    const qsizetype m_maxLine;
    QSocketNotifier m_notifier;
    QByteArray m_pending;
    bool m_skipping = false;
};

} // namespace ringlift::app
