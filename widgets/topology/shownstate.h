#pragma once

#include "client/clustercontrol.h"

namespace moldau::widgets {

/** The state of a node as the picture shows it; voters have one as well. */
enum class BrokerState { Up, Starting, Stopping, Stopped, Killed, Failed, Fenced, Paused };

/** Whether clients are answered in this state: a broker that stops serves until it is gone. */
constexpr bool isServing(BrokerState state)
{
    return state == BrokerState::Up || state == BrokerState::Stopping;
}

/** Whether its replicas are there to be heard of again: a paused broker's only say nothing. */
constexpr bool isThere(BrokerState state)
{
    return isServing(state) || state == BrokerState::Paused;
}

/** As the cluster's control tells it. */
constexpr BrokerState shownStateOf(client::NodeState state)
{
    switch (state) {
    case client::NodeState::Starting:
        return BrokerState::Starting;
    case client::NodeState::Running:
        return BrokerState::Up;
    case client::NodeState::Paused:
        return BrokerState::Paused;
    case client::NodeState::Stopping:
        return BrokerState::Stopping;
    case client::NodeState::Stopped:
        return BrokerState::Stopped;
    case client::NodeState::Killed:
        return BrokerState::Killed;
    case client::NodeState::Failed:
        return BrokerState::Failed;
    }
    return BrokerState::Failed;
}

} // namespace moldau::widgets
