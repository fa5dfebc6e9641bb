#pragma once

// Private to WireAdmin's files.

#include "client/wireadmin.h"

#include <optional>
#include <string>

namespace moldau::client {

/** Kafka's code with the broker's sentence, or ours where it sent none. */
Error wireError(std::int16_t code, const std::optional<std::string>& message = {});

/** Done, or the error of a code. */
inline Result<ClusterConnection::Done> doneOr(
    std::int16_t code, const std::optional<std::string>& message = {})
{
    if (code != 0)
        return fail(wireError(code, message));
    return ClusterConnection::Done{};
}

/** The broker didn't name what was asked for. */
Error incompleteAnswer();

inline std::int32_t milliseconds(Duration duration)
{
    return static_cast<std::int32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

/** Asks several brokers the same; `done` gets all answers once the last is there. */
template <class Response, class Build>
void askAll(WireClient& wire, const std::vector<BrokerId>& brokers, Build build,
    Callback<void(std::map<BrokerId, Result<Response>>)> done, std::int16_t minVersion = 0)
{
    struct Gathering {
        std::map<BrokerId, Result<Response>> answers;
        std::size_t left = 0;
        Callback<void(std::map<BrokerId, Result<Response>>)> done;
    };
    auto gathering = std::make_shared<Gathering>();
    gathering->left = brokers.size();
    gathering->done = std::move(done);
    if (brokers.empty())
        return gathering->done({});
    for (const BrokerId broker : brokers) {
        wire.call<Response>(
            {broker, {}}, [build, broker](std::int16_t version) { return build(broker, version); },
            [gathering, broker](Result<Response> response) {
                gathering->answers.emplace(broker, std::move(response));
                if (--gathering->left == 0)
                    gathering->done(std::move(gathering->answers));
            },
            std::numeric_limits<std::int16_t>::max(), minVersion);
    }
}

/** Asks every broker that there is; the error of looking for them goes to `answer`. */
template <class Response, class Build, class T, class Read>
void askEveryBroker(WireClient& wire, Build build, const Answer<T>& answer, Read read)
{
    wire.brokers([&wire, build, answer, read](Result<std::map<BrokerId, Endpoint>> brokers) {
        if (!brokers)
            return answer(fail(brokers.error()));
        std::vector<BrokerId> ids;
        for (const auto& [id, address] : *brokers)
            ids.push_back(id);
        askAll<Response>(
            wire, ids, [build](BrokerId, std::int16_t version) { return build(version); }, read);
    });
}

/**
 * Asks any broker for something that the controller does, until the one that it passes it on to is
 * the controller: NOT_CONTROLLER is tried again until the time is over.
 */
template <class Response, class Build>
void askController(
    WireClient& wire, Build build, Callback<void(Result<Response>)> done, Duration deadline)
{
    wire.call<Response>({}, build,
        [&wire, build, done = std::move(done), deadline](Result<Response> response) mutable {
            const bool isElsewhere
                = response && errorFromWire(response->errorCode) == ErrorCode::NotController;
            if (!isElsewhere || wire.loop().now() >= deadline)
                return done(std::move(response));
            wire.later(std::chrono::milliseconds(50),
                [&wire, build, done = std::move(done), deadline]() mutable {
                    askController<Response>(wire, build, std::move(done), deadline);
                });
        });
}

template <class Response, class Build>
void askController(WireClient& wire, Build build, Callback<void(Result<Response>)> done)
{
    askController<Response>(wire, build, std::move(done), wire.loop().now() + wire.timeout());
}

/**
 * Asks a group's coordinator until it is one: NOT_COORDINATOR and its like are tried again until
 * the time is over. `codeOf` finds the error of the whole answer.
 */
template <class Response, class Build, class CodeOf>
void askCoordinator(WireClient& wire, const std::string& group, Build build, CodeOf codeOf,
    Callback<void(Result<Response>)> done, std::int16_t maxVersion, Duration deadline)
{
    wire.call<Response>(
        {kNoBroker, group}, build,
        [&wire, group, build, codeOf, done = std::move(done), maxVersion, deadline](
            Result<Response> response) mutable {
            const ErrorCode code
                = response ? errorFromWire(codeOf(*response)) : response.error().code;
            const bool isElsewhere = code == ErrorCode::NotCoordinator
                || code == ErrorCode::CoordinatorNotAvailable
                || code == ErrorCode::CoordinatorLoadInProgress
                || code == ErrorCode::LocalConnectionClosed
                || code == ErrorCode::LocalConnectionRefused
                || code == ErrorCode::BrokerNotAvailable;
            if (!isElsewhere || wire.loop().now() >= deadline)
                return done(std::move(response));
            wire.forgetCoordinator(group);
            wire.later(std::chrono::milliseconds(50),
                [&wire, group, build, codeOf, done = std::move(done), maxVersion,
                    deadline]() mutable {
                    askCoordinator<Response>(
                        wire, group, build, codeOf, std::move(done), maxVersion, deadline);
                });
        },
        maxVersion);
}

template <class Response, class Build, class CodeOf>
void askCoordinator(WireClient& wire, const std::string& group, Build build, CodeOf codeOf,
    Callback<void(Result<Response>)> done,
    std::int16_t maxVersion = std::numeric_limits<std::int16_t>::max())
{
    askCoordinator<Response>(wire, group, build, codeOf, std::move(done), maxVersion,
        wire.loop().now() + wire.timeout());
}

} // namespace moldau::client
