#pragma once

#include "events/event.h"

#include <string_view>

namespace moldau {

/** Where a node's events go. publish() is called on the node's thread, costs next to nothing and
 * never blocks. */
class EventSink {
public:
    virtual ~EventSink() = default;

    /** False while nobody looks: a node then spares itself filling events of single requests. */
    virtual bool isWanted() const = 0;
    virtual void publish(const Event& event) = 0;
    /** Id of a string for Event's name fields. Takes a lock; call once per connection, topic or
     * reason. */
    virtual NameId intern(std::string_view text) = 0;
};

} // namespace moldau
