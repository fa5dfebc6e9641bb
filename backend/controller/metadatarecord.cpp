#include "controller/metadatarecord.h"

#include "protocol/reader.h"
#include "protocol/writer.h"

#include <array>
#include <utility>

namespace moldau::controller {

namespace {

constexpr std::uint32_t kFrameVersion = 1;

using Decoder = Result<MetadataRecord> (*)(BytesView body, std::int16_t version);

struct RecordKind {
    std::int16_t type;
    Decoder decode;
};

template <class Record> Result<MetadataRecord> decodeAs(BytesView body, std::int16_t version)
{
    if (version < Record::kMinVersion || version > Record::kMaxVersion) {
        return fail(ErrorCode::LocalUnsupported,
            "version " + std::to_string(version) + " of metadata record type "
                + std::to_string(Record::kApiKey) + " is unknown");
    }
    auto record = Record::parse(body, version);
    if (!record)
        return fail(record.error());
    return MetadataRecord(std::move(*record));
}

template <std::size_t... Index> constexpr auto makeKinds(std::index_sequence<Index...>)
{
    return std::array<RecordKind, sizeof...(Index)>{
        RecordKind{std::variant_alternative_t<Index, MetadataRecord>::kApiKey,
            &decodeAs<std::variant_alternative_t<Index, MetadataRecord>>}...};
}

constexpr auto kKinds = makeKinds(std::make_index_sequence<std::variant_size_v<MetadataRecord>>());

} // namespace

Result<Bytes> encodeMetadataRecord(const MetadataRecord& record)
{
    return std::visit(
        [](const auto& message) -> Result<Bytes> {
            using Record = std::decay_t<decltype(message)>;
            protocol::Writer writer;
            writer.writeUnsignedVarint(kFrameVersion);
            writer.writeUnsignedVarint(static_cast<std::uint32_t>(Record::kApiKey));
            writer.writeUnsignedVarint(static_cast<std::uint32_t>(Record::kMaxVersion));
            if (auto written = message.write(writer, Record::kMaxVersion); !written)
                return fail(written.error());
            return writer.takeBytes();
        },
        record);
}

Result<MetadataRecord> decodeMetadataRecord(BytesView value)
{
    protocol::Reader reader(value);
    const std::uint32_t frameVersion = reader.readUnsignedVarint();
    const std::uint32_t type = reader.readUnsignedVarint();
    const std::uint32_t version = reader.readUnsignedVarint();
    if (!reader.ok())
        return fail(ErrorCode::LocalCorruptData, "metadata record is cut within its frame");
    if (frameVersion != kFrameVersion) {
        return fail(ErrorCode::LocalUnsupported,
            "metadata record has the unknown frame version " + std::to_string(frameVersion));
    }
    if (version > INT16_MAX)
        return fail(ErrorCode::LocalCorruptData, "metadata record has an impossible version");
    for (const RecordKind& kind : kKinds) {
        if (static_cast<std::uint32_t>(kind.type) != type)
            continue;
        auto record = kind.decode(
            value.subspan(value.size() - reader.remaining()), static_cast<std::int16_t>(version));
        if (!record && record.error().code != ErrorCode::LocalUnsupported)
            return fail(ErrorCode::LocalCorruptData, record.error().message);
        return record;
    }
    return fail(ErrorCode::LocalUnsupported,
        "metadata record type " + std::to_string(type) + " is unknown");
}

} // namespace moldau::controller
