#pragma once

#include "client/clusterconnection.h"
#include "client/properties.h"

#include <cstdint>
#include <string>

namespace moldau::tools {

/** Writes records as the console consumer's --formatter-property says. */
class RecordFormatter {
public:
    /** Fails for a deserializer that runs only in Java. */
    static Result<RecordFormatter> make(const client::Properties& properties);

    void append(std::string& out, const client::Record& record) const;

private:
    /** What the bytes of a key, value or header stand for. */
    enum class Meaning : std::uint8_t { Text, Int16, Int32, Int64, Boolean };

    RecordFormatter() = default;
    static Result<Meaning> meaningOf(const std::string* deserializer);
    void appendBytes(std::string& out, const std::optional<Bytes>& bytes, Meaning meaning) const;
    void appendHeaders(std::string& out, const client::Record& record) const;

    bool m_showsTimestamp = false;
    bool m_showsPartition = false;
    bool m_showsOffset = false;
    bool m_showsDelivery = false;
    bool m_showsEpoch = false;
    bool m_showsHeaders = false;
    bool m_showsKey = false;
    bool m_showsValue = true;
    std::string m_keySeparator = "\t";
    std::string m_lineSeparator = "\n";
    std::string m_headersSeparator = ",";
    std::string m_null = "null";
    Meaning m_key = Meaning::Text;
    Meaning m_value = Meaning::Text;
    Meaning m_header = Meaning::Text;
};

} // namespace moldau::tools
