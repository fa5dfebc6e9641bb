#pragma once

#include "base/eventloop.h"
#include "base/filesystem.h"
#include "base/log.h"
#include "base/transport.h"
#include "events/eventsink.h"
#include "faults/nodefaults.h"

namespace moldau::network {

/**
 * Everything a node needs from outside, all of it owned by whoever made the node and living longer:
 * real in a program, virtual in a simulation.
 */
struct World {
    EventLoop& loop;
    Transport& transport;
    FileSystem& files;
    EventSink& events;
    Log& log;
    faults::NodeFaults* faults = nullptr; ///< what goes wrong on purpose, if anything may
};

} // namespace moldau::network
