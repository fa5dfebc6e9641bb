#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <string>

/** A certificate that signs itself, for one address or name, and its key. */
class MadeCertificate {
public:
    explicit MadeCertificate(const std::string& subjectAltName = "IP:127.0.0.1")
    {
        X509_set_version(m_x509, 2);
        X509_gmtime_adj(X509_getm_notBefore(m_x509), -60);
        X509_gmtime_adj(X509_getm_notAfter(m_x509), 3600);
        X509_set_pubkey(m_x509, m_key);
        X509_NAME* name = X509_get_subject_name(m_x509);
        X509_NAME_add_entry_by_txt(
            name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
        X509_set_issuer_name(m_x509, name);
        X509_EXTENSION* names
            = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subjectAltName.c_str());
        X509_add_ext(m_x509, names, -1);
        X509_EXTENSION_free(names);
        X509_sign(m_x509, m_key, EVP_sha256());
    }
    ~MadeCertificate()
    {
        X509_free(m_x509);
        EVP_PKEY_free(m_key);
    }
    MadeCertificate(const MadeCertificate&) = delete;
    MadeCertificate& operator=(const MadeCertificate&) = delete;

    X509* x509() const { return m_x509; }
    EVP_PKEY* key() const { return m_key; }

    std::string der() const
    {
        unsigned char* data = nullptr;
        const int size = i2d_X509(m_x509, &data);
        return taken(data, size);
    }
    std::string pem() const
    {
        BIO* memory = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(memory, m_x509);
        return taken(memory);
    }
    std::string keyPem() const
    {
        BIO* memory = BIO_new(BIO_s_mem());
        PEM_write_bio_PrivateKey(memory, m_key, nullptr, nullptr, 0, nullptr, nullptr);
        return taken(memory);
    }
    /** A trust store with the certificate alone, or a key store with the key as well. */
    std::string pkcs12(const char* password, bool hasKey = false) const
    {
        STACK_OF(X509)* others = sk_X509_new_null();
        if (!hasKey)
            sk_X509_push(others, m_x509);
        PKCS12* store = PKCS12_create(password, "test", hasKey ? m_key : nullptr,
            hasKey ? m_x509 : nullptr, others, 0, 0, 0, 0, 0);
        unsigned char* data = nullptr;
        const int size = i2d_PKCS12(store, &data);
        PKCS12_free(store);
        sk_X509_free(others);
        return taken(data, size);
    }
    /** A JKS trust store with the certificate alone. */
    std::string jks() const
    {
        const auto number = [](std::uint64_t value, int size) {
            std::string out;
            for (int i = size - 1; i >= 0; --i)
                out.push_back(static_cast<char>(value >> (8 * i)));
            return out;
        };
        const std::string bytes = der();
        return number(0xFEEDFEED, 4) + number(2, 4) + number(1, 4) + number(2, 4) + number(2, 2)
            + "ca" + number(0, 8) + number(5, 2) + "X.509" + number(bytes.size(), 4) + bytes
            + std::string(20, '\0');
    }

private:
    static std::string taken(unsigned char* data, int size)
    {
        std::string out(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
        OPENSSL_free(data);
        return out;
    }
    static std::string taken(BIO* memory)
    {
        char* text = nullptr;
        const long size = BIO_get_mem_data(memory, &text);
        std::string out(text, static_cast<std::size_t>(size));
        BIO_free(memory);
        return out;
    }

    EVP_PKEY* m_key = EVP_EC_gen("P-256");
    X509* m_x509 = X509_new();
};
