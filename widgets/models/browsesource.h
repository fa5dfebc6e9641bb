#pragma once

#include "client/clusterconnection.h"
#include "models/messagesource.h"
#include "models/rangeread.h"
#include "models/rowcache.h"
#include "models/rowlayout.h"

#include <deque>
#include <map>
#include <memory>

namespace moldau::widgets {

/**
 * All records of a topic's ranges by place. Nothing is read but the parts that are seen; memory is
 * bounded by the cache. The number of rows comes from the offsets: where compaction or transaction
 * markers left gaps, a part shrinks when it is read (Partial until all parts were).
 */
class BrowseSource final : public MessageSource {
    Q_OBJECT
public:
    static constexpr std::size_t kCacheBytes = 32 << 20;
    static constexpr int kPartRows = 256;
    /** A topic with no more records than this is read at once and ordered by time throughout. */
    static constexpr int kWholeRows = 4096;

    BrowseSource(client::ClusterConnection& connection, std::string topic, RowLayout layout,
        bool isNewestFirst, QObject* parent);
    ~BrowseSource() override;

    std::int64_t rows() const override { return m_counts.total(); }
    const ShownRecord* record(std::int64_t row) const override;
    void setVisibleRows(std::int64_t first, std::int64_t last) override;
    Progress progress() const override;
    void cancel() override;
    void retry() override;

private:
    /** A read of consecutive parts, in the order of the view. */
    struct Read {
        std::unique_ptr<RangeRead> read;
        int firstPart = 0;
        int lastPart = 0;
    };

    std::vector<client::OffsetRange> rangesOf(int part) const;
    bool isMissing(int part) const;
    bool isBeingRead(int part) const;
    void readMissing();
    void startRead(int firstPart, int lastPart);
    void finishRead(RangeRead* read);
    void fillPart(int part, std::vector<ShownRecord> records);
    std::int64_t slotOf(int part, std::int64_t index) const
    {
        return std::int64_t(part) * m_slotsPerPart + index;
    }

    client::ClusterConnection& m_connection;
    const std::string m_topic;
    const RowLayout m_layout;
    const bool m_isNewestFirst;
    const std::int64_t m_partRows;
    const std::int64_t m_slotsPerPart; // whole blocks of the cache
    PartCounts m_counts;
    std::vector<bool> m_isCounted; // parts whose count is sure
    int m_uncounted = 0;
    RowCache<ShownRecord> m_cache{kCacheBytes};
    std::vector<Read> m_reads;
    std::int64_t m_firstVisible = 0;
    std::int64_t m_lastVisible = -1;
    int m_emptyInARow = 0;
    std::optional<Error> m_error;
};

} // namespace moldau::widgets
