#pragma once

#include "protocol/messageinfo.h"

#include <random>

namespace moldau::protocol {

/** Random values that any version can carry; the same seed gives the same message. */
class Filler {
public:
    /** `hasUnknownTags`: structs of flexible versions get tagged fields that no schema knows. */
    Filler(unsigned seed, bool hasUnknownTags)
        : m_random(seed)
        , m_hasUnknownTags(hasUnknownTags)
    {
    }

    std::uint32_t below(std::uint32_t limit);
    bool isNull() { return below(4) == 0; }
    std::size_t arraySize() { return below(4); }
    /** Often an end of the range, 0 or -1. */
    std::int64_t integer(std::int64_t min, std::int64_t max);

    void fillUnknownTags(std::vector<TaggedField>& fields, std::uint32_t firstFreeTag);
    Bytes bytes(std::size_t mostSize);
    std::string text();

private:
    std::mt19937 m_random;
    bool m_hasUnknownTags;
};

/** Null when there is no message of that name. */
std::unique_ptr<AnyMessage> makeRandom(Filler& random, std::string_view name, std::int16_t version);

void fillValue(Filler& random, bool& value);
void fillValue(Filler& random, std::int8_t& value);
void fillValue(Filler& random, std::int16_t& value);
void fillValue(Filler& random, std::uint16_t& value);
void fillValue(Filler& random, std::int32_t& value);
void fillValue(Filler& random, std::uint32_t& value);
void fillValue(Filler& random, std::int64_t& value);
void fillValue(Filler& random, double& value);
void fillValue(Filler& random, Uuid& value);
void fillValue(Filler& random, BrokerId& value);
void fillValue(Filler& random, ProducerId& value);
void fillValue(Filler& random, std::string& value);
void fillValue(Filler& random, Bytes& value);
void fillValue(Filler& random, RecordsView& value, bool isNullable);

template <class T> void fillValue(Filler& random, std::vector<T>& values)
{
    values.resize(random.arraySize());
    for (T& value : values)
        fillValue(random, value);
}

template <class T> void fillValue(Filler& random, std::optional<T>& value, bool isNullable)
{
    value.reset();
    if (!isNullable || !random.isNull())
        fillValue(random, value.emplace());
}

// fill(random, struct, version) is generated for every struct.

template <class T> void fillStruct(Filler& random, T& value, std::int16_t version)
{
    fill(random, value, version);
}

template <class T> void fillStruct(Filler& random, std::vector<T>& values, std::int16_t version)
{
    values.resize(random.arraySize());
    for (T& value : values)
        fill(random, value, version);
}

template <class T>
void fillStruct(Filler& random, std::optional<T>& value, std::int16_t version, bool isNullable)
{
    value.reset();
    if (!isNullable || !random.isNull())
        fillStruct(random, value.emplace(), version);
}

} // namespace moldau::protocol
