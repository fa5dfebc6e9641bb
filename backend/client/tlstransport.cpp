#include "client/tlstransport.h"

#include "client/opensslowned.h"
#include "client/tlsstream.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace moldau::client {

namespace {

tl::unexpected<Error> unusable(std::string_view what)
{
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    const std::string text = fmt::format("The {} for TLS can't be used{}{}.", what,
        reason == nullptr ? "" : ": ", reason == nullptr ? "" : reason);
    ERR_clear_error();
    return fail(ErrorCode::LocalInvalidArgument, text);
}

OpenSslOwned<BIO> readerOf(const std::string& text)
{
    return OpenSslOwned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/** OpenSSL asks for a password; ours, or none at all, never the terminal's. */
int givePassword(char* buffer, int size, int, void* password)
{
    const auto& text = *static_cast<const std::string*>(password);
    const int count = std::min(size, static_cast<int>(text.size()));
    std::copy_n(text.data(), count, buffer);
    return count;
}

Result<void> addAuthorities(SSL_CTX* context, const std::string& pem)
{
    if (pem.empty()) {
        SSL_CTX_set_default_verify_paths(context);
        return {};
    }
    const OpenSslOwned<BIO> reader = readerOf(pem);
    int count = 0;
    while (const OpenSslOwned<X509> certificate{
        PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr)}) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
        ++count;
    }
    if (count == 0)
        return unusable("certificate authority");
    ERR_clear_error(); // the end of the text is an error to OpenSSL
    return {};
}

Result<void> addOwn(SSL_CTX* context, const TlsSettings& settings)
{
    if (settings.certificates.empty())
        return {};
    const OpenSslOwned<BIO> certificates = readerOf(settings.certificates);
    const OpenSslOwned<X509> first(
        PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr));
    if (first == nullptr || SSL_CTX_use_certificate(context, first.get()) != 1)
        return unusable("client's certificate");
    while (const OpenSslOwned<X509> above{
        PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)})
        SSL_CTX_add1_chain_cert(context, above.get());
    ERR_clear_error();
    const OpenSslOwned<BIO> reader
        = readerOf(settings.key.empty() ? settings.certificates : settings.key);
    std::string password = settings.keyPassword;
    const OpenSslOwned<EVP_PKEY> key(
        PEM_read_bio_PrivateKey(reader.get(), nullptr, givePassword, &password));
    if (key == nullptr || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return unusable("client's key");
    return {};
}

} // namespace

void TlsTransport::FreeContext::operator()(ssl_ctx_st* context) const
{
    SSL_CTX_free(context);
}

Result<std::unique_ptr<TlsTransport>> TlsTransport::make(
    Transport& inner, const TlsSettings& settings)
{
    Context context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(
        context.get(), settings.verifiesPeer ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    // Java's brokers close without a farewell.
    SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF);
    if (auto done = addAuthorities(context.get(), settings.authorities); !done)
        return fail(done.error());
    if (auto done = addOwn(context.get(), settings); !done)
        return fail(done.error());
    return std::unique_ptr<TlsTransport>(
        new TlsTransport(inner, std::move(context), settings.verifiesHost));
}

TlsTransport::TlsTransport(Transport& inner, Context context, bool verifiesHost)
    : m_inner(inner)
    , m_context(std::move(context))
    , m_verifiesHost(verifiesHost)
{
}

TlsTransport::~TlsTransport() = default;

Result<std::unique_ptr<Listener>> TlsTransport::listen(
    const Endpoint&, Callback<void(std::unique_ptr<Stream>)>)
{
    return fail(ErrorCode::LocalUnsupported, "This side of TLS only connects.");
}

std::unique_ptr<Stream> TlsTransport::connect(const Endpoint& endpoint)
{
    TlsStream::Ssl ssl(SSL_new(m_context.get()));
    X509_VERIFY_PARAM* checks = SSL_get0_param(ssl.get());
    const bool isAddress = X509_VERIFY_PARAM_set1_ip_asc(checks, endpoint.host.c_str()) == 1;
    if (!isAddress) {
        SSL_set_tlsext_host_name(ssl.get(), endpoint.host.c_str());
        if (m_verifiesHost)
            X509_VERIFY_PARAM_set1_host(checks, endpoint.host.c_str(), 0);
    } else if (!m_verifiesHost) {
        X509_VERIFY_PARAM_set1_ip(checks, nullptr, 0);
    }
    return std::make_unique<TlsStream>(m_inner.connect(endpoint), std::move(ssl));
}

} // namespace moldau::client
