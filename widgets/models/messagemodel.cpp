#include "models/messagemodel.h"

#include "common/tableview.h"
#include "common/theme.h"
#include "models/browsesource.h"
#include "models/matchsource.h"
#include "models/tailsource.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace moldau::widgets {

namespace {

/** How long the first page waits for the order by time; it comes without when that takes longer. */
constexpr int kOrderWaitMs = 120;
constexpr std::int64_t kMostRows = std::numeric_limits<int>::max() - 1;

int viewRows(std::int64_t rows)
{
    return static_cast<int>(std::min(rows, kMostRows));
}

} // namespace

MessageModel::MessageModel(client::ClusterConnection& connection, QObject* parent)
    : QAbstractTableModel(parent)
    , m_connection(connection)
{
    m_orderTimer.setSingleShot(true);
    connect(&m_orderTimer, &QTimer::timeout, this, &MessageModel::startSource);
}

MessageModel::~MessageModel() = default;

void MessageModel::read(MessageQuery query)
{
    const bool isSameView = m_timeIndex && query.topic == m_query.topic
        && query.partitions == m_query.partitions && query.span
        && m_query.start != MessageQuery::Start::Tail;
    clear();
    if (!isSameView)
        m_timeIndex.reset();
    m_query = std::move(query);
    m_isPreparing = true;
    m_clock.start();
    emit progressChanged();
    emit timeIndexChanged();
    if (m_query.start == MessageQuery::Start::Tail) {
        m_isPreparing = false;
        setSource(std::make_unique<TailSource>(m_connection, m_query.topic, m_query.partitions,
            m_query.filter, TailSource::kDefaultRows, this));
        return;
    }
    m_connection.listOffsets(m_query.topic,
        m_request.reply<std::vector<client::PartitionOffsets>>(
            this, [this](auto result) { takeOffsets(std::move(result)); }));
}

void MessageModel::takeOffsets(Result<std::vector<client::PartitionOffsets>> result)
{
    if (!result)
        return failPreparing(result.error());
    m_offsets = std::move(*result);
    m_ranges.clear();
    for (const client::PartitionOffsets& partition : m_offsets) {
        const bool isWanted = m_query.partitions.empty()
            || std::find(m_query.partitions.begin(), m_query.partitions.end(), partition.partition)
                != m_query.partitions.end();
        if (isWanted && partition.earliest >= 0 && partition.latest >= partition.earliest)
            m_ranges.push_back({partition.partition, partition.earliest, partition.latest});
    }
    if (!m_timeIndex) {
        m_timeIndex = std::make_unique<TimeIndex>(m_connection, m_query.topic, m_ranges, this);
        connect(m_timeIndex.get(), &TimeIndex::changed, this, &MessageModel::timeIndexChanged);
        connect(m_timeIndex.get(), &TimeIndex::coarseReached, this, [this] {
            if (m_orderTimer.isActive())
                startSource();
        });
    }
    if (m_query.start == MessageQuery::Start::Offset) {
        for (client::OffsetRange& range : m_ranges)
            range.from = std::clamp(m_query.value, range.from, range.to);
    }
    std::optional<std::int64_t> fromMs;
    if (m_query.span)
        fromMs = m_query.span->first;
    else if (m_query.start == MessageQuery::Start::Time)
        fromMs = m_query.value;
    if (!fromMs)
        return waitForOrder();
    m_connection.offsetsForTime(m_query.topic, *fromMs,
        m_request.reply<std::map<std::int32_t, std::int64_t>>(
            this, [this](auto result) { takeStartOffsets(std::move(result)); }));
}

void MessageModel::takeStartOffsets(Result<std::map<std::int32_t, std::int64_t>> result)
{
    if (!result)
        return failPreparing(result.error());
    for (client::OffsetRange& range : m_ranges) {
        const auto found = result->find(range.partition);
        range.from
            = std::clamp(found == result->end() ? range.to : found->second, range.from, range.to);
    }
    if (!m_query.span)
        return waitForOrder();
    m_connection.offsetsForTime(m_query.topic, m_query.span->second,
        m_request.reply<std::map<std::int32_t, std::int64_t>>(
            this, [this](auto end) { takeEndOffsets(std::move(end)); }));
}

