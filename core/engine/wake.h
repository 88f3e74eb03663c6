#pragma once

namespace ringlift::engine {

/// Lets one thread rouse another's event loop through a file descriptor: an eventfd on Linux, a pipe elsewhere.
class Wake
{
public:
    Wake();
    ~Wake();
    Wake(const Wake &) = delete;
    Wake &operator=(const Wake &) = delete;

    /// Readable after signal() until clear(); -1 when the system gave none.
    int fd() const { return m_read; }
    /// Any thread; never blocks. Real-time.
    void signal();
    void clear();

private:
    int m_read = -1;
    int m_write = -1;
};

} // namespace ringlift::engine
