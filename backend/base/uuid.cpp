#include "base/uuid.h"

#include "base/random.h"

namespace moldau {

namespace {

constexpr std::string_view kAlphabet
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kTextSize = 22;

} // namespace

Uuid Uuid::random()
{
    Uuid id;
    do {
        for (std::size_t half = 0; half < 2; ++half) {
            const std::uint64_t bits = randomBits();
            for (std::size_t i = 0; i < 8; ++i)
                id.bytes[half * 8 + i] = static_cast<std::uint8_t>(bits >> (8 * i));
        }
        id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
        id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    } while (id.toString().front() == '-');
    return id;
}

Result<Uuid> Uuid::parse(std::string_view text)
{
    if (text.size() != kTextSize)
        return fail(ErrorCode::LocalInvalidArgument, "a UUID has 22 characters of URL-safe base64");
    Uuid id;
    std::uint32_t buffer = 0;
    int bits = 0;
    std::size_t out = 0;
    for (const char c : text) {
        const auto digit = kAlphabet.find(c);
        if (digit == std::string_view::npos)
            return fail(ErrorCode::LocalInvalidArgument, "a UUID is written in URL-safe base64");
        buffer = (buffer << 6) | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8 && out < id.bytes.size()) {
            bits -= 8;
            id.bytes[out++] = static_cast<std::uint8_t>(buffer >> bits);
        }
    }
    return id;
}

std::string Uuid::toString() const
{
    std::string text;
    text.reserve(kTextSize);
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text += kAlphabet[(buffer >> bits) & 0x3f];
        }
    }
    if (bits > 0)
        text += kAlphabet[(buffer << (6 - bits)) & 0x3f];
    return text;
}

} // namespace moldau
