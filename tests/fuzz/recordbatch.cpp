#include "protocol/recordbatch.h"
#include "protocol/batchbuilder.h"
#include "protocol/controlrecord.h"

#include <cstdlib>

using namespace moldau;
using namespace moldau::protocol;

// A buffer of batches, as a client or a damaged disk may hand it over.

namespace {

constexpr std::size_t kMaxSize = std::size_t{1} << 22;

void look(const BatchView& batch)
{
    (void)batch.isCrcRight();
    (void)batch.deleteHorizonMs();
    (void)batch.lastSequence();
    const auto records = batch.records(kMaxSize);
    if (!records)
        return;
    if (records->size() != static_cast<std::size_t>(batch.recordCount()))
        std::abort();
    for (const RecordView& record : *records) {
        if (batch.isControl())
            (void)endTransactionMarkerOf(record);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    BatchIterator batches({data, size});
    while (const auto batch = batches.next()) {
        look(*batch);
        Bytes changed(batch->bytes().begin(), batch->bytes().end());
        setBaseOffset(changed, 42);
        setLogAppendTime(changed, 1);
        const auto again = BatchView::parse(changed);
        if (!again || !again->isCrcRight() || again->baseOffset() != 42)
            std::abort();
    }
    if (batches.position() > size)
        std::abort();
    return 0;
}
