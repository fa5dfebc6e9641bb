#include "filler.h"

#include <array>
#include <limits>

namespace moldau::protocol {

namespace {

template <class T> void fillInteger(Filler& random, T& value)
{
    value = static_cast<T>(
        random.integer(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}

} // namespace

std::uint32_t Filler::below(std::uint32_t limit)
{
    return static_cast<std::uint32_t>(m_random()) % limit;
}

std::int64_t Filler::integer(std::int64_t min, std::int64_t max)
{
    const std::array<std::int64_t, 5> favourites{min, max, 0, std::max<std::int64_t>(min, -1), 1};
    if (const std::uint32_t choice = below(10); choice < favourites.size())
        return favourites[choice];
    return std::uniform_int_distribution<std::int64_t>(min, max)(m_random);
}

Bytes Filler::bytes(std::size_t mostSize)
{
    Bytes bytes(below(static_cast<std::uint32_t>(mostSize + 1)));
    for (std::uint8_t& byte : bytes)
        byte = static_cast<std::uint8_t>(m_random());
    return bytes;
}

std::string Filler::text()
{
    // One to four bytes in UTF-8, and what JSON has to escape.
    static constexpr std::array<std::string_view, 8> kPieces{
        "a", "Z9", "-", "\"", "\\\n", "ł", "카", "\xf0\x9f\x90\x9f"};
    if (below(20) == 0)
        return std::string(200 + below(100), 'x');
    std::string text;
    for (std::uint32_t pieces = below(6); pieces > 0; --pieces)
        text += kPieces[below(kPieces.size())];
    return text;
}

void Filler::fillUnknownTags(std::vector<TaggedField>& fields, std::uint32_t firstFreeTag)
{
    if (!m_hasUnknownTags || below(3) != 0)
        return;
    std::uint32_t tag = firstFreeTag;
    for (std::uint32_t count = 1 + below(2); count > 0; --count) {
        tag += below(200);
        fields.push_back({tag++, bytes(150)});
    }
}

void fillValue(Filler& random, bool& value)
{
    value = random.below(2) == 0;
}

// clang-format off
void fillValue(Filler& random, std::int8_t& value) { fillInteger(random, value); }
void fillValue(Filler& random, std::int16_t& value) { fillInteger(random, value); }
void fillValue(Filler& random, std::uint16_t& value) { fillInteger(random, value); }
void fillValue(Filler& random, std::int32_t& value) { fillInteger(random, value); }
void fillValue(Filler& random, std::uint32_t& value) { fillInteger(random, value); }
void fillValue(Filler& random, std::int64_t& value) { fillInteger(random, value); }
void fillValue(Filler& random, std::string& value) { value = random.text(); }
void fillValue(Filler& random, Bytes& value) { value = random.bytes(150); }
// clang-format on

void fillValue(Filler& random, double& value)
{
    value = static_cast<double>(random.integer(-1'000'000, 1'000'000)) / 64;
}

void fillValue(Filler& random, Uuid& value)
{
    value = {};
    if (random.below(8) != 0) {
        for (std::uint8_t& byte : value.bytes)
            byte = static_cast<std::uint8_t>(random.below(256));
    }
}

void fillValue(Filler& random, BrokerId& value)
{
    std::int32_t number = 0;
    fillInteger(random, number);
    value = BrokerId(number);
}

void fillValue(Filler& random, ProducerId& value)
{
    std::int64_t number = 0;
    fillInteger(random, number);
    value = ProducerId(number);
}

void fillValue(Filler& random, RecordsView& value, bool isNullable)
{
    value = RecordsView(Slice(random.bytes(3000))); // sometimes long enough to be referenced
    if (isNullable && random.isNull())
        value = RecordsView::null();
}

} // namespace moldau::protocol
