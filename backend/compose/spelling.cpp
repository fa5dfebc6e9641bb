#include "compose/spelling.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace moldau::compose {

namespace {

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(
        lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/** Longer words forgive more; what is shorter than three letters is never guessed. */
int allowedDistance(std::size_t length)
{
    if (length < 3)
        return 0;
    if (length < 6)
        return 1;
    if (length < 12)
        return 2;
    return length < 20 ? 3 : 4;
}

} // namespace

int spellingDistance(std::string_view a, std::string_view b)
{
    // Three rows of the usual table: the row before the last is needed for swapped neighbours.
    std::array<std::vector<int>, 3> rows;
    for (std::vector<int>& row : rows)
        row.resize(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<int>& row = rows[i % 3];
        const std::vector<int>& last = rows[(i - 1) % 3];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            const bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (isSwap)
                row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a.size() % 3][b.size()];
}

std::optional<std::string> meantWord(std::string_view word, std::span<const std::string> known)
{
    constexpr std::size_t kLongest = 200; // longer than any setting, and a bound for the work
    if (word.size() > kLongest)
        return std::nullopt;
    const std::string lower = lowered(word);
    const int allowed = allowedDistance(word.size());
    int best = allowed + 1;
    bool isUnique = false;
    const std::string* meant = nullptr;
    for (const std::string& candidate : known) {
        const auto difference = static_cast<std::ptrdiff_t>(candidate.size())
            - static_cast<std::ptrdiff_t>(lower.size());
        if (difference > best || -difference > best)
            continue;
        const int distance = spellingDistance(lower, lowered(candidate));
        if (distance < best) {
            best = distance;
            meant = &candidate;
            isUnique = true;
        } else if (distance == best && meant != nullptr && *meant != candidate) {
            isUnique = false;
        }
    }
    return meant != nullptr && isUnique ? std::optional(*meant) : std::nullopt;
}

} // namespace moldau::compose
