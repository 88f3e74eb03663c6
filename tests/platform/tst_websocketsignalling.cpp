#include "platform/qt/websocketsignalling.h"
#include "tests/platform/waiting.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslKey>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocketCorsAuthenticator>
#include <QWebSocketServer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace ringlift;
using namespace Qt::StringLiterals;
using ports::Signalling;
using qt::SignallingConfig;
using qt::WebSocketSignalling;

namespace {

/// A certificate authority and a certificate of it for the loopback address, made by openssl.
class Authority
{
public:
    bool make()
    {
        const QString subject = u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s;
        return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s,
                   u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=Test authority"_s, u"-keyout"_s, file(u"ca.key"_s), u"-out"_s,
                   file(u"ca.pem"_s)})
            && run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s, u"-nodes"_s, u"-subj"_s,
                u"/CN=localhost"_s, u"-addext"_s, subject, u"-keyout"_s, file(u"leaf.key"_s), u"-out"_s,
                file(u"leaf.csr"_s)})
            && run({u"x509"_s, u"-req"_s, u"-in"_s, file(u"leaf.csr"_s), u"-CA"_s, file(u"ca.pem"_s), u"-CAkey"_s,
                file(u"ca.key"_s), u"-CAcreateserial"_s, u"-days"_s, u"2"_s, u"-copy_extensions"_s, u"copy"_s, u"-out"_s,
                file(u"leaf.pem"_s)});
    }
    QString file(const QString &name) const { return m_folder.filePath(name); }
    QSslCertificate leaf() const { return QSslCertificate::fromPath(file(u"leaf.pem"_s)).value(0); }
    QSslKey key() const
    {
        QFile key(file(u"leaf.key"_s));
        return key.open(QIODevice::ReadOnly) ? QSslKey(&key, QSsl::Ec) : QSslKey();
    }

private:
    static bool run(const QStringList &arguments)
    {
        QProcess openssl;
        openssl.start(u"openssl"_s, arguments);
        return openssl.waitForFinished() && openssl.exitCode() == 0;
    }

    QTemporaryDir m_folder;
};

/// A small server that remembers what it was told.
class Server : public QObject
{
public:
    explicit Server(const Authority *authority, QSsl::SslProtocol protocol = QSsl::TlsV1_3OrLater)
        : m_server(u"test"_s, authority != nullptr ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode)
    {
        if (authority != nullptr) {
            QSslConfiguration tls;
            tls.setLocalCertificate(authority->leaf());
            tls.setPrivateKey(authority->key());
            tls.setProtocol(protocol);
            m_server.setSslConfiguration(tls);
        }
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            m_socket->setParent(this);
            connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) { m_texts.append(text); });
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    QUrl url() const
    {
        const bool secure = m_server.secureMode() == QWebSocketServer::SecureMode;
        return QUrl(u"%1://127.0.0.1:%2/"_s.arg(secure ? u"wss"_s : u"ws"_s).arg(m_server.serverPort()));
    }
    QWebSocketServer &server() { return m_server; }
    QWebSocket *socket() { return m_socket; }
    const QStringList &texts() const { return m_texts; }

private:
    QWebSocketServer m_server;
    QWebSocket *m_socket = nullptr;
    QStringList m_texts;
};

/// The object under test and what it said.
struct Client
{
    explicit Client(const SignallingConfig &config) : signalling(config)
    {
        QObject::connect(&signalling, &Signalling::connected, &signalling, [this](const ByteArray<32> &value) {
            binding = value;
            ++connects;
        });
        QObject::connect(&signalling, &Signalling::failed, &signalling, [this](Signalling::Failure why, int code) {
            failure = why;
            closeCode = code;
            ++failures;
        });
        QObject::connect(&signalling, &Signalling::received, &signalling,
            [this](const std::string &text) { texts.push_back(text); });
        signalling.open();
    }

    bool connects1() { return tests::waitUntil([this] { return connects == 1 || failures > 0; }) && connects == 1; }
    bool fails1() { return tests::waitUntil([this] { return failures == 1; }); }

    WebSocketSignalling signalling;
    int connects = 0;
    int failures = 0;
    ByteArray<32> binding{};
    Signalling::Failure failure{};
    int closeCode = -1;
    std::vector<std::string> texts;
};

/// A port that never completes a TCP handshake: its queue of one is full.
class BlackHole
{
public:
    BlackHole()
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        const auto *const plain = reinterpret_cast<const sockaddr *>(&address);
        if (::bind(m_listener, plain, size) != 0 || ::listen(m_listener, 0) != 0)
            qFatal("no port");
        ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
        m_port = ntohs(address.sin_port);
        for (int &filler : m_fillers) {
            filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            static_cast<void>(::connect(filler, plain, sizeof address));
        }
    }
    ~BlackHole()
    {
        for (const int filler : m_fillers)
            ::close(filler);
        ::close(m_listener);
    }
    BlackHole(const BlackHole &) = delete;
    BlackHole &operator=(const BlackHole &) = delete;
    quint16 port() const { return m_port; }

