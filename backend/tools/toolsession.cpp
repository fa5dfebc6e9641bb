#include "tools/toolsession.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace moldau::tools {

Result<std::unique_ptr<ToolSession>> ToolSession::open(ToolIo& io, Target target)
{
    client::ConnectionOptions options;
    options.bootstrap = std::move(target.bootstrap);
    options.moreProperties = std::move(target.properties);
    options.resolver = io.resolver;
    options.clientId = std::move(target.clientId);
    options.timeout = target.timeout;
    auto closed = std::make_shared<std::promise<void>>();
    auto isClosed = closed->get_future();
    options.untilClosed = std::shared_ptr<void>(nullptr, [closed](void*) { closed->set_value(); });
    closed.reset();
    auto connection = client::RdKafkaConnection::open(std::move(options));
    if (!connection)
        return fail(connection.error());
    for (const std::string& warning : (*connection)->warnings())
        io.err(logLine("WARN", warning, "moldau"));
    return std::unique_ptr<ToolSession>(
        new ToolSession(io, std::move(*connection), std::move(isClosed)));
}

ToolSession::ToolSession(
    ToolIo& io, std::unique_ptr<client::RdKafkaConnection> connection, std::future<void> closed)
    : m_io(io)
    , m_closed(std::move(closed))
    , m_connection(std::move(connection))
{
}

ToolSession::~ToolSession()
{
    m_connection.reset();
    m_closed.wait_for(std::chrono::seconds(4));
}

client::Properties keyValues(const std::vector<std::string>& arguments)
{
    client::Properties properties;
    for (const std::string& argument : arguments) {
        const auto equals = argument.find('=');
        properties.emplace_back(argument.substr(0, equals),
            equals == std::string::npos ? "" : argument.substr(equals + 1));
    }
    return properties;
}

Result<client::Properties> propertiesOfFile(const std::string& path)
{
    if (path.empty())
        return client::Properties{};
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::LocalNotFound, fmt::format("{} ({})", path, std::strerror(errno)));
    return client::parseProperties(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string logLine(std::string_view level, std::string_view text, std::string_view logger)
{
    const auto now = std::chrono::system_clock::now();
    const auto milliseconds
        = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count()
        % 1000;
    const std::tm local = fmt::localtime(std::chrono::system_clock::to_time_t(now));
    return fmt::format(
        "[{:%Y-%m-%d %H:%M:%S},{:03}] {} {} ({})\n", local, milliseconds, level, text, logger);
}

std::string exceptionName(const Error& error)
{
    const ErrorFacts& facts = factsOf(error.code);
    return facts.exception.empty()
        ? std::string(facts.name)
        : fmt::format("org.apache.kafka.common.errors.{}", facts.exception);
}

} // namespace moldau::tools
