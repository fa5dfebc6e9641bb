#include "controller/images.h"

#include <iterator>

namespace moldau::controller {

Replicas without(const Replicas& replicas, const Replicas& unwanted)
{
    Replicas rest;
    std::copy_if(replicas.begin(), replicas.end(), std::back_inserter(rest),
        [&](BrokerId each) { return !contains(unwanted, each); });
    return rest;
}

std::string toText(const Replicas& replicas)
{
    std::string text = "[";
    for (const BrokerId replica : replicas)
        text += (text.size() == 1 ? "" : ",") + std::to_string(replica.value());
    return text + "]";
}

const ListenerImage* BrokerImage::listener(std::string_view name) const
{
    for (const ListenerImage& each : listeners) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

} // namespace moldau::controller
