#pragma once

#include "protocol/fieldvisitor.h"

#include <string>

namespace moldau::protocol {

/**
 * Writes a message as JSON on one line, with the names and forms that Kafka's own tools use (bytes
 * in base64). Unknown tagged fields come last in their struct, as "unknownTaggedFields".
 */
class JsonVisitor final : public FieldVisitor {
public:
    void onBool(const FieldInfo& field, bool value) override;
    void onInteger(const FieldInfo& field, std::int64_t value) override;
    void onFloat(const FieldInfo& field, double value) override;
    void onString(const FieldInfo& field, std::string_view value) override;
    void onUuid(const FieldInfo& field, const Uuid& value) override;
    void onBytes(const FieldInfo& field, BytesView value) override;
    void onRecords(const FieldInfo& field, const RecordsView& value) override;
    void onNull(const FieldInfo& field) override;
    void beginStruct(const FieldInfo& field) override;
    void endStruct(const FieldInfo& field) override;
    void beginArray(const FieldInfo& field, std::size_t count) override;
    void endArray(const FieldInfo& field) override;
    void onUnknownTag(const TaggedField& field) override;

    /** The whole text, closed; the visitor is used up. */
    std::string take();

private:
    /** Comma and name, as far as the place needs them. */
    void begin(const FieldInfo& field);
    void closeTags();
    void appendString(std::string_view text);
    void appendBase64(BytesView bytes);

    struct Level {
        bool isArray = false;
        bool isFirst = true;
        bool isInTags = false;
    };
    std::string m_text = "{";
    std::vector<Level> m_levels{Level{}};
};

/** `message` is any generated message, or an AnyMessage. */
template <class Message> std::string toJson(const Message& message, std::int16_t version)
{
    JsonVisitor visitor;
    message.visit(visitor, version);
    return visitor.take();
}

} // namespace moldau::protocol
