#pragma once

#include "base/result.h"
#include "client/clusterconnection.h"

#include <QString>

#include <memory>

namespace moldau::widgets {

/** How the text of a filter is meant. */
enum class FilterKind {
    Text, ///< anywhere in key, value or headers; upper and lower case alike unless the text has
          ///< capitals
    Key, ///< the whole key
    Regex, ///< anywhere in key or value
    Json, ///< a condition on the value: .price > 5000 and .item == "tea"
};

/**
 * Says which records a reader keeps. Immutable and shared between the window, which makes it, and
 * the connection's thread, where matches() runs a million times a second.
 */
class MessageFilter {
public:
    virtual ~MessageFilter() = default;
    /** Called by one reader at a time. */
    virtual bool matches(const client::Record& record) = 0;

    /** An empty text is no filter: null. The error's message can be shown below the field. */
    static Result<std::unique_ptr<MessageFilter>> make(FilterKind kind, const QString& text);
};

} // namespace moldau::widgets
