// InitProducerId, v0–5.
//
// Without a transactional id: a new producer id with epoch 0. v3 carries the id and epoch that the
// producer has (KIP-360): without a transactional id they are not looked at, as in Kafka.
// With a transactional id: NOT_COORDINATOR, as this broker coordinates no transactions.

#include "broker/handlers/22_init_producer_id.h"

#include "protocol/messages/initproduceridresponse.h"

#include <memory>

namespace moldau::broker {

void initProducerId(
    BrokerNode& broker, protocol::InitProducerIdRequest request, network::Exchange exchange)
{
    protocol::InitProducerIdResponse response;
    if (request.transactionalId) {
        response.errorCode
            = errorToWire(request.transactionalId->empty() ? ErrorCode::InvalidRequest
                                                           : ErrorCode::NotCoordinator);
        response.producerId = kNoProducer;
        response.producerEpoch = -1;
        return exchange.answer(response);
    }
    broker.producerIds().next([exchange = std::move(exchange)](Result<ProducerId> id) mutable {
        protocol::InitProducerIdResponse answer;
        answer.producerId = id.value_or(kNoProducer);
        answer.producerEpoch = id ? std::int16_t(0) : std::int16_t(-1);
        answer.errorCode = errorToWire(id ? ErrorCode::None : ErrorCode::CoordinatorLoadInProgress);
        exchange.answer(answer);
    });
}

} // namespace moldau::broker