void MessageModel::takeEndOffsets(Result<std::map<std::int32_t, std::int64_t>> result)
{
    if (!result)
        return failPreparing(result.error());
    for (client::OffsetRange& range : m_ranges) {
        if (const auto found = result->find(range.partition); found != result->end())
            range.to = std::clamp(found->second, range.from, range.to);
    }
    waitForOrder();
}

void MessageModel::waitForOrder()
{
    std::int64_t rows = 0;
    for (const client::OffsetRange& range : m_ranges)
        rows += range.to - range.from;
    const bool needsOrder = m_ranges.size() > 1 && rows > BrowseSource::kWholeRows;
    if (needsOrder && !m_timeIndex->isCoarse())
        m_orderTimer.start(kOrderWaitMs);
    else
        startSource();
}

void MessageModel::startSource()
{
    m_orderTimer.stop();
    m_isPreparing = false;
    RowLayout layout = this->layout();
    const bool isNewestFirst = m_query.start == MessageQuery::Start::End;
    m_clock.start();
    if (!m_query.filter) {
        setSource(std::make_unique<BrowseSource>(
            m_connection, m_query.topic, std::move(layout), isNewestFirst, this));
        return;
    }
    auto source = std::make_unique<MatchSource>(
        m_connection, m_query.topic, std::move(layout), m_query.filter, isNewestFirst, this);
    m_matchBins.assign(TimeIndex::kBins, 0);
    connect(source.get(), &MatchSource::matchesFound, this, &MessageModel::addMatches);
    setSource(std::move(source));
}

RowLayout MessageModel::layout() const
{
    RowLayout layout(
        m_query.start == MessageQuery::Start::Tail ? std::vector<client::OffsetRange>() : m_ranges);
    if (m_timeIndex)
        m_timeIndex->addMarksTo(layout);
    return layout;
}

