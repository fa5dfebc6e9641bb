#pragma once

#include "base/result.h"
#include "models/jsontext.h"

#include <string>
#include <string_view>
#include <vector>

namespace moldau::widgets {

/** A way into a JSON value: `.address.city`, `.items[0].price`, `.["odd key"]`, `.` for the whole.
 */
class JsonPath {
public:
    static Result<JsonPath> parse(std::string_view text);
    /** The node it leads to, or -1. */
    std::int32_t find(const JsonText& json) const;
    const std::string& text() const { return m_text; }

private:
    friend class JsonExpressionParser;
    struct Step {
        std::string key;
        std::int64_t index = 0;
        bool isIndex = false;
    };
    std::vector<Step> m_steps;
    std::string m_text;
};

/**
 * A condition on a JSON value in the part of jq's language that asks yes-or-no questions:
 *     .price > 5000 and .item == "tea" or .tags[0] != null
 * `and` binds tighter than `or`; `not`, parentheses and a path alone (neither null nor false) work;
 * `contains` and `startswith` look inside strings. Numbers compare by exact value, strings by
 * bytes; comparing unlike kinds with < or > is false, where jq would order kinds. Immutable after
 * parse().
 */
class JsonExpression {
public:
    /** The error's message says what was expected and at which character. */
    static Result<JsonExpression> parse(std::string_view text);
    bool isTrueFor(const JsonText& json) const { return evaluate(json, m_root); }

private:
    friend class JsonExpressionParser;
    enum class Kind { And, Or, Not, Exists, Compare };
    enum class Operator {
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Contains,
        StartsWith
    };
    struct Node {
        Kind kind = Kind::Exists;
        int left = -1;
        int right = -1;
        JsonPath path;
        Operator op = Operator::Equal;
        JsonKind literalKind = JsonKind::Null;
        std::string literal; ///< number as written, string without escapes
    };

    bool evaluate(const JsonText& json, int index) const;
    static bool compare(const JsonText& json, std::int32_t found, const Node& node);

    std::vector<Node> m_nodes;
    int m_root = -1;
};

} // namespace moldau::widgets
