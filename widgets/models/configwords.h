#pragma once

#include "client/clusterconnection.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace moldau::widgets {

/** What a topic's setting does, in one or two plain sentences; `fallback` for unknown ones. */
QString explainTopicConfig(const QString& name, const QString& fallback);

/** "604800000 (7 days)", "1073741824 (1.07 GB)", "-1 (no limit)": the value as it is, then in
 * words. */
QString configValueText(const QString& name, const QString& value);

/** "7 days", "90 s": the two largest units that aren't zero. */
QString durationWords(std::int64_t milliseconds);

/** When records of a topic go away, said from its settings. */
QString whatDeletesRecords(const std::vector<client::ConfigEntry>& configs);

/** The same in a few words for a heading: "delete after 7 days or 1 GB", "compacted". */
QString retentionWords(const std::vector<client::ConfigEntry>& configs);

} // namespace moldau::widgets
