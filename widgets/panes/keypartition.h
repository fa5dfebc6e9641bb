#pragma once

#include <QByteArray>

namespace moldau::widgets {

/** MurmurHash2 with Kafka's seed, as its clients use it to spread keys over partitions. */
qint32 murmur2(const QByteArray& key);

/** The partition to which clients send a record with this key. */
int partitionOfKey(const QByteArray& key, int partitionCount);

} // namespace moldau::widgets
