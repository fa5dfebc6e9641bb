<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ConfigWords</name>
    <message>
        <source>What happens to old records: delete removes whole segments after a time or size; compact keeps the newest record of each key. Both can be given, separated by a comma.</source>
        <translation>What happens to old records: delete removes whole segments after a time or size; compact keeps the newest record of each key. Both can be given, separated by a comma.</translation>
    </message>
    <message>
        <source>How hard gzip tries, from 1 (fast) to 9 (small). Counts only when the broker compresses itself.</source>
        <translation>How hard gzip tries, from 1 (fast) to 9 (small). Counts only when the broker compresses itself.</translation>
    </message>
    <message>
        <source>How hard lz4 tries, from 1 (fast) to 17 (small). Counts only when the broker compresses itself.</source>
        <translation>How hard lz4 tries, from 1 (fast) to 17 (small). Counts only when the broker compresses itself.</translation>
    </message>
    <message>
        <source>How hard zstd tries; larger is smaller and slower. Counts only when the broker compresses itself.</source>
        <translation>How hard zstd tries; larger is smaller and slower. Counts only when the broker compresses itself.</translation>
    </message>
    <message>
        <source>How batches are stored. producer keeps them as they were sent, which costs the broker nothing.</source>
        <translation>How batches are stored. producer keeps them as they were sent, which costs the broker nothing.</translation>
    </message>
    <message>
        <source>How long a compacted topic keeps tombstones, so that slow consumers still learn of the deletion.</source>
        <translation>How long a compacted topic keeps tombstones, so that slow consumers still learn of the deletion.</translation>
    </message>
    <message>
        <source>Whether share groups may write records that nobody could process to this topic.</source>
        <translation>Whether share groups may write records that nobody could process to this topic.</translation>
    </message>
    <message>
        <source>How long a deleted segment&apos;s files stay on disk, so that reads under way can end.</source>
        <translation>How long a deleted segment&apos;s files stay on disk, so that reads under way can end.</translation>
    </message>
    <message>
        <source>After how many records the log is forced to disk. Kafka leaves that to the operating system and relies on replicas.</source>
        <translation>After how many records the log is forced to disk. Kafka leaves that to the operating system and relies on replicas.</translation>
    </message>
    <message>
        <source>After how long the log is forced to disk. Kafka leaves that to the operating system and relies on replicas.</source>
        <translation>After how long the log is forced to disk. Kafka leaves that to the operating system and relies on replicas.</translation>
    </message>
    <message>
        <source>Replicas whose fetching is slowed down, as partition:broker, or * for all.</source>
        <translation>Replicas whose fetching is slowed down, as partition:broker, or * for all.</translation>
    </message>
    <message>
        <source>Replicas that the leader serves slowly, as partition:broker, or * for all.</source>
        <translation>Replicas that the leader serves slowly, as partition:broker, or * for all.</translation>
    </message>
    <message>
        <source>After how many bytes the offset index gets an entry. Smaller finds an offset faster and needs more index.</source>
        <translation>After how many bytes the offset index gets an entry. Smaller finds an offset faster and needs more index.</translation>
    </message>
    <message>
        <source>With tiered storage: how much of a partition stays on the broker&apos;s own disk. -2 follows retention.bytes.</source>
        <translation>With tiered storage: how much of a partition stays on the broker&apos;s own disk. -2 follows retention.bytes.</translation>
    </message>
    <message>
        <source>With tiered storage: how long records stay on the broker&apos;s own disk. -2 follows retention.ms.</source>
        <translation>With tiered storage: how long records stay on the broker&apos;s own disk. -2 follows retention.ms.</translation>
    </message>
    <message>
        <source>At the latest after this time a record of a compacted topic can be compacted.</source>
        <translation>At the latest after this time a record of a compacted topic can be compacted.</translation>
    </message>
    <message>
        <source>How large a batch may become when it is unpacked.</source>
        <translation>How large a batch may become when it is unpacked.</translation>
    </message>
    <message>
        <source>The largest batch that the topic takes. Larger ones are refused with MESSAGE_TOO_LARGE.</source>
        <translation>The largest batch that the topic takes. Larger ones are refused with MESSAGE_TOO_LARGE.</translation>
    </message>
    <message>
        <source>How far a record&apos;s own timestamp may lie in the future.</source>
        <translation>How far a record&apos;s own timestamp may lie in the future.</translation>
    </message>
    <message>
        <source>How far a record&apos;s own timestamp may lie in the past.</source>
        <translation>How far a record&apos;s own timestamp may lie in the past.</translation>
    </message>
    <message>
        <source>Whose clock gives the timestamp: the producer&apos;s (CreateTime) or the broker&apos;s on arrival (LogAppendTime).</source>
        <translation>Whose clock gives the timestamp: the producer&apos;s (CreateTime) or the broker&apos;s on arrival (LogAppendTime).</translation>
    </message>
    <message>
        <source>How large the part of a log that was not compacted yet grows before compaction starts, from 0 to 1.</source>
        <translation>How large the part of a log that was not compacted yet grows before compaction starts, from 0 to 1.</translation>
    </message>
    <message>
        <source>How long a record is safe from compaction.</source>
        <translation>How long a record is safe from compaction.</translation>
    </message>
    <message>
        <source>With acks=all a write needs so many replicas in sync; with fewer it fails with NOT_ENOUGH_REPLICAS. 2 with three replicas survives the loss of one broker.</source>
        <translation>With acks=all a write needs so many replicas in sync; with fewer it fails with NOT_ENOUGH_REPLICAS. 2 with three replicas survives the loss of one broker.</translation>
    </message>
    <message>
        <source>Whether a segment&apos;s file gets its full size at once.</source>
        <translation>Whether a segment&apos;s file gets its full size at once.</translation>
    </message>
    <message>
        <source>With tiered storage: how much may wait before it is copied away. -1 follows local.retention.bytes.</source>
        <translation>With tiered storage: how much may wait before it is copied away. -1 follows local.retention.bytes.</translation>
    </message>
    <message>
        <source>With tiered storage: how long a segment may wait before it is copied away.</source>
        <translation>With tiered storage: how long a segment may wait before it is copied away.</translation>
    </message>
    <message>
        <source>With tiered storage: stops copying; what was copied can still be read.</source>
        <translation>With tiered storage: stops copying; what was copied can still be read.</translation>
    </message>
    <message>
        <source>With tiered storage: deletes the copies when it is turned off for the topic.</source>
        <translation>With tiered storage: deletes the copies when it is turned off for the topic.</translation>
    </message>
    <message>
        <source>Whether old segments move to tiered storage. Can&apos;t be turned off again without deleting them.</source>
        <translation>Whether old segments move to tiered storage. Can&apos;t be turned off again without deleting them.</translation>
    </message>
    <message>
        <source>How large each partition may grow before its oldest segments are deleted. -1 means no limit. The limit is for one partition, not the whole topic.</source>
        <translation>How large each partition may grow before its oldest segments are deleted. -1 means no limit. The limit is for one partition, not the whole topic.</translation>
    </message>
    <message>
        <source>How long records are kept at least. A segment goes when its newest record is older. -1 keeps them for ever.</source>
        <translation>How long records are kept at least. A segment goes when its newest record is older. -1 keeps them for ever.</translation>
    </message>
    <message>
        <source>How large a segment grows before a new one begins. Only closed segments can be deleted or compacted.</source>
        <translation>How large a segment grows before a new one begins. Only closed segments can be deleted or compacted.</translation>
    </message>
    <message>
        <source>How large a segment&apos;s index may grow before a new segment begins.</source>
        <translation>How large a segment&apos;s index may grow before a new segment begins.</translation>
    </message>
    <message>
        <source>Spreads the moments when segments are closed by up to this time, so that not all close at once.</source>
        <translation>Spreads the moments when segments are closed by up to this time, so that not all close at once.</translation>
    </message>
    <message>
        <source>After this time a segment is closed even when it isn&apos;t full, so that its records can be deleted or compacted.</source>
        <translation>After this time a segment is closed even when it isn&apos;t full, so that its records can be deleted or compacted.</translation>
    </message>
    <message>
        <source>Whether a replica that is not in sync may become leader when no other is left: available again, but acknowledged records may be lost.</source>
        <translation>Whether a replica that is not in sync may become leader when no other is left: available again, but acknowledged records may be lost.</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(empty)</translation>
    </message>
    <message>
        <source>never</source>
        <translation>never</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>no limit</translation>
    </message>
    <message>
        <source>Compaction keeps the newest record of each key and drops older ones with the same key (cleanup.policy). A record without value, a tombstone, removes its key after %1 (delete.retention.ms).</source>
        <translation>Compaction keeps the newest record of each key and drops older ones with the same key (cleanup.policy). A record without value, a tombstone, removes its key after %1 (delete.retention.ms).</translation>
    </message>
    <message>
        <source>Segments older than %1 (retention.ms), or the oldest once a partition passes %2 (retention.bytes).</source>
        <translation>Segments older than %1 (retention.ms), or the oldest once a partition passes %2 (retention.bytes).</translation>
    </message>
    <message>
        <source>Segments whose newest record is older than %1 (retention.ms). There is no limit by size.</source>
        <translation>Segments whose newest record is older than %1 (retention.ms). There is no limit by size.</translation>
    </message>
    <message>
        <source>The oldest segments once a partition passes %1 (retention.bytes). There is no limit by time.</source>
        <translation>The oldest segments once a partition passes %1 (retention.bytes). There is no limit by time.</translation>
    </message>
    <message>
        <source>Nothing: there is no limit by time or by size, so the topic grows for ever.</source>
        <translation>Nothing: there is no limit by time or by size, so the topic grows for ever.</translation>
    </message>
    <message>
        <source>Reading never deletes.</source>
        <translation>Reading never deletes.</translation>
    </message>
    <message>
        <source>compacted</source>
        <translation>compacted</translation>
    </message>
    <message>
        <source>delete after %1 or %2</source>
        <translation>delete after %1 or %2</translation>
    </message>
    <message>
        <source>delete after %1</source>
        <translation>delete after %1</translation>
    </message>
    <message>
        <source>delete beyond %1</source>
        <translation>delete beyond %1</translation>
    </message>
    <message>
        <source>kept for ever</source>
        <translation>kept for ever</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ComposeFindings</name>
    <message>
        <source>Findings</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Hint</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>line %1, column %2</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ComposePage</name>
    <message>
        <source>broker</source>
        <translation>broker</translation>
    </message>
    <message>
        <source>controller</source>
        <translation>controller</translation>
    </message>
    <message>
        <source>ZooKeeper</source>
        <translation>ZooKeeper</translation>
    </message>
    <message>
        <source>not run by Moldau</source>
        <translation>not run by Moldau</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>Compose</translation>
    </message>
    <message>
        <source>Open a docker compose file that describes a Kafka cluster, or drop one here. Moldau says what is wrong with it, repairs it, and runs it without Docker.</source>
        <translation>Open a docker compose file that describes a Kafka cluster, or drop one here. Moldau says what is wrong with it, repairs it, and runs it without Docker.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Open a file…</translation>
    </message>
    <message>
        <source>The cluster could not be started: %1</source>
        <translation>The cluster could not be started: %1</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Open a compose file…</source>
        <translation>Open a compose file…</translation>
    </message>
    <message>
        <source>Save the compose file</source>
        <translation>Save the compose file</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Stops every service of this file; its data stay</source>
        <translation>Stops every service of this file; its data stay</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Open…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Fix this</source>
        <translation>Fix this</translation>
    </message>
    <message>
        <source>Repairs the chosen finding; Ctrl+Z takes it back</source>
        <translation>Repairs the chosen finding; Ctrl+Z takes it back</translation>
    </message>
    <message>
        <source>Fix all</source>
        <translation>Fix all</translation>
    </message>
    <message>
        <source>Repairs everything that can be repaired without you; comments stay, Ctrl+Z takes it back</source>
        <translation>Repairs everything that can be repaired without you; comments stay, Ctrl+Z takes it back</translation>
    </message>
    <message>
        <source>Compose file</source>
        <translation>Compose file</translation>
    </message>
    <message>
        <source>Nothing to find fault with.</source>
        <translation>Nothing to find fault with.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>Runs as</translation>
    </message>
    <message>
        <source>Reached at</source>
        <translation>Reached at</translation>
    </message>
    <message>
        <source>Open a compose file</source>
        <translation>Open a compose file</translation>
    </message>
    <message>
        <source>Compose files (*.yaml *.yml);;All files (*)</source>
        <translation>Compose files (*.yaml *.yml);;All files (*)</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: %2</source>
        <translation>%1 can&apos;t be opened: %2</translation>
    </message>
    <message>
        <source>%1 is too large to be a compose file.</source>
        <translation>%1 is too large to be a compose file.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved: %2</source>
        <translation>%1 can&apos;t be saved: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>no findings</translation>
    </message>
    <message>
        <source>hints only</source>
        <translation>hints only</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>starting…</translation>
    </message>
    <message>
        <source>running as %1</source>
        <translation>running as %1</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>not running</translation>
    </message>
    <message>
        <source>Save and start</source>
        <translation>Save and start</translation>
    </message>
    <message>
        <source>A broker would not start with these errors: repair them first</source>
        <translation>A broker would not start with these errors: repair them first</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <translation>%1 (changed)</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConfigModel</name>
    <message>
        <source>this topic</source>
        <translation>this topic</translation>
    </message>
    <message>
        <source>broker, changed while running</source>
        <translation>broker, changed while running</translation>
    </message>
    <message>
        <source>all brokers, changed while running</source>
        <translation>all brokers, changed while running</translation>
    </message>
    <message>
        <source>broker&apos;s file</source>
        <translation>broker&apos;s file</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>group</source>
        <translation>group</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>hidden</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Setting</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Comes from</source>
        <translation>Comes from</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConnectSheet</name>
    <message>
        <source>Read only: nothing can be sent, changed or deleted</source>
        <translation>Read only: nothing can be sent, changed or deleted</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>Connect to a cluster</translation>
    </message>
    <message>
        <source>Any Kafka that speaks its protocol: Apache Kafka, Redpanda, a cloud service.</source>
        <translation>Any Kafka that speaks its protocol: Apache Kafka, Redpanda, a cloud service.</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Test the connection</translation>
    </message>
    <message>
        <source>for example staging</source>
        <translation>for example staging</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cluster name</source>
        <translation>Cluster name</translation>
    </message>
    <message>
        <source>Bootstrap addresses</source>
        <translation>Bootstrap addresses</translation>
    </message>
    <message>
        <source>Security and more</source>
        <translation>Security and more</translation>
    </message>
    <message>
        <source>No security</source>
        <translation>No security</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>TLS and user (PLAIN)</source>
        <translation>TLS and user (PLAIN)</translation>
    </message>
    <message>
        <source>TLS and user (SCRAM)</source>
        <translation>TLS and user (SCRAM)</translation>
    </message>
    <message>
        <source>User without TLS (SCRAM)</source>
        <translation>User without TLS (SCRAM)</translation>
    </message>
    <message>
        <source>Example of properties</source>
        <translation>Example of properties</translation>
    </message>
    <message>
        <source>Paste a client.properties here, as Java programs or librdkafka have it. Empty means: no TLS, no user.</source>
        <translation>Paste a client.properties here, as Java programs or librdkafka have it. Empty means: no TLS, no user.</translation>
    </message>
    <message>
        <source>client.properties</source>
        <translation>client.properties</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Properties</translation>
    </message>
    <message>
        <source>%1 is no address: write host:port</source>
        <translation>%1 is no address: write host:port</translation>
    </message>
    <message>
        <source>Asking the brokers…</source>
        <translation>Asking the brokers…</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Testing…</translation>
    </message>
    <message>
        <source>It works: %1, %2, answered in %3 ms.</source>
        <translation>It works: %1, %2, answered in %3 ms.</translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>%n broker</numerusform>
            <numerusform>%n brokers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>%n topic</numerusform>
            <numerusform>%n topics</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody listens at this address. Is the broker running, and is the port right?</source>
        <translation>Nobody listens at this address. Is the broker running, and is the port right?</translation>
    </message>
    <message>
        <source>No broker answered in time. A wrong address, a firewall, or TLS on one side only look like this.</source>
        <translation>No broker answered in time. A wrong address, a firewall, or TLS on one side only look like this.</translation>
    </message>
    <message>
        <source>The broker refused user or password.</source>
        <translation>The broker refused user or password.</translation>
    </message>
    <message>
        <source>It failed without a reason.</source>
        <translation>It failed without a reason.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connecting…</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::GroupModel</name>
    <message>
        <source>Every member knows its partitions.</source>
        <translation>Every member knows its partitions.</translation>
    </message>
    <message>
        <source>No member is there; the positions are kept.</source>
        <translation>No member is there; the positions are kept.</translation>
    </message>
    <message>
        <source>Partitions are being handed out anew.</source>
        <translation>Partitions are being handed out anew.</translation>
    </message>
    <message>
        <source>The group has no members and no positions any more.</source>
        <translation>The group has no members and no positions any more.</translation>
    </message>
    <message>
        <source>Records that were written after the group&apos;s last committed positions</source>
        <translation>Records that were written after the group&apos;s last committed positions</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Group</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Members</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Topics</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Lag</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::GroupsPage</name>
    <message>
        <source>Groups</source>
        <translation>Groups</translation>
    </message>
    <message>
        <source>Filter groups</source>
        <translation>Filter groups</translation>
    </message>
    <message>
        <source>Filter by name   /</source>
        <translation>Filter by name   /</translation>
    </message>
    <message>
        <source>The groups could not be read: %1</source>
        <translation>The groups could not be read: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Parts of the group</source>
        <translation>Parts of the group</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positions</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Members</translation>
    </message>
    <message>
        <source>Positions of the group</source>
        <translation>Positions of the group</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>Committed</translation>
    </message>
    <message>
        <source>End</source>
        <translation>End</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Lag</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Held by</translation>
    </message>
    <message>
        <source>Members of the group</source>
        <translation>Members of the group</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>Partitions</translation>
    </message>
    <message>
        <source>coordinator broker-%1</source>
        <translation>coordinator broker-%1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stable</source>
        <translation>%1 stable</translation>
    </message>
    <message>
        <source>Asking the brokers for their groups…</source>
        <translation>Asking the brokers for their groups…</translation>
    </message>
    <message>
        <source>No group&apos;s name contains “%1”.</source>
        <translation>No group&apos;s name contains “%1”.</translation>
    </message>
    <message>
        <source>Show all groups</source>
        <translation>Show all groups</translation>
    </message>
    <message>
        <source>There are no groups yet. A group forms when a consumer subscribes with a group id; its members share the partitions.</source>
        <translation>There are no groups yet. A group forms when a consumer subscribes with a group id; its members share the partitions.</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::JsonTreeModel</name>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is exact. Programs that read numbers as doubles, JavaScript for one, change it.</source>
        <translation>%1 is exact. Programs that read numbers as doubles, JavaScript for one, change it.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageDetail</name>
    <message>
        <source>text, %1</source>
        <translation>text, %1</translation>
    </message>
    <message>
        <source>binary, %1</source>
        <translation>binary, %1</translation>
    </message>
    <message>
        <source>Value as text</source>
        <translation>Value as text</translation>
    </message>
    <message>
        <source>Value in hexadecimal</source>
        <translation>Value in hexadecimal</translation>
    </message>
    <message>
        <source>Ways to see the record</source>
        <translation>Ways to see the record</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Tree</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Headers</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>Copy the value</translation>
    </message>
    <message>
        <source>Value as a tree</source>
        <translation>Value as a tree</translation>
    </message>
    <message>
        <source>Exact: a number here is above 2⁵³ and is shown as it was sent.</source>
        <translation>Exact: a number here is above 2⁵³ and is shown as it was sent.</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>Copy value</translation>
    </message>
    <message>
        <source>Edit and send…</source>
        <translation>Edit and send…</translation>
    </message>
    <message>
        <source>Read from here</source>
        <translation>Read from here</translation>
    </message>
    <message>
        <source>This key only</source>
        <translation>This key only</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>This cluster is open read only</translation>
    </message>
    <message>
        <source>Record detail</source>
        <translation>Record detail</translation>
    </message>
    <message>
        <source>The whole record could not be read: %1</source>
        <translation>The whole record could not be read: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>The record is no longer in the log: retention, compaction or a purge removed it.</source>
        <translation>The record is no longer in the log: retention, compaction or a purge removed it.</translation>
    </message>
    <message>
        <source>Headers %1</source>
        <translation>Headers %1</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>log append time</source>
        <translation>log append time</translation>
    </message>
    <message>
        <source>create time</source>
        <translation>create time</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>null: a tombstone</source>
        <translation>null: a tombstone</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>text</source>
        <translation>text</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>bytes</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
    <message>
        <source>leader epoch %1</source>
        <translation>leader epoch %1</translation>
    </message>
    <message>
        <source>The value is null. In a compacted topic such a tombstone removes its key.</source>
        <translation>The value is null. In a compacted topic such a tombstone removes its key.</translation>
    </message>
    <message>
        <source>The value is there and has zero bytes. That is not the same as null.</source>
        <translation>The value is there and has zero bytes. That is not the same as null.</translation>
    </message>
    <message>
        <source>The value isn&apos;t JSON: %1 at byte %2.</source>
        <translation>The value isn&apos;t JSON: %1 at byte %2.</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copy path</translation>
    </message>
    <message>
        <source>Show %1 as a column</source>
        <translation>Show %1 as a column</translation>
    </message>
    <message>
        <source>Only records with this value</source>
        <translation>Only records with this value</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageFilter</name>
    <message>
        <source>%1 at character %2</source>
        <translation>%1 at character %2</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageHistogram</name>
    <message>
        <source>Records over time</source>
        <translation>Records over time</translation>
    </message>
    <message>
        <source>records over time</source>
        <translation>records over time</translation>
    </message>
    <message>
        <source>%1 in range</source>
        <translation>%1 in range</translation>
    </message>
    <message>
        <source>%1 match</source>
        <translation>%1 match</translation>
    </message>
    <message>
        <source>%1 – %2 · double click for all</source>
        <translation>%1 – %2 · double click for all</translation>
    </message>
    <message>
        <source>%1 – %2 · drag to narrow</source>
        <translation>%1 – %2 · drag to narrow</translation>
    </message>
    <message>
        <source>%1: %2 records</source>
        <translation>%1: %2 records</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageModel</name>
    <message>
        <source>deleted meanwhile</source>
        <translation>deleted meanwhile</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>tombstone</source>
        <translation>tombstone</translation>
    </message>
    <message>
        <source>empty (0 bytes)</source>
        <translation>empty (0 bytes)</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>loading</translation>
    </message>
    <message>
        <source> (log append time)</source>
        <translation> (log append time)</translation>
    </message>
    <message>
        <source>Partition %1</source>
        <translation>Partition %1</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>Partition</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageStatusBar</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>Asking for offsets…</source>
        <translation>Asking for offsets…</translation>
    </message>
    <message>
        <source>%1 of %2 new records match</source>
        <translation>%1 of %2 new records match</translation>
    </message>
    <message>
        <source>%1 new records</source>
        <translation>%1 new records</translation>
    </message>
    <message>
        <source>%1 too fast to show</source>
        <translation>%1 too fast to show</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%1 of %2 match</translation>
    </message>
    <message>
        <source>full: narrow the filter to see more</source>
        <translation>full: narrow the filter to see more</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 records</translation>
    </message>
    <message>
        <source>%1 records of %2 offsets, as far as read</source>
        <translation>%1 records of %2 offsets, as far as read</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>paused</translation>
    </message>
    <message>
        <source>live · %1</source>
        <translation>live · %1</translation>
    </message>
    <message>
        <source>%1 % scanned</source>
        <translation>%1 % scanned</translation>
    </message>
    <message>
        <source>nearly done</source>
        <translation>nearly done</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>%1 s left</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageToolbar</name>
    <message>
        <source>Messages filter</source>
        <translation>Messages filter</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Messages topic</source>
        <translation>Messages topic</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Regex</source>
        <translation>Regex</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Kind of filter</source>
        <translation>Kind of filter</translation>
    </message>
    <message>
        <source>From the beginning</source>
        <translation>From the beginning</translation>
    </message>
    <message>
        <source>From the end</source>
        <translation>From the end</translation>
    </message>
    <message>
        <source>From an offset</source>
        <translation>From an offset</translation>
    </message>
    <message>
        <source>From a time</source>
        <translation>From a time</translation>
    </message>
    <message>
        <source>Live tail</source>
        <translation>Live tail</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Start from</translation>
    </message>
    <message>
        <source>Offset to start from</source>
        <translation>Offset to start from</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
    <message>
        <source>Time to start from</source>
        <translation>Time to start from</translation>
    </message>
    <message>
        <source>Partitions to read</source>
        <translation>Partitions to read</translation>
    </message>
    <message>
        <source>All partitions</source>
        <translation>All partitions</translation>
    </message>
    <message>
        <source>Partition %1</source>
        <translation>Partition %1</translation>
    </message>
    <message>
        <source>Text in key, value or headers   /</source>
        <translation>Text in key, value or headers   /</translation>
    </message>
    <message>
        <source>The whole key   /</source>
        <translation>The whole key   /</translation>
    </message>
    <message>
        <source>Regular expression on key and value   /</source>
        <translation>Regular expression on key and value   /</translation>
    </message>
    <message>
        <source>An offset is a whole number from 0 on.</source>
        <translation>An offset is a whole number from 0 on.</translation>
    </message>
    <message>
        <source>The filter can&apos;t be used: %1</source>
        <translation>The filter can&apos;t be used: %1</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageView</name>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Copy as CSV</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Copy as JSON</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessagesPage</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation>Filter messages</translation>
    </message>
    <message>
        <source>Live tail</source>
        <translation>Live tail</translation>
    </message>
    <message>
        <source>%1 records · %2</source>
        <translation>%1 records · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
    <message>
        <source>live tail</source>
        <translation>live tail</translation>
    </message>
    <message>
        <source>reading %1</source>
        <translation>reading %1</translation>
    </message>
    <message>
        <source>Choose a topic to see its records. Reading deletes nothing and moves no group&apos;s position.</source>
        <translation>Choose a topic to see its records. Reading deletes nothing and moves no group&apos;s position.</translation>
    </message>
    <message>
        <source>Choose a topic</source>
        <translation>Choose a topic</translation>
    </message>
    <message>
        <source>Asking the brokers where %1 begins and ends…</source>
        <translation>Asking the brokers where %1 begins and ends…</translation>
    </message>
    <message>
        <source>Nothing could be read.</source>
        <translation>Nothing could be read.</translation>
    </message>
    <message>
        <source>Waiting. What is written to %1 from now on appears here.</source>
        <translation>Waiting. What is written to %1 from now on appears here.</translation>
    </message>
    <message>
        <source>No match so far…</source>
        <translation>No match so far…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>No record matches the filter.</source>
        <translation>No record matches the filter.</translation>
    </message>
    <message>
        <source>Read without the filter</source>
        <translation>Read without the filter</translation>
    </message>
    <message>
        <source>There are no records here.</source>
        <translation>There are no records here.</translation>
    </message>
    <message>
        <source>Send one</source>
        <translation>Send one</translation>
    </message>
    <message>
        <source>Reading failed: %1</source>
        <translation>Reading failed: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Remove the extra columns</source>
        <translation>Remove the extra columns</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Writes all records of the query to a file, as JSON lines or CSV</source>
        <translation>Writes all records of the query to a file, as JSON lines or CSV</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>Export records</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl);;CSV (*.csv)</source>
        <translation>JSON lines (*.jsonl);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>%1 records are in %2.</source>
        <translation>%1 records are in %2.</translation>
    </message>
    <message>
        <source>The export failed: %1</source>
        <translation>The export failed: %1</translation>
    </message>
    <message>
        <source>Cancel export · %1 %</source>
        <translation>Cancel export · %1 %</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MetricChart</name>
    <message>
        <source>−%1 s</source>
        <translation>−%1 s</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <translation>−%1 min</translation>
    </message>
    <message>
        <source>now</source>
        <translation>now</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 s ago</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MetricsPage</name>
    <message>
        <source>Metrics</source>
        <translation>Metrics</translation>
    </message>
    <message>
        <source>Lines by</source>
        <translation>Lines by</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>Time shown</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>By topic</source>
        <translation>By topic</translation>
    </message>
    <message>
        <source>By broker</source>
        <translation>By broker</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>Copy the figures as CSV</source>
        <translation>Copy the figures as CSV</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Copy as CSV</translation>
    </message>
    <message>
        <source>Pause the charts</source>
        <translation>Pause the charts</translation>
    </message>
    <message>
        <source>The charts stand still; recording goes on</source>
        <translation>The charts stand still; recording goes on</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Records in</source>
        <translation>Records in</translation>
    </message>
    <message>
        <source>Records that leaders appended, a second</source>
        <translation>Records that leaders appended, a second</translation>
    </message>
    <message>
        <source>Records out</source>
        <translation>Records out</translation>
    </message>
    <message>
        <source>Records that consumers fetched, a second</source>
        <translation>Records that consumers fetched, a second</translation>
    </message>
    <message>
        <source>Bytes in</source>
        <translation>Bytes in</translation>
    </message>
    <message>
        <source>Bytes that leaders appended, a second, as compressed by the producer</source>
        <translation>Bytes that leaders appended, a second, as compressed by the producer</translation>
    </message>
    <message>
        <source>Bytes out</source>
        <translation>Bytes out</translation>
    </message>
    <message>
        <source>Bytes that consumers fetched, a second</source>
        <translation>Bytes that consumers fetched, a second</translation>
    </message>
    <message>
        <source>Request latency, 99th percentile</source>
        <translation>Request latency, 99th percentile</translation>
    </message>
    <message>
        <source>From a request&apos;s arrival at the broker to its answer, by kind of request; one in a hundred takes longer. Fetch is left out: it waits for records on purpose</source>
        <translation>From a request&apos;s arrival at the broker to its answer, by kind of request; one in a hundred takes longer. Fetch is left out: it waits for records on purpose</translation>
    </message>
    <message>
        <source>Partitions out of sync</source>
        <translation>Partitions out of sync</translation>
    </message>
    <message>
        <source>Partitions with a replica that is too far behind its leader to count</source>
        <translation>Partitions with a replica that is too far behind its leader to count</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>others</source>
        <translation>others</translation>
    </message>
    <message>
        <source>Not visible from outside: an external cluster doesn&apos;t tell what other programs do.</source>
        <translation>Not visible from outside: an external cluster doesn&apos;t tell what other programs do.</translation>
    </message>
    <message>
        <source>Produce %1</source>
        <translation>Produce %1</translation>
    </message>
    <message>
        <source>%1 in · %2 out</source>
        <translation>%1 in · %2 out</translation>
    </message>
    <message>
        <source>%1 in</source>
        <translation>%1 in</translation>
    </message>
    <message>
        <source>%1 out of sync</source>
        <translation>%1 out of sync</translation>
    </message>
    <message>
        <source>all in sync</source>
        <translation>all in sync</translation>
    </message>
    <message>
        <source>in: from offsets · out and latency: this window&apos;s own</source>
        <translation>in: from offsets · out and latency: this window&apos;s own</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::PartitionModel</name>
    <message>
        <source>leader</source>
        <translation>leader</translation>
    </message>
    <message>
        <source>in sync</source>
        <translation>in sync</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>behind</translation>
    </message>
    <message>
        <source>broker-%1</source>
        <translation>broker-%1</translation>
    </message>
    <message>
        <source>%1 leads partition %2: producers and consumers talk to it (leader epoch %3)</source>
        <translation>%1 leads partition %2: producers and consumers talk to it (leader epoch %3)</translation>
    </message>
    <message>
        <source>%1 holds a copy of partition %2 that is in sync: it may become leader</source>
        <translation>%1 holds a copy of partition %2 that is in sync: it may become leader</translation>
    </message>
    <message>
        <source>%1&apos;s copy of partition %2 is %3 records behind</source>
        <translation>%1&apos;s copy of partition %2 is %3 records behind</translation>
    </message>
    <message>
        <source>%1&apos;s copy of partition %2 is not in sync</source>
        <translation>%1&apos;s copy of partition %2 is not in sync</translation>
    </message>
    <message>
        <source>%1 is down: its copy of partition %2 can&apos;t be reached</source>
        <translation>%1 is down: its copy of partition %2 can&apos;t be reached</translation>
    </message>
    <message>
        <source>The first offset that is still there, and the high watermark: the next offset to be read</source>
        <translation>The first offset that is still there, and the high watermark: the next offset to be read</translation>
    </message>
    <message>
        <source>First – end offset</source>
        <translation>First – end offset</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Size</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::RangeRead</name>
    <message>
        <source>The brokers gave no records within %1 seconds.</source>
        <translation>The brokers gave no records within %1 seconds.</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ShownRecord</name>
    <message>
        <source>… %1 more bytes</source>
        <translation>… %1 more bytes</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicActionPanel</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicChooser</name>
    <message>
        <source>Topics in the picture</source>
        <translation>Topics in the picture</translation>
    </message>
    <message>
        <source>Search topics</source>
        <translation>Search topics</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>None</source>
        <translation>None</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicCommandBox</name>
    <message>
        <source>copy</source>
        <translation>copy</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Copy the command</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>copied</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicConfigTab</name>
    <message>
        <source>Filter settings</source>
        <translation>Filter settings</translation>
    </message>
    <message>
        <source>Filter by name or meaning</source>
        <translation>Filter by name or meaning</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Back to the default</translation>
    </message>
    <message>
        <source>Value of the setting</source>
        <translation>Value of the setting</translation>
    </message>
    <message>
        <source>The settings could not be read: %1</source>
        <translation>The settings could not be read: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Kafka&apos;s default: %1</source>
        <translation>Kafka&apos;s default: %1</translation>
    </message>
    <message>
        <source>This topic doesn&apos;t set it</source>
        <translation>This topic doesn&apos;t set it</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicCreateSheet</name>
    <message>
        <source>Create topic</source>
        <translation>Create topic</translation>
    </message>
    <message>
        <source>New topic</source>
        <translation>New topic</translation>
    </message>
    <message>
        <source>for example shop.orders</source>
        <translation>for example shop.orders</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Topic name</source>
        <translation>Topic name</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>Partitions</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replicas</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>+ Add a setting</source>
        <translation>+ Add a setting</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>Add a setting</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>The same on the command line</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Setting</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Leave this setting at its default</source>
        <translation>Leave this setting at its default</translation>
    </message>
    <message>
        <source>A topic can&apos;t be called . or ..</source>
        <translation>A topic can&apos;t be called . or ..</translation>
    </message>
    <message>
        <source>Letters a–z and A–Z, digits, dot, underscore and hyphen only</source>
        <translation>Letters a–z and A–Z, digits, dot, underscore and hyphen only</translation>
    </message>
    <message>
        <source>At most %1 characters</source>
        <translation>At most %1 characters</translation>
    </message>
    <message>
        <source>There is a topic of this name already</source>
        <translation>There is a topic of this name already</translation>
    </message>
    <message>
        <source>Too like %1: in metrics, dot and underscore are the same</source>
        <translation>Too like %1: in metrics, dot and underscore are the same</translation>
    </message>
    <message numerus="yes">
        <source>There are only %n broker(s)</source>
        <translation>
            <numerusform>There is only %n broker</numerusform>
            <numerusform>There are only %n brokers</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is given twice</source>
        <translation>%1 is given twice</translation>
    </message>
    <message>
        <source>%1 partitions × %2 replicas: the brokers keep %3 logs for it.</source>
        <translation>%1 partitions × %2 replicas: the brokers keep %3 logs for it.</translation>
    </message>
    <message>
        <source>One replica only: while its broker is down, a partition can&apos;t be used.</source>
        <translation>One replica only: while its broker is down, a partition can&apos;t be used.</translation>
    </message>
    <message numerus="yes">
        <source>Each partition has one leader and %n follower(s); it goes on while one of them is in sync.</source>
        <translation>
            <numerusform>Each partition has one leader and %n follower; it goes on while one of them is in sync.</numerusform>
            <numerusform>Each partition has one leader and %n followers; it goes on while one of them is in sync.</numerusform>
        </translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Creating…</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicField</name>
    <message>
        <source>topic</source>
        <translation>topic</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicSheet</name>
    <message>
        <source>Parts of the topic</source>
        <translation>Parts of the topic</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>Partitions</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Partitions of the topic</source>
        <translation>Partitions of the topic</translation>
    </message>
    <message>
        <source>What deletes records here</source>
        <translation>What deletes records here</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>The same on the command line</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Read this topic</source>
        <translation>Read this topic</translation>
    </message>
    <message>
        <source>Send…</source>
        <translation>Send…</translation>
    </message>
    <message>
        <source>Send to this topic</source>
        <translation>Send to this topic</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favourite</translation>
    </message>
    <message>
        <source>Add partitions…</source>
        <translation>Add partitions…</translation>
    </message>
    <message>
        <source>Add partitions</source>
        <translation>Add partitions</translation>
    </message>
    <message>
        <source>Purge…</source>
        <translation>Purge…</translation>
    </message>
    <message>
        <source>Purge topic</source>
        <translation>Purge topic</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Delete…</translation>
    </message>
    <message>
        <source>Delete topic</source>
        <translation>Delete topic</translation>
    </message>
    <message>
        <source>Reading the settings…</source>
        <translation>Reading the settings…</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>This cluster is open read only</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s)</source>
        <translation>
            <numerusform>%n replica</numerusform>
            <numerusform>%n replicas</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Delete %1</translation>
    </message>
    <message numerus="yes">
        <source>Deletes %n partition(s) with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</source>
        <translation>
            <numerusform>Deletes %n partition with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</numerusform>
            <numerusform>Deletes %n partitions with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm delete topic</source>
        <translation>Confirm delete topic</translation>
    </message>
    <message>
        <source>Purge %1</source>
        <translation>Purge %1</translation>
    </message>
    <message numerus="yes">
        <source>Deletes the %1 records that are in %n partition(s) now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</source>
        <translation>
            <numerusform>Deletes the %1 records that are in %n partition now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</numerusform>
            <numerusform>Deletes the %1 records that are in %n partitions now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm purge topic</source>
        <translation>Confirm purge topic</translation>
    </message>
    <message>
        <source>Add partitions to %1</source>
        <translation>Add partitions to %1</translation>
    </message>
    <message>
        <source>Now there are %1. There is no way back to fewer. Keys are spread anew: records with the same key may go to another partition than before, so their order across the change isn&apos;t kept.</source>
        <translation>Now there are %1. There is no way back to fewer. Keys are spread anew: records with the same key may go to another partition than before, so their order across the change isn&apos;t kept.</translation>
    </message>
    <message>
        <source>Partitions from now on</source>
        <translation>Partitions from now on</translation>
    </message>
    <message>
        <source>Confirm add partitions</source>
        <translation>Confirm add partitions</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Deleting…</translation>
    </message>
    <message>
        <source>Purging…</source>
        <translation>Purging…</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Adding…</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicTreeModel</name>
    <message>
        <source>Topics whose names begin with %1</source>
        <translation>Topics whose names begin with %1</translation>
    </message>
    <message numerus="yes">
        <source>%n topics</source>
        <translation>
            <numerusform>%n topic</numerusform>
            <numerusform>%n topics</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n offline</source>
        <translation>
            <numerusform>%n offline</numerusform>
            <numerusform>%n offline</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out of sync</source>
        <translation>
            <numerusform>%n out of sync</numerusform>
            <numerusform>%n out of sync</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n partition(s) without a leader</source>
        <translation>
            <numerusform>%1: %n partition without a leader</numerusform>
            <numerusform>%1: %n partitions without a leader</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n partition(s) with a replica out of sync</source>
        <translation>
            <numerusform>%1: %n partition with a replica out of sync</numerusform>
            <numerusform>%1: %n partitions with a replica out of sync</numerusform>
        </translation>
    </message>
    <message>
        <source>Offsets between the first and the high watermark; compacted topics hold fewer records</source>
        <translation>Offsets between the first and the high watermark; compacted topics hold fewer records</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>Partitions</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>Replicas</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>In /s</source>
        <translation>In /s</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Size</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicsPage</name>
    <message>
        <source>Topics</source>
        <translation>Topics</translation>
    </message>
    <message>
        <source>The cluster doesn&apos;t answer: %1</source>
        <translation>The cluster doesn&apos;t answer: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>New topic</source>
        <translation>New topic</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>This cluster is open read only</translation>
    </message>
    <message>
        <source>Filter topics</source>
        <translation>Filter topics</translation>
    </message>
    <message>
        <source>Read the topics again</source>
        <translation>Read the topics again</translation>
    </message>
    <message>
        <source>Filter by name   /</source>
        <translation>Filter by name   /</translation>
    </message>
    <message>
        <source>Topics as</source>
        <translation>Topics as</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>Tree</translation>
    </message>
    <message>
        <source>Names with a common prefix stand together</source>
        <translation>Names with a common prefix stand together</translation>
    </message>
    <message>
        <source>List</source>
        <translation>List</translation>
    </message>
    <message>
        <source>All names in one list</source>
        <translation>All names in one list</translation>
    </message>
    <message>
        <source>★ Favourites</source>
        <translation>★ Favourites</translation>
    </message>
    <message>
        <source>Favourites only</source>
        <translation>Favourites only</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Internal</translation>
    </message>
    <message>
        <source>Internal topics</source>
        <translation>Internal topics</translation>
    </message>
    <message>
        <source>Topics in which Kafka itself keeps its books, such as __consumer_offsets</source>
        <translation>Topics in which Kafka itself keeps its books, such as __consumer_offsets</translation>
    </message>
    <message>
        <source>%1 topics · %2 partitions</source>
        <translation>%1 topics · %2 partitions</translation>
    </message>
    <message>
        <source>%1 out of sync</source>
        <translation>%1 out of sync</translation>
    </message>
    <message>
        <source>all in sync</source>
        <translation>all in sync</translation>
    </message>
    <message>
        <source>Asking the brokers for their topics…</source>
        <translation>Asking the brokers for their topics…</translation>
    </message>
    <message>
        <source>No favourites yet. Choose a topic and mark it as a favourite.</source>
        <translation>No favourites yet. Choose a topic and mark it as a favourite.</translation>
    </message>
    <message>
        <source>Show all topics</source>
        <translation>Show all topics</translation>
    </message>
    <message>
        <source>No topic&apos;s name contains “%1”.</source>
        <translation>No topic&apos;s name contains “%1”.</translation>
    </message>
    <message>
        <source>There are no topics yet. A topic is a named log that producers write to and consumers read from.</source>
        <translation>There are no topics yet. A topic is a named log that producers write to and consumers read from.</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>No longer a favourite</source>
        <translation>No longer a favourite</translation>
    </message>
    <message>
        <source>Mark as a favourite</source>
        <translation>Mark as a favourite</translation>
    </message>
    <message>
        <source>Add partitions…</source>
        <translation>Add partitions…</translation>
    </message>
    <message>
        <source>Purge…</source>
        <translation>Purge…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Delete…</translation>
    </message>
</context>
</TS>
