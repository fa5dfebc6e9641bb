#pragma once

#include "bridge/reply.h"
#include "client/clusterconnection.h"
#include "models/rangeread.h"
#include "models/rowlayout.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace moldau::widgets {

/**
 * How a topic's records spread over time, asked from the brokers' time indexes: which offsets begin
 * each of kBins equal spans between the first record and the last. No record in between is read, so
 * ten million cost as much as ten thousand. It sharpens while the answers come. GUI thread.
 */
class TimeIndex final : public QObject {
    Q_OBJECT
public:
    static constexpr int kBins = 128;
    /** After so many of the kBins - 1 inner boundaries the order of a table is good enough. */
    static constexpr int kCoarse = 15;

    /** Starts at once. */
    TimeIndex(client::ClusterConnection& connection, std::string topic,
        std::vector<client::OffsetRange> ranges, QObject* parent);
    ~TimeIndex() override;

    bool isSpanKnown() const { return m_isSpanKnown; }
    std::int64_t firstMs() const { return m_firstMs; }
    /** Just after the last record. */
    std::int64_t endMs() const { return m_endMs; }
    /** Where bin i begins; i may be kBins. */
    std::int64_t boundaryMs(int bin) const;
    /** The bin of a moment, inside the span or the nearest. */
    int binOf(std::int64_t timestampMs) const;

    /** Records in each bin; spans that aren't divided yet are spread evenly. Empty before the span
     * is known. */
    std::vector<double> counts() const;
    /** True once the boundaries that a table's order needs are there, or there are none to come. */
    bool isCoarse() const { return m_isFinished || m_known >= kCoarse; }
    bool isFinished() const { return m_isFinished; }
    /** Marks the known boundaries in a layout whose ranges are this index's or lie inside them. */
    void addMarksTo(RowLayout& layout) const;
    /** Offsets by range at a boundary or the nearest known one before it. */
    std::vector<client::OffsetRange> rangesBetween(int firstBin, int endBin) const;

signals:
    void changed();
    void coarseReached();

private:
    void readEnds();
    void takeEnds();
    void askNext();
    void takeBoundary(int bin, Result<std::map<std::int32_t, std::int64_t>> result);
    std::vector<std::int64_t> offsetsNear(int bin) const;
    std::int64_t rowsAt(int bin) const;

    client::ClusterConnection& m_connection;
    const std::string m_topic;
    const std::vector<client::OffsetRange> m_ranges;
    std::unique_ptr<RangeRead> m_firsts;
    std::unique_ptr<RangeRead> m_lasts;
    std::int64_t m_firstMs = 0;
    std::int64_t m_endMs = 0;
    bool m_isSpanKnown = false;
    bool m_isFinished = false;
    std::vector<std::optional<std::vector<std::int64_t>>> m_offsets; // by boundary, 0 … kBins
    std::vector<int> m_toAsk; // coarse ones first, taken from the back
    int m_asked = 0;
    int m_known = 0;
};

} // namespace moldau::widgets
