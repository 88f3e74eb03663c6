#include "server/certificateauthority.h"

#include "server/openssl.h"
#include "server/privatefile.h"

#include <QHostAddress>

#include <filesystem>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace ringlift::server {

namespace {

using namespace openssl;

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kLifetimeOfAuthority = std::int64_t(3'650) * kDay;
/// Clocks of clients may be behind.
constexpr std::int64_t kBackdated = kDay;
constexpr long kVersion3 = 2;

struct Signed {
    Certificate certificate;
    Key key;
};

Unexpected<Error> opensslFailure()
{
    return failure("OpenSSL could not make the certificate");
}

Key makeKey()
{
    return Key(EVP_EC_gen("P-256"));
}

bool setSerial(X509 *certificate)
{
    constexpr int kBits = 127; // RFC 5280 section 4.1.2.2: positive, at most 20 bytes
    const Number number(BN_new());
    return number && BN_rand(number.get(), kBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setValidity(X509 *certificate, std::int64_t from, std::int64_t to)
{
    return ASN1_TIME_set(X509_getm_notBefore(certificate), static_cast<time_t>(from)) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), static_cast<time_t>(to)) != nullptr;
}

bool setCommonName(X509 *certificate, const std::string &name)
{
    const auto *const text = reinterpret_cast<const unsigned char *>(name.c_str());
    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1;
}

bool addExtension(X509 *certificate, X509 *issuer, int kind, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// All but what tells an authority from a server.
Certificate begin(const Key &key, const std::string &name, std::int64_t from, std::int64_t to)
{
    Certificate certificate(X509_new());
    const bool done = certificate && key && X509_set_version(certificate.get(), kVersion3) == 1 &&
                      setSerial(certificate.get()) && setValidity(certificate.get(), from, to) &&
                      setCommonName(certificate.get(), name) && X509_set_pubkey(certificate.get(), key.get()) == 1;
    return done ? std::move(certificate) : nullptr;
}

bool sign(X509 *certificate, X509 *issuer, EVP_PKEY *key)
{
    return X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

Result<Signed> makeAuthority(std::int64_t now)
{
    Key key = makeKey();
    Certificate ca = begin(key, "Ringlift server authority", now - kBackdated, now + kLifetimeOfAuthority);
    const bool done = ca && addExtension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                      addExtension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
                      addExtension(ca.get(), ca.get(), NID_subject_key_identifier, "hash") &&
                      sign(ca.get(), ca.get(), key.get());
    if (!done)
        return opensslFailure();
    return Signed{std::move(ca), std::move(key)};
}

std::string alternativeNames(const std::vector<std::string> &names)
{
    std::string list;
    for (const std::string &name : names) {
        const bool isAddress = QHostAddress().setAddress(QString::fromStdString(name));
        list += (list.empty() ? "" : ",") + std::string(isAddress ? "IP:" : "DNS:") + name;
    }
    return list;
}

Result<Signed> makeLeaf(const Signed &ca, const std::vector<std::string> &names, std::int64_t from, std::int64_t to)
{
    Key key = makeKey();
    Certificate leaf = begin(key, "Ringlift server", from, to);
    const auto add = [&](int kind, const std::string &value) {
        return addExtension(leaf.get(), ca.certificate.get(), kind, value);
    };
    const bool done = leaf && add(NID_basic_constraints, "critical,CA:FALSE") &&
                      add(NID_key_usage, "critical,digitalSignature") && add(NID_ext_key_usage, "serverAuth") &&
                      add(NID_subject_key_identifier, "hash") && add(NID_authority_key_identifier, "keyid") &&
                      add(NID_subject_alt_name, alternativeNames(names)) &&
                      sign(leaf.get(), ca.certificate.get(), ca.key.get());
    if (!done)
        return opensslFailure();
    return Signed{std::move(leaf), std::move(key)};
}

std::string textOf(const Memory &memory)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

std::string pemOf(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    return memory && PEM_write_bio_X509(memory.get(), certificate) == 1 ? textOf(memory) : std::string();
}

std::string pemOf(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_secmem()));
    const bool done = memory && PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return done ? textOf(memory) : std::string();
}

Result<void> write(const std::string &path, std::string pem, unsigned mode)
{
    if (pem.empty())
        return opensslFailure();
    auto written = writePrivateFile(path, pem, mode, IfExists::Replace);
    OPENSSL_cleanse(pem.data(), pem.size());
    return written;
}

Certificate readCertificate(const std::string &path)
{
    const File file(std::fopen(path.c_str(), "re"));
    return Certificate(file ? PEM_read_X509(file.get(), nullptr, nullptr, nullptr) : nullptr);
}

Result<Key> readKey(const std::string &path)
{
    auto pem = readPrivateFile(path, {});
    if (!pem)
        return Unexpected(pem.error());
    std::string text = pem->value_or("");
    const Memory memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    Key key(memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr) : nullptr);
    OPENSSL_cleanse(text.data(), text.size());
    if (!key)
        return failure(path + " holds no key in PEM form");
    return key;
}

Result<Signed> readAuthority(const std::string &certificateFile, const std::string &keyFile)
{
    auto key = readKey(keyFile);
    if (!key)
        return Unexpected(key.error());
    Certificate certificate = readCertificate(certificateFile);
    if (!certificate)
        return failure(certificateFile + " holds no certificate in PEM form");
    if (X509_check_private_key(certificate.get(), key->get()) != 1)
        return failure("the key " + keyFile + " does not belong to the authority " + certificateFile);
    return Signed{std::move(certificate), std::move(*key)};
}

} // namespace

