#include "protocol/codec.h"

#include <fmt/format.h>

#include <limits>

namespace moldau::protocol::codec {

// Each scalar reads, writes and shows itself in one line; the flexible flag matters to few.
// clang-format off

void read(Reader& in, bool, bool& value) { value = in.readBool(); }
void read(Reader& in, bool, std::int8_t& value) { value = in.readInt8(); }
void read(Reader& in, bool, std::int16_t& value) { value = in.readInt16(); }
void read(Reader& in, bool, std::uint16_t& value) { value = in.readUint16(); }
void read(Reader& in, bool, std::int32_t& value) { value = in.readInt32(); }
void read(Reader& in, bool, std::uint32_t& value) { value = in.readUint32(); }
void read(Reader& in, bool, std::int64_t& value) { value = in.readInt64(); }
void read(Reader& in, bool, double& value) { value = in.readFloat64(); }
void read(Reader& in, bool, Uuid& value) { value = in.readUuid(); }
void read(Reader& in, bool, BrokerId& value) { value = BrokerId(in.readInt32()); }
void read(Reader& in, bool, ProducerId& value) { value = ProducerId(in.readInt64()); }
void read(Reader& in, bool isFlexible, std::string& value) { value = in.readString(isFlexible); }
void read(Reader& in, bool isFlexible, Bytes& value) { value = in.readBytes(isFlexible); }
// clang-format on

void read(Reader& in, bool isFlexible, std::optional<std::string>& value, bool isNullable)
{
    value = in.readNullableString(isFlexible);
    if (!value && !isNullable)
        in.fail("null where a string is required");
}

void read(Reader& in, bool isFlexible, std::optional<Bytes>& value, bool isNullable)
{
    value = in.readNullableBytes(isFlexible);
    if (!value && !isNullable)
        in.fail("null where bytes are required");
}

void read(Reader& in, bool isFlexible, RecordsView& value, bool isNullable)
{
    value = in.readRecords(isFlexible);
    if (value.isNull && !isNullable)
        in.fail("null where records are required");
}

TagReader::TagReader(Reader& in)
    : m_in(in)
    , m_left(in.readUnsignedVarint())
{
}

bool TagReader::next()
{
    if (m_hasBegun && m_in.ok() && m_in.position() != m_end)
        m_in.fail(fmt::format("tagged field {} does not fill its size", m_tag));
    if (!m_in.ok() || m_left == 0)
        return false;
    --m_left;
    m_tag = m_in.readUnsignedVarint();
    m_size = m_in.readUnsignedVarint();
    if (m_size > m_in.remaining())
        m_in.fail(fmt::format("tagged field {} is longer than the bytes", m_tag));
    m_end = m_in.position() + m_size;
    m_hasBegun = true;
    return m_in.ok();
}

void TagReader::keep(std::vector<TaggedField>& fields)
{
    const BytesView raw = m_in.readRaw(m_size);
    fields.push_back({m_tag, Bytes(raw.begin(), raw.end())});
}

void TagReader::refuse()
{
    m_in.fail(fmt::format("tag {} does not exist in this version", m_tag));
}

// clang-format off
void write(Writer& out, bool, bool value) { out.writeBool(value); }
void write(Writer& out, bool, std::int8_t value) { out.writeInt8(value); }
void write(Writer& out, bool, std::int16_t value) { out.writeInt16(value); }
void write(Writer& out, bool, std::uint16_t value) { out.writeUint16(value); }
void write(Writer& out, bool, std::int32_t value) { out.writeInt32(value); }
void write(Writer& out, bool, std::uint32_t value) { out.writeUint32(value); }
void write(Writer& out, bool, std::int64_t value) { out.writeInt64(value); }
void write(Writer& out, bool, double value) { out.writeFloat64(value); }
void write(Writer& out, bool, const Uuid& value) { out.writeUuid(value); }
void write(Writer& out, bool, BrokerId value) { out.writeInt32(value.value()); }
void write(Writer& out, bool, ProducerId value) { out.writeInt64(value.value()); }
void write(Writer& out, bool isFlexible, const std::string& value) { out.writeString(value, isFlexible); }
void write(Writer& out, bool isFlexible, const Bytes& value) { out.writeBytes(value, isFlexible); }
// clang-format on

void write(Writer& out, bool isFlexible, const std::optional<std::string>& value, bool isNullable)
{
    if (value)
        out.writeString(*value, isFlexible);
    else if (isNullable)
        out.writeNullString(isFlexible);
    else
        out.fail(ErrorCode::LocalInvalidArgument, "null where a string is required");
}

void write(Writer& out, bool isFlexible, const std::optional<Bytes>& value, bool isNullable)
{
    if (value)
        out.writeBytes(*value, isFlexible);
    else if (isNullable)
        out.writeNullBytes(isFlexible);
    else
        out.fail(ErrorCode::LocalInvalidArgument, "null where bytes are required");
}

void write(Writer& out, bool isFlexible, const RecordsView& value, bool isNullable)
{
    if (value.isNull && !isNullable)
        out.fail(ErrorCode::LocalInvalidArgument, "null where records are required");
    out.writeRecords(value, isFlexible);
}

void failMissing(Writer& out, const FieldInfo& field, std::int16_t ver)
{
    out.fail(ErrorCode::UnsupportedVersion,
        fmt::format("{} is set, but version {} has no such field", field.name, ver));
}

void writeScalars(Writer& out, bool isFlexible, const std::vector<std::string>& values)
{
    out.writeArrayCount(values.size(), isFlexible);
    for (const std::string& value : values)
        out.writeString(value, isFlexible);
}

TagWriter::TagWriter(Writer& out, std::uint32_t knownCount, const std::vector<TaggedField>& unknown)
    : m_out(out)
    , m_unknown(unknown)
{
    out.writeUnsignedVarint(knownCount + static_cast<std::uint32_t>(unknown.size()));
}

void TagWriter::writeUnknownBelow(std::uint64_t tag)
{
    for (; m_nextUnknown < m_unknown.size() && m_unknown[m_nextUnknown].tag < tag;
         ++m_nextUnknown) {
        const TaggedField& field = m_unknown[m_nextUnknown];
        if (field.tag <= m_lastTag) {
            m_out.fail(ErrorCode::LocalInvalidArgument,
                fmt::format("tag {} does not rise above the one before it", field.tag));
        }
        m_lastTag = field.tag;
        m_out.writeUnsignedVarint(field.tag);
        m_out.writeUnsignedVarint(static_cast<std::uint32_t>(field.data.size()));
        m_out.writeRaw(field.data);
    }
}

void TagWriter::begin(std::uint32_t tag)
{
    writeUnknownBelow(tag);
    m_lastTag = tag;
    m_out.writeUnsignedVarint(tag);
    m_begin = m_out.beginSized();
}

void TagWriter::end()
{
    m_out.endSized(m_begin);
}

void TagWriter::finish()
{
    writeUnknownBelow(std::numeric_limits<std::uint64_t>::max());
}

void checkNoTags(Writer& out, const std::vector<TaggedField>& unknown, std::int16_t ver)
{
    if (!unknown.empty()) {
        out.fail(ErrorCode::UnsupportedVersion,
            fmt::format("tagged fields are set, but version {} has none", ver));
    }
}

// clang-format off
void visit(FieldVisitor& visitor, const FieldInfo& field, bool value) { visitor.onBool(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int8_t value) { visitor.onInteger(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int16_t value) { visitor.onInteger(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, std::uint16_t value) { visitor.onInteger(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int32_t value) { visitor.onInteger(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, std::uint32_t value) { visitor.onInteger(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, std::int64_t value) { visitor.onInteger(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, double value) { visitor.onFloat(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, const Uuid& value) { visitor.onUuid(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, BrokerId value) { visitor.onInteger(field, value.value()); }
void visit(FieldVisitor& visitor, const FieldInfo& field, ProducerId value) { visitor.onInteger(field, value.value()); }
void visit(FieldVisitor& visitor, const FieldInfo& field, const std::string& value) { visitor.onString(field, value); }
void visit(FieldVisitor& visitor, const FieldInfo& field, const Bytes& value) { visitor.onBytes(field, value); }
// clang-format on

void visit(FieldVisitor& visitor, const FieldInfo& field, const RecordsView& value)
{
    if (value.isNull)
        visitor.onNull(field);
    else
        visitor.onRecords(field, value);
}

void visitUnknown(FieldVisitor& visitor, const std::vector<TaggedField>& unknown)
{
    for (const TaggedField& field : unknown)
        visitor.onUnknownTag(field);
}

Error wrongVersion(std::string_view message, std::int16_t ver)
{
    return {ErrorCode::UnsupportedVersion, fmt::format("{} has no version {}", message, ver)};
}

} // namespace moldau::protocol::codec
