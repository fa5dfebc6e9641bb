#include "client/truststore.h"

#include "client/opensslowned.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

namespace moldau::client {

namespace {

constexpr std::uint32_t kJksMagic = 0xFEEDFEED;

void appendPem(std::string& out, X509* certificate)
{
    const OpenSslOwned<BIO> memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    out.append(text, static_cast<std::size_t>(size));
}

tl::unexpected<Error> unreadable(const std::string& what, std::string_view why)
{
    return fail(ErrorCode::LocalInvalidArgument, fmt::format("The trust store {} {}.", what, why));
}

Result<std::string> fromPkcs12(
    BytesView content, const std::string& password, const std::string& what)
{
    const std::uint8_t* data = content.data();
    const OpenSslOwned<PKCS12> store(d2i_PKCS12(nullptr, &data, static_cast<long>(content.size())));
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    const bool isRead
        = store != nullptr && PKCS12_parse(store.get(), password.c_str(), &key, &own, &others) == 1;
    const OpenSslOwned<EVP_PKEY> ownedKey(key);
    const OpenSslOwned<X509> ownedOwn(own);
    const OpenSslOwned<STACK_OF(X509)> ownedOthers(others);
    ERR_clear_error();
    if (!isRead)
        return unreadable(
            what, "can't be opened: ssl.truststore.password is wrong or the file is damaged");
    std::string pem;
    if (own != nullptr)
        appendPem(pem, own);
    for (int i = 0; i < sk_X509_num(others); ++i)
        appendPem(pem, sk_X509_value(others, i));
    if (pem.empty())
        return unreadable(what, "holds no certificate");
    return pem;
}

/** Reads Java's own key store format: numbers big-endian, texts with a length of two bytes. */
class JksReader {
public:
    explicit JksReader(BytesView bytes)
        : m_rest(bytes)
    {
    }
    std::optional<std::uint64_t> number(std::size_t size)
    {
        if (m_rest.size() < size)
            return std::nullopt;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value = value << 8 | m_rest[i];
        m_rest = m_rest.subspan(size);
        return value;
    }
    std::optional<BytesView> block(std::size_t sizeOfSize)
    {
        const auto size = number(sizeOfSize);
        if (!size || *size > m_rest.size())
            return std::nullopt;
        const BytesView bytes = m_rest.first(*size);
        m_rest = m_rest.subspan(*size);
        return bytes;
    }
    /** A type name and the certificate's bytes. */
    std::optional<BytesView> certificate() { return block(2) ? block(4) : std::nullopt; }

private:
    BytesView m_rest;
};

Result<std::string> fromJks(BytesView content, const std::string& what)
{
    constexpr std::uint64_t kPrivateKey = 1;
    JksReader reader(content);
    reader.number(8); // magic and version
    const auto count = reader.number(4).value_or(0);
    std::string pem;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto tag = reader.number(4);
        if (!tag || !reader.block(2) || !reader.number(8))
            return unreadable(what, "is damaged");
        std::uint64_t certificates = 1;
        if (*tag == kPrivateKey) {
            reader.block(4); // the encrypted key, which a trust store doesn't need
            certificates = reader.number(4).value_or(0);
        }
        for (std::uint64_t c = 0; c < certificates; ++c) {
            const auto bytes = reader.certificate();
            if (!bytes)
                return unreadable(what, "is damaged");
            const std::uint8_t* data = bytes->data();
            const OpenSslOwned<X509> certificate(
                d2i_X509(nullptr, &data, static_cast<long>(bytes->size())));
            ERR_clear_error();
            if (certificate == nullptr)
                return unreadable(what, "holds a certificate that is no X.509");
            appendPem(pem, certificate.get());
        }
    }
    if (pem.empty())
        return unreadable(what, "holds no certificate");
    return pem;
}

} // namespace

StoreFormat storeFormatOf(BytesView content)
{
    if (asText(content).find("-----BEGIN") != std::string_view::npos)
        return StoreFormat::Pem;
    if (JksReader(content).number(4) == kJksMagic)
        return StoreFormat::Jks;
    constexpr std::uint8_t kDerSequence = 0x30;
    return !content.empty() && content[0] == kDerSequence ? StoreFormat::Pkcs12
                                                          : StoreFormat::Unknown;
}

Result<std::string> pemOfTrustStore(
    BytesView content, const std::string& password, const std::string& what)
{
    switch (storeFormatOf(content)) {
    case StoreFormat::Pem:
        return std::string(asText(content));
    case StoreFormat::Pkcs12:
        return fromPkcs12(content, password, what);
    case StoreFormat::Jks:
        return fromJks(content, what);
    case StoreFormat::Unknown:
        break;
    }
    return unreadable(what, "is neither PEM nor PKCS12 nor JKS");
}

Result<Bytes> readStoreFile(const std::string& path, const std::string& what)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::LocalNotFound,
            fmt::format("{} names the file {}, which can't be read: {}.", what, path,
                std::strerror(errno)));
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

Result<KeyStore> readKeyStore(const std::string& path, const std::string& password)
{
    const auto content = readStoreFile(path, "ssl.keystore.location");
    if (!content)
        return fail(content.error());
    const std::uint8_t* data = content->data();
    const OpenSslOwned<PKCS12> store(
        d2i_PKCS12(nullptr, &data, static_cast<long>(content->size())));
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    const bool isRead
        = store != nullptr && PKCS12_parse(store.get(), password.c_str(), &key, &own, &others) == 1;
    const OpenSslOwned<EVP_PKEY> ownedKey(key);
    const OpenSslOwned<X509> ownedOwn(own);
    const OpenSslOwned<STACK_OF(X509)> ownedOthers(others);
    ERR_clear_error();
    if (!isRead || key == nullptr || own == nullptr)
        return fail(ErrorCode::LocalInvalidArgument,
            fmt::format("The key store {} can't be opened, or holds no key: ssl.keystore.password "
                        "is wrong or the file is damaged.",
                path));
    KeyStore result;
    appendPem(result.certificates, own);
    for (int i = 0; i < sk_X509_num(others); ++i)
        appendPem(result.certificates, sk_X509_value(others, i));
    const OpenSslOwned<BIO> memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    result.key.assign(text, static_cast<std::size_t>(size));
    return result;
}

Result<std::string> readTrustStore(const std::string& path, const std::string& password)
{
    auto content = readStoreFile(path, "ssl.truststore.location");
    if (!content)
        return fail(content.error());
    return pemOfTrustStore(*content, password, path);
}

} // namespace moldau::client
