#pragma once

#include <cstdio>
#include <memory>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

/// Owners of what OpenSSL hands out. Internal.
namespace ringlift::server::openssl {

template<auto Free> struct Deleter {
    template<typename Object> void operator()(Object *object) const { Free(object); }
};

struct CloseFile {
    void operator()(std::FILE *file) const { static_cast<void>(std::fclose(file)); }
};

using File = std::unique_ptr<std::FILE, CloseFile>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free>>;

} // namespace ringlift::server::openssl
