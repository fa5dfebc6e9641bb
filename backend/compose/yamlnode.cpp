#include "compose/yamlnode.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace moldau::compose {

namespace {

using Kind = YamlNode::Kind;

/** Thrown to yaml-cpp's caller, which is parseYaml. */
struct BuildFailure {
    YamlProblem problem;
};

/** Adds what `<<` names to a map whose own entries are complete. */
class Merger {
public:
    explicit Merger(YamlNode& map)
        : m_map(map)
    {
        for (const YamlNode::Entry& entry : map.entries)
            m_keys.insert(entry.first->value);
    }

    void merge(const YamlNode& source)
    {
        if (source.isSequence()) {
            for (const YamlPtr& item : source.items)
                mergeMap(*item);
        } else {
            mergeMap(source);
        }
    }

private:
    void mergeMap(const YamlNode& source)
    {
        if (!source.isMap() && !source.isNull())
            throw BuildFailure{{source.offset, "a merge key (<<) needs a map or a list of maps"}};
        for (const YamlNode::Entry& entry : source.entries) {
            if (m_keys.insert(entry.first->value).second)
                m_map.entries.push_back(entry);
            if (m_map.entries.size() > kMostEntries)
                throw BuildFailure{{source.offset, "merge keys make the map too large"}};
        }
    }

    static constexpr std::size_t kMostEntries = 100'000;
    YamlNode& m_map;
    std::set<std::string> m_keys;
};

/** Builds the tree from the parser's events. */
class TreeBuilder final : public YAML::EventHandler {
public:
    /** The parser sees `text` from `shift` on. */
    TreeBuilder(std::string_view text, std::size_t shift)
        : m_text(text)
        , m_shift(shift)
    {
    }

    YamlPtr root() const { return m_root != nullptr ? m_root : std::make_shared<const YamlNode>(); }

