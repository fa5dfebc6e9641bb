#include "simulatedgroup.h"

namespace moldau::coordinator {

using protocol::JoinGroupResponse;
using protocol::OffsetCommitResponse;
using protocol::SyncGroupResponse;
using Fetched = protocol::OffsetFetchResponse::OffsetFetchResponseGroup;

SimulatedGroup::SimulatedGroup()
    : m_clients(kClients)
{
    m_harness.isCommittingAtOnce = false;
    // Two of them are static.
    m_clients[0].instanceId = "zero";
    m_clients[1].instanceId = "one";
}

std::string SimulatedGroup::run(const Step& step)
{
    Client& client = m_clients[step.client % kClients];
    switch (step.kind) {
    case Step::Kind::Act:
        act(client);
        break;
    case Step::Kind::Round:
        for (Client& each : m_clients) {
            act(each);
            takeAnswers();
        }
        if (!m_harness.pending.empty())
            m_harness.commitOne();
        m_harness.advance(500);
        break;
    case Step::Kind::Heartbeat:
        heartbeat(client);
        break;
    case Step::Kind::Commit:
        commit(client, step.amount);
        break;
    case Step::Kind::ChangeMetadata:
        ++client.metadataVersion;
        if (client.hasAssignment)
            join(client);
        break;
    case Step::Kind::Leave:
        leave(client);
        break;
    case Step::Kind::Crash:
        crash(client);
        break;
    case Step::Kind::Replicate:
        if (!m_harness.pending.empty())
            m_harness.commitOne();
        break;
    case Step::Kind::FailAppend:
        if (!m_harness.pending.empty()) {
            m_harness.failOne(ErrorCode::NotEnoughReplicas);
            m_hasFailures = true;
        }
        break;
    case Step::Kind::ChangeLeader:
        changeLeader();
        break;
    case Step::Kind::Wait:
        m_harness.advance(step.amount % 20'000);
        break;
    case Step::Kind::Count_:
        break;
    }
    takeAnswers();
    return check();
}

std::string SimulatedGroup::finish()
{
    m_harness.isCommittingAtOnce = true;
    m_harness.commitPending();
    m_harness.advance(1'000'000); // longer than any timeout: nobody shows life
    takeAnswers();
    for (const RequestToken request : m_requests) {
        if (!m_harness.isAnswered(request))
            return "a request was never answered";
    }
    if (m_harness.stateOf("group") != GroupState::Empty
        && m_harness.stateOf("group") != GroupState::Dead)
        return "the group has silent members";
    return check();
}

void SimulatedGroup::act(Client& client)
{
    if (client.joining || client.syncing)
        return;
    if (client.generation == -1)
        join(client);
    else if (!client.hasAssignment)
        sync(client);
    else
        heartbeat(client);
}

void SimulatedGroup::join(Client& client)
{
    if (client.joining)
        return;
    auto request = joinRequest(client.memberId, client.instanceId);
    request.protocols[0].metadata.push_back(client.metadataVersion);
    client.generation = -1;
    client.hasAssignment = false;
    client.joining = m_harness.join(request);
    m_requests.push_back(*client.joining);
}

void SimulatedGroup::sync(Client& client)
{
    auto request = syncRequest(client.memberId, client.generation);
    request.groupInstanceId = client.instanceId;
    if (client.isLeader) {
        for (std::size_t i = 0; i < client.members.size(); ++i) {
            auto& assigned = request.assignments.emplace_back();
            assigned.memberId = client.members[i];
            for (std::int32_t partition = 0; partition < kPartitions; ++partition) {
                if (std::size_t(partition) % client.members.size() == i)
                    assigned.assignment.push_back(static_cast<std::uint8_t>(partition));
            }
        }
    }
    client.syncing = m_harness.sync(request);
    m_requests.push_back(*client.syncing);
}

void SimulatedGroup::heartbeat(Client& client)
{
    if (client.generation == -1)
        return;
    const ErrorCode error
        = m_harness.heartbeat("group", client.memberId, client.generation, client.instanceId);
    if (error == ErrorCode::RebalanceInProgress) {
        if (client.hasAssignment)
            join(client);
    } else if (error != ErrorCode::None) {
        startOver(client, error);
    }
}

void SimulatedGroup::commit(Client& client, std::uint32_t choice)
{
    if (!client.hasAssignment || client.assigned.empty())
        return;
    const std::int32_t partition
        = *std::next(client.assigned.begin(), choice % client.assigned.size());
    protocol::OffsetCommitRequest request;
    request.groupId = "group";
    request.memberId = client.memberId;
    request.groupInstanceId = client.instanceId;
    request.generationIdOrMemberEpoch = client.generation;
    auto& topic = request.topics.emplace_back();
    topic.name = "orders";
    auto& committed = topic.partitions.emplace_back();
    committed.partitionIndex = partition;
    committed.committedOffset = ++m_lastOffset;
    const RequestToken token = m_harness.commit(request);
    m_requests.push_back(token);
    m_commits.push_back({token, partition, m_lastOffset});
}

void SimulatedGroup::leave(Client& client)
{
    if (client.memberId.empty())
        return;
    protocol::LeaveGroupRequest request;
    request.groupId = "group";
    auto& member = request.members.emplace_back();
    member.memberId = client.memberId;
    member.groupInstanceId = client.instanceId;
    m_requests.push_back(m_harness.leave(request));
    crash(client);
}

void SimulatedGroup::crash(Client& client)
{
    Client fresh;
    fresh.instanceId = client.instanceId;
    fresh.metadataVersion = client.metadataVersion;
    client = fresh;
}

void SimulatedGroup::changeLeader()
{
    m_harness.shard->resign(m_harness.now);
    m_harness.drain();
    takeAnswers();
    m_hasFailures = m_hasFailures || !m_harness.pending.empty();
    m_harness.restart();
}

void SimulatedGroup::takeAnswers()
{
    for (Client& client : m_clients) {
        if (client.joining && m_harness.isAnswered(*client.joining))
            joined(client,
                m_harness.get<JoinGroupResponse>(*std::exchange(client.joining, std::nullopt)));
        if (client.syncing && m_harness.isAnswered(*client.syncing))
            synced(client,
                m_harness.get<SyncGroupResponse>(*std::exchange(client.syncing, std::nullopt)));
    }
    std::erase_if(m_commits, [this](const Commit& commit) {
        if (!m_harness.isAnswered(commit.token))
            return false;
        const auto response = m_harness.get<OffsetCommitResponse>(commit.token);
        if (response.topics[0].partitions[0].errorCode == 0) {
            auto& highest = m_acknowledged[commit.partition];
            highest = std::max(highest, commit.offset);
        }
        return true;
    });
}

void SimulatedGroup::joined(Client& client, const JoinGroupResponse& response)
{
    const ErrorCode error = errorFromWire(response.errorCode);
    if (error != ErrorCode::None) {
        if (error == ErrorCode::MemberIdRequired)
            client.memberId = response.memberId;
        else
            startOver(client, error);
        return;
    }
    client.memberId = response.memberId;
    client.generation = response.generationId;
    client.isLeader = response.leader == response.memberId && !response.skipAssignment;
    client.members.clear();
    for (const auto& member : response.members)
        client.members.push_back(member.memberId);
}

void SimulatedGroup::synced(Client& client, const SyncGroupResponse& response)
{
    if (response.errorCode != 0) {
        startOver(client, errorFromWire(response.errorCode));
        return;
    }
    client.hasAssignment = true;
    client.assigned.clear();
    client.assigned.insert(response.assignment.begin(), response.assignment.end());
}

void SimulatedGroup::startOver(Client& client, ErrorCode error)
{
    client.generation = -1;
    client.hasAssignment = false;
    const bool isIdLost = error == ErrorCode::UnknownMemberId
        || error == ErrorCode::FencedInstanceId || error == ErrorCode::IllegalGeneration;
    if (isIdLost)
        client.memberId.clear();
}

std::string SimulatedGroup::check()
{
    for (std::string broken :
        {checkAssignments(), checkStableMembers(), checkOffsets(), checkLog()}) {
        if (!broken.empty())
            return broken;
    }
    return {};
}

std::string SimulatedGroup::checkAssignments() const
{
    // A failed store gives the next generation of another leader the same number.
    if (m_hasFailures)
        return {};
    std::map<std::pair<std::int32_t, std::int32_t>, std::string> owners;
    for (const Client& client : m_clients) {
        if (!client.hasAssignment)
            continue;
        for (const std::int32_t partition : client.assigned) {
            const auto [owner, isFirst]
                = owners.emplace(std::pair(client.generation, partition), client.memberId);
            if (!isFirst && owner->second != client.memberId)
                return "two members own a partition in one generation";
        }
    }
    return {};
}

std::string SimulatedGroup::checkStableMembers() const
{
    const ClassicGroup* group = m_harness.shard->group("group");
    if (!group || !group->isIn(GroupState::Stable))
        return {};
    for (const Client& client : m_clients) {
        const ClassicMember* member = group->find(client.memberId);
        if (!member || !client.hasAssignment || client.generation != group->generation())
            continue;
        const std::set<std::int32_t> stored(member->assignment.begin(), member->assignment.end());
        if (stored != client.assigned)
            return "a member was told another assignment than the group's";
    }
    std::set<std::int32_t> assigned;
    for (const ClassicMember* member : group->members()) {
        for (const std::uint8_t partition : member->assignment) {
            if (!assigned.insert(partition).second)
                return "a partition is assigned twice";
        }
    }
    return {};
}

std::string SimulatedGroup::checkOffsets()
{
    for (std::int32_t partition = 0; partition < kPartitions; ++partition) {
        const CommittedOffset* offset
            = m_harness.shard->offsets().find("group", "orders", partition);
        const std::int64_t shown = offset ? offset->offset : 0;
        if (shown < m_acknowledged[partition])
            return "an acknowledged offset is lost";
        if (shown < m_seen[partition])
            return "an offset went back";
        m_seen[partition] = shown;
    }
    return {};
}

std::string SimulatedGroup::checkLog()
{
    if (!m_harness.pending.empty() || m_harness.partition.size() == m_checkedLog)
        return {};
    m_checkedLog = m_harness.partition.size();
    Log log;
    GroupCoordinatorShard replayed(m_harness.config, log);
    for (std::size_t offset = 0; offset < m_harness.partition.size(); ++offset) {
        const auto& [producer, record] = m_harness.partition[offset];
        const std::optional<BytesView> value
            = record.value ? std::optional<BytesView>(*record.value) : std::nullopt;
        replayed.replay(static_cast<std::int64_t>(offset), producer, record.key, value);
    }
    const auto* present = m_harness.shard->offsets().topicsOf("group");
    const auto* stored = replayed.offsets().topicsOf("group");
    if ((present != nullptr) != (stored != nullptr) || (present && *present != *stored))
        return "the log has other offsets";

    const ClassicGroup* group = m_harness.shard->group("group");
    const ClassicGroup* fromLog = replayed.group("group");
    if (m_hasFailures)
        return {};
    if ((group != nullptr) != (fromLog != nullptr))
        return "the log and the shard don't agree whether there is a group";
    if (!group || !(group->isIn(GroupState::Stable) || group->isIn(GroupState::Empty)))
        return {};
    const auto recordOf = [](const ClassicGroup& of) {
        std::map<std::string, Bytes> assignments;
        for (const ClassicMember* member : of.members())
            assignments[member->id] = member->assignment;
        auto record = of.toRecord(assignments);
        // The record of a generation is written just before the group is stable.
        record.currentStateTimestamp = 0;
        return record;
    };
    if (!(recordOf(*group) == recordOf(*fromLog)))
        return "the log has another generation of the group";
    return {};
}

} // namespace moldau::coordinator
