#pragma once

#include "client/brokeradmin.h"
#include "topology/shownstate.h"

#include <QString>

#include <functional>
#include <span>
#include <vector>

namespace moldau::widgets {

/** A node of the coordination layer: a KRaft controller, which may be a broker too, or a ZooKeeper
 * server. */
struct ShownVoter {
    int id = -1;
    QString name;
    bool isZooKeeper = false;
    bool isLeader = false;
    qint64 behind = -1; ///< records that the quorum's leader has and it hasn't; -1: not known
    BrokerState state = BrokerState::Up;

    bool operator==(const ShownVoter&) const = default;
};

/**
 * Who decides: the voters, which of them leads, and in which epoch; from nodes, metadata, the
 * quorum's own answers and events, of which the newest counts. A value. Its changes answer whether
 * something is different now.
 */
class ShownQuorum {
public:
    const std::vector<ShownVoter>& voters() const { return m_voters; } ///< by id
    int leader() const { return m_leader; }
    int epoch() const { return m_epoch; }
    /** Several voters and none of them leads: they are about to elect one. */
    bool isElecting() const;

    bool setNodes(std::span<const client::NodeStatus> nodes);
    /** The controller that metadata name, which counts until something better is known. */
    bool setController(int id);
    /** Where nobody tells of nodes, the voters are taken from here, called by `nameOf`. */
    bool set(const client::QuorumDescription& quorum, bool hasNodes,
        const std::function<QString(int id)>& nameOf);
    bool elect(int id, int epoch);
    bool setState(int id, BrokerState state);

private:
    std::vector<ShownVoter> m_voters;
    int m_leader = -1;
    int m_epoch = -1;
};

} // namespace moldau::widgets
