#include "server/certificateauthority.h"
#include "server/certificates.h"

#include <QDir>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace ringlift;
using namespace ringlift::server;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);

/// A folder of certificates.
class CertificateRig
{
    QTemporaryDir m_folder;

public:
    Certificates::Config config{m_folder.filePath(u"tls"_s).toStdString(), {},       {},
                                {"localhost", "127.0.0.1", "::1"},         90 * 24h, 30 * 24h};

    Result<TlsIdentity> load(const QDateTime &now = kNow) const { return Certificates(config).load(now); }
    std::string refusal(const QDateTime &now = kNow) const
    {
        const auto loaded = load(now);
        return loaded ? std::string() : loaded.error().message;
    }
    QString file(const QString &name) const { return m_folder.filePath(u"tls/"_s + name); }
    QByteArray read(const QString &name) const
    {
        QFile all(file(name));
        return all.open(QIODevice::ReadOnly) ? all.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile all(file(name));
        QVERIFY(all.open(QIODevice::WriteOnly));
        all.write(bytes);
    }
    mode_t mode(const QString &name) const
    {
        struct stat status = {};
        return ::stat(file(name).toStdString().c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
    }
    /// Uses the leaf as if it were the operator's.
    void useAsConfigured()
    {
        config.certificate = file(u"server.pem"_s).toStdString();
        config.certificateKey = file(u"server.key"_s).toStdString();
    }
    /// What openssl says.
    QByteArray openssl(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"openssl"_s, arguments);
        return process.waitForFinished() ? process.readAll() : QByteArray();
    }
};

bool contains(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestCertificates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAnAuthorityAndALeafThatOpensslTrusts();
    void keepsKeysToItself();
    void showsTheSameCertificateAgain();
    void renewsBeforeTheEnd();
    void issuesAnotherForOtherNames();
    void replacesALeafThatDoesNotFit_data();
    void replacesALeafThatDoesNotFit();
    void refusesABrokenAuthority_data();
    void refusesABrokenAuthority();
    void refusesAnAuthorityThatHasExpired();
    void takesTheOperatorsOwn();
    void refusesTheOperatorsOwn_data();
    void refusesTheOperatorsOwn();
    void refusesAKeyThatEverybodyReads();
};

void TestCertificates::makesAnAuthorityAndALeafThatOpensslTrusts()
{
    CertificateRig rig;
    QVERIFY2(rig.load(), rig.refusal().c_str());
    const QString ca = rig.file(u"ca.pem"_s);
    const QString leaf = rig.file(u"server.pem"_s);
    const QString when = QString::number(kNow.toSecsSinceEpoch());
    for (const QStringList &name : {QStringList{u"-verify_hostname"_s, u"localhost"_s},
                                    {u"-verify_ip"_s, u"127.0.0.1"_s},
                                    {u"-verify_ip"_s, u"::1"_s}}) {
        const QByteArray said = rig.openssl(QStringList{u"verify"_s, u"-x509_strict"_s, u"-purpose"_s, u"sslserver"_s,
                                                        u"-attime"_s, when, u"-CAfile"_s, ca} +
                                            name + QStringList{leaf});
        QVERIFY2(said.endsWith(": OK\n"), said.constData());
    }
    const QByteArray text = rig.openssl({u"x509"_s, u"-in"_s, leaf, u"-noout"_s, u"-text"_s});
    QVERIFY(text.contains("prime256v1"));
    QVERIFY(text.contains("ecdsa-with-SHA256"));
}

void TestCertificates::keepsKeysToItself()
{
    CertificateRig rig;
    QVERIFY(rig.load());
    QCOMPARE(rig.mode(u"ca.key"_s), 0600U);
    QCOMPARE(rig.mode(u"server.key"_s), 0600U);
    QCOMPARE(rig.mode(u"ca.pem"_s), 0644U);
    QCOMPARE(rig.mode(u"."_s), 0700U);
}

void TestCertificates::showsTheSameCertificateAgain()
{
    CertificateRig rig;
    const auto first = rig.load();
    const auto second = rig.load(kNow.addDays(59));
    QVERIFY(first && second);
    QCOMPARE(first->channelBinding, second->channelBinding);
}

void TestCertificates::renewsBeforeTheEnd()
{
    CertificateRig rig;
    const auto first = rig.load();
    const QByteArray authority = rig.read(u"ca.pem"_s);
    const auto second = rig.load(kNow.addDays(61));
    QVERIFY(first && second);
    QVERIFY(first->channelBinding != second->channelBinding);
    QCOMPARE(second->expires, kNow.addDays(61 + 90));
    QCOMPARE(rig.read(u"ca.pem"_s), authority);
}

