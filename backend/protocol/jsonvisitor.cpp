#include "protocol/jsonvisitor.h"

#include <fmt/format.h>

#include <cmath>

namespace moldau::protocol {

void JsonVisitor::begin(const FieldInfo& field)
{
    Level& level = m_levels.back();
    if (!level.isFirst)
        m_text += ',';
    level.isFirst = false;
    if (!level.isArray) {
        appendString(field.name);
        m_text += ':';
    }
}

void JsonVisitor::onBool(const FieldInfo& field, bool value)
{
    begin(field);
    m_text += value ? "true" : "false";
}

void JsonVisitor::onInteger(const FieldInfo& field, std::int64_t value)
{
    begin(field);
    m_text += std::to_string(value);
}

void JsonVisitor::onFloat(const FieldInfo& field, double value)
{
    begin(field);
    // JSON has no infinity and no NaN; readers tell 1.0 from the integer 1.
    const std::string text = std::isfinite(value) ? fmt::format("{}", value) : "null";
    const bool looksWhole = text.find_first_not_of("-0123456789") == std::string::npos;
    m_text += looksWhole ? text + ".0" : text;
}

void JsonVisitor::onString(const FieldInfo& field, std::string_view value)
{
    begin(field);
    appendString(value);
}

void JsonVisitor::onUuid(const FieldInfo& field, const Uuid& value)
{
    begin(field);
    appendString(value.toString());
}

void JsonVisitor::onBytes(const FieldInfo& field, BytesView value)
{
    begin(field);
    appendBase64(value);
}

void JsonVisitor::onRecords(const FieldInfo& field, const RecordsView& value)
{
    onBytes(field, value.bytes());
}

void JsonVisitor::onNull(const FieldInfo& field)
{
    begin(field);
    m_text += "null";
}

void JsonVisitor::beginStruct(const FieldInfo& field)
{
    begin(field);
    m_text += '{';
    m_levels.push_back({});
}

void JsonVisitor::endStruct(const FieldInfo&)
{
    closeTags();
    m_text += '}';
    m_levels.pop_back();
}

void JsonVisitor::beginArray(const FieldInfo& field, std::size_t)
{
    begin(field);
    m_text += '[';
    m_levels.push_back({true, true, false});
}

void JsonVisitor::endArray(const FieldInfo&)
{
    m_text += ']';
    m_levels.pop_back();
}

void JsonVisitor::onUnknownTag(const TaggedField& field)
{
    Level& level = m_levels.back();
    if (!level.isInTags) {
        m_text += level.isFirst ? "\"unknownTaggedFields\":[" : ",\"unknownTaggedFields\":[";
        level.isInTags = true;
    } else {
        m_text += ',';
    }
    m_text += fmt::format("{{\"tag\":{},\"data\":", field.tag);
    appendBase64(field.data);
    m_text += '}';
}

void JsonVisitor::closeTags()
{
    if (m_levels.back().isInTags)
        m_text += ']';
}

std::string JsonVisitor::take()
{
    closeTags();
    m_text += '}';
    return std::move(m_text);
}

void JsonVisitor::appendString(std::string_view text)
{
    m_text += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\')
            m_text += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            m_text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            m_text += c;
    }
    m_text += '"';
}

void JsonVisitor::appendBase64(BytesView bytes)
{
    constexpr std::string_view kAlphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    m_text += '"';
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t bits = std::uint32_t{bytes[at]} << 16;
        if (at + 1 < bytes.size())
            bits |= std::uint32_t{bytes[at + 1]} << 8;
        if (at + 2 < bytes.size())
            bits |= bytes[at + 2];
        m_text += kAlphabet[bits >> 18];
        m_text += kAlphabet[(bits >> 12) & 0x3f];
        m_text += at + 1 < bytes.size() ? kAlphabet[(bits >> 6) & 0x3f] : '=';
        m_text += at + 2 < bytes.size() ? kAlphabet[bits & 0x3f] : '=';
    }
    m_text += '"';
}

} // namespace moldau::protocol
