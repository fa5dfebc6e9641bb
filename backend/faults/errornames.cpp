#include "faults/errornames.h"

namespace moldau::faults {

namespace {

constexpr ErrorCode kErrors[] = {
#define X(number, id, name, retriable, exception, explanation) ErrorCode::id,
#include "base/errorcodes.inc"
#undef X
};

bool isAnswerable(ErrorCode code)
{
    return code != ErrorCode::None && errorToWire(code) == static_cast<std::int16_t>(code);
}

} // namespace

std::vector<std::string_view> errorNames()
{
    std::vector<std::string_view> names;
    for (const ErrorCode code : kErrors) {
        if (isAnswerable(code))
            names.push_back(factsOf(code).name);
    }
    return names;
}

std::optional<ErrorCode> errorNamed(std::string_view name)
{
    for (const ErrorCode code : kErrors) {
        if (isAnswerable(code) && factsOf(code).name == name)
            return code;
    }
    return std::nullopt;
}

} // namespace moldau::faults
