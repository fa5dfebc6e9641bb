#include "client/rdkafkaerror.h"

#include <fmt/format.h>

namespace moldau::client {

namespace {

/** A sentence for an error whose text contains `sign`. */
struct Explanation {
    std::string_view sign;
    ErrorCode code;
    std::string_view sentence;
};

// The first that fits counts, so the more precise ones come first.
constexpr Explanation kExplanations[] = {
    {"Connection refused", ErrorCode::LocalConnectionRefused,
        "Nothing listens there (connection refused). Is the broker running, and is the port "
        "right?"},
    {"Failed to resolve", ErrorCode::LocalConnectionRefused,
        "The host name can't be resolved. When a broker advertises it (advertised.listeners), it "
        "has to be a name that this computer knows."},
    {"No route to host", ErrorCode::LocalConnectionRefused,
        "There is no way to that host. Is the address right, and the network up?"},
    {"Network is unreachable", ErrorCode::LocalConnectionRefused,
        "The network is unreachable. Is the address right, and the network up?"},
    {"ostname mismatch", ErrorCode::LocalConnectionRefused,
        "The broker's certificate is for another host name. Connect by a name that stands in the "
        "certificate, or write ssl.endpoint.identification.algorithm= (empty) to skip this check."},
    {"IP address mismatch", ErrorCode::LocalConnectionRefused,
        "The broker's certificate is for another address. Connect by a name that stands in the "
        "certificate, or write ssl.endpoint.identification.algorithm= (empty) to skip this check."},
    {"certificate verify failed", ErrorCode::LocalConnectionRefused,
        "The broker's certificate isn't trusted. Name the certificate authority by "
        "ssl.truststore.location (PEM, PKCS12 or JKS)."},
    {"certificate required", ErrorCode::LocalConnectionRefused,
        "The broker wants a certificate from the client. Name yours by ssl.keystore.location."},
    {"connecting to a PLAINTEXT broker listener", ErrorCode::LocalConnectionRefused,
        "The broker's listener doesn't speak TLS. Is security.protocol right, and the port?"},
    {"wrong version number", ErrorCode::LocalConnectionRefused,
        "The broker's listener doesn't speak TLS. Is security.protocol right, and the port?"},
    {"SSL handshake failed", ErrorCode::LocalConnectionRefused,
        "The TLS handshake failed. Is security.protocol right, and are the certificates?"},
    {"SSL_HANDSHAKE", ErrorCode::LocalConnectionRefused,
        "The TLS handshake failed. Is security.protocol right, and are the certificates?"},
    {"mechanism handshake failed", ErrorCode::UnsupportedSaslMechanism,
        "The broker doesn't offer this SASL mechanism. Check sasl.mechanism."},
    {"Unsupported SASL mechanism", ErrorCode::UnsupportedSaslMechanism,
        "The SASL mechanism isn't available. Check sasl.mechanism."},
    {"verify that security.protocol is correctly configured", ErrorCode::LocalConnectionClosed,
        "The broker closed the connection at once: its listener probably expects TLS or SASL. "
        "Check security.protocol."},
    {"APIVERSION_QUERY", ErrorCode::LocalConnectionClosed,
        "The broker closed the connection at once: its listener probably expects TLS or SASL. "
        "Check security.protocol."},
    {"timed out in queue", ErrorCode::LocalTimeout, "The broker didn't answer in time."},
};

std::string_view sentenceFor(rd_kafka_resp_err_t error)
{
    switch (error) {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
        return "No broker can be reached.";
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
        return "The broker refused the user or the password (SASL).";
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
        return "No broker answered in time.";
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
        return "The record could not be delivered in time: its partition's leader didn't take it.";
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
        return "Too many records are waiting to be sent.";
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
        return "There is no such topic.";
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return "There is no such partition.";
    case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:
        return "The group took the partitions away because records weren't processed in time "
               "(max.poll.interval.ms).";
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
    case RD_KAFKA_RESP_ERR__DESTROY:
        return "The connection was closed.";
    default:
        return {};
    }
}

} // namespace

ErrorCode codeOf(rd_kafka_resp_err_t error)
{
    if (error >= RD_KAFKA_RESP_ERR_NO_ERROR)
        return errorFromWire(static_cast<std::int16_t>(error));
    switch (error) {
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__RESOLVE:
    case RD_KAFKA_RESP_ERR__SSL:
        return ErrorCode::LocalConnectionRefused;
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__NODE_UPDATE:
        return ErrorCode::LocalConnectionClosed;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
        return ErrorCode::SaslAuthenticationFailed;
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__QUEUE_FULL:
    case RD_KAFKA_RESP_ERR__WAIT_COORD:
    case RD_KAFKA_RESP_ERR__WAIT_CACHE:
        return ErrorCode::LocalTimeout;
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
        return ErrorCode::UnknownTopicOrPartition;
    case RD_KAFKA_RESP_ERR__UNKNOWN_GROUP:
        return ErrorCode::GroupIdNotFound;
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR__CONFLICT:
        return ErrorCode::LocalInvalidArgument;
    case RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
        return ErrorCode::LocalUnsupported;
    case RD_KAFKA_RESP_ERR__DESTROY:
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
    case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
        return ErrorCode::LocalCancelled;
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
        return ErrorCode::LocalCorruptData;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
        return ErrorCode::OffsetOutOfRange;
    default:
        break;
    }
    return ErrorCode::UnknownServerError;
}

Error explain(rd_kafka_resp_err_t error, std::string_view reason)
{
    for (const Explanation& known : kExplanations) {
        if (reason.find(known.sign) != std::string_view::npos)
            return {known.code, fmt::format("{} ({})", known.sentence, reason)};
    }
    std::string_view sentence = sentenceFor(error);
    const std::string_view text = reason.empty() ? rd_kafka_err2str(error) : reason;
    if (sentence.empty())
        return {codeOf(error), std::string(text)};
    return {codeOf(error), fmt::format("{} ({})", sentence, text)};
}

} // namespace moldau::client
