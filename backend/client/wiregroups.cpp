// WireAdmin's part for groups: who is in them, how they stand.

#include "client/wirehelpers.h"

#include "protocol/messages/consumergroupdescriberequest.h"
#include "protocol/messages/consumergroupdescriberesponse.h"
#include "protocol/messages/consumerprotocolassignment.h"
#include "protocol/messages/deletegroupsrequest.h"
#include "protocol/messages/deletegroupsresponse.h"
#include "protocol/messages/describegroupsrequest.h"
#include "protocol/messages/describegroupsresponse.h"
#include "protocol/messages/findcoordinatorrequest.h"
#include "protocol/messages/findcoordinatorresponse.h"
#include "protocol/messages/listgroupsrequest.h"
#include "protocol/messages/listgroupsresponse.h"
#include "protocol/messages/sharegroupdescriberequest.h"
#include "protocol/messages/sharegroupdescriberesponse.h"

#include <algorithm>

namespace moldau::client {

namespace {

using namespace moldau::protocol;

/** The error of the first and only group in an answer. */
template <class Response> std::int16_t codeOfFirst(const Response& response)
{
    return response.groups.empty() ? std::int16_t{0} : response.groups.front().errorCode;
}

bool isOfAnotherType(const Error& error)
{
    return error.code == ErrorCode::GroupIdNotFound || error.code == ErrorCode::LocalUnsupported
        || error.code == ErrorCode::UnsupportedVersion;
}

void addPartitions(GroupMemberDetail& member)
{
    for (const TopicPartition& at : member.assigned)
        member.basics.partitions.emplace_back(at.topic, at.partition);
}

/** What a classic member was told to read. Other protocols than "consumer" keep it to themselves.
 */
std::vector<TopicPartition> assignmentOf(const Bytes& bytes)
{
    Reader reader(bytes);
    const std::int16_t version
        = std::min(reader.readInt16(), ConsumerProtocolAssignment::kMaxVersion);
    ConsumerProtocolAssignment assignment;
    if (!reader.ok() || version < ConsumerProtocolAssignment::kMinVersion)
        return {};
    assignment.read(reader, version);
    std::vector<TopicPartition> partitions;
    for (const auto& topic : assignment.assignedPartitions) {
        for (const std::int32_t partition : topic.partitions)
            partitions.push_back({topic.topic, partition});
    }
    return partitions;
}

GroupDetail detailOf(const DescribeGroupsResponse::DescribedGroup& group)
{
    GroupDetail detail;
    detail.summary = {group.groupId, group.groupState, "classic", group.protocolData};
    detail.protocolType = group.protocolType;
    for (const auto& from : group.members) {
        GroupMemberDetail member;
        member.basics = {from.memberId, from.clientId, from.clientHost, {}};
        member.instanceId = from.groupInstanceId.value_or("");
        if (group.protocolType == "consumer")
            member.assigned = assignmentOf(from.memberAssignment);
        addPartitions(member);
        detail.members.push_back(std::move(member));
    }
    return detail;
}

template <class Assignment> std::vector<TopicPartition> partitionsOf(const Assignment& assignment)
{
    std::vector<TopicPartition> partitions;
    for (const auto& topic : assignment.topicPartitions) {
        for (const std::int32_t partition : topic.partitions)
            partitions.push_back({topic.topicName, partition});
    }
    return partitions;
}

/** What consumer groups and share groups tell alike. */
template <class Group> GroupDetail newDetailOf(const Group& group, std::string type)
{
    GroupDetail detail;
    detail.summary = {group.groupId, group.groupState, std::move(type), group.assignorName};
    detail.protocolType = detail.summary.type;
    detail.epoch = group.groupEpoch;
    detail.targetEpoch = group.assignmentEpoch;
    for (const auto& from : group.members) {
        GroupMemberDetail member;
        member.basics = {from.memberId, from.clientId, from.clientHost, {}};
        member.epoch = from.memberEpoch;
        member.assigned = partitionsOf(from.assignment);
        addPartitions(member);
        detail.members.push_back(std::move(member));
    }
    return detail;
}

GroupDetail detailOf(const ConsumerGroupDescribeResponse::DescribedGroup& group)
{
    constexpr std::int8_t kClassicMember = 0;
    GroupDetail detail = newDetailOf(group, "consumer");
    for (std::size_t i = 0; i < group.members.size(); ++i) {
        detail.members[i].instanceId = group.members[i].instanceId.value_or("");
        detail.members[i].target = partitionsOf(group.members[i].targetAssignment);
        detail.members[i].isClassic = group.members[i].memberType == kClassicMember;
    }
    return detail;
}

GroupDetail detailOf(const ShareGroupDescribeResponse::DescribedGroup& group)
{
    return newDetailOf(group, "share");
}

/** The only group of an answer, or why it can't be shown. */
template <class Response> Result<GroupDetail> onlyGroupOf(const Result<Response>& response)
{
    if (!response)
        return fail(response.error());
    if (response->groups.size() != 1)
        return fail(incompleteAnswer());
    const auto& group = response->groups.front();
    if (group.errorCode != 0)
        return fail(wireError(group.errorCode, group.errorMessage));
    return detailOf(group);
}

Error noSuchGroup(const std::string& id)
{
    return {ErrorCode::GroupIdNotFound, "Group " + id + " not found."};
}

} // namespace

void WireAdmin::listGroups(const std::set<std::string>& states, const std::set<std::string>& types,
    Answer<std::vector<GroupSummary>> answer)
{
    const auto build = [states, types](std::int16_t version) {
        ListGroupsRequest request;
        if (version >= 4)
            request.statesFilter = {states.begin(), states.end()};
        if (version >= 5)
            request.typesFilter = {types.begin(), types.end()};
        return request;
    };
    askEveryBroker<ListGroupsResponse>(
        m_wire, build, answer, [answer](std::map<BrokerId, Result<ListGroupsResponse>> responses) {
            std::vector<GroupSummary> groups;
            std::optional<Error> error;
            for (const auto& [broker, response] : responses) {
                if (!response) {
                    error = response.error();
                    continue;
                }
                if (response->errorCode != 0)
                    error = wireError(response->errorCode);
                for (const auto& group : response->groups)
                    groups.push_back(
                        {group.groupId, group.groupState, group.groupType, group.protocolType});
            }
            if (groups.empty() && error)
                return answer(fail(*error));
            answer(std::move(groups));
        });
}

void WireAdmin::describeGroup(const std::string& id, Answer<GroupDetail> answer)
{
    describeConsumerGroup(id, answer);
}

void WireAdmin::describeConsumerGroup(const std::string& id, Answer<GroupDetail> answer)
{
    const auto build = [id](std::int16_t) {
        ConsumerGroupDescribeRequest request;
        request.groupIds = {id};
        return request;
    };
    askCoordinator<ConsumerGroupDescribeResponse>(m_wire, id, build,
        codeOfFirst<ConsumerGroupDescribeResponse>,
        [this, id, answer](Result<ConsumerGroupDescribeResponse> response) {
            auto group = onlyGroupOf(response);
            if (!group && isOfAnotherType(group.error()))
                return describeClassicGroup(id, answer);
            if (!group)
                return answer(fail(group.error()));
            addCoordinator(std::move(*group), answer);
        });
}

void WireAdmin::describeClassicGroup(const std::string& id, Answer<GroupDetail> answer)
{
    const auto build = [id](std::int16_t) {
        DescribeGroupsRequest request;
        request.groups = {id};
        return request;
    };
    askCoordinator<DescribeGroupsResponse>(m_wire, id, build, codeOfFirst<DescribeGroupsResponse>,
        [this, id, answer](Result<DescribeGroupsResponse> response) {
            auto group = onlyGroupOf(response);
            // Before version 6 a group that isn't there was described as dead.
            const bool isMissing
                = group ? group->summary.state == "Dead" : isOfAnotherType(group.error());
            if (isMissing)
                return describeShareGroup(id, answer);
            if (!group)
                return answer(fail(group.error()));
            addCoordinator(std::move(*group), answer);
        });
}

void WireAdmin::describeShareGroup(const std::string& id, Answer<GroupDetail> answer)
{
    const auto build = [id](std::int16_t) {
        ShareGroupDescribeRequest request;
        request.groupIds = {id};
        return request;
    };
    askCoordinator<ShareGroupDescribeResponse>(m_wire, id, build,
        codeOfFirst<ShareGroupDescribeResponse>,
        [this, id, answer](Result<ShareGroupDescribeResponse> response) {
            auto group = onlyGroupOf(response);
            if (!group && isOfAnotherType(group.error()))
                return answer(fail(noSuchGroup(id)));
            if (!group)
                return answer(fail(group.error()));
            addCoordinator(std::move(*group), answer);
        });
}

void WireAdmin::addCoordinator(GroupDetail detail, Answer<GroupDetail> answer)
{
    m_wire.coordinatorOf(
        detail.summary.id, [detail, answer](Result<std::pair<BrokerId, Endpoint>> found) mutable {
            if (found)
                std::tie(detail.coordinatorId, detail.coordinator) = *found;
            answer(std::move(detail));
        });
}

void WireAdmin::deleteGroup(const std::string& id, Answer<Done> answer)
{
    const auto build = [id](std::int16_t) {
        DeleteGroupsRequest request;
        request.groupsNames = {id};
        return request;
    };
    const auto codeOf = [](const DeleteGroupsResponse& response) {
        return response.results.empty() ? std::int16_t{0} : response.results.front().errorCode;
    };
    askCoordinator<DeleteGroupsResponse>(
        m_wire, id, build, codeOf, [answer](Result<DeleteGroupsResponse> response) {
            if (!response)
                return answer(fail(response.error()));
            if (response->results.size() != 1)
                return answer(fail(incompleteAnswer()));
            // The code says it all; only brokers newer than 4.3 have a text of their own.
            answer(doneOr(response->results[0].errorCode, {}));
        });
}

} // namespace moldau::client
