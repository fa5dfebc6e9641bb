#include "protocol/jsonvisitor.h"
#include "protocol/messageinfo.h"
#include "protocol/reader.h"
#include "protocol/writer.h"

#include <cstdlib>

using namespace moldau;
using namespace moldau::protocol;

// Every reader: two bytes choose the message, one the version, the rest is the body. What can be
// read and written again must be read equal.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 3)
        return 0;
    const auto messages = allMessages();
    const MessageInfo& info = messages[(std::size_t{data[0]} << 8 | data[1]) % messages.size()];
    const auto version = static_cast<std::int16_t>(
        info.minVersion + data[2] % (info.maxVersion - info.minVersion + 1));
    const auto message = info.create();
    Reader in({data + 3, size - 3});
    message->read(in, version);
    if (!in.finish())
        return 0;
    toJson(*message, version);
    Writer out;
    if (!message->write(out, version))
        return 0; // unknown tags out of order
    const Bytes bytes = out.takeBytes();
    const auto copy = info.create();
    Reader again(bytes);
    copy->read(again, version);
    if (!again.finish())
        std::abort();
    // A NaN is not equal to itself: then the bytes have to be.
    Writer second;
    if (!copy->isEqualTo(*message)
        && (!copy->write(second, version) || second.takeBytes() != bytes))
        std::abort();
    return 0;
}
