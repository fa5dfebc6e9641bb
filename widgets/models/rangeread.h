#pragma once

#include "client/clusterconnection.h"
#include "models/messagefilter.h"
#include "models/shownrecord.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace moldau::widgets {

/**
 * Reads exact ranges of one topic once. Filtering and cutting happen on the connection's thread;
 * the result comes in the GUI thread, in one piece. Destroying it before cancels the read. Owned by
 * who asked for the records.
 */
class RangeRead final : public QObject {
    Q_OBJECT
public:
    enum class Keep {
        Shown, ///< for tables, cut (ShownRecord)
        Whole, ///< for details
    };
    /** Bytes of keys and values kept of one read; records past that come without (isStripped). */
    static constexpr std::size_t kKeptBytes = 16 << 20;
    static constexpr int kPatienceMs = 15'000;

    struct Found {
        ShownRecord record;
        bool isStripped = false; ///< only partition, offset and time are right
    };

    /** `filter` may be null: everything is kept. Starts at once; finished() never comes from here.
     */
    RangeRead(client::ClusterConnection& connection, std::string topic,
        std::vector<client::OffsetRange> ranges, std::shared_ptr<MessageFilter> filter, Keep keep,
        QObject* parent);
    ~RangeRead() override;

    const std::vector<client::OffsetRange>& ranges() const { return m_ranges; }
    /** Offsets that were passed so far, gaps included; rises up to the sum of the ranges. */
    std::int64_t passed() const;
    std::int64_t total() const { return m_total; }

    /** Valid from finished() on: in order of each partition. */
    std::vector<Found>& found() { return m_found; }
    std::vector<client::Record>& wholeRecords() { return m_whole; }
    const std::optional<Error>& error() const { return m_error; }

signals:
    void finished();

private:
    class Listener;
    void takeResult();
    void checkProgress();

    const std::vector<client::OffsetRange> m_ranges;
    std::int64_t m_total = 0;
    std::shared_ptr<Listener> m_listener;
    std::unique_ptr<client::Consumer> m_consumer; // after the listener: goes first
    QTimer m_watch;
    std::int64_t m_passedBefore = 0;
    bool m_isDone = false;
    std::vector<Found> m_found;
    std::vector<client::Record> m_whole;
    std::optional<Error> m_error;
};

} // namespace moldau::widgets
