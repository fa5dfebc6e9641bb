#pragma once

#include "load.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace moldau::simulation {

/**
 * An idempotent producer with acks=all that has up to five batches under way for each partition,
 * and does as librdkafka does when one of them fails: it sends nothing more until all are answered,
 * then those that failed again, in order. A batch that failed counts as delivered once a later one
 * of its partition is accepted. Now and then it misses an answer, and so sends again what is there.
 */
class LoadProducer final : public LoadClient {
public:
    using LoadClient::LoadClient;
    void start() override;

private:
    struct Batch {
        std::int32_t baseSequence = 0;
        std::vector<std::string> values;
        Bytes bytes;
        bool isUnderWay = false;
        bool hasFailed = false; ///< at least once, for sure or perhaps
    };
    struct Lane {
        std::int32_t partition = 0;
        ProducerId id = kNoProducer;
        std::int16_t epoch = 0;
        std::int32_t sequence = 0; ///< of the next batch
        std::int64_t count = 0;
        std::deque<std::shared_ptr<Batch>> batches; ///< not yet delivered, by sequence
        int underWay = 0;
        int leader = 0; ///< of those that are under way
        bool isDraining = false; ///< one of them has failed
        bool isWaiting = false; ///< for its time to go on
        bool isDone = false; ///< for good
    };

    /** Becomes another producer, whom no log knows, and goes on as that. */
    void beBorn(Lane& lane);
    void wake(Lane& lane, Duration delay);
    void goOn(Lane& lane);
    /** Appends one more to the lane's batches. */
    void make(Lane& lane);
    void send(Lane& lane, const std::shared_ptr<Batch>& batch);
    void answered(
        Lane& lane, const std::shared_ptr<Batch>& batch, ErrorCode error, std::int64_t baseOffset);
    void failed(Lane& lane, Batch& batch);
    /** The batch has been accepted; -1: nobody said where. */
    void delivered(Lane& lane, const std::shared_ptr<Batch>& batch, std::int64_t baseOffset);

    std::vector<std::unique_ptr<Lane>> m_lanes;
};

} // namespace moldau::simulation
