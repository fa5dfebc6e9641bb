#include "client/properties.h"

#include "configs/properties.h"

namespace moldau::client {

Result<Properties> parseProperties(std::string_view text)
{
    auto read = configs::readProperties(text);
    if (!read)
        return fail(read.error());
    Properties properties;
    for (configs::Property& property : *read)
        properties.emplace_back(std::move(property.key), std::move(property.value));
    return properties;
}

Properties joined(Properties first, const Properties& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

const std::string* findProperty(const Properties& properties, std::string_view name)
{
    for (auto i = properties.rbegin(); i != properties.rend(); ++i) {
        if (i->first == name)
            return &i->second;
    }
    return nullptr;
}

} // namespace moldau::client
