#pragma once

#include "base/callback.h"
#include "base/result.h"

#include <memory>
#include <unordered_set>

namespace moldau::client {

/**
 * Callbacks that a connection has yet to call: each is called exactly once, with LocalCancelled
 * when nobody answered before cancelAll(). Belongs to a connection; everything happens on its
 * loop's thread, but an Answer may be carried through other threads.
 */
class OwedReplies {
    struct AnyOwed {
        virtual ~AnyOwed() = default;
        virtual void cancel() = 0;
    };
    template <class T> struct Owed final : AnyOwed {
        void cancel() override
        {
            reply(fail(ErrorCode::LocalCancelled, "The connection was closed."));
        }
        Callback<void(Result<T>)> reply;
    };

public:
    /** The right to answer one reply. Copies answer the same one; only the first answer counts. */
    template <class T> class Answer {
    public:
        void operator()(Result<T> result) const
        {
            const auto owed = m_owed.lock();
            if (owed == nullptr || m_replies->m_owed.erase(owed) == 0)
                return;
            owed->reply(std::move(result));
        }

    private:
        friend class OwedReplies;
        OwedReplies* m_replies = nullptr;
        std::weak_ptr<Owed<T>> m_owed;
    };

    template <class T> Answer<T> keep(Callback<void(Result<T>)> reply)
    {
        auto owed = std::make_shared<Owed<T>>();
        owed->reply = std::move(reply);
        Answer<T> answer;
        answer.m_replies = this;
        answer.m_owed = owed;
        m_owed.insert(std::move(owed));
        return answer;
    }

    void cancelAll()
    {
        while (!m_owed.empty()) {
            const auto owed = m_owed.extract(m_owed.begin());
            owed.value()->cancel();
        }
    }

private:
    std::unordered_set<std::shared_ptr<AnyOwed>> m_owed;
};

template <class T> using Answer = OwedReplies::Answer<T>;

} // namespace moldau::client
