#include "panes/keypartition.h"

namespace moldau::widgets {

qint32 murmur2(const QByteArray& key)
{
    constexpr quint32 kSeed = 0x9747b28c;
    constexpr quint32 kMix = 0x5bd1e995;
    const auto byteAt
        = [&key](qsizetype i) { return static_cast<quint32>(static_cast<uchar>(key[i])); };

    const qsizetype size = key.size();
    quint32 hash = kSeed ^ static_cast<quint32>(size);
    qsizetype i = 0;
    for (; i + 4 <= size; i += 4) {
        quint32 word = byteAt(i) | byteAt(i + 1) << 8 | byteAt(i + 2) << 16 | byteAt(i + 3) << 24;
        word *= kMix;
        word ^= word >> 24;
        word *= kMix;
        hash = (hash * kMix) ^ word;
    }
    const qsizetype rest = size - i;
    if (rest == 3)
        hash ^= byteAt(i + 2) << 16;
    if (rest >= 2)
        hash ^= byteAt(i + 1) << 8;
    if (rest >= 1)
        hash = (hash ^ byteAt(i)) * kMix;
    hash ^= hash >> 13;
    hash *= kMix;
    hash ^= hash >> 15;
    return static_cast<qint32>(hash);
}

int partitionOfKey(const QByteArray& key, int partitionCount)
{
    return partitionCount > 0 ? (murmur2(key) & 0x7fffffff) % partitionCount : 0;
}

} // namespace moldau::widgets
