#include "tools/topicfilter.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::tools {

Result<TopicFilter> TopicFilter::parse(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        if (c != ' ' && c != '\t')
            pattern.push_back(c == ',' ? '|' : c);
    }
    const auto isQuote = [](char c) { return c == '"' || c == '\''; };
    while (!pattern.empty() && isQuote(pattern.front()))
        pattern.erase(pattern.begin());
    while (!pattern.empty() && isQuote(pattern.back()))
        pattern.pop_back();
    try {
        return TopicFilter(std::regex(pattern, std::regex::ECMAScript | std::regex::optimize));
    } catch (const std::regex_error&) {
        return fail(
            ErrorCode::LocalInvalidArgument, fmt::format("{} is an invalid regex.", pattern));
    }
}

bool TopicFilter::allows(const std::string& topic, bool excludesInternal) const
{
    return std::regex_match(topic, m_pattern) && !(excludesInternal && isInternalTopic(topic));
}

bool isInternalTopic(std::string_view name)
{
    return name == "__consumer_offsets" || name == "__transaction_state"
        || name == "__share_group_state";
}

std::string problemOfTopicName(std::string_view name)
{
    constexpr std::size_t kMaxLength = 249;
    const auto isLegal = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '.' || c == '_' || c == '-';
    };
    if (name.empty())
        return "Topic name is invalid: the empty string is not allowed";
    if (name == "." || name == "..")
        return "Topic name is invalid: '.' or '..' is not allowed";
    if (name.size() > kMaxLength)
        return fmt::format(
            "Topic name is invalid: the length of '{}' is longer than the max allowed length {}",
            name, kMaxLength);
    if (!std::ranges::all_of(name, isLegal))
        return fmt::format("Topic name is invalid: '{}' contains one or more characters other than "
                           "ASCII alphanumerics, '.', '_' and '-'",
            name);
    return {};
}

} // namespace moldau::tools
