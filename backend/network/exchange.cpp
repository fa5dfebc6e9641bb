#include "network/exchange.h"

#include "network/serverconnection.h"
#include "protocol/errorresponse.h"
#include "protocol/messages/responseheader.h"

namespace moldau::network {

Exchange::Exchange(std::weak_ptr<ServerConnection> connection, std::shared_ptr<ConnectionInfo> info,
    std::uint64_t slot, Slice body)
    : m_connection(std::move(connection))
    , m_info(std::move(info))
    , m_slot(slot)
    , m_body(std::move(body))
{
}

Exchange::~Exchange()
{
    if (m_info && m_isOpen)
        close("the request was dropped without an answer");
}

protocol::Writer Exchange::beginAnswer() const
{
    protocol::Writer writer;
    protocol::ResponseHeader header;
    header.correlationId = correlation;
    const std::int16_t headerVersion = protocol::responseHeaderVersion(api, version);
    static_cast<void>(header.write(writer, headerVersion));
    return writer;
}

void Exchange::answerError(ErrorCode error)
{
    protocol::Writer writer = beginAnswer();
    const auto written = protocol::writeErrorResponse(writer, api, version, m_body.bytes, error);
    if (written)
        complete(framed(writer), errorToWire(error));
    else
        close(fmt::format("{}: {}", factsOf(error).name, written.error().message));
}

Exchange Exchange::duplicate() const
{
    Exchange copy({}, m_info, m_slot, m_body);
    copy.api = api;
    copy.version = version;
    copy.correlation = correlation;
    copy.clientId = clientId;
    copy.receivedAt = receivedAt;
    return copy;
}

void Exchange::complete(SliceChain answer, std::int16_t error)
{
    if (!std::exchange(m_isOpen, false))
        return;
    if (const auto connection = m_connection.lock())
        connection->complete(*this, std::move(answer), error);
}

void Exchange::answerNothing()
{
    if (!std::exchange(m_isOpen, false))
        return;
    if (const auto connection = m_connection.lock())
        connection->complete(*this, std::nullopt, 0);
}

void Exchange::close(const std::string& reason)
{
    if (!std::exchange(m_isOpen, false))
        return;
    if (const auto connection = m_connection.lock())
        connection->close(reason, ErrorCode::InvalidRequest);
}

} // namespace moldau::network
