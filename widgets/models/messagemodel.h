#pragma once

#include "bridge/reply.h"
#include "client/clusterconnection.h"
#include "models/jsonexpression.h"
#include "models/messagefilter.h"
#include "models/messagesource.h"
#include "models/timeindex.h"

#include <QAbstractTableModel>
#include <QColor>
#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace moldau::widgets {

/** What of a topic is to be read. */
struct MessageQuery {
    enum class Start { Beginning, End, Offset, Time, Tail };

    std::string topic;
    std::vector<std::int32_t> partitions; ///< empty: all
    Start start = Start::Beginning;
    std::int64_t value = 0; ///< the offset, or milliseconds since 1970
    /** Only what was written in this time, [first, second); set by the histogram's brush. */
    std::optional<std::pair<std::int64_t, std::int64_t>> span;
    std::shared_ptr<MessageFilter> filter; ///< null: every record
};

/**
 * The Messages table: millions of rows over a topic, of which only those near the screen are in
 * memory. Each read() has a token; what earlier ones still bring is dropped. Values are decoded
 * when they are shown. End shows the newest first, the others the oldest. Owned by the page; GUI
 * thread.
 */
class MessageModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { PartitionColumn, OffsetColumn, TimeColumn, KeyColumn, FirstFieldColumn };
    enum Role {
        ValueKindRole = Qt::UserRole,
        WholeTextRole, ///< to copy: numbers without separators, times in full
    };
    /** What a cell holds, for how it is painted. */
    enum class ValueKind { Loading, Text, Null, Empty, Binary, Missing };

    /** `connection` outlives the model. */
    MessageModel(client::ClusterConnection& connection, QObject* parent);
    ~MessageModel() override;

    void read(MessageQuery query);
    void clear();
    void cancel();
    void retry();
    void setPaused(bool isPaused);
    bool isPaused() const { return m_isPaused; }
    const MessageQuery& query() const { return m_query; }

    /** Fields of JSON values as columns of their own, before Value. */
    void setFields(std::vector<JsonPath> fields);
    const std::vector<JsonPath>& fields() const { return m_fields; }
    int valueColumn() const { return FirstFieldColumn + static_cast<int>(m_fields.size()); }

    /** The view says what it shows; nothing else makes the model read. */
    void setVisibleRows(int first, int last);
    /** Null while it isn't read. */
    const ShownRecord* record(int row) const;
    /** The dot of each row: the topic's colour. */
    void setDotColor(const QColor& color) { m_dotColor = color; }

    MessageSource::Progress progress() const;
    bool isPreparing() const { return m_isPreparing; }
    /** Offsets looked at each second, of the current scan or tail. */
    double scannedPerSecond() const;
    /** What the brokers said last about the whole topic. */
    const std::vector<client::PartitionOffsets>& offsets() const { return m_offsets; }
    std::int64_t topicRecords() const;
    /** What the query reads, oldest first; empty for a tail. */
    RowLayout layout() const;
    TimeIndex* timeIndex() const { return m_timeIndex.get(); }
    /** Matches by bin of timeIndex(); empty without a filter. */
    const std::vector<std::int64_t>& matchBins() const { return m_matchBins; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void progressChanged();
    void timeIndexChanged();
    void failed(const moldau::Error& error);

private:
    void takeOffsets(Result<std::vector<client::PartitionOffsets>> result);
    void takeStartOffsets(Result<std::map<std::int32_t, std::int64_t>> result);
    void takeEndOffsets(Result<std::map<std::int32_t, std::int64_t>> result);
    void waitForOrder();
    void startSource();
    void setSource(std::unique_ptr<MessageSource> source);
    void dropSource();
    void failPreparing(const Error& error);
    void addMatches(const QList<qint64>& timestampsMs);
    ValueKind kindOf(const ShownRecord* record, int column) const;
    QString textOf(const ShownRecord& record, int column) const;
    QString fieldText(const ShownRecord& record, const JsonPath& field, ValueKind& kind) const;

    client::ClusterConnection& m_connection;
    MessageQuery m_query;
    std::vector<JsonPath> m_fields;
    std::unique_ptr<MessageSource> m_source;
    std::unique_ptr<TimeIndex> m_timeIndex;
    LatestRequest m_request;
    QTimer m_orderTimer;
    bool m_isPreparing = false;
    bool m_isPaused = false;
    bool m_isInsertIgnored = false; // past the number of rows that a view can count
    std::vector<client::PartitionOffsets> m_offsets;
    std::vector<client::OffsetRange> m_ranges;
    std::vector<std::int64_t> m_matchBins;
    int m_rows = 0; // what the view was told
    int m_firstVisible = 0;
    int m_lastVisible = -1;
    QColor m_dotColor;
    QElapsedTimer m_clock;
    mutable JsonText m_json; // memory that each cell uses again
};

} // namespace moldau::widgets
