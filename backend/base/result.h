#pragma once

#include "base/errorcode.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace moldau {

/**
 * Why something failed: a code that Kafka's clients know, or one of our local codes (they are
 * above 10,000, see ErrorCode), and a sentence for a log or a person. The sentence holds no secret.
 */
struct Error {
    ErrorCode code = ErrorCode::UnknownServerError;
    std::string message;

    bool operator==(const Error&) const = default;
};

/** A value, or why there is none. */
template <class T> using Result = tl::expected<T, Error>;

/** `return fail(ErrorCode::InvalidRequest, "…");` ends a function that returns any Result. */
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace moldau
