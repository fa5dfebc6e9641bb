#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <memory>

namespace moldau::client {

struct OpenSslFree {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(PKCS12* store) const { PKCS12_free(store); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};

/** An object of OpenSSL's, freed by the function that OpenSSL has for its type. */
template <class T> using OpenSslOwned = std::unique_ptr<T, OpenSslFree>;

} // namespace moldau::client
