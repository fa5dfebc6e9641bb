#pragma once

#include "base/result.h"
#include "models/shownrecord.h"

#include <QObject>

#include <optional>

namespace moldau::widgets {

/**
 * Where the rows of the Messages table come from: a topic by place, the matches of a filter, or a
 * live tail. Owned by MessageModel, which passes the signals on as its own; GUI thread.
 */
class MessageSource : public QObject {
    Q_OBJECT
public:
    /** How far the number of rows can be trusted. */
    enum class RowCount { Unknown, Partial, Complete };

    struct Progress {
        RowCount rowCount = RowCount::Unknown;
        bool isRunning = false;
        std::int64_t scanned = 0; ///< offsets looked at
        std::int64_t total = 0; ///< offsets to look at; 0 where there is no end
        std::int64_t matched = 0;
        std::int64_t skipped = 0; ///< of a tail that was faster than the eye
        bool isFull = false; ///< more matches than are kept
        std::optional<Error> error;
    };

    using QObject::QObject;

    virtual std::int64_t rows() const = 0;
    /** Null while it isn't read; setVisibleRows() brings it. Valid until control returns to Qt. */
    virtual const ShownRecord* record(std::int64_t row) const = 0;
    /** The rows [first, last] are on screen: reads what is missing of them. */
    virtual void setVisibleRows(std::int64_t first, std::int64_t last) = 0;
    virtual Progress progress() const = 0;
    /** Stops reading; what is there stays. */
    virtual void cancel() = 0;
    /** Reads again after an error. */
    virtual void retry() { }
    virtual void setPaused(bool isPaused) { Q_UNUSED(isPaused) }

signals:
    void aboutToInsert(qint64 first, qint64 last);
    void inserted();
    void aboutToRemove(qint64 first, qint64 last);
    void removed();
    void changed(qint64 first, qint64 last);
    void progressChanged();
};

} // namespace moldau::widgets
