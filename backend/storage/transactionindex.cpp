#include "storage/transactionindex.h"

#include "base/bigendian.h"

#include <array>

namespace moldau::storage {

Result<void> TransactionIndex::append(const AbortedTransaction& transaction)
{
    std::array<std::uint8_t, kEntryBytes> bytes;
    storeBigEndian<std::int16_t>(bytes.data(), 0);
    storeBigEndian(bytes.data() + 2, transaction.producerId.value());
    storeBigEndian(bytes.data() + 10, transaction.firstOffset);
    storeBigEndian(bytes.data() + 18, transaction.lastOffset);
    storeBigEndian(bytes.data() + 26, transaction.lastStableOffset);
    if (auto appended = m_file.append(bytes); !appended)
        return appended;
    return m_file.write();
}

Result<AbortedTransaction> TransactionIndex::at(std::uint32_t index)
{
    std::array<std::uint8_t, kEntryBytes> bytes;
    if (auto got = m_file.read(index, bytes); !got)
        return fail(std::move(got.error()));
    return AbortedTransaction{ProducerId(loadBigEndian<std::int64_t>(bytes.data() + 2)),
        loadBigEndian<std::int64_t>(bytes.data() + 10),
        loadBigEndian<std::int64_t>(bytes.data() + 18),
        loadBigEndian<std::int64_t>(bytes.data() + 26)};
}

Result<std::vector<AbortedTransaction>> TransactionIndex::all()
{
    auto count = m_file.count();
    if (!count)
        return fail(std::move(count.error()));
    std::vector<AbortedTransaction> transactions;
    for (std::uint32_t i = 0; i < *count; ++i) {
        auto transaction = at(i);
        if (!transaction)
            return fail(std::move(transaction.error()));
        transactions.push_back(*transaction);
    }
    return transactions;
}

Result<bool> TransactionIndex::collect(
    std::int64_t startOffset, std::int64_t endOffset, std::vector<AbortedTransaction>& found)
{
    auto transactions = all();
    if (!transactions)
        return fail(std::move(transactions.error()));
    for (const AbortedTransaction& transaction : *transactions) {
        if (transaction.lastOffset >= startOffset && transaction.firstOffset < endOffset)
            found.push_back(transaction);
        // Whatever ends later began at or after this last stable offset.
        if (transaction.lastStableOffset >= endOffset)
            return true;
    }
    return false;
}

Result<void> TransactionIndex::truncateTo(std::int64_t offset)
{
    auto transactions = all();
    if (!transactions)
        return fail(std::move(transactions.error()));
    std::uint32_t kept = 0;
    while (kept < transactions->size() && (*transactions)[kept].lastOffset < offset)
        ++kept;
    return m_file.truncate(kept);
}

} // namespace moldau::storage
