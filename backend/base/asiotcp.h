#pragma once

// Private to base/: the TCP half of AsioLoop.

#include "base/transport.h"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <memory>

namespace moldau::asiotcp {

Result<std::unique_ptr<Listener>> listen(asio::io_context& context, const Endpoint& endpoint,
    Callback<void(std::unique_ptr<Stream>)> accept);

std::unique_ptr<Stream> connect(asio::io_context& context, const Endpoint& endpoint);

std::unique_ptr<Stream> adopt(asio::io_context& context, int socket);

} // namespace moldau::asiotcp
