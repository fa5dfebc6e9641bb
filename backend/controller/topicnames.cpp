#include "controller/topicnames.h"

#include <algorithm>

namespace moldau::controller {

namespace {

constexpr std::size_t kMaxLength = 249; // a directory name of 255 less "-" and a partition

bool isLegal(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
        || c == '_' || c == '-';
}

auto invalid(std::string why)
{
    return fail(ErrorCode::InvalidTopicException, "Topic name is invalid: " + std::move(why));
}

} // namespace

bool isInternalTopic(std::string_view name)
{
    return name == "__consumer_offsets" || name == "__transaction_state"
        || name == "__share_group_state";
}

Result<void> checkTopicName(std::string_view name)
{
    const std::string quoted = "'" + std::string(name) + "'";
    if (name.empty())
        return invalid("the empty string is not allowed");
    if (name == "." || name == "..")
        return invalid(quoted + " is not allowed");
    if (name.size() > kMaxLength)
        return invalid("the length of " + quoted + " is longer than the max allowed length 249");
    if (!std::all_of(name.begin(), name.end(), isLegal)) {
        return invalid(quoted
            + " contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'");
    }
    return {};
}

bool hasCollisionChars(std::string_view name)
{
    return name.find_first_of("._") != std::string_view::npos;
}

std::string unifiedTopicName(std::string_view name)
{
    std::string unified(name);
    std::replace(unified.begin(), unified.end(), '.', '_');
    return unified;
}

} // namespace moldau::controller
