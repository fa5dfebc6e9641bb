#include "network/frame.h"

namespace moldau::network {

SliceChain framed(protocol::Writer& writer)
{
    protocol::Writer size;
    size.writeInt32(static_cast<std::int32_t>(writer.size()));
    SliceChain chain = size.takeChain();
    for (Slice& slice : writer.takeChain())
        chain.push_back(std::move(slice));
    return chain;
}

} // namespace moldau::network
