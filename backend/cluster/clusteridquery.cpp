#include "cluster/clusteridquery.h"

#include "base/asioloop.h"
#include "network/rpcclient.h"
#include "protocol/messages/describeclusterrequest.h"
#include "protocol/messages/describeclusterresponse.h"

#include <future>
#include <memory>

#include <fmt/format.h>

namespace moldau::cluster {

Result<std::string> askClusterId(
    const Endpoint& controller, const std::map<std::string, std::string>& hosts)
{
    constexpr auto kPatience = std::chrono::seconds(5);
    const auto known = hosts.find(controller.host);
    const Endpoint address
        = known == hosts.end() ? controller : Endpoint{known->second, controller.port};
    std::promise<Result<std::string>> promise;
    auto answer = promise.get_future();
    AsioLoop loop("ask");
    std::unique_ptr<network::RpcClient> client;
    loop.run([&] {
        client = std::make_unique<network::RpcClient>(loop, loop, address, "moldau");
        protocol::DescribeClusterRequest request;
        request.endpointType = 2; // controllers
        client->call<protocol::DescribeClusterResponse>(
            request, 1, kPatience, [&](Result<protocol::DescribeClusterResponse> response) {
                if (!response)
                    promise.set_value(fail(response.error().code,
                        fmt::format("the controller at {} can't be reached: {}",
                            toString(controller), response.error().message)));
                else if (response->errorCode != 0)
                    promise.set_value(fail(errorFromWire(response->errorCode),
                        fmt::format("{} is no controller", toString(controller))));
                else
                    promise.set_value(response->clusterId);
            });
    });
    auto result = answer.get();
    loop.run([&] { client.reset(); });
    return result;
}

} // namespace moldau::cluster
