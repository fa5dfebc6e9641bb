<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ConfigWords</name>
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
</context>
<context>
    <name>moldau::widgets::ComposePage</name>
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
</context>
<context>
    <name>moldau::widgets::ConnectSheet</name>
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
</context>
<context>
    <name>moldau::widgets::GroupsPage</name>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
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
</context>
<context>
    <name>moldau::widgets::MessageDetail</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessagesPage</name>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>%n partition</numerusform>
            <numerusform>%n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicCreateSheet</name>
    <message numerus="yes">
        <source>There are only %n broker(s)</source>
        <translation>
            <numerusform>There is only %n broker</numerusform>
            <numerusform>There are only %n brokers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each partition has one leader and %n follower(s); it goes on while one of them is in sync.</source>
        <translation>
            <numerusform>Each partition has one leader and %n follower; it goes on while one of them is in sync.</numerusform>
            <numerusform>Each partition has one leader and %n followers; it goes on while one of them is in sync.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicSheet</name>
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
    <message numerus="yes">
        <source>Deletes %n partition(s) with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</source>
        <translation>
            <numerusform>Deletes %n partition with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</numerusform>
            <numerusform>Deletes %n partitions with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deletes the %1 records that are in %n partition(s) now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</source>
        <translation>
            <numerusform>Deletes the %1 records that are in %n partition now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</numerusform>
            <numerusform>Deletes the %1 records that are in %n partitions now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicTreeModel</name>
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
</context>
<context>
    <name>moldau::widgets::TopicsPage</name>
    <message numerus="yes">
        <source>%Ln topic(s)</source>
        <translation>
            <numerusform>%Ln topic</numerusform>
            <numerusform>%Ln topics</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s)</source>
        <translation>
            <numerusform>%Ln partition</numerusform>
            <numerusform>%Ln partitions</numerusform>
        </translation>
    </message>
</context>
</TS>
