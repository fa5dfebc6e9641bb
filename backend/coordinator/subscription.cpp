#include "coordinator/subscription.h"

#include "protocol/messages/consumerprotocolsubscription.h"
#include "protocol/reader.h"

namespace moldau::coordinator {

bool readTopics(BytesView subscription, std::set<std::string>& topics)
{
    constexpr std::size_t kVersionSize = 2;
    if (subscription.size() < kVersionSize)
        return false;
    protocol::Reader reader(subscription.subspan(kVersionSize));
    protocol::ConsumerProtocolSubscription content;
    content.read(reader, 0); // every version begins with what version 0 has
    if (!reader.ok())
        return false;
    topics.insert(content.topics.begin(), content.topics.end());
    return true;
}

} // namespace moldau::coordinator
