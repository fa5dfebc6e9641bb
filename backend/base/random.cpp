#include "base/random.h"

#include <random>

namespace moldau {

namespace {

std::mt19937_64& generator()
{
    static thread_local std::mt19937_64 bits{std::random_device{}()};
    return bits;
}

} // namespace

std::uint64_t randomBits()
{
    return generator()();
}

void seedRandomBits(std::uint64_t seed)
{
    generator().seed(seed);
}

} // namespace moldau
