#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace moldau {

template <class Signature> class Callback;

/**
 * A function object that is moved, never copied, so that it may own what it captures (C++20 has no
 * std::move_only_function). Calling an empty one is a bug of ours.
 */
template <class R, class... Args> class Callback<R(Args...)> {
public:
    Callback() = default;
    Callback(std::nullptr_t) { }

    template <class F>
        requires(
            !std::is_same_v<std::decay_t<F>, Callback> && std::is_invocable_r_v<R, F&, Args...>)
    Callback(F&& function)
        : m_target(std::make_unique<Target<std::decay_t<F>>>(std::forward<F>(function)))
    {
    }

    R operator()(Args... args) { return m_target->call(std::forward<Args>(args)...); }
    explicit operator bool() const { return m_target != nullptr; }

private:
    struct AnyTarget {
        virtual ~AnyTarget() = default;
        virtual R call(Args... args) = 0;
    };
    template <class F> struct Target final : AnyTarget {
        explicit Target(F&& function)
            : function(std::move(function))
        {
        }
        explicit Target(const F& function)
            : function(function)
        {
        }
        R call(Args... args) override { return function(std::forward<Args>(args)...); }
        F function;
    };

    std::unique_ptr<AnyTarget> m_target;
};

} // namespace moldau
