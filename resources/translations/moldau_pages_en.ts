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
    <name>moldau::widgets::BrokerElectionSheet</name>
    <message numerus="yes">
        <source>%Ln more partition(s) can&apos;t go back yet: their preferred broker is down or out of sync.</source>
        <translation>
            <numerusform>%Ln more partition can&apos;t go back yet: its preferred broker is down or out of sync.</numerusform>
            <numerusform>%Ln more partitions can&apos;t go back yet: their preferred brokers are down or out of sync.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leader(s) would move</source>
        <translation>
            <numerusform>%Ln leader would move</numerusform>
            <numerusform>%Ln leaders would move</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Elect for the %Ln selected</source>
        <translation>
            <numerusform>Elect for the selected one</numerusform>
            <numerusform>Elect for the %Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Elect for all %Ln</source>
        <translation>
            <numerusform>Elect for this one</numerusform>
            <numerusform>Elect for all %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) are led by their preferred brokers again.</source>
        <translation>
            <numerusform>%Ln partition is led by its preferred broker again.</numerusform>
            <numerusform>%Ln partitions are led by their preferred brokers again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) kept their leaders (%1).</source>
        <translation>
            <numerusform>%Ln partition kept its leader (%1).</numerusform>
            <numerusform>%Ln partitions kept their leaders (%1).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokerReassignSheet</name>
    <message numerus="yes">
        <source>%Ln chosen</source>
        <translation>
            <numerusform>%Ln chosen</numerusform>
            <numerusform>%Ln chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) get other replicas</source>
        <translation>
            <numerusform>%Ln partition gets other replicas</numerusform>
            <numerusform>%Ln partitions get other replicas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay(s) as it is</source>
        <translation>
            <numerusform>%Ln stays as it is</numerusform>
            <numerusform>%Ln stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leader(s) move at the end.</source>
        <translation>
            <numerusform>%Ln leader moves at the end.</numerusform>
            <numerusform>%Ln leaders move at the end.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start moving %Ln partition(s)</source>
        <translation>
            <numerusform>Start moving %Ln partition</numerusform>
            <numerusform>Start moving %Ln partitions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) have begun to move.</source>
        <translation>
            <numerusform>%Ln partition has begun to move.</numerusform>
            <numerusform>%Ln partitions have begun to move.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not (%1).</source>
        <translation>
            <numerusform>%Ln could not (%1).</numerusform>
            <numerusform>%Ln could not (%1).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokersPage</name>
    <message numerus="yes">
        <source>%Ln partition(s) stay with the replicas that they had before; what was copied to the new ones so far is deleted.</source>
        <translation>
            <numerusform>%Ln partition stays with the replicas that it had before; what was copied to the new ones so far is deleted.</numerusform>
            <numerusform>%Ln partitions stay with the replicas that they had before; what was copied to the new ones so far is deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln reassignment(s)</source>
        <translation>
            <numerusform>Cancel %Ln reassignment</numerusform>
            <numerusform>Cancel %Ln reassignments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln reassignment(s) were cancelled.</source>
        <translation>
            <numerusform>%Ln reassignment was cancelled.</numerusform>
            <numerusform>%Ln reassignments were cancelled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leader(s) out of place</source>
        <translation>
            <numerusform>%Ln leader out of place</numerusform>
            <numerusform>%Ln leaders out of place</numerusform>
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
