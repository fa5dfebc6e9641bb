#pragma once

#include <QString>

#include <string_view>

namespace moldau::widgets {

/** The engine's UTF-8 text as Qt's. */
inline QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace moldau::widgets
