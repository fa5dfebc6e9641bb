#include "models/movethrottle.h"

#include <algorithm>
#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;
using client::ThrottledReplicas;
using client::ThrottleRates;

namespace {

constexpr const char* kAll = "*";
constexpr int kTryMs = 100; // brokers read what was set in the metadata log, a moment later
constexpr int kTries = 30;

/** Adds what isn't there; the answer is what was added. */
std::set<std::string> addTo(std::set<std::string>& there, const std::set<std::string>& more)
{
    std::set<std::string> added;
    if (there.contains(kAll)) // that includes them, and Kafka takes it alone only
        return added;
    for (const std::string& place : more) {
        if (there.insert(place).second)
            added.insert(place);
    }
    return added;
}

void removeFrom(std::set<std::string>& there, const std::set<std::string>& some)
{
    std::erase_if(there, [&some](const std::string& place) { return some.contains(place); });
}

std::vector<std::string> namesOf(const std::map<std::string, ThrottledReplicas>& topics)
{
    std::vector<std::string> names;
    for (const auto& [topic, replicas] : topics)
        names.push_back(topic);
    return names;
}

template <class Map>
typename Map::mapped_type valueIn(const Map& map, const typename Map::key_type& key)
{
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

} // namespace

MoveThrottle& MoveThrottle::of(Session& session)
{
    auto* known = session.findChild<MoveThrottle*>(QString(), Qt::FindDirectChildrenOnly);
    return known ? *known : *new MoveThrottle(session);
}

MoveThrottle::MoveThrottle(Session& session)
    : QObject(&session)
    , m_session(session)
{
    m_watch.setInterval(kIntervalMs);
    connect(&m_watch, &QTimer::timeout, this, &MoveThrottle::look);
}

void MoveThrottle::next()
{
    if (m_isBusy || m_waiting.empty())
        return;
    m_isBusy = true;
    const auto work = std::move(m_waiting.front());
    m_waiting.pop_front();
    work();
}

void MoveThrottle::finish(const Done& done, const QString& problem)
{
    m_isBusy = false;
    emit changed();
    if (done)
        done(problem);
    next();
}

void MoveThrottle::describe(const std::vector<std::string>& topics, const Done& done,
    std::function<void(const Throttles&)> then)
{
    m_session.brokerAdmin()->describeThrottles(
        topics, replyTo<Throttles>(this, [this, done, then](const Result<Throttles>& found) {
            if (!found)
                return finish(done, QString::fromStdString(found.error().message));
            then(*found);
        }));
}

void MoveThrottle::set(const Throttles& wish, std::function<void(const QString& problem)> then)
{
    if (wish.brokers.empty() && wish.topics.empty())
        return then({});
    m_session.brokerAdmin()->setThrottles(
        wish, replyTo<Throttles>(this, [this, wish, then](const Result<Throttles>& failed) {
            const QString problem
                = failed ? textOf(*failed) : QString::fromStdString(failed.error().message);
            if (!problem.isEmpty())
                return then(problem);
            confirm(wish, kTries, [then] { then({}); });
        }));
}

void MoveThrottle::confirm(const Throttles& wish, int triesLeft, std::function<void()> then)
{
    m_session.brokerAdmin()->describeThrottles(namesOf(wish.topics),
        replyTo<Throttles>(this, [this, wish, triesLeft, then](const Result<Throttles>& found) {
            const auto isSet = [](const auto& wished, const auto& there) {
                return std::all_of(wished.begin(), wished.end(),
                    [&there](const auto& one) { return valueIn(there, one.first) == one.second; });
            };
            const bool isThere
                = found && isSet(wish.brokers, found->brokers) && isSet(wish.topics, found->topics);
            if (isThere || triesLeft <= 1)
                return then();
            QTimer::singleShot(kTryMs, this,
                [this, wish, triesLeft, then] { confirm(wish, triesLeft - 1, then); });
        }));
}

QString MoveThrottle::textOf(const Throttles& failed) const
{
    QStringList problems;
    for (const auto& [broker, error] : failed.brokerProblems)
        problems.append(
            u"%1: %2"_s.arg(m_session.nameOf(broker), QString::fromStdString(error.message)));
    for (const auto& [topic, error] : failed.topicProblems)
        problems.append(
            u"%1: %2"_s.arg(QString::fromStdString(topic), QString::fromStdString(error.message)));
    return problems.join(u' ');
}

void MoveThrottle::hold(const ThrottleExtent& extent, qint64 bytesPerSecond, Done done)
{
    m_waiting.push_back([this, extent, bytesPerSecond, done = std::move(done)] {
        m_watch.stop();
        m_asked.cancel();
        ThrottleExtent whole = extent;
        for (const auto& [broker, rates] : m_before)
            whole.brokers.insert(broker); // they follow when the rate changes
        describe(namesOf(whole.topics), done,
            [this, whole, bytesPerSecond, done](
                const Throttles& found) { setHold(found, whole, bytesPerSecond, done); });
    });
    next();
}

void MoveThrottle::setHold(
    const Throttles& found, const ThrottleExtent& extent, qint64 rate, Done done)
{
    const auto& loads = m_session.metadata()->loads();
    const auto isUp = [&loads](BrokerId broker) {
        return std::any_of(loads.begin(), loads.end(), [broker](const Metadata::BrokerLoad& load) {
            return load.id == broker.value() && load.isUp;
        });
    };
    Throttles wish;
    Throttles back;
    Throttles hidden;
    ThrottleExtent added;
    for (const BrokerId broker : extent.brokers) {
        const auto problem = found.brokerProblems.find(broker);
        if (problem != found.brokerProblems.end()) {
            // Who is down copies nothing, and need not be told how fast.
            if (isUp(broker))
                hidden.brokerProblems.insert(*problem);
            continue;
        }
        wish.brokers[broker] = {rate, rate};
        back.brokers[broker] = valueIn(found.brokers, broker);
    }
    hidden.topicProblems = found.topicProblems;
    for (const auto& [topic, replicas] : extent.topics) {
        const ThrottledReplicas before = valueIn(found.topics, topic);
        ThrottledReplicas after = before;
        const ThrottledReplicas fresh{addTo(after.asLeaders, replicas.asLeaders),
            addTo(after.asFollowers, replicas.asFollowers)};
        if (!fresh.isAny())
            continue;
        added.topics[topic] = fresh;
        wish.topics[topic] = after;
        back.topics[topic] = before;
    }
    if (const QString problem = textOf(hidden); !problem.isEmpty())
        return finish(done, problem);
    added.partitions = extent.partitions;
    set(wish, [this, back, added, rate, done](const QString& problem) {
        if (!problem.isEmpty()) {
            // Some of it may have been set.
            set(back, [this, done, problem](const QString&) { finish(done, problem); });
            return;
        }
        for (const auto& [broker, rates] : back.brokers)
            m_before.emplace(broker, rates); // what was there before the first limit counts
        m_added.unite(added);
        m_rate = rate;
        finish(done, {});
    });
}

void MoveThrottle::watch()
{
    if (!isHolding())
        return;
    m_asked.cancel();
    m_watch.start();
    look();
}

void MoveThrottle::look()
{
    if (m_asked.isPending() || m_isBusy)
        return;
    using Moving = std::map<TopicPartition, client::Reassignment>;
    m_session.brokerAdmin()->listReassignments(
        m_asked.reply<Moving>(this, [this](const Result<Moving>& moving) {
            if (!moving || !isHolding())
                return; // asked again soon
            const bool isUnderWay = std::any_of(moving->begin(), moving->end(),
                [this](const auto& move) { return m_added.partitions.contains(move.first); });
            if (!isUnderWay)
                release([this](const QString& problem) { emit ended(problem); });
        }));
}

void MoveThrottle::release(Done done)
{
    m_waiting.push_back([this, done = std::move(done)] {
        m_watch.stop();
        m_asked.cancel();
        if (!isHolding())
            return finish(done, {});
        describe(
            namesOf(m_added.topics),
            [this, done](const QString& problem) {
                m_watch.start(); // nobody answered: it tries again
                if (done)
                    done(problem);
            },
            [this, done](const Throttles& found) { setRelease(found, done); });
    });
    next();
}

void MoveThrottle::setRelease(const Throttles& found, const Done& done)
{
    Throttles wish;
    Throttles hidden;
    for (const auto& [broker, before] : m_before) {
        if (const auto problem = found.brokerProblems.find(broker);
            problem != found.brokerProblems.end()) {
            hidden.brokerProblems.insert(*problem);
            continue;
        }
        // Somebody may have set another rate meanwhile: that is theirs.
        ThrottleRates after = valueIn(found.brokers, broker);
        if (after.asLeader == m_rate)
            after.asLeader = before.asLeader;
        if (after.asFollower == m_rate)
            after.asFollower = before.asFollower;
        wish.brokers[broker] = after;
    }
    for (const auto& [topic, mine] : m_added.topics) {
        if (!m_session.metadata()->topic(QString::fromStdString(topic)))
            continue; // deleted by now
        ThrottledReplicas after = valueIn(found.topics, topic);
        removeFrom(after.asLeaders, mine.asLeaders);
        removeFrom(after.asFollowers, mine.asFollowers);
        wish.topics[topic] = after;
    }
    hidden.topicProblems = found.topicProblems;
    m_rate = 0;
    m_before.clear();
    m_added = {};
    set(wish, [this, unread = textOf(hidden), done](const QString& problem) {
        finish(done,
            problem.isEmpty()      ? unread
                : unread.isEmpty() ? problem
                                   : unread + u' ' + problem);
    });
}

void MoveThrottle::clear(Done done)
{
    m_waiting.push_back([this, done = std::move(done)] {
        m_watch.stop();
        m_asked.cancel();
        std::vector<std::string> topics;
        for (const client::TopicDescription& topic : m_session.description().topics)
            topics.push_back(topic.name);
        describe(topics, done, [this, done](const Throttles& found) {
            Throttles wish;
            for (const auto& [broker, rates] : found.brokers)
                wish.brokers[broker] = {};
            for (const auto& [topic, replicas] : found.topics) {
                ThrottledReplicas after = replicas;
                const auto isPlace = [](const std::string& place) { return place != kAll; };
                std::erase_if(after.asLeaders, isPlace);
                std::erase_if(after.asFollowers, isPlace);
                if (after != replicas)
                    wish.topics[topic] = after;
            }
            set(wish, [this, done](const QString& problem) {
                if (problem.isEmpty()) {
                    m_rate = 0;
                    m_before.clear();
                    m_added = {};
                }
                finish(done, problem);
            });
        });
    });
    next();
}

} // namespace moldau::widgets
