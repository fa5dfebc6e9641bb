#pragma once

#include "tools/topicfilter.h"

#include <cstdint>
#include <limits>
#include <set>
#include <vector>

namespace moldau::tools {

/** Which partitions kafka-get-offsets was asked for. */
class PartitionFilter {
public:
    /** A topic (regular expression) and "0,1,2", empty for all partitions. */
    static Result<PartitionFilter> byTopicAndPartitions(
        const std::string& topic, const std::string& partitions);
    /** "orders:0-3,pay.*,:5-": each rule a topic pattern and a number or range, either may be left
     * out. */
    static Result<PartitionFilter> byRules(const std::string& rules);

    bool allows(const std::string& topic, std::int32_t partition, bool excludesInternal) const;

private:
    struct Rule {
        TopicFilter topics;
        std::set<std::int32_t> partitions; ///< empty: the range counts
        std::int32_t from = 0;
        std::int32_t to = std::numeric_limits<std::int32_t>::max(); ///< exclusive
    };
    static Result<Rule> ruleOf(const std::string& text);

    std::vector<Rule> m_rules;
};

} // namespace moldau::tools
