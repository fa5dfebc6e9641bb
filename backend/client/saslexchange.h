#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "client/security.h"

#include <memory>
#include <optional>
#include <string>

namespace moldau::client {

/** The client's side of one SASL authentication, without any connection. */
class SaslExchange {
public:
    virtual ~SaslExchange() = default;
    virtual Bytes firstMessage() = 0;
    /** The answer to a challenge, or none when the server has proved itself and all is said. */
    virtual Result<std::optional<Bytes>> answer(BytesView challenge) = 0;
};

/** `nonce` is for tests; empty makes a random one. */
Result<std::unique_ptr<SaslExchange>> makeSaslExchange(
    const SaslSettings& settings, std::string nonce = {});

} // namespace moldau::client