Result<CertificateAuthority> CertificateAuthority::open(const std::string &folder, std::int64_t unixNow)
{
    const CertificateAuthority authority(folder);
    const bool hasCertificate = std::filesystem::exists(authority.certificateFile());
    const bool hasKey = std::filesystem::exists(authority.keyFile());
    if (hasCertificate != hasKey)
        return failure("of ca.pem and ca.key in " + folder +
                       " one is missing; restore it, or remove the other for a new " +
                       "authority, which every client has to be given");
    if (!hasKey) {
        const auto made = makeAuthority(unixNow);
        if (!made)
            return Unexpected(made.error());
        // The key comes first: without a certificate it is useless, not the other way round.
        if (const auto done = write(authority.keyFile(), pemOf(made->key.get()), 0600); !done)
            return Unexpected(done.error());
        if (const auto done = write(authority.certificateFile(), pemOf(made->certificate.get()), 0644); !done)
            return Unexpected(done.error());
        return authority;
    }
    const auto found = readAuthority(authority.certificateFile(), authority.keyFile());
    if (!found)
        return Unexpected(found.error());
    auto now = static_cast<time_t>(unixNow);
    if (X509_cmp_time(X509_get0_notAfter(found->certificate.get()), &now) <= 0)
        return failure("the authority " + authority.certificateFile() +
                       " has expired; remove ca.pem and ca.key for a new one, which every client has to be given");
    return authority;
}

Result<void> CertificateAuthority::issue(const std::vector<std::string> &names, std::int64_t unixNow, Duration lifetime,
                                         const std::string &chainFile, const std::string &keyFile) const
{
    const auto authority = readAuthority(certificateFile(), this->keyFile());
    if (!authority)
        return Unexpected(authority.error());
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(lifetime).count();
    const auto leaf = makeLeaf(*authority, names, unixNow - kBackdated, unixNow + seconds);
    if (!leaf)
        return Unexpected(leaf.error());
    if (auto done = write(keyFile, pemOf(leaf->key.get()), 0600); !done)
        return done;
    return write(chainFile, pemOf(leaf->certificate.get()) + pemOf(authority->certificate.get()), 0644);
}

bool CertificateAuthority::hasIssued(const std::string &chainFile) const
{
    const Certificate leaf = readCertificate(chainFile);
    const Certificate authority = readCertificate(certificateFile());
    return leaf && authority && X509_verify(leaf.get(), X509_get0_pubkey(authority.get())) == 1;
}

} // namespace ringlift::server
