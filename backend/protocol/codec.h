#pragma once

#include "protocol/fieldvisitor.h"
#include "protocol/reader.h"
#include "protocol/writer.h"

/**
 * What the generated .cpp files are written with: one read, write and visit for every type that a
 * field can have. Only generated code includes it.
 */
namespace moldau::protocol::codec {

// Reading. The second form of each pair belongs to optional members; `isNullable` is false in
// versions in which null is an error.

void read(Reader& in, bool isFlexible, bool& value);
void read(Reader& in, bool isFlexible, std::int8_t& value);
void read(Reader& in, bool isFlexible, std::int16_t& value);
void read(Reader& in, bool isFlexible, std::uint16_t& value);
void read(Reader& in, bool isFlexible, std::int32_t& value);
void read(Reader& in, bool isFlexible, std::uint32_t& value);
void read(Reader& in, bool isFlexible, std::int64_t& value);
void read(Reader& in, bool isFlexible, double& value);
void read(Reader& in, bool isFlexible, Uuid& value);
void read(Reader& in, bool isFlexible, BrokerId& value);
void read(Reader& in, bool isFlexible, ProducerId& value);
void read(Reader& in, bool isFlexible, std::string& value);
void read(Reader& in, bool isFlexible, Bytes& value);
void read(Reader& in, bool isFlexible, std::optional<std::string>& value, bool isNullable);
void read(Reader& in, bool isFlexible, std::optional<Bytes>& value, bool isNullable);
void read(Reader& in, bool isFlexible, RecordsView& value, bool isNullable);

template <class T>
bool readCount(Reader& in, bool isFlexible, std::vector<T>& values, std::size_t leastSize)
{
    const std::int32_t count = in.readArrayCount(isFlexible, leastSize, sizeof(T));
    if (count < 0)
        return false;
    values.resize(static_cast<std::size_t>(count));
    return true;
}

constexpr const char* kNullArray = "null where an array is required";

template <class T>
void readScalars(Reader& in, bool isFlexible, std::vector<T>& values, std::size_t leastSize)
{
    if (!readCount(in, isFlexible, values, leastSize))
        in.fail(kNullArray);
    for (T& value : values)
        read(in, isFlexible, value);
}

template <class T>
void readScalars(Reader& in, bool isFlexible, std::optional<std::vector<T>>& values,
    std::size_t leastSize, bool isNullable)
{
    if (!readCount(in, isFlexible, values.emplace(), leastSize)) {
        values.reset();
        if (!isNullable)
            in.fail(kNullArray);
        return;
    }
    for (T& value : *values)
        read(in, isFlexible, value);
}

template <class T>
void readStructs(
    Reader& in, std::int16_t ver, bool isFlexible, std::vector<T>& values, std::size_t leastSize)
{
    if (!readCount(in, isFlexible, values, leastSize))
        in.fail(kNullArray);
    for (T& value : values) {
        value.read(in, ver);
        if (!in.ok())
            return;
    }
}

template <class T>
void readStructs(Reader& in, std::int16_t ver, bool isFlexible,
    std::optional<std::vector<T>>& values, std::size_t leastSize, bool isNullable)
{
    if (!readCount(in, isFlexible, values.emplace(), leastSize)) {
        values.reset();
        if (!isNullable)
            in.fail(kNullArray);
        return;
    }
    for (T& value : *values) {
        value.read(in, ver);
        if (!in.ok())
            return;
    }
}

template <class T>
void readStruct(Reader& in, std::int16_t ver, std::optional<T>& value, bool isNullable)
{
    if (in.readInt8() >= 0)
        value.emplace().read(in, ver);
    else if (value.reset(); !isNullable)
        in.fail("null where a struct is required");
}

/** A struct that is a nullable tagged field: its mark of null is 0 here, not -1. */
template <class T>
void readTaggedStruct(Reader& in, std::int16_t ver, std::optional<T>& value, bool isNullable)
{
    if (in.readUnsignedVarint() > 0)
        value.emplace().read(in, ver);
    else if (value.reset(); !isNullable)
        in.fail("null where a struct is required");
}

/** Walks the tagged fields at the end of a struct. */
class TagReader {
public:
    explicit TagReader(Reader& in);
    /** Goes to the next field; false at the end and after an error. */
    bool next();
    std::uint32_t tag() const { return m_tag; }
    /** Keeps the field as it is. */
    void keep(std::vector<TaggedField>& fields);
    /** A known tag in a version that doesn't have it. */
    void refuse();

private:
    Reader& m_in;
    std::uint32_t m_left;
    std::uint32_t m_tag = 0;
    std::uint32_t m_size = 0;
    std::size_t m_end = 0; ///< where the field that was begun must end
    bool m_hasBegun = false;
};

// Writing.

void write(Writer& out, bool isFlexible, bool value);
void write(Writer& out, bool isFlexible, std::int8_t value);
void write(Writer& out, bool isFlexible, std::int16_t value);
void write(Writer& out, bool isFlexible, std::uint16_t value);
void write(Writer& out, bool isFlexible, std::int32_t value);
void write(Writer& out, bool isFlexible, std::uint32_t value);
void write(Writer& out, bool isFlexible, std::int64_t value);
void write(Writer& out, bool isFlexible, double value);
void write(Writer& out, bool isFlexible, const Uuid& value);
void write(Writer& out, bool isFlexible, BrokerId value);
void write(Writer& out, bool isFlexible, ProducerId value);
void write(Writer& out, bool isFlexible, const std::string& value);
void write(Writer& out, bool isFlexible, const Bytes& value);
void write(Writer& out, bool isFlexible, const std::optional<std::string>& value, bool isNullable);
void write(Writer& out, bool isFlexible, const std::optional<Bytes>& value, bool isNullable);
void write(Writer& out, bool isFlexible, const RecordsView& value, bool isNullable);

/** A value that would be lost: the version lacks the field. */
void failMissing(Writer& out, const FieldInfo& field, std::int16_t ver);

template <class T> void writeScalars(Writer& out, bool isFlexible, const std::vector<T>& values)
{
    out.writeArrayCount(values.size(), isFlexible);
    for (const T value : values)
        write(out, isFlexible, value);
}

void writeScalars(Writer& out, bool isFlexible, const std::vector<std::string>& values);

template <class T>
void writeScalars(
    Writer& out, bool isFlexible, const std::optional<std::vector<T>>& values, bool isNullable)
{
    if (values)
        writeScalars(out, isFlexible, *values);
    else if (isNullable)
        out.writeNullBytes(isFlexible);
    else
        out.fail(ErrorCode::LocalInvalidArgument, kNullArray);
}

template <class T>
void writeStructs(Writer& out, std::int16_t ver, bool isFlexible, const std::vector<T>& values)
{
    out.writeArrayCount(values.size(), isFlexible);
    for (const T& value : values)
        value.write(out, ver);
}

template <class T>
void writeStructs(Writer& out, std::int16_t ver, bool isFlexible,
    const std::optional<std::vector<T>>& values, bool isNullable)
{
    if (values)
        writeStructs(out, ver, isFlexible, *values);
    else if (isNullable)
        out.writeNullBytes(isFlexible);
    else
        out.fail(ErrorCode::LocalInvalidArgument, kNullArray);
}

template <class T>
void writeStruct(Writer& out, std::int16_t ver, const std::optional<T>& value, bool isNullable)
{
    if (value) {
        out.writeInt8(1);
        value->write(out, ver);
    } else if (isNullable) {
        out.writeInt8(-1);
    } else {
        out.fail(ErrorCode::LocalInvalidArgument, "null where a struct is required");
    }
}

template <class T>
void writeTaggedStruct(
    Writer& out, std::int16_t ver, const std::optional<T>& value, bool isNullable)
{
    if (value || !isNullable)
        writeStruct(out, ver, value, isNullable);
    else
        out.writeUnsignedVarint(0);
}

/** Writes the known tagged fields, and between them the unknown ones, by rising tag. */
class TagWriter {
public:
    TagWriter(Writer& out, std::uint32_t knownCount, const std::vector<TaggedField>& unknown);
    void begin(std::uint32_t tag);
    void end();
    /** After the last known field. */
    void finish();

private:
    void writeUnknownBelow(std::uint64_t tag);

