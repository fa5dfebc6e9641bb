#include "tools/spelling.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace moldau::tools {

namespace {

/** Letters to insert, drop, replace, or swap with their neighbour (which is the commonest slip). */
std::size_t distanceBetween(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> rows(
        a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                rows[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            rows[i][j] = std::min({replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[a.size()][b.size()];
}

} // namespace

std::string_view mostSimilar(std::string_view word, std::span<const std::string_view> candidates)
{
    std::string_view best;
    std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 4) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = distanceBetween(word, candidate);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    if (!best.empty() || word.size() < 3)
        return best;
    const auto cut = std::ranges::find_if(
        candidates, [word](std::string_view candidate) { return candidate.starts_with(word); });
    return cut == candidates.end() ? best : *cut;
}

} // namespace moldau::tools
