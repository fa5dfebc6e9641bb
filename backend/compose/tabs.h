#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace moldau::compose {

/** Blanks at the start of a line (or behind its dashes) that hold a tab, which YAML forbids. */
struct TabbedIndent {
    std::size_t offset = 0; ///< of the first tab
    std::size_t begin = 0; ///< of the blanks
    std::size_t end = 0; ///< behind them
};

/**
 * Every indentation with tabs. Tabs that YAML allows are left out: inside block texts, quoted
 * texts and brackets, and between a key and its value.
 */
std::vector<TabbedIndent> findTabs(std::string_view text);

/** The blanks with every tab as spaces up to the next multiple of `width`. */
std::string withoutTabs(std::string_view blanks, std::size_t column, std::size_t width);

} // namespace moldau::compose
