#include "models/grouppoller.h"

#include "bridge/reply.h"
#include "models/groupmodel.h"

#include <algorithm>
#include <set>

namespace moldau::widgets {

namespace {

constexpr int kAskedAtOnce = 4;

} // namespace

GroupPoller::GroupPoller(Session& session, GroupModel& model, QObject* parent)
    : Poller(kIntervalMs, parent)
    , m_session(session)
    , m_model(model)
{
}

void GroupPoller::setImportant(const QString& group)
{
    m_important = group;
    if (!group.isEmpty()) {
        m_queue.removeAll(group);
        m_queue.prepend(group);
        askNext();
    }
}

std::int64_t GroupPoller::endOf(const std::string& topic, std::int32_t partition) const
{
    const auto found = m_ends.find({topic, partition});
    return found == m_ends.end() ? -1 : found->second;
}

void GroupPoller::refresh()
{
    if (m_isListing)
        return;
    m_isListing = true;
    m_session.connection().listGroups(
        replyTo<std::vector<client::GroupSummary>>(this, [this](auto result) {
            m_isListing = false;
            if (!result) {
                emit failed(QString::fromStdString(result.error().message));
                return;
            }
            m_model.setGroups(std::move(*result));
            emit listed();
            m_queue.clear();
            for (const GroupModel::Group& group : m_model.groups())
                m_queue.append(QString::fromStdString(group.summary.id));
            if (m_queue.removeAll(m_important) > 0)
                m_queue.prepend(m_important);
            askNext();
        }));
}

void GroupPoller::askNext()
{
    while (m_asked.size() < kAskedAtOnce && !m_queue.isEmpty()) {
        const QString group = m_queue.takeFirst();
        if (m_asked.contains(group))
            continue;
        m_asked.insert(group);
        m_session.connection().describeGroup(group.toStdString(),
            replyTo<client::GroupDescription>(this, [this, group](auto result) {
                m_asked.remove(group);
                if (result)
                    takeDescription(std::move(*result));
                askNext();
            }));
    }
}

void GroupPoller::takeDescription(client::GroupDescription description)
{
    std::set<std::string> topics;
    for (const client::GroupOffset& offset : description.offsets)
        topics.insert(offset.topic);
    putLag(description);
    for (const std::string& topic : topics)
        askEnds(topic);
}

void GroupPoller::putLag(const client::GroupDescription& description)
{
    std::optional<std::int64_t> lag;
    for (const client::GroupOffset& offset : description.offsets) {
        const std::int64_t end = endOf(offset.topic, offset.partition);
        if (offset.committed >= 0 && end >= 0)
            lag = lag.value_or(0) + std::max<std::int64_t>(end - offset.committed, 0);
    }
    m_model.setDescription(description, lag);
    emit described(QString::fromStdString(description.summary.id));
}

void GroupPoller::askEnds(const std::string& topic)
{
    const QString name = QString::fromStdString(topic);
    if (m_topicsAsked.contains(name))
        return;
    m_topicsAsked.insert(name);
    m_session.connection().listOffsets(topic,
        replyTo<std::vector<client::PartitionOffsets>>(this, [this, topic, name](auto result) {
            m_topicsAsked.remove(name);
            if (!result)
                return;
            for (const client::PartitionOffsets& partition : *result)
                m_ends[{topic, partition.partition}] = partition.latest;
            for (const GroupModel::Group& group :
                std::vector<GroupModel::Group>(m_model.groups())) {
                const bool isHere = group.description
                    && std::any_of(group.description->offsets.begin(),
                        group.description->offsets.end(),
                        [&](const client::GroupOffset& offset) { return offset.topic == topic; });
                if (isHere)
                    putLag(*group.description);
            }
        }));
}

} // namespace moldau::widgets
