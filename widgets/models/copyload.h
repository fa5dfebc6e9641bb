#pragma once

#include "base/ids.h"

#include <QtGlobal>

#include <map>
#include <optional>

namespace moldau::widgets {

/** How many bytes brokers have to send and to take while replicas are copied. A value. */
class CopyLoad {
public:
    /** `from` may be kNoBroker: nobody leads the partition now. */
    void add(BrokerId from, BrokerId to, qint64 bytes);

    /** The broker with the most to send or to take; kNoBroker where nothing is copied. */
    BrokerId busiest() const;
    qint64 busiestBytes() const;
    /**
     * How long the busiest broker needs at a rate that limits what it sends and what it takes, each
     * for itself (KIP-73), if nothing new is written meanwhile. None without a rate.
     */
    std::optional<qint64> secondsAt(qint64 bytesPerSecond) const;

private:
    std::map<BrokerId, qint64> m_sent;
    std::map<BrokerId, qint64> m_taken;
};

} // namespace moldau::widgets
