#pragma once

#include "base/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace moldau::compose {

struct YamlNode;
using YamlPtr = std::shared_ptr<const YamlNode>;

/**
 * A YAML value that knows where it stands. Aliases share the node of their anchor; merge keys are
 * resolved, with the merged entries behind a map's own. Nodes never change once they are read.
 */
struct YamlNode {
    enum class Kind { Null, Scalar, Sequence, Map };
    using Entry = std::pair<YamlPtr, YamlPtr>;

    Kind kind = Kind::Null;
    std::size_t offset = 0; ///< of its first byte in the text
    bool isPlain = false; ///< a scalar without quotes
    std::string value; ///< of a scalar
    std::vector<YamlPtr> items; ///< of a sequence
    std::vector<Entry> entries; ///< of a map, in the file's order
    std::vector<YamlPtr> repeatedKeys; ///< keys that the map had before; the first one counts

    bool isNull() const { return kind == Kind::Null; }
    bool isScalar() const { return kind == Kind::Scalar; }
    bool isSequence() const { return kind == Kind::Sequence; }
    bool isMap() const { return kind == Kind::Map; }
    /** The map's entry of that key, or nullptr. */
    const Entry* entry(std::string_view key) const;
    /** The map's value of that key, or nullptr. */
    YamlPtr find(std::string_view key) const;
};

/** Why a text is not YAML, and where. */
struct YamlProblem {
    std::size_t offset = 0;
    std::string message;
};

/** The text's first document; Null for an empty one. Never throws, whatever the bytes are. */
tl::expected<YamlPtr, YamlProblem> parseYaml(std::string_view text);

/** Where a scalar's own characters stand in the text. */
struct RawScalar {
    std::size_t offset = 0;
    std::size_t length = 0;
    char quote = 0; ///< ' or ", or 0
};

/**
 * The characters of a scalar that stands whole on one line without escapes; nothing for others,
 * which are then not edited.
 */
std::optional<RawScalar> rawScalar(std::string_view text, const YamlNode& node);

} // namespace moldau::compose