private:
    int m_listener = -1;
    std::array<int, 4> m_fillers{};
    quint16 m_port = 0;
};

/// Accepts the upgrade (RFC 6455 section 4.2.2) and never says anything again.
class DeafServer
{
public:
    DeafServer()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *const socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket] { upgrade(socket); });
        });
        m_server.listen(QHostAddress::LocalHost);
    }
    QUrl url() const { return QUrl(u"ws://127.0.0.1:%1/"_s.arg(m_server.serverPort())); }

private:
    static void upgrade(QTcpSocket *socket)
    {
        const QByteArray request = socket->peek(4096);
        const qsizetype at = request.indexOf("Sec-WebSocket-Key: ");
        if (at < 0 || !request.endsWith("\r\n\r\n"))
            return;
        const QByteArray key = request.mid(at + 19, 24) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: "
            + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n\r\n");
        socket->disconnect();
    }

    QTcpServer m_server;
};

} // namespace

class WebSocketSignallingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void connectsWithTheRightAuthority();
    void sendsAndReceivesText();
    void refusesAnotherAuthority();
    void refusesAnotherHostName();
    void refusesTls12();
    void refusesAFileWithoutCertificates();
    void isUnreachableWhenNobodyListens();
    void givesUpOnABlackHole();
    void givesUpOnAServerThatSaysNothing();
    void tellsWhenTheUpgradeIsRefused();
    void passesOnCloseCodes_data();
    void passesOnCloseCodes();
    void tellsWhenTheConnectionBreaks();
    void closesOnOversizeFrames();
    void closesOnBinaryFrames();
    void closesWhenTheServerDoesNotRead();
    void closesWhenPingsStayUnanswered();
    void allowsPlainLoopbackOnlyForTests_data();
    void allowsPlainLoopbackOnlyForTests();
    void saysNothingAfterItsOwnClose();
    void opensAgain();

private:
    SignallingConfig configFor(const Server &server) const
    {
        SignallingConfig config;
        config.url = server.url();
        config.caFile = m_authority.file(u"ca.pem"_s);
        return config;
    }

    Authority m_authority;
    Authority m_stranger;
};

void WebSocketSignallingTest::initTestCase()
{
    QVERIFY(m_authority.make() && m_stranger.make());
}

void WebSocketSignallingTest::connectsWithTheRightAuthority()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    const QByteArray digest = m_authority.leaf().digest(QCryptographicHash::Sha256);
    QCOMPARE(QByteArray::fromStdString(toHex(client.binding)), digest.toHex());
}

void WebSocketSignallingTest::sendsAndReceivesText()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    client.signalling.send("{\"v\":1}");
    QVERIFY(tests::waitUntil([&] { return server.texts().size() == 1; }));
    QCOMPARE(server.texts()[0], u"{\"v\":1}"_s);
    server.socket()->sendTextMessage(u"{}"_s);
    QVERIFY(tests::waitUntil([&] { return client.texts.size() == 1; }));
    QCOMPARE(client.texts[0], std::string("{}"));
}

void WebSocketSignallingTest::refusesAnotherAuthority()
{
    Server server(&m_stranger);
    Client client(configFor(server));
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Untrusted);
    QCOMPARE(client.connects, 0);
}

void WebSocketSignallingTest::refusesAnotherHostName()
{
    Server server(&m_authority);
    SignallingConfig config = configFor(server);
    config.url.setHost(u"127.0.0.2"_s);
    server.server().close();
    server.server().listen(QHostAddress(u"127.0.0.2"_s), static_cast<quint16>(config.url.port()));
    Client client(config);
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Untrusted);
}

void WebSocketSignallingTest::refusesTls12()
{
    Server server(&m_authority, QSsl::TlsV1_2);
    Client client(configFor(server));
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Untrusted);
    QCOMPARE(client.connects, 0);
}

void WebSocketSignallingTest::refusesAFileWithoutCertificates()
{
    Server server(&m_authority);
    SignallingConfig config = configFor(server);
    config.caFile = m_authority.file(u"leaf.key"_s);
    Client client(config);
    QCOMPARE(client.failures, 0); // never from within open()
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Untrusted);
}

void WebSocketSignallingTest::isUnreachableWhenNobodyListens()
{
    Server server(&m_authority);
    const SignallingConfig config = configFor(server);
    server.server().close();
    Client client(config);
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Unreachable);
}

void WebSocketSignallingTest::givesUpOnABlackHole()
{
    const BlackHole hole;
    SignallingConfig config;
    config.url = QUrl(u"wss://127.0.0.1:%1/"_s.arg(hole.port()));
    config.tcpTimeout = std::chrono::milliseconds(100);
    QElapsedTimer clock;
    clock.start();
    Client client(config);
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Unreachable);
    QVERIFY(clock.elapsed() >= 100 && clock.elapsed() < config.openTimeout.count());
}

