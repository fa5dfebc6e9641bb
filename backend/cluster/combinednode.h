#pragma once

#include "broker/brokernode.h"
#include "controllernode/controllernode.h"
#include "network/node.h"

#include <memory>

namespace moldau::cluster {

/**
 * A broker and a controller that live and die together, as Kafka runs them with
 * process.roles=broker,controller: one id, one thread, and one death. To each other they are as
 * those of different nodes, and talk over the wire. Made, used and destroyed on its loop's thread,
 * by whoever hosts the node.
 */
class CombinedNode final : public network::Node {
public:
    CombinedNode(EventLoop& loop, std::unique_ptr<controllernode::ControllerNode> controller,
        std::unique_ptr<broker::BrokerNode> broker);

    // network::Node. The broker starts when the controller takes part in the quorum, and stops
    // before it.
    void start(Callback<void(Result<void>)> serving) override;
    void stop(Callback<void()> stopped) override;
    void onFailure(std::function<void(const Error&)> handler) override;

private:
    bool othersAreLeaving() const;
    void stopController();

    EventLoop& m_loop;
    std::unique_ptr<controllernode::ControllerNode> m_controller;
    std::unique_ptr<broker::BrokerNode> m_broker; // goes before what it registered with
    Callback<void()> m_stopped;
    Duration m_patienceEnds{};
    Timer m_stopTimer;
};

} // namespace moldau::cluster
