#pragma once

#include "base/bytes.h"
#include "protocol/writer.h"

namespace moldau::network {

/** What the writer collected, behind the size field that makes a frame of it. */
SliceChain framed(protocol::Writer& writer);

} // namespace moldau::network
