#pragma once

#include "bridge/session.h"
#include "models/brokerpoller.h"
#include "models/movethrottle.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace moldau::widgets {

class Label;
class TopicActionPanel;

/**
 * How fast replicas may be copied, above the Brokers page's tables: while something moves, the
 * limit can be set and changed here; one that is left over when nothing moves is told of and can be
 * taken away. Hidden where there is nothing to say.
 */
class BrokerThrottleStrip final : public QWidget {
    Q_OBJECT
public:
    BrokerThrottleStrip(Session& session, BrokerPoller& poller, QWidget* parent = nullptr);

    /** Whether the moves are what the page shows; a limit that is left over is always told of. */
    void setMovesShown(bool areShown);
    /** Looks at the poller anew. */
    void renew();

signals:
    /** Something was done, or could not be. */
    void told(const QString& sentence, bool isTrouble);

private:
    /** What brokers hold to, from the lowest to the highest; none: 0. */
    struct Limits {
        qint64 least = 0;
        qint64 most = 0;
        QStringList brokers;
    };

    Limits limits() const;
    static QString rateWords(const Limits& limits);
    QString movingWords(const Limits& limits) const;
    void apply();
    void askToClear();
    void clear();
    void finish(const QString& problem, const QString& sentence);

    Session& m_session;
    BrokerPoller& m_poller;
    MoveThrottle* m_throttle; ///< null where the cluster can't be asked
    QWidget* m_row;
    Label* m_words;
    Label* m_label;
    QLineEdit* m_rate;
    Label* m_unit;
    QPushButton* m_apply;
    QPushButton* m_clear;
    TopicActionPanel* m_asking;
    bool m_areMovesShown = false;
    bool m_isBusy = false;
};

} // namespace moldau::widgets
