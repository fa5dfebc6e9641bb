#include "base/errorcode.h"

namespace moldau {

const ErrorFacts& factsOf(ErrorCode code)
{
    switch (code) {
#define X(number, id, name, retriable, exception, explanation)                                     \
    case ErrorCode::id: {                                                                          \
        static constexpr ErrorFacts facts{name, retriable, exception, explanation};                \
        return facts;                                                                              \
    }
#include "base/errorcodes.inc"
#undef X
    }
    return factsOf(ErrorCode::UnknownServerError);
}

ErrorCode errorFromWire(std::int16_t code)
{
    const auto known = static_cast<ErrorCode>(code);
    return code == 0 || &factsOf(known) != &factsOf(ErrorCode::UnknownServerError)
        ? known
        : ErrorCode::UnknownServerError;
}

std::int16_t errorToWire(ErrorCode code)
{
    const auto number = static_cast<std::int16_t>(code);
    return number > 10'000 ? static_cast<std::int16_t>(ErrorCode::UnknownServerError) : number;
}

} // namespace moldau
