#pragma once

#include <cstdint>

namespace moldau {

/** 64 bits by chance, for ids that nobody is to guess or meet twice. Each thread has its own. */
std::uint64_t randomBits();

/** Makes this thread's randomBits() repeat itself, so that a simulation can be run again. */
void seedRandomBits(std::uint64_t seed);

} // namespace moldau