void TestCertificates::issuesAnotherForOtherNames()
{
    CertificateRig rig;
    const auto first = rig.load();
    rig.config.names = {"calls.example.org"};
    const auto second = rig.load();
    QVERIFY(first && second);
    QVERIFY(first->channelBinding != second->channelBinding);
    QCOMPARE(second->configuration.localCertificate().subjectAlternativeNames().values(),
             QStringList{u"calls.example.org"_s});
}

void TestCertificates::replacesALeafThatDoesNotFit_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("a damaged certificate") << u"server.pem"_s << QByteArray("-----BEGIN CERTIFICATE-----\nx");
    QTest::newRow("a damaged key") << u"server.key"_s << QByteArray("-----BEGIN PRIVATE KEY-----\nx");
    QTest::newRow("an empty key") << u"server.key"_s << QByteArray();
}

void TestCertificates::replacesALeafThatDoesNotFit()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    CertificateRig rig;
    QVERIFY(rig.load());
    rig.write(name, content);
    QVERIFY2(rig.load(), rig.refusal().c_str());
    QVERIFY(rig.read(name) != content);
}

void TestCertificates::refusesABrokenAuthority_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("remove");
    QTest::newRow("no key") << u"ca.key"_s << true;
    QTest::newRow("no certificate") << u"ca.pem"_s << true;
    QTest::newRow("a damaged key") << u"ca.key"_s << false;
    QTest::newRow("a damaged certificate") << u"ca.pem"_s << false;
}

void TestCertificates::refusesABrokenAuthority()
{
    QFETCH(const QString, name);
    QFETCH(const bool, remove);
    CertificateRig rig;
    QVERIFY(rig.load());
    const QByteArray leaf = rig.read(u"server.pem"_s);
    if (remove)
        QVERIFY(QFile::remove(rig.file(name)));
    else
        rig.write(name, rig.read(name).replace("\nM", "\nN"));
    QVERIFY(contains(rig.refusal(), "ca."));
    QCOMPARE(rig.read(u"server.pem"_s), leaf);
}

void TestCertificates::refusesAnAuthorityThatHasExpired()
{
    CertificateRig rig;
    QVERIFY(rig.load());
    QVERIFY(contains(rig.refusal(kNow.addYears(11)), "has expired"));
}

void TestCertificates::takesTheOperatorsOwn()
{
    CertificateRig rig;
    const auto own = rig.load();
    rig.useAsConfigured();
    const auto loaded = rig.load();
    QVERIFY(own && loaded);
    QCOMPARE(loaded->channelBinding, own->channelBinding);
    QCOMPARE(Certificates(rig.config).authorityFile(), "");
}

void TestCertificates::refusesTheOperatorsOwn_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("days");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("no PEM") << u"server.pem"_s << QByteArray("hello") << 0 << std::string("no certificate in PEM form");
    QTest::newRow("no key in it") << u"server.key"_s << QByteArray("hello") << 0 << std::string("no ECDSA or RSA key");
    QTest::newRow("another key") << u"server.key"_s << QByteArray() << 0 << std::string("does not belong to");
    QTest::newRow("too old") << QString() << QByteArray() << 91 << std::string("is valid from");
    QTest::newRow("too new") << QString() << QByteArray() << -2 << std::string("is valid from");
}

void TestCertificates::refusesTheOperatorsOwn()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    QFETCH(const int, days);
    QFETCH(const std::string, reason);
    CertificateRig rig;
    QVERIFY(rig.load());
    rig.useAsConfigured();
    if (!name.isEmpty())
        rig.write(name, content.isEmpty() ? rig.read(u"ca.key"_s) : content);
    const std::string refusal = rig.refusal(kNow.addDays(days));
    QVERIFY2(contains(refusal, reason), refusal.c_str());
}

void TestCertificates::refusesAKeyThatEverybodyReads()
{
    CertificateRig rig;
    QVERIFY(rig.load());
    rig.useAsConfigured();
    QCOMPARE(::chmod(rig.config.certificateKey.c_str(), 0644), 0);
    QVERIFY(contains(rig.refusal(), "chmod"));
    QCOMPARE(::chmod(rig.config.certificateKey.c_str(), 0640), 0);
    QVERIFY(rig.load());
}

QTEST_GUILESS_MAIN(TestCertificates)
#include "tst_certificates.moc"
