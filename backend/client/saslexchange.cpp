#include "client/saslexchange.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace moldau::client {

namespace {

/** RFC 4616: one message, nothing to answer. */
class PlainExchange final : public SaslExchange {
public:
    explicit PlainExchange(const SaslSettings& settings)
    {
        m_message.push_back(0);
        m_message.insert(m_message.end(), settings.user.begin(), settings.user.end());
        m_message.push_back(0);
        m_message.insert(m_message.end(), settings.password.begin(), settings.password.end());
    }
    Bytes firstMessage() override { return m_message; }
    Result<std::optional<Bytes>> answer(BytesView) override { return std::nullopt; }

private:
    Bytes m_message;
};

std::string base64(BytesView bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
        static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

Bytes fromBase64(std::string_view text)
{
    Bytes bytes(3 * (text.size() / 4) + 3);
    const int size = EVP_DecodeBlock(bytes.data(),
        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0 || text.size() % 4 != 0)
        return {};
    const auto padding = static_cast<std::size_t>(text.ends_with("==") ? 2
            : text.ends_with("=")                                      ? 1
                                                                       : 0);
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

/** The value of "k=…" in a comma-separated message; none when it isn't there. */
std::optional<std::string> attribute(std::string_view message, char name)
{
    while (!message.empty()) {
        const auto comma = message.find(',');
        const std::string_view part = message.substr(0, comma);
        if (part.size() >= 2 && part[0] == name && part[1] == '=')
            return std::string(part.substr(2));
        message.remove_prefix(comma == std::string_view::npos ? message.size() : comma + 1);
    }
    return std::nullopt;
}

/** RFC 5802 and 7677, without channel binding, as Kafka speaks it. */
class ScramExchange final : public SaslExchange {
public:
    ScramExchange(const SaslSettings& settings, const EVP_MD* digest, std::string nonce)
        : m_digest(digest)
        , m_password(settings.password)
        , m_nonce(std::move(nonce))
    {
        std::string user;
        for (const char c : settings.user)
            user += c == '=' ? "=3D" : c == ',' ? "=2C" : std::string(1, c);
        m_clientFirst = fmt::format("n={},r={}", user, m_nonce);
    }

    Bytes firstMessage() override
    {
        const std::string message = "n,," + m_clientFirst;
        return Bytes(message.begin(), message.end());
    }

    Result<std::optional<Bytes>> answer(BytesView challenge) override
    {
        const std::string message(asText(challenge));
        if (const auto error = attribute(message, 'e'))
            return fail(ErrorCode::SaslAuthenticationFailed, *error);
        return m_serverSignature.empty() ? proof(message) : checkServer(message);
    }

private:
    Result<std::optional<Bytes>> proof(const std::string& serverFirst)
    {
        const auto nonce = attribute(serverFirst, 'r');
        const auto salt = attribute(serverFirst, 's');
        const auto rounds = attribute(serverFirst, 'i');
        int iterations = 0;
        if (rounds)
            std::from_chars(rounds->data(), rounds->data() + rounds->size(), iterations);
        constexpr int kLeast = 4096;
        if (!nonce || !nonce->starts_with(m_nonce) || !salt || iterations < kLeast)
            return fail(
                ErrorCode::SaslAuthenticationFailed, "The broker's SCRAM challenge is not valid.");
        const Bytes saltBytes = fromBase64(*salt);
        Bytes salted(static_cast<std::size_t>(EVP_MD_size(m_digest)));
        PKCS5_PBKDF2_HMAC(m_password.data(), static_cast<int>(m_password.size()), saltBytes.data(),
            static_cast<int>(saltBytes.size()), iterations, m_digest,
            static_cast<int>(salted.size()), salted.data());
        const std::string withoutProof = fmt::format("c=biws,r={}", *nonce);
        const std::string all = fmt::format("{},{},{}", m_clientFirst, serverFirst, withoutProof);
        const Bytes clientKey = hmac(salted, "Client Key");
        Bytes stored(clientKey.size());
        EVP_Digest(clientKey.data(), clientKey.size(), stored.data(), nullptr, m_digest, nullptr);
        Bytes proof = hmac(stored, all);
        for (std::size_t i = 0; i < proof.size(); ++i)
            proof[i] ^= clientKey[i];
        m_serverSignature = hmac(hmac(salted, "Server Key"), all);
        const std::string message = fmt::format("{},p={}", withoutProof, base64(proof));
        return Bytes(message.begin(), message.end());
    }

    Result<std::optional<Bytes>> checkServer(const std::string& serverFinal)
    {
        const auto signature = attribute(serverFinal, 'v');
        if (!signature || fromBase64(*signature) != m_serverSignature)
            return fail(ErrorCode::SaslAuthenticationFailed,
                "The broker could not prove that it knows the password.");
        return std::nullopt;
    }

    Bytes hmac(BytesView key, std::string_view text) const
    {
        Bytes result(static_cast<std::size_t>(EVP_MD_size(m_digest)));
        HMAC(m_digest, key.data(), static_cast<int>(key.size()), asBytes(text).data(), text.size(),
            result.data(), nullptr);
        return result;
    }

    const EVP_MD* m_digest;
    std::string m_password;
    std::string m_nonce;
    std::string m_clientFirst; ///< without its header
    Bytes m_serverSignature;
};

std::string randomNonce()
{
    std::array<std::uint8_t, 18> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return base64(bytes); // holds no comma, which is all that counts
}

} // namespace

Result<std::unique_ptr<SaslExchange>> makeSaslExchange(
    const SaslSettings& settings, std::string nonce)
{
    if (settings.mechanism == "PLAIN")
        return std::make_unique<PlainExchange>(settings);
    if (nonce.empty())
        nonce = randomNonce();
    if (settings.mechanism == "SCRAM-SHA-256")
        return std::make_unique<ScramExchange>(settings, EVP_sha256(), std::move(nonce));
    if (settings.mechanism == "SCRAM-SHA-512")
        return std::make_unique<ScramExchange>(settings, EVP_sha512(), std::move(nonce));
    return fail(ErrorCode::UnsupportedSaslMechanism,
        fmt::format("The SASL mechanism {} isn't spoken here.", settings.mechanism));
}

} // namespace moldau::client
