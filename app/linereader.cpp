#include "app/linereader.h"

#include <array>
#include <cerrno>
#include <unistd.h>

namespace ringlift::app {

LineReader::LineReader(int descriptor, qsizetype maxLine, QObject *parent)
    : QObject(parent), m_descriptor(descriptor), m_maxLine(maxLine), m_notifier(descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineReader::onReadable);
}

void LineReader::onReadable()
{
    std::array<char, std::size_t{16} * 1024> buffer{};
    const ssize_t count = ::read(m_descriptor, buffer.data(), buffer.size());
    if (count > 0)
        return take(QByteArrayView(buffer.data(), count));
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    m_notifier.setEnabled(false);
    endLine();
    Q_EMIT finished();
}

void LineReader::take(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView part = end < 0 ? bytes : bytes.first(end);
        if (!m_skipping)
            m_pending.append(part);
        if (m_pending.size() > m_maxLine) {
            m_pending.clear();
            m_skipping = true;
            Q_EMIT tooLong();
        }
        if (end < 0)
            return;
        endLine();
        bytes = bytes.sliced(end + 1);
    }
}

void LineReader::endLine()
{
    const QByteArray line = std::exchange(m_pending, {}).trimmed();
    if (!std::exchange(m_skipping, false) && !line.isEmpty())
        Q_EMIT lineRead(line);
}

} // namespace ringlift::app