    void OnDocumentStart(const YAML::Mark&) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        add(make(Kind::Null, mark), anchor);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
        const std::string& value) override
    {
        auto node = make(Kind::Scalar, mark);
        node->value = value;
        node->isPlain = tag == "?";
        if (!node->isPlain && !isClosed(node->offset))
            throw BuildFailure{{node->offset, "the text that begins here has no closing quote"}};
        add(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.find(anchor);
        if (found == m_anchors.end())
            throw BuildFailure{{offsetOf(mark), "an alias stands inside its own anchor"}};
        add(found->second, 0);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
        YAML::EmitterStyle::value) override
    {
        open(make(Kind::Sequence, mark), anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
        YAML::EmitterStyle::value) override
    {
        open(make(Kind::Map, mark), anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        std::shared_ptr<YamlNode> node;
        YAML::anchor_t anchor = 0;
        YamlPtr key; ///< of a map, while its value is read
        std::vector<YamlPtr> merges;
        std::set<std::string> keys;
    };

    std::size_t offsetOf(const YAML::Mark& mark) const
    {
        return m_shift + static_cast<std::size_t>(std::max(mark.pos, 0));
    }

    std::shared_ptr<YamlNode> make(Kind kind, const YAML::Mark& mark) const
    {
        auto node = std::make_shared<YamlNode>();
        node->kind = kind;
        node->offset = offsetOf(mark);
        return node;
    }

    /** Whether a quoted text that begins there ends at all, which the parser doesn't ask. */
    bool isClosed(std::size_t offset) const
    {
        const char quote = offset < m_text.size() ? m_text[offset] : '\0';
        if (quote != '"' && quote != '\'')
            return true;
        for (std::size_t i = offset + 1; i < m_text.size(); ++i) {
            if (quote == '"' && m_text[i] == '\\')
                ++i;
            else if (m_text[i] == quote)
                return true;
        }
        return false;
    }

    void open(std::shared_ptr<YamlNode> node, YAML::anchor_t anchor)
    {
        Open opened;
        opened.node = std::move(node);
        opened.anchor = anchor;
        m_stack.push_back(std::move(opened));
    }

    void close()
    {
        Open closed = std::move(m_stack.back());
        m_stack.pop_back();
        if (!closed.merges.empty()) {
            Merger merger(*closed.node);
            for (const YamlPtr& source : closed.merges)
                merger.merge(*source);
        }
        add(std::move(closed.node), closed.anchor);
    }

    void add(YamlPtr node, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            m_anchors[anchor] = node;
        if (m_stack.empty()) {
            m_root = std::move(node);
            return;
        }
        Open& parent = m_stack.back();
        if (parent.node->isSequence()) {
            parent.node->items.push_back(std::move(node));
        } else if (parent.key == nullptr) {
            parent.key = std::move(node);
        } else {
            addEntry(parent, std::move(node));
            parent.key = nullptr;
        }
    }

    static void addEntry(Open& map, YamlPtr value)
    {
        if (map.key->isPlain && map.key->value == "<<")
            map.merges.push_back(std::move(value));
        else if (map.keys.insert(map.key->value).second)
            map.node->entries.emplace_back(map.key, std::move(value));
        else
            map.node->repeatedKeys.push_back(map.key);
    }

    std::string_view m_text;
    std::size_t m_shift;
    YamlPtr m_root;
    std::vector<Open> m_stack;
    std::map<YAML::anchor_t, YamlPtr> m_anchors;
};

/** The first byte that YAML doesn't allow at all, or npos. */
std::size_t firstForbiddenByte(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool isControl
            = (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f;
        const std::size_t length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        const bool isLead = byte < 0x80 || (byte >= 0xc2 && byte < 0xf5);
        if (isControl || !isLead || i + length > text.size())
            return i;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80)
                return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

/** The parser's message in words that help. */
std::string explained(const std::string& message)
{
    if (message == "end of map not found" || message == "end of sequence not found")
        return "the indentation of this line fits no line above it";
    if (message == "illegal map value")
        return "a colon can't stand here: is the line above indented less, or does the value need "
               "quotes?";
    if (message == "end of sequence flow not found")
        return "a list that begins with [ has no ]";
    if (message == "end of map flow not found")
        return "a map that begins with { has no }";
    return message;
}

} // namespace

const YamlNode::Entry* YamlNode::entry(std::string_view key) const
{
    const auto found = std::ranges::find_if(
        entries, [&](const Entry& entry) { return entry.first->value == key; });
    return found == entries.end() ? nullptr : &*found;
}

YamlPtr YamlNode::find(std::string_view key) const
{
    const Entry* found = entry(key);
    return found == nullptr ? nullptr : found->second;
}

tl::expected<YamlPtr, YamlProblem> parseYaml(std::string_view text)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    if (const std::size_t bad = firstForbiddenByte(text); bad != std::string_view::npos)
        return tl::unexpected(YamlProblem{bad,
            fmt::format("byte 0x{:02x} is not allowed in a YAML file, which is UTF-8 text",
                static_cast<unsigned char>(text[bad]))});
    try {
        std::istringstream stream(std::string(text.substr(skipped)));
        YAML::Parser parser(stream);
        TreeBuilder builder(text, skipped);
        parser.HandleNextDocument(builder);
        return builder.root();
    } catch (const BuildFailure& failure) {
        return tl::unexpected(failure.problem);
    } catch (const YAML::Exception& error) {
        const std::size_t offset
            = error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.pos);
        return tl::unexpected(
            YamlProblem{std::min(offset + skipped, text.size()), explained(error.msg)});
    } catch (const std::exception& error) {
        return tl::unexpected(YamlProblem{0, error.what()});
    }
}

std::optional<RawScalar> rawScalar(std::string_view text, const YamlNode& node)
{
    if (!node.isScalar() || node.offset >= text.size())
        return std::nullopt;
    std::size_t start = node.offset;
    while (start < text.size()
        && (text[start] == '&' || text[start] == '!')) { // anchor or tag before it
        start = text.find_first_of(" \n", start);
        start = start == std::string_view::npos ? text.size() : text.find_first_not_of(' ', start);
        if (start == std::string_view::npos)
            return std::nullopt;
    }
    const char quote
        = start < text.size() && (text[start] == '"' || text[start] == '\'') ? text[start] : '\0';
    const std::size_t first = start + (quote != 0 ? 1 : 0);
    if (text.substr(first, node.value.size()) != node.value
        || node.value.find('\n') != std::string::npos)
        return std::nullopt;
    const std::size_t last = first + node.value.size();
    if (quote == 0)
        return node.value.empty() ? std::nullopt
                                  : std::optional(RawScalar{start, node.value.size(), 0});
    if (last >= text.size() || text[last] != quote)
        return std::nullopt;
    return RawScalar{start, node.value.size() + 2, quote};
}

} // namespace moldau::compose
