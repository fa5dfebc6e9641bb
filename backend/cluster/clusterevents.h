#pragma once

#include "client/eventsource.h"
#include "events/eventring.h"

#include <memory>
#include <mutex>
#include <vector>

namespace moldau::cluster {

/** The event rings of a cluster's nodes behind one EventSource. Owned by the EmbeddedCluster. */
class ClusterEvents final : public client::EventSource {
public:
    /** A ring for one more node; lives as long as this object. Before anybody drains. */
    EventSink& addNode();

    void setWanted(bool isWanted) override;
    std::size_t drain(std::span<Event> out) override;
    std::uint64_t dropped() const override;
    std::string_view textOf(NameId id) const override { return m_names.textOf(id); }
    bool seesEverything() const override { return true; }

private:
    NameTable m_names;
    std::vector<std::unique_ptr<EventRing>> m_rings;
    std::size_t m_next = 0; // the reader's: which ring comes first, so that none starves
};

} // namespace moldau::cluster
