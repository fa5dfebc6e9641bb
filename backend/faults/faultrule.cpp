#include "faults/faultrule.h"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace moldau::faults {

namespace {

constexpr std::array<std::pair<FaultAction, std::string_view>, 7> kActionNames{{
    {FaultAction::Error, "error"},
    {FaultAction::Delay, "delay"},
    {FaultAction::Drop, "drop"},
    {FaultAction::Duplicate, "duplicate"},
    {FaultAction::Close, "close"},
    {FaultAction::Cut, "cut"},
    {FaultAction::DiskFull, "disk-full"},
}};

constexpr std::size_t kLongestName = 249; // of a topic in Kafka; client ids of that length do, too

tl::unexpected<Error> refuse(std::string text)
{
    return fail(ErrorCode::LocalInvalidArgument, std::move(text));
}

bool asksForRequests(const FaultRule& rule)
{
    return rule.api || !rule.client.empty() || !rule.topic.empty();
}

Result<void> checkLink(const FaultRule& rule)
{
    if (rule.link->one == rule.link->other || rule.link->one == kNoBroker
        || rule.link->other == kNoBroker)
        return refuse("a link is between two nodes");
    if (asksForRequests(rule) || rule.broker != kNoBroker)
        return refuse("a link carries bytes: api, broker, client and topic can't be said of it");
    if (rule.action == FaultAction::Error || rule.action == FaultAction::Duplicate)
        return refuse(fmt::format(
            "a link can be cut, slow, lossy or closed; {} is for requests", nameOf(rule.action)));
    if (rule.action == FaultAction::Cut && (rule.count > 0 || rule.after > 0))
        return refuse("a link is cut until it is healed: count and after can't be said of that");
    return {};
}

} // namespace

std::string_view nameOf(FaultAction action)
{
    for (const auto& [known, name] : kActionNames) {
        if (known == action)
            return name;
    }
    return "";
}

std::optional<FaultAction> faultActionOf(std::string_view name)
{
    for (const auto& [action, known] : kActionNames) {
        if (known == name)
            return action;
    }
    return std::nullopt;
}

Result<void> check(const FaultRule& rule)
{
    if (rule.client.size() > kLongestName || rule.topic.size() > kLongestName)
        return refuse(fmt::format("a name has at most {} letters", kLongestName));
    if ((rule.action == FaultAction::Delay) != (rule.delay.count() > 0))
        return refuse("a delay is a number of milliseconds above 0");
    if (rule.action == FaultAction::Error && rule.error == ErrorCode::None)
        return refuse("NONE is no error");
    if (rule.action == FaultAction::DiskFull) {
        if (rule.broker == kNoBroker || rule.link || asksForRequests(rule))
            return refuse("a full disk is a broker's: say which by broker, and nothing else");
        if (rule.count > 0 || rule.after > 0)
            return refuse("a disk is full until it is healed: count and after can't be said of it");
        return {};
    }
    if (rule.link)
        return checkLink(rule);
    if (rule.action == FaultAction::Cut)
        return refuse("what can be cut is a link");
    return {};
}

std::string toText(const FaultRule& rule)
{
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
    if (rule.link) {
        add(fmt::format("link {}-{}", rule.link->one.value(), rule.link->other.value()));
    } else if (rule.action == FaultAction::DiskFull) {
        add(fmt::format("disk of node {}", rule.broker.value()));
    } else {
        add(rule.api ? std::string(protocol::factsOf(*rule.api).name) : "any request");
        if (!rule.client.empty())
            add("by " + rule.client);
        if (!rule.topic.empty())
            add("for " + rule.topic);
        if (rule.broker != kNoBroker)
            add(fmt::format("on node {}", rule.broker.value()));
    }
    text += ": ";
    if (rule.action == FaultAction::Error)
        text += moldau::factsOf(rule.error).name;
    else if (rule.action == FaultAction::Delay)
        text += fmt::format("delay {} ms", rule.delay.count());
    else if (rule.action == FaultAction::DiskFull)
        text += "full";
    else
        text += nameOf(rule.action);
    if (rule.after > 0)
        text += fmt::format(", after {}", rule.after);
    if (rule.count > 0)
        text += rule.count == 1 ? std::string(", once") : fmt::format(", {} times", rule.count);
    return text;
}

bool fitsGlob(std::string_view pattern, std::string_view text)
{
    // The usual walk: behind a star that does not fit, the star takes one more letter.
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (in < text.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            resume = in;
        } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == text[in])) {
            ++at;
            ++in;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            in = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

} // namespace moldau::faults
