#pragma once

#include "bridge/metadata.h"
#include "client/clustercontrol.h"
#include "models/brokerpoller.h"
#include "models/leadermoves.h"

#include <QCoreApplication>

#include <optional>
#include <vector>

namespace moldau::widgets {

/** What is known of a cluster's nodes at one moment; refers to what its owner keeps. */
struct BrokerFacts {
    const Metadata& metadata;
    const DiskReport& disks;
    const std::optional<client::QuorumDescription>& quorum;
    const std::vector<client::NodeStatus>& nodes; ///< empty where nobody tells of them
    const BrokerNames& names;
};

/** The Brokers page's tables, from what is known. Pure. */
class BrokerRows {
    Q_DECLARE_TR_FUNCTIONS(BrokerRows)
public:
    enum BrokerColumn {
        NameColumn,
        IdColumn,
        StateColumn,
        RoleColumn,
        AddressColumn,
        RackColumn,
        LeadersColumn,
        ReplicasColumn,
        OutOfSyncColumn,
        SizeColumn,
        BrokerColumns_
    };
    enum QuorumColumn {
        NodeColumn,
        QuorumRoleColumn,
        LogEndColumn,
        LagColumn,
        FetchColumn,
        CaughtUpColumn
    };
    enum DirectoryColumn { OwnerColumn, PathColumn, HeldColumn, TakenColumn, FreeColumn };
    enum ReplicaColumn { PartitionColumn, HolderColumn, BytesColumn, BehindColumn };
    enum MoveColumn { MovedColumn, AddingColumn, RemovingColumn, CopiedColumn };

    static std::vector<TableColumn> brokerColumns();
    static std::vector<TableColumn> quorumColumns();
    static std::vector<TableColumn> directoryColumns();
    static std::vector<TableColumn> replicaColumns();
    static std::vector<TableColumn> moveColumns();

    /** Brokers by id, then controllers that are nothing else. */
    static std::vector<TableRow> brokers(const BrokerFacts& facts);
    static std::vector<TableRow> quorum(
        const client::QuorumDescription& quorum, const BrokerNames& names);
    /** Of one broker, or of all where it is -1. */
    static std::vector<TableRow> directories(
        const DiskReport& disks, const BrokerNames& names, int only);
    static std::vector<TableRow> largest(
        const DiskReport& disks, const BrokerNames& names, int only);
    static std::vector<TableRow> moves(const BrokerPoller::Reassignments& moving,
        const Metadata& metadata, const DiskReport& disks, const BrokerNames& names);

    /** "controller-1 leads the metadata quorum …" */
    static QString quorumSentence(
        const client::QuorumDescription& quorum, const BrokerNames& names);
    /** Names for all nodes that are known in any way. */
    static BrokerNames namesOf(const Metadata& metadata,
        const std::optional<client::QuorumDescription>& quorum,
        const std::vector<client::NodeStatus>& nodes);

private:
    static TableRow brokerRow(const BrokerFacts& facts, const Metadata::BrokerLoad& load, int most);
    static TableRow controllerRow(const BrokerFacts& facts, const client::QuorumReplica& voter);
    static void addState(TableCell& cell, const BrokerFacts& facts, int id, bool isUp);
};

} // namespace moldau::widgets
