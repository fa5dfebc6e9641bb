#include "tools/partitionfilter.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace moldau::tools {

namespace {

std::optional<std::int32_t> numberOf(std::string_view text)
{
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

std::vector<std::string> splitAtCommas(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = text.find(',');
        parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return parts;
}

} // namespace

Result<PartitionFilter> PartitionFilter::byTopicAndPartitions(
    const std::string& topic, const std::string& partitions)
{
    auto topics = TopicFilter::parse(topic);
    if (!topics)
        return fail(topics.error());
    Rule rule{std::move(*topics), {}, 0, std::numeric_limits<std::int32_t>::max()};
    for (const std::string& part : splitAtCommas(partitions)) {
        const auto number = numberOf(part);
        if (!number)
            return fail(ErrorCode::LocalInvalidArgument,
                fmt::format("--partitions expects a comma separated list of numeric partition ids, "
                            "but received: {}",
                    partitions));
        rule.partitions.insert(*number);
    }
    PartitionFilter filter;
    filter.m_rules.push_back(std::move(rule));
    return filter;
}

Result<PartitionFilter> PartitionFilter::byRules(const std::string& rules)
{
    PartitionFilter filter;
    for (const std::string& text : splitAtCommas(rules)) {
        auto rule = ruleOf(text);
        if (!rule)
            return fail(rule.error());
        filter.m_rules.push_back(std::move(*rule));
    }
    return filter;
}

Result<PartitionFilter::Rule> PartitionFilter::ruleOf(const std::string& text)
{
    const auto colon = text.find(':');
    const std::string topic = text.substr(0, colon);
    auto topics = TopicFilter::parse(topic.empty() ? ".*" : topic);
    if (!topics)
        return fail(topics.error());
    Rule rule{std::move(*topics), {}, 0, std::numeric_limits<std::int32_t>::max()};
    const std::string_view range = colon == std::string::npos
        ? std::string_view()
        : std::string_view(text).substr(colon + 1);
    if (range.empty())
        return rule;
    const auto dash = range.find('-');
    const std::string_view first = range.substr(0, dash);
    const std::string_view last
        = dash == std::string_view::npos ? std::string_view() : range.substr(dash + 1);
    const auto from = numberOf(first);
    const auto to = numberOf(last);
    if ((!first.empty() && !from) || (!last.empty() && !to))
        return fail(
            ErrorCode::LocalInvalidArgument, fmt::format("Invalid rule specification: {}", text));
    rule.from = from.value_or(0);
    rule.to = to.value_or(std::numeric_limits<std::int32_t>::max());
    if (dash == std::string_view::npos)
        rule.to = rule.from + 1;
    return rule;
}

bool PartitionFilter::allows(
    const std::string& topic, std::int32_t partition, bool excludesInternal) const
{
    return std::ranges::any_of(m_rules, [&](const Rule& rule) {
        const bool isInside = rule.partitions.empty()
            ? partition >= rule.from && partition < rule.to
            : rule.partitions.contains(partition);
        return isInside && rule.topics.allows(topic, excludesInternal);
    });
}

} // namespace moldau::tools
