#include "coordinator/appendqueue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace moldau::coordinator {

AppendToken AppendQueue::push(
    std::vector<TypedRecord> records, ProducerId producer, Duration deadline)
{
    const AppendToken token(++m_lastToken);
    m_pending.push_back({token, std::move(records), producer, deadline, {}});
    return token;
}

void AppendQueue::wait(AppendToken token, AppendDone done)
{
    const auto found = std::ranges::find(m_pending, token, &PendingAppend::token);
    found->waiting.push_back(std::move(done));
}

std::optional<AppendToken> AppendQueue::lastOf(const std::string& group) const
{
    const auto isOfGroup = [&](const TypedRecord& record) {
        return std::visit([&](const auto& typed) { return typed.group == group; }, record);
    };
    for (auto pending = m_pending.rbegin(); pending != m_pending.rend(); ++pending) {
        if (std::ranges::any_of(pending->records, isOfGroup))
            return pending->token;
    }
    return std::nullopt;
}

std::optional<PendingAppend> AppendQueue::take(AppendToken token)
{
    const auto found = std::ranges::find(m_pending, token, &PendingAppend::token);
    if (found == m_pending.end())
        return std::nullopt;
    PendingAppend pending = std::move(*found);
    m_pending.erase(found);
    return pending;
}

std::optional<Duration> AppendQueue::nextDeadline() const
{
    // Deadlines rise with the tokens.
    for (const PendingAppend& pending : m_pending) {
        if (!pending.waiting.empty())
            return pending.deadline;
    }
    return std::nullopt;
}

std::vector<AppendDone> AppendQueue::takeExpired(Duration now)
{
    std::vector<AppendDone> expired;
    for (PendingAppend& pending : m_pending) {
        if (pending.deadline > now)
            break;
        std::ranges::move(pending.waiting, std::back_inserter(expired));
        pending.waiting.clear();
    }
    return expired;
}

} // namespace moldau::coordinator
