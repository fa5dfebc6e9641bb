#pragma once

#include "topology/topologymodel.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <deque>
#include <map>
#include <span>
#include <tuple>
#include <vector>

namespace moldau::widgets {

/** What a sentence is about; the list can be filtered by it. */
enum class EventTopic { Messages, Replication, Elections, Groups, Connections, Nodes, Count_ };

/** One line of the Events list. */
struct Sentence {
    qint64 timeNs = 0;
    EventTopic about = EventTopic::Messages;
    bool isTrouble = false;
    QString text;
    QString detail; ///< the request that did it, as "Produce v13"; may be empty
    QString topic;
    int partition = -1;
    int broker = -1;
};

/**
 * Tells events as plain sentences. Events that belong together become one sentence, which is told
 * anew as more of it happens: followers that fetch the same record, partitions that move to the
 * same leader; while much happens, batches of one program to one topic. Bounded. Pure.
 */
class Narrator {
    Q_DECLARE_TR_FUNCTIONS(Narrator)
public:
    static constexpr std::size_t kMaxSentences = 1000;

    /** What take() changed: some sentences in front are gone; those from firstChanged on are new or
     * told anew. */
    struct Change {
        std::size_t removedInFront = 0;
        std::size_t firstChanged = 0; ///< after the removal
        QString caption; ///< what deserves to be said in the picture; may be empty
    };

    Change take(std::span<const Event> events, const TopologyModel& model,
        const TopologyModel::Names& names);
    const std::deque<Sentence>& sentences() const { return m_sentences; }
    /** Off while single steps are shown: each batch is told on its own. */
    void setMerging(bool isMerging) { m_isMerging = isMerging; }
    void clear();

    /** "broker-1, broker-2 and broker-3" */
    static QString list(const QStringList& things);

private:
    enum class Story {
        Sent,
        Copied,
        Read,
        Rejected,
        Leader,
        LostLeader,
        IsrOut,
        IsrIn,
        Commit,
        Connected,
        Fault
    };

    /** A sentence that may still grow; what it tells of. */
    struct Open {
        Story story;
        quint64 number; ///< of its sentence since the start
        qint64 lastNs = 0;
        QString actor; ///< client, group, broker
        QString reason;
        QString topic;
        int partition = -1;
        int partitions = 0; ///< distinct ones, counted up to 64
        quint64 partitionBits = 0;
        QStringList things; ///< brokers that copied, or to which a program connected
        std::map<QString, std::vector<int>> moved; ///< partitions by topic
        int batches = 0;
        qint64 records = 0;
        qint64 bytes = 0;
        qint64 firstOffset = -1;
        qint64 endOffset = -1;
        qint64 watermark = -1;
        qint64 ackAfterNs = -1;
        int epoch = -1;
        bool hasKey = false;
        bool isOwn = false;
        bool isStale = false; ///< its sentence lags behind it
        int error = 0;
    };
    using OpenKey = std::tuple<int, QString, QString, int>; // story, actor, topic, partition

    void tell(const Event& event, const TopologyModel& model, const TopologyModel::Names& names);
    Open& open(
        const OpenKey& key, const Event& event, qint64 windowNs, EventTopic about, bool isTrouble);
    void put(const Event& event, EventTopic about, bool isTrouble, const QString& text);
    void retell(const Open& open, const TopologyModel& model);
    /** Once for all of a turn: hundreds of batches may join one sentence. */
    void retellSoon(Open& open);
    void retellNow(Open& open);
    void forget(std::map<OpenKey, Open>::iterator open);
    void tellController(const Event& event, const TopologyModel& model);
    void tellFault(const Event& event, const TopologyModel& model, const QString& rule);
    void tellFaultsEnd(const Event& event, const TopologyModel& model, const QString& rule);
    QString text(const Open& open, const TopologyModel& model) const;
    QString clientText(const QString& client, bool isOwn, bool isProducer) const;
    void addPartition(Open& open, int partition) const;
    /** False where the partition is known to have moved: every node that applies it says so. */
    static bool addMoved(Open& open, const QString& topic, int partition);
    /** "orders 0, 1 and 2 and 12 partitions of clicks" */
    static QString movedText(const Open& open);
    Sentence* sentence(quint64 number);
    QString requestOf(const Event& event) const;
    void rememberRequest(const Event& event);

    std::deque<Sentence> m_sentences;
    const TopologyModel* m_model = nullptr; ///< while it takes events
    std::map<int, QString> m_trouble; ///< what befell nodes that are not themselves, by id
    /** When a link was healed, and the sentence that tells so, by its ends: another fault may take
     * the place of the one that went. */
    std::map<std::pair<int, int>, std::pair<qint64, quint64>> m_healed;
    int m_quorumLeader = -1; ///< as far as it was told
    quint64 m_firstNumber = 0;
    std::map<OpenKey, Open> m_open;
    std::map<std::pair<quint64, qint32>, std::pair<qint16, qint16>> m_requests;
    std::deque<std::pair<quint64, qint32>> m_requestOrder;
    std::map<std::tuple<QString, int, qint64>, qint64> m_appendedAt;
    std::deque<std::tuple<QString, int, qint64>> m_appendOrder;
    bool m_isMerging = true;
    quint64 m_lowestChanged = 0;
    QString m_caption;
};

} // namespace moldau::widgets