void MessageModel::setSource(std::unique_ptr<MessageSource> source)
{
    m_source = std::move(source);
    MessageSource* const raw = m_source.get();
    // A view counts rows in an int; what lies beyond exists but can't be scrolled to.
    connect(raw, &MessageSource::aboutToInsert, this, [this](qint64 first, qint64 last) {
        m_isInsertIgnored = last >= kMostRows;
        if (!m_isInsertIgnored)
            beginInsertRows({}, static_cast<int>(first), static_cast<int>(last));
    });
    connect(raw, &MessageSource::inserted, this, [this] {
        if (m_isInsertIgnored)
            return;
        m_rows = viewRows(m_source->rows());
        endInsertRows();
    });
    connect(raw, &MessageSource::aboutToRemove, this, [this](qint64 first, qint64 last) {
        beginRemoveRows({}, static_cast<int>(first), static_cast<int>(last));
    });
    connect(raw, &MessageSource::removed, this, [this] {
        m_rows = viewRows(m_source->rows());
        endRemoveRows();
    });
    connect(raw, &MessageSource::changed, this, [this](qint64 first, qint64 last) {
        if (first < m_rows)
            emit dataChanged(index(static_cast<int>(first), 0),
                index(static_cast<int>(std::min<qint64>(last, m_rows - 1)), columnCount() - 1));
    });
    connect(raw, &MessageSource::progressChanged, this, &MessageModel::progressChanged);
    if (const int rows = viewRows(raw->rows()); rows > 0) {
        beginInsertRows({}, 0, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
    if (m_lastVisible >= m_firstVisible)
        raw->setVisibleRows(m_firstVisible, m_lastVisible);
    emit progressChanged();
}

void MessageModel::dropSource()
{
    m_orderTimer.stop();
    m_request.cancel();
    m_isPreparing = false;
    m_isPaused = false;
    m_matchBins.clear();
    if (m_rows > 0) {
        beginRemoveRows({}, 0, m_rows - 1);
        m_rows = 0;
        m_source.reset();
        endRemoveRows();
    }
    m_source.reset();
}

void MessageModel::clear()
{
    dropSource();
    m_offsets.clear();
    m_ranges.clear();
    emit progressChanged();
}

void MessageModel::failPreparing(const Error& error)
{
    m_isPreparing = false;
    emit failed(error);
    emit progressChanged();
}

void MessageModel::cancel()
{
    m_request.cancel();
    m_orderTimer.stop();
    m_isPreparing = false;
    if (m_source)
        m_source->cancel();
    emit progressChanged();
}

void MessageModel::retry()
{
    if (m_source)
        m_source->retry();
    else
        read(m_query);
}

void MessageModel::setPaused(bool isPaused)
{
    if (!m_source || isPaused == m_isPaused)
        return;
    m_isPaused = isPaused;
    m_source->setPaused(isPaused);
    emit progressChanged();
}

void MessageModel::setFields(std::vector<JsonPath> fields)
{
    const int before = static_cast<int>(m_fields.size());
    const int after = static_cast<int>(fields.size());
    // One column at a time is what the page does; any other change is told as a new model.
    if (after == before + 1) {
        beginInsertColumns({}, FirstFieldColumn + before, FirstFieldColumn + before);
        m_fields = std::move(fields);
        endInsertColumns();
    } else {
        beginResetModel();
        m_fields = std::move(fields);
        endResetModel();
    }
}

void MessageModel::setVisibleRows(int first, int last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    if (m_source)
        m_source->setVisibleRows(first, last);
}

const ShownRecord* MessageModel::record(int row) const
{
    return m_source && row >= 0 && row < m_rows ? m_source->record(row) : nullptr;
}

MessageSource::Progress MessageModel::progress() const
{
    return m_source ? m_source->progress() : MessageSource::Progress();
}

double MessageModel::scannedPerSecond() const
{
    const qint64 ms = m_clock.isValid() ? m_clock.elapsed() : 0;
    return ms > 0 ? static_cast<double>(progress().scanned) * 1000.0 / static_cast<double>(ms)
                  : 0.0;
}

std::int64_t MessageModel::topicRecords() const
{
    std::int64_t records = 0;
    for (const client::PartitionOffsets& partition : m_offsets)
        records += std::max<std::int64_t>(partition.latest - partition.earliest, 0);
    return records;
}

void MessageModel::addMatches(const QList<qint64>& timestampsMs)
{
    if (!m_timeIndex || !m_timeIndex->isSpanKnown())
        return;
    for (const qint64 time : timestampsMs)
        ++m_matchBins[static_cast<std::size_t>(m_timeIndex->binOf(time))];
    emit timeIndexChanged();
}

int MessageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int MessageModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : valueColumn() + 1;
}

MessageModel::ValueKind MessageModel::kindOf(const ShownRecord* record, int column) const
{
    if (!record)
        return ValueKind::Loading;
    if (column != KeyColumn && column != valueColumn())
        return ValueKind::Text;
    if (record->isGone)
        return ValueKind::Missing;
    const std::optional<Bytes>& bytes = column == KeyColumn ? record->key : record->value;
    if (!bytes)
        return ValueKind::Null;
    if (bytes->empty())
        return ValueKind::Empty;
    return oneLine(*bytes, record->isCut()).startsWith(QLatin1String("0x"))
            && !isReadableText(*bytes)
        ? ValueKind::Binary
        : ValueKind::Text;
}

QString MessageModel::textOf(const ShownRecord& record, int column) const
{
    switch (column) {
    case PartitionColumn:
        return QString::number(record.partition);
    case OffsetColumn:
        return QLocale().toString(static_cast<qlonglong>(record.offset));
    case TimeColumn:
        return shortTime(record.timestampMs);
    default:
        break;
    }
    const bool isKey = column == KeyColumn;
    const std::optional<Bytes>& bytes = isKey ? record.key : record.value;
    if (record.isGone)
        return isKey ? QString() : tr("deleted meanwhile");
    if (!bytes)
        return isKey ? tr("null") : tr("tombstone");
    if (bytes->empty())
        return tr("empty (0 bytes)");
    return oneLine(*bytes, bytes->size() < (isKey ? record.keySize : record.valueSize));
}

QString MessageModel::fieldText(
    const ShownRecord& record, const JsonPath& field, ValueKind& kind) const
{
    kind = ValueKind::Missing;
    if (!record.value || !m_json.parse(asText(*record.value)))
        return QStringLiteral("—");
    const std::int32_t node = field.find(m_json);
    if (node < 0)
        return QStringLiteral("—");
    kind = ValueKind::Text;
    switch (m_json.nodes()[static_cast<std::size_t>(node)].kind) {
    case JsonKind::Null:
        kind = ValueKind::Null;
        return QStringLiteral("null");
    case JsonKind::String:
        return QString::fromStdString(m_json.string(node));
    default: {
        const std::string_view raw = m_json.raw(node);
        return oneLine(asBytes(raw), false);
    }
    }
}

QVariant MessageModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, role);
    case IsDataRole:
        return true;
    case ElideRole:
        // A value is read from its beginning; of keys and numbers the end tells as much.
        return static_cast<int>(column == valueColumn() ? Qt::ElideRight : Qt::ElideMiddle);
    case DotRole:
        return column == PartitionColumn && m_dotColor.isValid() ? QVariant(m_dotColor)
                                                                 : QVariant();
    case Qt::ForegroundRole:
        return column == TimeColumn || column == valueColumn()
            ? QVariant(QBrush(Theme::current().color(Tone::Muted)))
            : QVariant();
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
    case WholeTextRole:
    case ExactTextRole:
    case IsFaintRole:
    case ValueKindRole:
        break;
    default:
        return {};
    }
    const ShownRecord* const record = this->record(index.row());
    ValueKind kind = kindOf(record, column);
    const bool isField = record && column >= FirstFieldColumn && column < valueColumn();
    QString text;
    if (isField)
        text = fieldText(
            *record, m_fields[static_cast<std::size_t>(column - FirstFieldColumn)], kind);
    if (role == ValueKindRole)
        return static_cast<int>(kind);
    if (role == IsFaintRole)
        return kind == ValueKind::Null || kind == ValueKind::Empty || kind == ValueKind::Missing;
    if (!record)
        return role == Qt::AccessibleTextRole ? tr("loading") : QString();
    if (role == Qt::ToolTipRole) {
        if (column == TimeColumn)
            return fullTime(record->timestampMs)
                + (record->isLogAppendTime ? tr(" (log append time)") : QString());
        if (column == PartitionColumn)
            return tr("Partition %1").arg(record->partition);
        return {}; // the delegate shows what it had to shorten
    }
    if (isField)
        return text;
    if (role == WholeTextRole || role == ExactTextRole) {
        if (column == OffsetColumn)
            return QString::number(record->offset);
        if (column == TimeColumn)
            return fullTime(record->timestampMs);
        if (role == WholeTextRole && (kind == ValueKind::Null || kind == ValueKind::Empty))
            return kind == ValueKind::Null ? QStringLiteral("null") : QString();
    }
    return textOf(*record, column);
}

QVariant MessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(
            Qt::AlignVCenter | (section == OffsetColumn ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case PartitionColumn:
        return tr("Partition");
    case OffsetColumn:
        return tr("Offset");
    case TimeColumn:
        return tr("Time");
    case KeyColumn:
        return tr("Key");
    default:
        break;
    }
    if (section < valueColumn())
        return QString::fromStdString(
            m_fields[static_cast<std::size_t>(section - FirstFieldColumn)].text());
    return tr("Value");
}

} // namespace moldau::widgets
