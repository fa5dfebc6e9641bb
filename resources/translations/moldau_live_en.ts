<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>CaptionPainter</name>
    <message numerus="yes">
        <source>%n topic(s) not shown</source>
        <translation>
            <numerusform>%n topic not shown</numerusform>
            <numerusform>%n topics not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Narrator</name>
    <message numerus="yes">
        <source>Topic %1 was created with %n partition(s).</source>
        <translation>
            <numerusform>Topic %1 was created with %n partition.</numerusform>
            <numerusform>Topic %1 was created with %n partitions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s) of %1</source>
        <translation>
            <numerusform>%n partition of %1</numerusform>
            <numerusform>%n partitions of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It has struck %Ln time(s).</source>
        <translation>
            <numerusform>It has struck %Ln time.</numerusform>
            <numerusform>It has struck %Ln times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NodePainter</name>
    <message numerus="yes">
        <source>%n more client(s)</source>
        <translation>
            <numerusform>%n more client</numerusform>
            <numerusform>%n more clients</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopologyText</name>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %2, %n connection(s).</source>
        <translation>
            <numerusform>%1: %2, %n connection.</numerusform>
            <numerusform>%1: %2, %n connections.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::ClusterListModel</name>
    <message numerus="yes">
        <source>%n broker(s) · %1</source>
        <translation>
            <numerusform>%n broker · %1</numerusform>
            <numerusform>%n brokers · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::AssignmentView</name>
    <message numerus="yes">
        <source>and %n more member(s)</source>
        <translation>
            <numerusform>and %n more member</numerusform>
            <numerusform>and %n more members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConsumerPane</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::LivePage</name>
    <message numerus="yes">
        <source>%n partition(s) without a leader</source>
        <translation>
            <numerusform>%n partition without a leader</numerusform>
            <numerusform>%n partitions without a leader</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s) out of sync</source>
        <translation>
            <numerusform>%n partition out of sync</numerusform>
            <numerusform>%n partitions out of sync</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fault(s) on purpose</source>
        <translation>
            <numerusform>%Ln fault on purpose</numerusform>
            <numerusform>%Ln faults on purpose</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ProducerPane</name>
    <message numerus="yes">
        <source>%n +</source>
        <comment>headers</comment>
        <translation>
            <numerusform>%n +</numerusform>
            <numerusform>%n +</numerusform>
        </translation>
    </message>
</context>
</TS>
