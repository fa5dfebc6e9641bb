#include "models/jsonexpression.h"

#include <array>
#include <cctype>
#include <charconv>

namespace moldau::widgets {

/** Recursive descent over the expression; depth is bounded by kMaxDepth. */
class JsonExpressionParser {
public:
    explicit JsonExpressionParser(std::string_view text)
        : m_text(text)
    {
    }

    Result<JsonExpression> expression()
    {
        const int root = disjunction();
        skipSpace();
        if (root >= 0 && m_at < m_text.size())
            expected("and, or, or the end");
        if (!m_problem.empty())
            return fail(ErrorCode::LocalParseError, m_problem);
        m_out.m_root = root;
        return std::move(m_out);
    }

    Result<JsonPath> wholePath()
    {
        skipSpace();
        JsonPath found = path();
        skipSpace();
        if (m_problem.empty() && m_at < m_text.size())
            expected("the end of the path");
        if (!m_problem.empty())
            return fail(ErrorCode::LocalParseError, m_problem);
        return found;
    }

private:
    using Node = JsonExpression::Node;
    using Kind = JsonExpression::Kind;
    using Operator = JsonExpression::Operator;
    static constexpr int kMaxDepth = 64;

    void expected(std::string_view what)
    {
        if (m_problem.empty())
            m_problem
                = "expected " + std::string(what) + " at character " + std::to_string(m_at + 1);
    }
    void skipSpace()
    {
        while (m_at < m_text.size() && std::isspace(static_cast<unsigned char>(m_text[m_at])))
            ++m_at;
    }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    static bool isWordByte(char c)
    {
        // Bytes of other alphabets count, so that .이름 needs no quotes.
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
    }
    bool takeWord(std::string_view word)
    {
        skipSpace();
        const std::size_t end = m_at + word.size();
        if (m_text.substr(m_at, word.size()) != word
            || (end < m_text.size() && isWordByte(m_text[end])))
            return false;
        m_at = end;
        return true;
    }
    bool take(std::string_view symbol)
    {
        skipSpace();
        if (m_text.substr(m_at, symbol.size()) != symbol)
            return false;
        m_at += symbol.size();
        return true;
    }

    int add(Node node)
    {
        m_out.m_nodes.push_back(std::move(node));
        return static_cast<int>(m_out.m_nodes.size()) - 1;
    }
    int join(Kind kind, int left, int right)
    {
        Node node;
        node.kind = kind;
        node.left = left;
        node.right = right;
        return add(std::move(node));
    }

    int disjunction()
    {
        int left = conjunction();
        while (left >= 0 && takeWord("or")) {
            const int right = conjunction();
            left = right < 0 ? -1 : join(Kind::Or, left, right);
        }
        return left;
    }
    int conjunction()
    {
        int left = term();
        while (left >= 0 && takeWord("and")) {
            const int right = term();
            left = right < 0 ? -1 : join(Kind::And, left, right);
        }
        return left;
    }
    int term()
    {
        if (++m_depth > kMaxDepth) {
            expected("fewer parentheses");
            return -1;
        }
        const int result = innerTerm();
        --m_depth;
        return result;
    }
    int innerTerm()
    {
        if (takeWord("not")) {
            const int inner = term();
            return inner < 0 ? -1 : join(Kind::Not, inner, -1);
        }
        if (take("(")) {
            const int inner = disjunction();
            if (inner >= 0 && !take(")"))
                expected(")");
            return m_problem.empty() ? inner : -1;
        }
        return comparison();
    }
    int comparison()
    {
        skipSpace();
        Node node;
        node.path = path();
        if (!m_problem.empty())
            return -1;
        static constexpr std::array<std::pair<std::string_view, Operator>, 6> kSymbols = {{
            {"==", Operator::Equal},
            {"!=", Operator::NotEqual},
            {"<=", Operator::LessEqual},
            {">=", Operator::GreaterEqual},
            {"<", Operator::Less},
            {">", Operator::Greater},
        }};
        for (const auto& [symbol, op] : kSymbols) {
            if (take(symbol))
                return withLiteral(std::move(node), op);
        }
        if (takeWord("contains"))
            return withLiteral(std::move(node), Operator::Contains);
        if (takeWord("startswith"))
            return withLiteral(std::move(node), Operator::StartsWith);
        node.kind = Kind::Exists;
        return add(std::move(node));
    }
    int withLiteral(Node node, Operator op)
    {
        node.kind = Kind::Compare;
        node.op = op;
        skipSpace();
        std::size_t end = m_at;
        if (peek() == '"') {
            ++end;
            while (end < m_text.size() && m_text[end] != '"')
                end += m_text[end] == '\\' ? 2 : 1;
            ++end;
        } else {
            while (end < m_text.size()
                && (isWordByte(m_text[end])
                    || std::string_view("+-.").find(m_text[end]) != std::string_view::npos))
                ++end;
        }
        JsonText literal;
        if (end > m_text.size() || !literal.parse(m_text.substr(m_at, end - m_at))) {
            expected("a number, a text in \"quotes\", true, false or null");
            return -1;
        }
        m_at = end;
        node.literalKind = literal.nodes().front().kind;
        node.literal = node.literalKind == JsonKind::String ? literal.string(0)
                                                            : std::string(literal.raw(0));
        return add(std::move(node));
    }

