#pragma once

#include "protocol/messagetypes.h"

#include <string_view>

namespace moldau::protocol {

/** What the schema says of a field; lives as long as the program. */
struct FieldInfo {
    std::string_view name; ///< as in Kafka's JSON and logs: "transactionalId"
    std::string_view type; ///< element type of an array: "int32", "string", "TopicProduceData"
    bool isArray = false;
    bool isFlexible = true; ///< false: never compact, not even in a flexible version
    int tag = -1; ///< -1: not a tagged field
    std::string_view entity; ///< what the value stands for: "topicName", "brokerId"; or empty
};

/**
 * Is shown the fields of a message that exist in a version: untagged ones in wire order, then
 * tagged ones by tag, then unknown tags. Elements of an array come with the array's FieldInfo.
 */
class FieldVisitor {
public:
    virtual ~FieldVisitor() = default;

    virtual void onBool(const FieldInfo& field, bool value) = 0;
    virtual void onInteger(const FieldInfo& field, std::int64_t value) = 0;
    virtual void onFloat(const FieldInfo& field, double value) = 0;
    virtual void onString(const FieldInfo& field, std::string_view value) = 0;
    virtual void onUuid(const FieldInfo& field, const Uuid& value) = 0;
    virtual void onBytes(const FieldInfo& field, BytesView value) = 0;
    virtual void onRecords(const FieldInfo& field, const RecordsView& value) = 0;
    virtual void onNull(const FieldInfo& field) = 0;

    virtual void beginStruct(const FieldInfo& field) = 0;
    virtual void endStruct(const FieldInfo& field) = 0;
    virtual void beginArray(const FieldInfo& field, std::size_t count) = 0;
    virtual void endArray(const FieldInfo& field) = 0;

    virtual void onUnknownTag(const TaggedField& field) = 0;
};

} // namespace moldau::protocol
