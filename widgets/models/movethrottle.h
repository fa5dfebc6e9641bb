#pragma once

#include "bridge/reply.h"
#include "bridge/session.h"
#include "models/throttleextent.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace moldau::widgets {

/**
 * Holds moving partitions back to a rate, as kafka-reassign-partitions --throttle does (KIP-73),
 * and takes away again exactly what it has set: the limit ends when the last of its partitions has
 * arrived or was cancelled, whether somebody looks or not. What was set by others stays, or comes
 * back. A window that is closed meanwhile leaves its limit behind; who finds one may clear() it.
 *
 * One for each session, which owns it; GUI thread. What is asked of it is done one after the other.
 */
class MoveThrottle final : public QObject {
    Q_OBJECT
public:
    /** Hears why it couldn't be done; nothing where it was. */
    using Done = std::function<void(const QString& problem)>;

    static constexpr int kIntervalMs = 2'000;

    /** The session's one. */
    static MoveThrottle& of(Session& session);
    /** Says nothing any more once `listener` is gone, which may not live as long as the session. */
    template <class Function> static Done heardBy(QObject* listener, Function function)
    {
        return [listener = QPointer<QObject>(listener), function](const QString& problem) {
            if (listener)
                function(problem);
        };
    }

    /**
     * Limits these partitions and those that it limits already. Call watch() once they move; where
     * it can't be done everything is as it was before.
     */
    void hold(const ThrottleExtent& extent, qint64 bytesPerSecond, Done done);
    /** The moves have begun, or could not: ends the limit when none of them is under way. */
    void watch();
    /** Takes away what it has set. */
    void release(Done done);
    /** Takes away every limit that there is, also of others, as --verify does. Topics for which "*"
     * was written keep that: without a rate it holds back nothing. */
    void clear(Done done);

    bool isHolding() const { return m_rate > 0; }
    qint64 rate() const { return m_rate; } ///< bytes a second for each broker; 0: it holds nothing

signals:
    /** isHolding() or rate() is something else. */
    void changed();
    /** The last of its partitions has arrived; what could not be taken away, or nothing. */
    void ended(const QString& problem);

private:
    using Throttles = client::ReplicationThrottles;

    explicit MoveThrottle(Session& session);
    void next();
    void finish(const Done& done, const QString& problem);
    void look();
    void describe(const std::vector<std::string>& topics, const Done& done,
        std::function<void(const Throttles&)> then);
    void set(const Throttles& wish, std::function<void(const QString& problem)> then);
    /** Goes on when the brokers tell what was set, or haven't for some seconds. */
    void confirm(const Throttles& wish, int triesLeft, std::function<void()> then);
    void setHold(const Throttles& found, const ThrottleExtent& extent, qint64 rate, Done done);
    void setRelease(const Throttles& found, const Done& done);
    QString textOf(const Throttles& failed) const;

    Session& m_session;
    std::deque<std::function<void()>> m_waiting;
    bool m_isBusy = false;
    QTimer m_watch;
    LatestRequest m_asked;
    qint64 m_rate = 0;
    /** What it has added, in so far as it wasn't there before. */
    ThrottleExtent m_added;
    std::map<BrokerId, client::ThrottleRates> m_before; ///< of the brokers that it has limited
};

} // namespace moldau::widgets
