#pragma once

#include "base/result.h"

#include <regex>
#include <string>
#include <string_view>

namespace moldau::tools {

/** The names that an include list of Kafka's tools means: a regular expression, with commas for
 * "or". */
class TopicFilter {
public:
    /** Fails with Kafka's words for what is no regular expression. */
    static Result<TopicFilter> parse(std::string_view text);

    bool allows(const std::string& topic, bool excludesInternal) const;

private:
    explicit TopicFilter(std::regex pattern)
        : m_pattern(std::move(pattern))
    {
    }
    std::regex m_pattern;
};

/** Topics that Kafka itself writes. */
bool isInternalTopic(std::string_view name);

/** Empty for a name that a topic may have, else why not, in Kafka's words. */
std::string problemOfTopicName(std::string_view name);

} // namespace moldau::tools
