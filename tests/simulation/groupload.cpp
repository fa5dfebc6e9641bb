#include "groupload.h"

#include "protocol/messages/findcoordinatorrequest.h"
#include "protocol/messages/findcoordinatorresponse.h"
#include "protocol/messages/offsetcommitrequest.h"
#include "protocol/messages/offsetcommitresponse.h"
#include "protocol/messages/offsetfetchrequest.h"
#include "protocol/messages/offsetfetchresponse.h"

#include <fmt/format.h>

namespace moldau::simulation {

void LoadCommitter::start()
{
    ++m_busy;
    findCoordinator();
}

void LoadCommitter::next(std::function<void()> then)
{
    if (m_isStopping) {
        --m_busy;
        return;
    }
    using namespace std::chrono_literals;
    later(m_client.time().between(Duration(5ms), Duration(80ms)), std::move(then));
}

void LoadCommitter::findCoordinator()
{
    constexpr std::int16_t kVersion = 4;
    protocol::FindCoordinatorRequest request;
    request.coordinatorKeys.push_back(m_client.name());
    m_client.call<protocol::FindCoordinatorResponse>(m_client.anyBroker(), request, kVersion,
        [this](Result<protocol::FindCoordinatorResponse> answer) {
            if (!answer || answer->coordinators.front().errorCode != 0)
                return next([this] { findCoordinator(); });
            m_coordinator = answer->coordinators.front().nodeId.value();
            next([this] { commit(); });
        });
}

void LoadCommitter::commit()
{
    constexpr std::int16_t kVersion = 8;
    protocol::OffsetCommitRequest request;
    request.groupId = m_client.name();
    auto& topic = request.topics.emplace_back();
    topic.name = m_history.topic();
    topic.partitions.emplace_back().committedOffset = ++m_asked;
    m_client.call<protocol::OffsetCommitResponse>(m_coordinator, request, kVersion,
        [this, offset = m_asked](Result<protocol::OffsetCommitResponse> answer) {
            if (answer && answer->topics.front().partitions.front().errorCode == 0)
                m_committed = offset;
            else
                m_coordinator = 0;
            next([this] { m_coordinator == 0 ? findCoordinator() : readBack(); });
        });
}

void LoadCommitter::readBack()
{
    constexpr std::int16_t kVersion = 8;
    protocol::OffsetFetchRequest request;
    auto& group = request.groups.emplace_back();
    group.groupId = m_client.name();
    auto& topic = group.topics.emplace().emplace_back();
    topic.name = m_history.topic();
    topic.partitionIndexes = {0};
    m_client.call<protocol::OffsetFetchResponse>(m_coordinator, request, kVersion,
        [this, coordinator = m_coordinator](Result<protocol::OffsetFetchResponse> answer) {
            if (!answer || answer->groups.front().errorCode != 0) {
                m_coordinator = 0;
                return next([this] { findCoordinator(); });
            }
            const std::int64_t offset
                = answer->groups.front().topics.front().partitions.front().committedOffset;
            const auto* const replica = m_client.cluster().replica(coordinator, kTopic, 0);
            const bool counts = replica != nullptr
                && replica->leaderEpoch() == m_invariants.newestEpoch(kTopic, 0);
            if (offset > m_asked || (counts && offset < m_committed))
                m_history.violation(
                    fmt::format("broker {} says that {} has committed {}: it committed {}, asked "
                                "up to {}",
                        coordinator, m_client.name(), offset, m_committed, m_asked));
            next([this] { commit(); });
        });
}

} // namespace moldau::simulation
