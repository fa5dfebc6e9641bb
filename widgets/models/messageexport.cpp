#include "models/messageexport.h"

#include "models/jsontext.h"

#include <algorithm>
#include <tuple>

namespace moldau::widgets {

namespace {

/** Records are held whole, so a block is small; what it costs is one read more. */
constexpr std::int64_t kBlockRows = 4'096;

std::string quoted(std::string_view text)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += kDigits[static_cast<unsigned char>(c) >> 4];
                out += kDigits[static_cast<unsigned char>(c) & 0xf];
            } else {
                out += c;
            }
        }
    }
    return out + '"';
}

std::string base64(const Bytes& bytes)
{
    return QByteArray(
        reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
        .toBase64()
        .toStdString();
}

/** `"name":…`; bytes that are no text stand under `nameBase64`. */
std::string member(const char* name, const std::optional<Bytes>& bytes, bool mayBeJson)
{
    const std::string key = std::string("\"") + name;
    if (!bytes)
        return key + "\":null";
    if (!isReadableText(*bytes))
        return key + "Base64\":\"" + base64(*bytes) + '"';
    const std::string_view text = asText(*bytes);
    JsonText json;
    if (mayBeJson && json.parse(text)) {
        // One record is one line: white space between the parts goes, nothing else.
        if (text.find_first_of("\r\n") == std::string_view::npos)
            return key + "\":" + std::string(text);
        std::string flat = json.pretty().toStdString();
        std::erase(flat, '\n');
        return key + "\":" + flat;
    }
    return key + "\":" + quoted(text);
}

std::string csvField(const std::optional<Bytes>& bytes)
{
    if (!bytes)
        return {};
    std::string text
        = isReadableText(*bytes) ? std::string(asText(*bytes)) : "base64:" + base64(*bytes);
    // An empty value is "" and null is nothing, so that they can be told apart.
    if (!text.empty() && text.find_first_of("\",\r\n") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"')
            out += c;
    }
    return out + '"';
}

} // namespace

std::string MessageExport::jsonLine(const client::Record& record)
{
    std::string line = "{\"partition\":" + std::to_string(record.partition) + ",\"offset\":"
        + std::to_string(record.offset) + ",\"timestamp\":" + std::to_string(record.timestampMs);
    line += ',' + member("key", record.key, false) + ',' + member("value", record.value, true)
        + ",\"headers\":[";
    bool isFirst = true;
    for (const client::Header& header : record.headers) {
        if (!isFirst)
            line += ',';
        isFirst = false;
        line += "{\"key\":" + quoted(header.key) + ',' + member("value", header.value, false) + '}';
    }
    return line + "]}\n";
}

std::string MessageExport::csvLine(const client::Record& record)
{
    return std::to_string(record.partition) + ',' + std::to_string(record.offset) + ','
        + std::to_string(record.timestampMs) + ',' + csvField(record.key) + ','
        + csvField(record.value) + '\n';
}

MessageExport::MessageExport(client::ClusterConnection& connection, std::string topic,
    RowLayout layout, std::shared_ptr<MessageFilter> filter, const QString& path, Format format,
    QObject* parent)
    : QObject(parent)
    , m_connection(connection)
    , m_topic(std::move(topic))
    , m_layout(std::move(layout))
    , m_filter(std::move(filter))
    , m_format(format)
    , m_file(path)
{
    if (!m_file.open(QIODevice::WriteOnly)) {
        QMetaObject::invokeMethod(
            this, [this] { emit failed(m_file.errorString()); }, Qt::QueuedConnection);
        return;
    }
    if (m_format == Format::Csv)
        m_file.write(QByteArray::fromStdString(csvHeader()));
    QMetaObject::invokeMethod(this, &MessageExport::next, Qt::QueuedConnection);
}

MessageExport::~MessageExport() = default;

double MessageExport::share() const
{
    return m_layout.rows() == 0
        ? 1.0
        : static_cast<double>(m_done) / static_cast<double>(m_layout.rows());
}

void MessageExport::next()
{
    if (m_done >= m_layout.rows()) {
        if (m_file.commit())
            emit finished();
        else
            emit failed(m_file.errorString());
        return;
    }
    m_blockRows = std::min(kBlockRows, m_layout.rows() - m_done);
    m_block = std::make_unique<RangeRead>(m_connection, m_topic,
        m_layout.rangesOf(m_done, m_done + m_blockRows), m_filter, RangeRead::Keep::Whole, nullptr);
    connect(m_block.get(), &RangeRead::finished, this, &MessageExport::takeBlock);
}

void MessageExport::takeBlock()
{
    RangeRead* const block = m_block.release();
    block->deleteLater();
    if (block->error()) {
        emit failed(QString::fromStdString(block->error()->message));
        return;
    }
    std::vector<client::Record>& records = block->wholeRecords();
    std::sort(records.begin(), records.end(), [](const client::Record& a, const client::Record& b) {
        return std::tie(a.timestampMs, a.partition, a.offset)
            < std::tie(b.timestampMs, b.partition, b.offset);
    });
    for (const client::Record& record : records) {
        const std::string line = m_format == Format::Csv ? csvLine(record) : jsonLine(record);
        if (m_file.write(line.data(), static_cast<qint64>(line.size())) < 0) {
            emit failed(m_file.errorString());
            return;
        }
        ++m_written;
    }
    m_done += m_blockRows;
    emit progressed();
    next();
}

} // namespace moldau::widgets