    Writer& m_out;
    const std::vector<TaggedField>& m_unknown;
    std::size_t m_nextUnknown = 0;
    std::int64_t m_lastTag = -1;
    std::size_t m_begin = 0;
};

/** Unknown tagged fields in a version that has none. */
void checkNoTags(Writer& out, const std::vector<TaggedField>& unknown, std::int16_t ver);

// Visiting.

void visit(FieldVisitor& visitor, const FieldInfo& field, bool value);
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int8_t value);
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int16_t value);
void visit(FieldVisitor& visitor, const FieldInfo& field, std::uint16_t value);
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int32_t value);
void visit(FieldVisitor& visitor, const FieldInfo& field, std::uint32_t value);
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int64_t value);
void visit(FieldVisitor& visitor, const FieldInfo& field, double value);
void visit(FieldVisitor& visitor, const FieldInfo& field, const Uuid& value);
void visit(FieldVisitor& visitor, const FieldInfo& field, BrokerId value);
void visit(FieldVisitor& visitor, const FieldInfo& field, ProducerId value);
void visit(FieldVisitor& visitor, const FieldInfo& field, const std::string& value);
void visit(FieldVisitor& visitor, const FieldInfo& field, const Bytes& value);
void visit(FieldVisitor& visitor, const FieldInfo& field, const RecordsView& value);

template <class T>
void visit(FieldVisitor& visitor, const FieldInfo& field, const std::vector<T>& values)
{
    visitor.beginArray(field, values.size());
    for (const T& value : values)
        visit(visitor, field, value);
    visitor.endArray(field);
}

template <class T>
void visit(FieldVisitor& visitor, const FieldInfo& field, const std::optional<T>& value)
{
    if (value)
        visit(visitor, field, *value);
    else
        visitor.onNull(field);
}

template <class T>
void visitStruct(FieldVisitor& visitor, const FieldInfo& field, std::int16_t ver, const T& value)
{
    visitor.beginStruct(field);
    value.visit(visitor, ver);
    visitor.endStruct(field);
}

template <class T>
void visitStruct(
    FieldVisitor& visitor, const FieldInfo& field, std::int16_t ver, const std::vector<T>& values)
{
    visitor.beginArray(field, values.size());
    for (const T& value : values)
        visitStruct(visitor, field, ver, value);
    visitor.endArray(field);
}

template <class T>
void visitStruct(
    FieldVisitor& visitor, const FieldInfo& field, std::int16_t ver, const std::optional<T>& value)
{
    if (value)
        visitStruct(visitor, field, ver, *value);
    else
        visitor.onNull(field);
}

void visitUnknown(FieldVisitor& visitor, const std::vector<TaggedField>& unknown);

// Whole messages.

/** Error of a version that the message doesn't have. */
Error wrongVersion(std::string_view message, std::int16_t ver);

template <class T>
Result<T> parse(
    std::string_view name, BytesView body, std::int16_t ver, std::shared_ptr<const void> owner)
{
    Reader in(body, std::move(owner));
    T message;
    message.read(in, ver);
    if (in.finish())
        return message;
    return fail(in.error().code, std::string(name) + ": " + in.error().message);
}

} // namespace moldau::protocol::codec