void WebSocketSignallingTest::givesUpOnAServerThatSaysNothing()
{
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    SignallingConfig config;
    config.url = QUrl(u"wss://127.0.0.1:%1/"_s.arg(mute.serverPort()));
    config.tcpTimeout = std::chrono::seconds(60);
    config.openTimeout = std::chrono::milliseconds(100);
    Client client(config);
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Unreachable);
}

void WebSocketSignallingTest::tellsWhenTheUpgradeIsRefused()
{
    Server server(&m_authority);
    connect(&server.server(), &QWebSocketServer::originAuthenticationRequired, &server,
        [](QWebSocketCorsAuthenticator *authenticator) { authenticator->setAllowed(false); });
    Client client(configFor(server));
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::ServerRefused);
}

void WebSocketSignallingTest::passesOnCloseCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("normal") << 1000;
    QTest::newRow("going away") << 1001;
    QTest::newRow("policy") << 1008;
    QTest::newRow("too big") << 1009;
}

void WebSocketSignallingTest::passesOnCloseCodes()
{
    QFETCH(int, code);
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    QVERIFY(tests::waitUntil([&] { return server.socket() != nullptr; }));
    server.socket()->close(QWebSocketProtocol::CloseCode(code));
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Closed);
    QCOMPARE(client.closeCode, code);
}

void WebSocketSignallingTest::tellsWhenTheConnectionBreaks()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    QVERIFY(tests::waitUntil([&] { return server.socket() != nullptr; }));
    server.socket()->abort();
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Closed);
    QCOMPARE(client.closeCode, 0);
}

void WebSocketSignallingTest::closesOnOversizeFrames()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    QVERIFY(tests::waitUntil([&] { return server.socket() != nullptr; }));
    server.socket()->sendTextMessage(QString(16 * 1024, u'x'));
    QVERIFY(tests::waitUntil([&] { return client.texts.size() == 1; }));
    server.socket()->sendTextMessage(QString(16 * 1024 + 1, u'x'));
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Closed);
    QCOMPARE(client.closeCode, 1009);
    QCOMPARE(client.texts.size(), 1U);
}

void WebSocketSignallingTest::closesOnBinaryFrames()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    QVERIFY(tests::waitUntil([&] { return server.socket() != nullptr; }));
    server.socket()->sendBinaryMessage("x");
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Closed);
}

void WebSocketSignallingTest::closesWhenTheServerDoesNotRead()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    // The event loop does not run meanwhile, so nobody reads.
    const std::string text(16 * 1024, 'x');
    for (int i = 0; i < 200; ++i)
        client.signalling.send(text);
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Closed);
}

void WebSocketSignallingTest::closesWhenPingsStayUnanswered()
{
    const DeafServer server;
    SignallingConfig config;
    config.url = server.url();
    config.allowPlainLoopback = true;
    config.pingInterval = std::chrono::milliseconds(20);
    Client client(config);
    QVERIFY(client.connects1());
    QVERIFY(client.fails1());
    QCOMPARE(client.failure, Signalling::Failure::Closed);
    QCOMPARE(client.closeCode, 0);
}

void WebSocketSignallingTest::allowsPlainLoopbackOnlyForTests_data()
{
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("connects");
    QTest::newRow("allowed on loopback") << true << "127.0.0.1" << true;
    QTest::newRow("not by default") << false << "127.0.0.1" << false;
    QTest::newRow("never elsewhere") << true << "192.0.2.1" << false;
}

void WebSocketSignallingTest::allowsPlainLoopbackOnlyForTests()
{
    QFETCH(bool, allowed);
    QFETCH(QString, host);
    QFETCH(bool, connects);
    Server server(nullptr);
    SignallingConfig config = configFor(server);
    config.url.setHost(host);
    config.allowPlainLoopback = allowed;
    Client client(config);
    QCOMPARE(client.connects1(), connects);
    if (connects)
        QCOMPARE(client.binding, ByteArray<32>{});
    else
        QCOMPARE(client.failure, Signalling::Failure::Untrusted);
}

void WebSocketSignallingTest::saysNothingAfterItsOwnClose()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    QVERIFY(tests::waitUntil([&] { return server.socket() != nullptr; }));
    QSignalSpy gone(server.socket(), &QWebSocket::disconnected);
    client.signalling.close();
    QVERIFY(tests::waitUntil([&] { return gone.size() == 1; }));
    QCOMPARE(server.socket()->closeCode(), QWebSocketProtocol::CloseCodeNormal);
    QCOMPARE(client.failures, 0);
}

void WebSocketSignallingTest::opensAgain()
{
    Server server(&m_authority);
    Client client(configFor(server));
    QVERIFY(client.connects1());
    client.signalling.open();
    QVERIFY(tests::waitUntil([&] { return client.connects == 2; }));
    client.signalling.close();
    client.signalling.open();
    QVERIFY(tests::waitUntil([&] { return client.connects == 3; }));
    QCOMPARE(client.failures, 0);
}

QTEST_GUILESS_MAIN(WebSocketSignallingTest)
#include "tst_websocketsignalling.moc"