    JsonPath path()
    {
        JsonPath found;
        const std::size_t begin = m_at;
        if (peek() != '.') {
            expected("a field such as .price");
            return found;
        }
        while (peek() == '.' || peek() == '[') {
            JsonPath::Step step;
            if (peek() == '.')
                ++m_at;
            if (peek() == '[') {
                if (!bracket(step))
                    return found;
            } else if (peek() == '"') {
                if (!quoted(step.key))
                    return found;
            } else {
                const std::size_t from = m_at;
                while (isWordByte(peek()))
                    ++m_at;
                step.key = m_text.substr(from, m_at - from);
                if (step.key.empty()) {
                    if (m_at - begin > 1)
                        expected("a field name");
                    break; // "." alone is the whole value
                }
            }
            found.m_steps.push_back(std::move(step));
        }
        found.m_text = m_text.substr(begin, m_at - begin);
        return found;
    }
    bool bracket(JsonPath::Step& step)
    {
        ++m_at;
        if (peek() == '"') {
            if (!quoted(step.key))
                return false;
        } else {
            step.isIndex = true;
            const char* begin = m_text.data() + m_at;
            const auto [end, problem]
                = std::from_chars(begin, m_text.data() + m_text.size(), step.index);
            if (problem != std::errc()) {
                expected("an index or a \"key\"");
                return false;
            }
            m_at += static_cast<std::size_t>(end - begin);
        }
        if (peek() != ']') {
            expected("]");
            return false;
        }
        ++m_at;
        return true;
    }
    bool quoted(std::string& key)
    {
        const std::size_t begin = ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"')
            m_at += m_text[m_at] == '\\' ? 2 : 1;
        if (m_at >= m_text.size()) {
            expected("\"");
            return false;
        }
        key = JsonText::unescape(m_text.substr(begin, m_at - begin));
        ++m_at;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_problem;
    JsonExpression m_out;
};

Result<JsonPath> JsonPath::parse(std::string_view text)
{
    return JsonExpressionParser(text).wholePath();
}

std::int32_t JsonPath::find(const JsonText& json) const
{
    if (json.nodes().empty())
        return -1;
    std::int32_t node = 0;
    for (const Step& step : m_steps) {
        node = step.isIndex ? json.element(node, step.index) : json.child(node, step.key);
        if (node < 0)
            return -1;
    }
    return node;
}

Result<JsonExpression> JsonExpression::parse(std::string_view text)
{
    return JsonExpressionParser(text).expression();
}

bool JsonExpression::evaluate(const JsonText& json, int index) const
{
    const Node& node = m_nodes[static_cast<std::size_t>(index)];
    switch (node.kind) {
    case Kind::And:
        return evaluate(json, node.left) && evaluate(json, node.right);
    case Kind::Or:
        return evaluate(json, node.left) || evaluate(json, node.right);
    case Kind::Not:
        return !evaluate(json, node.left);
    case Kind::Exists: {
        const std::int32_t found = node.path.find(json);
        if (found < 0)
            return false;
        const JsonKind kind = json.nodes()[static_cast<std::size_t>(found)].kind;
        return kind != JsonKind::Null && kind != JsonKind::False;
    }
    case Kind::Compare:
        return compare(json, node.path.find(json), node);
    }
    return false;
}

bool JsonExpression::compare(const JsonText& json, std::int32_t found, const Node& node)
{
    // As in jq, a field that isn't there equals null.
    const JsonKind kind
        = found < 0 ? JsonKind::Null : json.nodes()[static_cast<std::size_t>(found)].kind;
    int order = 0;
    bool isComparable = kind == node.literalKind;
    if (isComparable && kind == JsonKind::Number) {
        order = compareJsonNumbers(json.raw(found), node.literal);
    } else if (isComparable && kind == JsonKind::String) {
        const std::string value = json.string(found);
        if (node.op == Operator::Contains)
            return value.find(node.literal) != std::string::npos;
        if (node.op == Operator::StartsWith)
            return value.starts_with(node.literal);
        order = value.compare(node.literal);
    }
    switch (node.op) {
    case Operator::Equal:
        return isComparable && order == 0;
    case Operator::NotEqual:
        return !isComparable || order != 0;
    case Operator::Less:
        return isComparable && order < 0;
    case Operator::LessEqual:
        return isComparable && order <= 0;
    case Operator::Greater:
        return isComparable && order > 0;
    case Operator::GreaterEqual:
        return isComparable && order >= 0;
    case Operator::Contains:
    case Operator::StartsWith:
        return false;
    }
    return false;
}

} // namespace moldau::widgets
