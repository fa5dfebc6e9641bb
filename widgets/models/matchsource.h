#pragma once

#include "client/clusterconnection.h"
#include "models/messagefilter.h"
#include "models/messagesource.h"
#include "models/rangeread.h"
#include "models/rowcache.h"
#include "models/rowlayout.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace moldau::widgets {

/**
 * The records of a topic that a filter matches, found block by block in the order of the view, so
 * that the first matches are there at once and the order stays. A match costs eight bytes; what is
 * shown of it is cached and read again when it was dropped.
 */
class MatchSource final : public MessageSource {
    Q_OBJECT
public:
    static constexpr std::size_t kCacheBytes = 32 << 20;
    static constexpr std::size_t kMostMatches = 4'000'000;

    MatchSource(client::ClusterConnection& connection, std::string topic, RowLayout layout,
        std::shared_ptr<MessageFilter> filter, bool isNewestFirst, QObject* parent);
    ~MatchSource() override;

    std::int64_t rows() const override { return static_cast<std::int64_t>(m_matches.size()); }
    const ShownRecord* record(std::int64_t row) const override;
    void setVisibleRows(std::int64_t first, std::int64_t last) override;
    Progress progress() const override;
    void cancel() override;
    void retry() override;

signals:
    /** When the newly found matches were written, for the histogram. */
    void matchesFound(const QList<qint64>& timestampsMs);

private:
    static constexpr int kOffsetBits = 44;
    struct Place {
        std::size_t range = 0;
        std::int64_t offset = 0;
    };

    Place placeOf(std::int64_t row) const;
    void scanNext();
    void finishBlock();
    void readMissing();
    void finishMissing();

    client::ClusterConnection& m_connection;
    const std::string m_topic;
    const RowLayout m_layout;
    const std::shared_ptr<MessageFilter> m_filter;
    const bool m_isNewestFirst;
    std::unordered_map<std::int32_t, std::size_t> m_rangeOfPartition;

    std::vector<std::uint64_t> m_matches; // range's index and offset within it
    RowCache<ShownRecord> m_cache{kCacheBytes};

    std::int64_t m_scanned = 0; // rows of the layout in blocks that are done
    std::int64_t m_blockRows = 0;
    std::unique_ptr<RangeRead> m_block;
    bool m_isStopped = false;
    bool m_isFull = false;
    std::optional<Error> m_error;

    std::int64_t m_firstVisible = 0;
    std::int64_t m_lastVisible = -1;
    std::unique_ptr<RangeRead> m_missing;
    std::unordered_map<std::uint64_t, std::int64_t>
        m_missingRows; // match to row, of the read under way
};

} // namespace moldau::widgets
