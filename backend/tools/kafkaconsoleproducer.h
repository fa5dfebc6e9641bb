#pragma once

#include "tools/toolio.h"

#include <span>
#include <string>

namespace moldau::tools {

int runKafkaConsoleProducer(std::span<const std::string> args, ToolIo& io);

} // namespace moldau::tools
