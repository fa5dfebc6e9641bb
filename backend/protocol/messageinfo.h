#pragma once

#include "protocol/messagetypes.h"

#include <memory>
#include <span>
#include <string_view>

namespace moldau::protocol {

enum class MessageKind {
    Request,
    Response,
    Header,
    Data, ///< a structure of its own inside other bytes
    MetadataRecord,
    RemoteLogRecord,
    CoordinatorKey,
    CoordinatorValue,
};

/** A message whose type is known at run time only: for wire lens, dumps and tests of all messages.
 */
class AnyMessage {
public:
    virtual ~AnyMessage() = default;
    virtual void read(Reader& in, std::int16_t version) = 0;
    virtual Result<void> write(Writer& out, std::int16_t version) const = 0;
    virtual void visit(FieldVisitor& visitor, std::int16_t version) const = 0;
    /** False for messages of different types. */
    virtual bool isEqualTo(const AnyMessage& other) const = 0;
};

template <class T> class AnyMessageOf final : public AnyMessage {
public:
    AnyMessageOf() = default;
    explicit AnyMessageOf(T value)
        : message(std::move(value))
    {
    }
    void read(Reader& in, std::int16_t version) override { message.read(in, version); }
    Result<void> write(Writer& out, std::int16_t version) const override
    {
        return message.write(out, version);
    }
    void visit(FieldVisitor& visitor, std::int16_t version) const override
    {
        message.visit(visitor, version);
    }
    bool isEqualTo(const AnyMessage& other) const override
    {
        const auto* same = dynamic_cast<const AnyMessageOf*>(&other);
        return same && same->message == message;
    }

    T message;
};

/** What the schema says of a message; lives as long as the program. */
struct MessageInfo {
    std::string_view name; ///< "ProduceRequest"
    MessageKind kind;
    std::string_view family; ///< of records: "group", "transaction", "share", "metadata", …
    std::int16_t key; ///< API key or record type; -1 for headers and data
    std::int16_t minVersion;
    std::int16_t maxVersion;
    std::int16_t firstFlexibleVersion;
    std::unique_ptr<AnyMessage> (*create)();
};

/** Every message of the schema. */
std::span<const MessageInfo> allMessages();
/** Null when there is no such message. */
const MessageInfo* findMessage(std::string_view name);
const MessageInfo* findRequest(std::int16_t apiKey);
const MessageInfo* findResponse(std::int16_t apiKey);
/** Records of one family: the metadata record, or a coordinator's key or value, of that number. */
const MessageInfo* findRecord(std::string_view family, MessageKind kind, std::int16_t key);

} // namespace moldau::protocol
