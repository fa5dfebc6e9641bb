#include "tools/recordformatter.h"

#include <fmt/format.h>

#include <algorithm>

namespace moldau::tools {

namespace {

using namespace moldau::client;

void setFlag(bool& flag, const Properties& properties, std::string_view name)
{
    const std::string* value = findProperty(properties, name);
    if (value == nullptr)
        return;
    std::string text = *value;
    std::ranges::transform(text, text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    flag = text == "true";
}

void setText(std::string& target, const Properties& properties, std::string_view name)
{
    if (const std::string* value = findProperty(properties, name))
        target = *value;
}

std::int64_t bigEndian(BytesView bytes)
{
    std::uint64_t value = !bytes.empty() && bytes[0] >= 0x80 ? ~std::uint64_t{0} : 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8 | byte;
    return static_cast<std::int64_t>(value);
}

} // namespace

Result<RecordFormatter> RecordFormatter::make(const Properties& properties)
{
    RecordFormatter formatter;
    setFlag(formatter.m_showsTimestamp, properties, "print.timestamp");
    setFlag(formatter.m_showsPartition, properties, "print.partition");
    setFlag(formatter.m_showsOffset, properties, "print.offset");
    setFlag(formatter.m_showsDelivery, properties, "print.delivery");
    setFlag(formatter.m_showsEpoch, properties, "print.epoch");
    setFlag(formatter.m_showsHeaders, properties, "print.headers");
    setFlag(formatter.m_showsKey, properties, "print.key");
    setFlag(formatter.m_showsValue, properties, "print.value");
    setText(formatter.m_keySeparator, properties, "key.separator");
    setText(formatter.m_lineSeparator, properties, "line.separator");
    setText(formatter.m_headersSeparator, properties, "headers.separator");
    setText(formatter.m_null, properties, "null.literal");
    const std::pair<Meaning*, std::string_view> meanings[]
        = {{&formatter.m_key, "key.deserializer"}, {&formatter.m_value, "value.deserializer"},
            {&formatter.m_header, "headers.deserializer"}};
    for (const auto& [target, name] : meanings) {
        const auto meaning = meaningOf(findProperty(properties, name));
        if (!meaning)
            return fail(meaning.error());
        *target = *meaning;
    }
    return formatter;
}

Result<RecordFormatter::Meaning> RecordFormatter::meaningOf(const std::string* deserializer)
{
    if (deserializer == nullptr)
        return Meaning::Text;
    const std::string_view name
        = std::string_view(*deserializer).substr(deserializer->rfind('.') + 1);
    if (name == "StringDeserializer" || name == "UUIDDeserializer")
        return Meaning::Text; // Java writes a UUID as its text
    if (name == "ShortDeserializer")
        return Meaning::Int16;
    if (name == "IntegerDeserializer")
        return Meaning::Int32;
    if (name == "LongDeserializer")
        return Meaning::Int64;
    if (name == "BooleanDeserializer")
        return Meaning::Boolean;
    return fail(ErrorCode::LocalUnsupported,
        fmt::format("{} is a Java class that can't run here. String, UUID, Short, Integer, Long "
                    "and BooleanDeserializer are understood.",
            *deserializer));
}

void RecordFormatter::append(std::string& out, const Record& record) const
{
    // A column is followed by the key separator when another one comes, else by the line's end.
    const bool columns[] = {m_showsTimestamp, m_showsPartition, m_showsOffset, m_showsDelivery,
        m_showsEpoch, m_showsHeaders, m_showsKey, m_showsValue};
    const auto separate = [&](std::size_t column) {
        const bool hasMore
            = std::find(columns + column + 1, std::end(columns), true) != std::end(columns);
        out += hasMore ? m_keySeparator : m_lineSeparator;
    };
    if (m_showsTimestamp) {
        if (record.timestampMs < 0)
            out += "NO_TIMESTAMP";
        else
            out += fmt::format("{}:{}", record.isLogAppendTime ? "LogAppendTime" : "CreateTime",
                record.timestampMs);
        separate(0);
    }
    if (m_showsPartition) {
        out += fmt::format("Partition:{}", record.partition);
        separate(1);
    }
    if (m_showsOffset) {
        out += fmt::format("Offset:{}", record.offset);
        separate(2);
    }
    // Kafka's tool hands its formatter neither deliveries nor epochs.
    if (m_showsDelivery) {
        out += "Delivery:NOT_PRESENT";
        separate(3);
    }
    if (m_showsEpoch) {
        out += "Epoch:NOT_PRESENT";
        separate(4);
    }
    if (m_showsHeaders) {
        appendHeaders(out, record);
        separate(5);
    }
    if (m_showsKey) {
        appendBytes(out, record.key, m_key);
        separate(6);
    }
    if (m_showsValue) {
        appendBytes(out, record.value, m_value);
        separate(7);
    }
}

void RecordFormatter::appendHeaders(std::string& out, const Record& record) const
{
    if (record.headers.empty())
        out += "NO_HEADERS";
    for (std::size_t i = 0; i < record.headers.size(); ++i) {
        out += i == 0 ? "" : m_headersSeparator;
        out += record.headers[i].key + ":";
        appendBytes(out, record.headers[i].value, m_header);
    }
}

void RecordFormatter::appendBytes(
    std::string& out, const std::optional<Bytes>& bytes, Meaning meaning) const
{
    if (!bytes) {
        out += m_null;
        return;
    }
    const std::size_t wanted = meaning == Meaning::Int16 ? 2
        : meaning == Meaning::Int32                      ? 4
        : meaning == Meaning::Int64                      ? 8
        : meaning == Meaning::Boolean                    ? 1
                                                         : bytes->size();
    if (meaning == Meaning::Text || bytes->size() != wanted)
        out += asText(*bytes);
    else if (meaning == Meaning::Boolean)
        out += bytes->front() != 0 ? "true" : "false";
    else
        out += std::to_string(bigEndian(*bytes));
}

} // namespace moldau::tools
