#include "protocol/messageinfo.h"

#include <algorithm>

namespace moldau::protocol {

namespace {

template <class Predicate> const MessageInfo* find(Predicate predicate)
{
    const auto all = allMessages();
    const auto found = std::ranges::find_if(all, predicate);
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const MessageInfo* findMessage(std::string_view name)
{
    return find([&](const MessageInfo& info) { return info.name == name; });
}

const MessageInfo* findRequest(std::int16_t apiKey)
{
    return find([&](const MessageInfo& info) {
        return info.kind == MessageKind::Request && info.key == apiKey;
    });
}

const MessageInfo* findResponse(std::int16_t apiKey)
{
    return find([&](const MessageInfo& info) {
        return info.kind == MessageKind::Response && info.key == apiKey;
    });
}

const MessageInfo* findRecord(std::string_view family, MessageKind kind, std::int16_t key)
{
    return find([&](const MessageInfo& info) {
        return info.family == family && info.kind == kind && info.key == key;
    });
}

} // namespace moldau::protocol
