#pragma once

#include "client/clusterconnection.h"
#include "client/properties.h"

#include <optional>
#include <string>
#include <string_view>

namespace moldau::tools {

/**
 * Makes records of lines as the console producer's --reader-property says: key and headers in the
 * line, their separators, a marker for null. Counts the lines for its complaints.
 */
class LineReader {
public:
    /** Fails with Kafka's words when two separators are the same. */
    static Result<LineReader> make(std::string topic, const client::Properties& properties);

    Result<client::RecordToSend> recordOf(const std::string& line);

private:
    LineReader() = default;
    Result<std::optional<std::string>> take(bool isEnabled, std::string_view& rest,
        const std::string& line, std::string_view separator, std::string_view what) const;
    Result<std::vector<client::Header>> headersOf(std::string_view text) const;
    std::optional<Bytes> bytesOf(std::string_view text) const;
    bool isNull(std::string_view text) const { return m_nullMarker && *m_nullMarker == text; }

    std::string m_topic;
    bool m_hasKey = false;
    bool m_hasHeaders = false;
    bool m_ignoresErrors = false;
    std::string m_keySeparator = "\t";
    std::string m_headersDelimiter = "\t";
    std::string m_headersSeparator = ",";
    std::string m_headersKeySeparator = ":";
    std::optional<std::string> m_nullMarker;
    int m_line = 0;
};

} // namespace moldau::tools
