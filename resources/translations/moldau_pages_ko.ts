<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>BrokerRows</name>
    <message>
        <source>Broker</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Rack</source>
        <translation>랙</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>Partitions that it leads; the mark is where it would be if each partition were led by its preferred broker</source>
        <translation>이 브로커가 리더인 파티션 수. 표시선은 모든 파티션을 선호 브로커가 이끌 때의 값입니다</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>복제본</translation>
    </message>
    <message>
        <source>Out of sync</source>
        <translation>동기화 안 됨</translation>
    </message>
    <message>
        <source>Of its replicas: those that lag behind their leaders</source>
        <translation>보유한 복제본 중 리더보다 뒤처진 수</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Of its replicas on disk</source>
        <translation>보유한 복제본이 디스크에서 차지하는 크기</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Log end</source>
        <translation>로그 끝</translation>
    </message>
    <message>
        <source>The offset after its last record of the metadata log</source>
        <translation>메타데이터 로그의 마지막 레코드 다음 오프셋</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>뒤처짐</translation>
    </message>
    <message>
        <source>Records that the leader has and it hasn&apos;t</source>
        <translation>리더에는 있고 이 노드에는 없는 레코드 수</translation>
    </message>
    <message>
        <source>Last fetch</source>
        <translation>마지막 가져오기</translation>
    </message>
    <message>
        <source>When it last asked the leader for records</source>
        <translation>리더에게 레코드를 마지막으로 요청한 때</translation>
    </message>
    <message>
        <source>Caught up</source>
        <translation>따라잡은 때</translation>
    </message>
    <message>
        <source>When it last had everything that the leader had</source>
        <translation>리더가 가진 모든 것을 마지막으로 갖고 있던 때</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>디렉터리</translation>
    </message>
    <message>
        <source>Of the replicas in it</source>
        <translation>그 안의 복제본 크기</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>디스크</translation>
    </message>
    <message>
        <source>How full the file system is on which the directory lies</source>
        <translation>디렉터리가 있는 파일 시스템이 찬 정도</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>On</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Records that its leader has and it hasn&apos;t</source>
        <translation>리더에는 있고 이 복제본에는 없는 레코드 수</translation>
    </message>
    <message>
        <source>Gets a replica</source>
        <translation>복제본을 받는 브로커</translation>
    </message>
    <message>
        <source>Loses one</source>
        <translation>내놓는 브로커</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
    <message>
        <source>up</source>
        <translation>작동 중</translation>
    </message>
    <message>
        <source>down</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>fenced</source>
        <translation>격리됨</translation>
    </message>
    <message>
        <source>It runs, but the controller hasn&apos;t heard of it in time.</source>
        <translation>실행 중이지만 컨트롤러가 제때 소식을 듣지 못했습니다.</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>중지하는 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>강제 종료됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패함</translation>
    </message>
    <message>
        <source>broker</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>broker, voter</source>
        <translation>브로커, 투표자</translation>
    </message>
    <message>
        <source>It leads what it is the preferred leader of.</source>
        <translation>선호 리더인 파티션을 그대로 이끌고 있습니다.</translation>
    </message>
    <message>
        <source>It leads %1 partitions and is the preferred leader of %2.</source>
        <translation>파티션 %1개를 이끌고 있으며, %2개의 선호 리더입니다.</translation>
    </message>
    <message>
        <source>controller, voter</source>
        <translation>컨트롤러, 투표자</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1 전</translation>
    </message>
    <message>
        <source>leader</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>voter</source>
        <translation>투표자</translation>
    </message>
    <message>
        <source>observer</source>
        <translation>관찰자</translation>
    </message>
    <message>
        <source>The leader has heard nothing of it.</source>
        <translation>리더가 이 노드의 소식을 듣지 못했습니다.</translation>
    </message>
    <message>
        <source>Metadata up to offset %1 are decided.</source>
        <translation>오프셋 %1까지의 메타데이터가 확정되었습니다.</translation>
    </message>
    <message>
        <source>%1 decides alone (epoch %2). %3</source>
        <translation>%1이(가) 혼자 결정합니다(에포크 %2). %3</translation>
    </message>
    <message>
        <source>%1 leads the quorum in epoch %2; a record counts once %3 of %4 voters have it. %5</source>
        <translation>%1이(가) 에포크 %2에서 쿼럼을 이끕니다. 레코드는 투표자 %4개 중 %3개에 있으면 확정됩니다. %5</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>%1 of %2 are free.</source>
        <translation>%2 중 %1 남았습니다.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>broker, quorum leader</source>
        <translation>브로커, 쿼럼 리더</translation>
    </message>
    <message>
        <source>controller, quorum leader</source>
        <translation>컨트롤러, 쿼럼 리더</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>소식 없음</translation>
    </message>
    <message>
        <source>The quorum&apos;s leader hasn&apos;t heard of it for a while.</source>
        <translation>쿼럼의 리더가 한동안 소식을 듣지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>ConfigWords</name>
    <message>
        <source>What happens to old records: delete removes whole segments after a time or size; compact keeps the newest record of each key. Both can be given, separated by a comma.</source>
        <translation>오래된 레코드를 어떻게 할지 정합니다. delete는 시간이나 크기를 넘은 세그먼트를 통째로 지우고, compact는 키마다 가장 새 레코드만 남깁니다. 쉼표로 둘 다 지정할 수 있습니다.</translation>
    </message>
    <message>
        <source>How hard gzip tries, from 1 (fast) to 9 (small). Counts only when the broker compresses itself.</source>
        <translation>gzip 압축 수준으로, 1(빠름)부터 9(작음)까지입니다. 브로커가 직접 압축할 때만 쓰입니다.</translation>
    </message>
    <message>
        <source>How hard lz4 tries, from 1 (fast) to 17 (small). Counts only when the broker compresses itself.</source>
        <translation>lz4 압축 수준으로, 1(빠름)부터 17(작음)까지입니다. 브로커가 직접 압축할 때만 쓰입니다.</translation>
    </message>
    <message>
        <source>How hard zstd tries; larger is smaller and slower. Counts only when the broker compresses itself.</source>
        <translation>zstd 압축 수준입니다. 클수록 작아지고 느려집니다. 브로커가 직접 압축할 때만 쓰입니다.</translation>
    </message>
    <message>
        <source>How batches are stored. producer keeps them as they were sent, which costs the broker nothing.</source>
        <translation>배치를 저장하는 압축 방식입니다. producer는 보낸 그대로 두므로 브로커의 부담이 없습니다.</translation>
    </message>
    <message>
        <source>How long a compacted topic keeps tombstones, so that slow consumers still learn of the deletion.</source>
        <translation>컴팩션 토픽이 툼스톤을 두는 시간입니다. 느린 컨슈머도 삭제를 알 수 있게 합니다.</translation>
    </message>
    <message>
        <source>Whether share groups may write records that nobody could process to this topic.</source>
        <translation>아무도 처리하지 못한 레코드를 공유 그룹이 이 토픽에 쓸 수 있는지 정합니다.</translation>
    </message>
    <message>
        <source>How long a deleted segment&apos;s files stay on disk, so that reads under way can end.</source>
        <translation>지운 세그먼트의 파일을 디스크에 두는 시간입니다. 진행 중인 읽기가 끝날 수 있게 합니다.</translation>
    </message>
    <message>
        <source>After how many records the log is forced to disk. Kafka leaves that to the operating system and relies on replicas.</source>
        <translation>레코드가 이만큼 쌓이면 로그를 디스크에 강제로 씁니다. Kafka는 보통 운영 체제에 맡기고 복제본을 믿습니다.</translation>
    </message>
    <message>
        <source>After how long the log is forced to disk. Kafka leaves that to the operating system and relies on replicas.</source>
        <translation>이 시간이 지나면 로그를 디스크에 강제로 씁니다. Kafka는 보통 운영 체제에 맡기고 복제본을 믿습니다.</translation>
    </message>
    <message>
        <source>Replicas whose fetching is slowed down, as partition:broker, or * for all.</source>
        <translation>가져오기를 늦출 복제본입니다. 파티션:브로커 형식이며 *는 전부입니다.</translation>
    </message>
    <message>
        <source>Replicas that the leader serves slowly, as partition:broker, or * for all.</source>
        <translation>리더가 천천히 보내 줄 복제본입니다. 파티션:브로커 형식이며 *는 전부입니다.</translation>
    </message>
    <message>
        <source>After how many bytes the offset index gets an entry. Smaller finds an offset faster and needs more index.</source>
        <translation>이만큼의 바이트마다 오프셋 인덱스에 항목을 둡니다. 작을수록 빨리 찾지만 인덱스가 커집니다.</translation>
    </message>
    <message>
        <source>With tiered storage: how much of a partition stays on the broker&apos;s own disk. -2 follows retention.bytes.</source>
        <translation>계층형 저장소에서 파티션이 브로커 자신의 디스크에 남는 크기입니다. -2는 retention.bytes를 따릅니다.</translation>
    </message>
    <message>
        <source>With tiered storage: how long records stay on the broker&apos;s own disk. -2 follows retention.ms.</source>
        <translation>계층형 저장소에서 레코드가 브로커 자신의 디스크에 남는 시간입니다. -2는 retention.ms를 따릅니다.</translation>
    </message>
    <message>
        <source>At the latest after this time a record of a compacted topic can be compacted.</source>
        <translation>컴팩션 토픽의 레코드는 늦어도 이 시간 뒤에는 컴팩션 대상이 됩니다.</translation>
    </message>
    <message>
        <source>How large a batch may become when it is unpacked.</source>
        <translation>배치의 압축을 풀었을 때 허용되는 최대 크기입니다.</translation>
    </message>
    <message>
        <source>The largest batch that the topic takes. Larger ones are refused with MESSAGE_TOO_LARGE.</source>
        <translation>토픽이 받는 가장 큰 배치입니다. 더 크면 MESSAGE_TOO_LARGE로 거절합니다.</translation>
    </message>
    <message>
        <source>How far a record&apos;s own timestamp may lie in the future.</source>
        <translation>레코드의 타임스탬프가 미래로 얼마나 벗어나도 되는지 정합니다.</translation>
    </message>
    <message>
        <source>How far a record&apos;s own timestamp may lie in the past.</source>
        <translation>레코드의 타임스탬프가 과거로 얼마나 벗어나도 되는지 정합니다.</translation>
    </message>
    <message>
        <source>Whose clock gives the timestamp: the producer&apos;s (CreateTime) or the broker&apos;s on arrival (LogAppendTime).</source>
        <translation>타임스탬프를 누구의 시계로 찍는지 정합니다. 프로듀서(CreateTime) 또는 도착한 브로커(LogAppendTime)입니다.</translation>
    </message>
    <message>
        <source>How large the part of a log that was not compacted yet grows before compaction starts, from 0 to 1.</source>
        <translation>아직 컴팩션하지 않은 부분이 로그에서 이 비율(0~1)을 넘으면 컴팩션을 시작합니다.</translation>
    </message>
    <message>
        <source>How long a record is safe from compaction.</source>
        <translation>레코드가 이 시간 동안은 컴팩션되지 않습니다.</translation>
    </message>
    <message>
        <source>With acks=all a write needs so many replicas in sync; with fewer it fails with NOT_ENOUGH_REPLICAS. 2 with three replicas survives the loss of one broker.</source>
        <translation>acks=all로 쓸 때 동기화된 복제본이 이만큼 있어야 합니다. 모자라면 NOT_ENOUGH_REPLICAS로 실패합니다. 복제본 3개에 2로 두면 브로커 하나를 잃어도 됩니다.</translation>
    </message>
    <message>
        <source>Whether a segment&apos;s file gets its full size at once.</source>
        <translation>세그먼트 파일을 처음부터 최대 크기로 만들지 정합니다.</translation>
    </message>
    <message>
        <source>With tiered storage: how much may wait before it is copied away. -1 follows local.retention.bytes.</source>
        <translation>계층형 저장소에서 복사하기 전에 기다릴 수 있는 크기입니다. -1은 local.retention.bytes를 따릅니다.</translation>
    </message>
    <message>
        <source>With tiered storage: how long a segment may wait before it is copied away.</source>
        <translation>계층형 저장소에서 세그먼트가 복사되기 전에 기다릴 수 있는 시간입니다.</translation>
    </message>
    <message>
        <source>With tiered storage: stops copying; what was copied can still be read.</source>
        <translation>계층형 저장소로 복사하는 것을 멈춥니다. 이미 복사한 것은 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>With tiered storage: deletes the copies when it is turned off for the topic.</source>
        <translation>이 토픽의 계층형 저장소를 끄면 복사본을 지웁니다.</translation>
    </message>
    <message>
        <source>Whether old segments move to tiered storage. Can&apos;t be turned off again without deleting them.</source>
        <translation>오래된 세그먼트를 계층형 저장소로 옮길지 정합니다. 다시 끄려면 옮긴 것을 지워야 합니다.</translation>
    </message>
    <message>
        <source>How large each partition may grow before its oldest segments are deleted. -1 means no limit. The limit is for one partition, not the whole topic.</source>
        <translation>파티션이 이 크기를 넘으면 가장 오래된 세그먼트부터 지웁니다. -1은 제한 없음입니다. 토픽 전체가 아니라 파티션 하나에 대한 제한입니다.</translation>
    </message>
    <message>
        <source>How long records are kept at least. A segment goes when its newest record is older. -1 keeps them for ever.</source>
        <translation>레코드를 적어도 이 시간 동안 보관합니다. 세그먼트에서 가장 새 레코드가 이보다 오래되면 지웁니다. -1은 영구 보관입니다.</translation>
    </message>
    <message>
        <source>How large a segment grows before a new one begins. Only closed segments can be deleted or compacted.</source>
        <translation>세그먼트가 이 크기가 되면 새 세그먼트를 시작합니다. 닫힌 세그먼트만 지우거나 컴팩션할 수 있습니다.</translation>
    </message>
    <message>
        <source>How large a segment&apos;s index may grow before a new segment begins.</source>
        <translation>세그먼트의 인덱스가 이 크기가 되면 새 세그먼트를 시작합니다.</translation>
    </message>
    <message>
        <source>Spreads the moments when segments are closed by up to this time, so that not all close at once.</source>
        <translation>세그먼트를 닫는 시점을 이 시간 안에서 흩뜨려 한꺼번에 닫히지 않게 합니다.</translation>
    </message>
    <message>
        <source>After this time a segment is closed even when it isn&apos;t full, so that its records can be deleted or compacted.</source>
        <translation>이 시간이 지나면 가득 차지 않은 세그먼트도 닫습니다. 그래야 레코드를 지우거나 컴팩션할 수 있습니다.</translation>
    </message>
    <message>
        <source>Whether a replica that is not in sync may become leader when no other is left: available again, but acknowledged records may be lost.</source>
        <translation>남은 복제본이 없을 때 동기화되지 않은 복제본이 리더가 될 수 있는지 정합니다. 다시 쓸 수 있게 되지만 확인된 레코드를 잃을 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n일</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n시간</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n분</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n초</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(비어 있음)</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>Compaction keeps the newest record of each key and drops older ones with the same key (cleanup.policy). A record without value, a tombstone, removes its key after %1 (delete.retention.ms).</source>
        <translation>컴팩션은 키마다 가장 새 레코드만 남기고 같은 키의 오래된 레코드를 지웁니다(cleanup.policy). 값이 없는 레코드인 툼스톤은 %1 뒤에 그 키를 없앱니다(delete.retention.ms).</translation>
    </message>
    <message>
        <source>Segments older than %1 (retention.ms), or the oldest once a partition passes %2 (retention.bytes).</source>
        <translation>%1(retention.ms)보다 오래된 세그먼트를 지웁니다. 파티션이 %2(retention.bytes)를 넘으면 가장 오래된 것부터 지웁니다.</translation>
    </message>
    <message>
        <source>Segments whose newest record is older than %1 (retention.ms). There is no limit by size.</source>
        <translation>가장 새 레코드가 %1(retention.ms)보다 오래된 세그먼트를 지웁니다. 크기 제한은 없습니다.</translation>
    </message>
    <message>
        <source>The oldest segments once a partition passes %1 (retention.bytes). There is no limit by time.</source>
        <translation>파티션이 %1(retention.bytes)를 넘으면 가장 오래된 세그먼트부터 지웁니다. 시간 제한은 없습니다.</translation>
    </message>
    <message>
        <source>Nothing: there is no limit by time or by size, so the topic grows for ever.</source>
        <translation>지우는 것이 없습니다. 시간과 크기 제한이 모두 없어 토픽이 끝없이 커집니다.</translation>
    </message>
    <message>
        <source>Reading never deletes.</source>
        <translation>읽는다고 지워지지는 않습니다.</translation>
    </message>
    <message>
        <source>compacted</source>
        <translation>컴팩션</translation>
    </message>
    <message>
        <source>delete after %1 or %2</source>
        <translation>%1 또는 %2 뒤 삭제</translation>
    </message>
    <message>
        <source>delete after %1</source>
        <translation>%1 뒤 삭제</translation>
    </message>
    <message>
        <source>delete beyond %1</source>
        <translation>%1를 넘으면 삭제</translation>
    </message>
    <message>
        <source>kept for ever</source>
        <translation>영구 보관</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokerElectionSheet</name>
    <message>
        <source>Elect</source>
        <translation>선출</translation>
    </message>
    <message>
        <source>Preferred election</source>
        <translation>선호 리더 선출</translation>
    </message>
    <message>
        <source>Leaders that move</source>
        <translation>옮겨질 리더</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Leads now</source>
        <translation>지금 리더</translation>
    </message>
    <message>
        <source>Leads then</source>
        <translation>선출 후 리더</translation>
    </message>
    <message>
        <source>Every partition is led by its preferred broker.</source>
        <translation>모든 파티션을 선호 브로커가 이끌고 있습니다.</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>명령줄로 하면</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Confirm election</source>
        <translation>선출 확인</translation>
    </message>
    <message>
        <source>The first replica of a partition is its preferred leader. All leaders are where they belong: an election would change nothing.</source>
        <translation>파티션의 첫 번째 복제본이 선호 리더입니다. 모든 리더가 제자리에 있어 선출해도 바뀌는 것이 없습니다.</translation>
    </message>
    <message>
        <source>The first replica of a partition is its preferred leader. An election makes it lead again; clients find the new leader by themselves.</source>
        <translation>파티션의 첫 번째 복제본이 선호 리더입니다. 선출하면 다시 리더가 되며, 클라이언트는 새 리더를 스스로 찾습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more partition(s) can&apos;t go back yet: their preferred broker is down or out of sync.</source>
        <translation>
            <numerusform>파티션 %Ln개는 선호 브로커가 중단되었거나 동기화되지 않아 아직 돌아갈 수 없습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leader(s) would move</source>
        <translation>
            <numerusform>리더 %Ln개가 옮겨집니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Electing…</source>
        <translation>선출하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Elect for the %Ln selected</source>
        <translation>
            <numerusform>선택한 %Ln개 선출</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Elect for all %Ln</source>
        <translation>
            <numerusform>%Ln개 모두 선출</numerusform>
        </translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) are led by their preferred brokers again.</source>
        <translation>
            <numerusform>파티션 %Ln개를 선호 브로커가 다시 이끕니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) kept their leaders (%1).</source>
        <translation>
            <numerusform>파티션 %Ln개는 리더가 그대로입니다(%1).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokerPoller</name>
    <message>
        <source>This cluster can&apos;t be asked for it.</source>
        <translation>이 클러스터에는 물어볼 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokerReassignSheet</name>
    <message>
        <source>Copy plan.json</source>
        <translation>plan.json 복사</translation>
    </message>
    <message>
        <source>Start moving</source>
        <translation>옮기기 시작</translation>
    </message>
    <message>
        <source>Replicas that move</source>
        <translation>옮겨질 복제본</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Replicas now</source>
        <translation>지금 복제본</translation>
    </message>
    <message>
        <source>Replicas then</source>
        <translation>옮긴 뒤 복제본</translation>
    </message>
    <message>
        <source>To copy</source>
        <translation>복사할 양</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>명령줄로 하면</translation>
    </message>
    <message>
        <source>Copies the plan as kafka-reassign-partitions reads it</source>
        <translation>kafka-reassign-partitions가 읽는 형식으로 계획을 복사합니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Filter topics to move</source>
        <translation>옮길 토픽 거르기</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>이름으로 거르기</translation>
    </message>
    <message>
        <source>Topics to move</source>
        <translation>옮길 토픽</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Move all topics</source>
        <translation>모든 토픽 옮기기</translation>
    </message>
    <message>
        <source>Move no topic</source>
        <translation>토픽 선택 해제</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Choice of topics</source>
        <translation>토픽 선택</translation>
    </message>
    <message>
        <source>Brokers to move to</source>
        <translation>옮겨 갈 브로커</translation>
    </message>
    <message>
        <source>To brokers</source>
        <translation>대상 브로커</translation>
    </message>
    <message>
        <source>as now</source>
        <translation>지금대로</translation>
    </message>
    <message>
        <source>Replicas of each</source>
        <translation>각 복제본 수</translation>
    </message>
    <message>
        <source>all, or for example 0, 2-4</source>
        <translation>모두, 또는 예: 0, 2-4</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Partitions to move</source>
        <translation>옮길 파티션</translation>
    </message>
    <message>
        <source>Reassign partitions</source>
        <translation>파티션 재배치</translation>
    </message>
    <message>
        <source>Replicas are copied to other brokers</source>
        <translation>복제본이 다른 브로커로 복사됩니다</translation>
    </message>
    <message>
        <source>Undo the reassignment</source>
        <translation>재배치 되돌리기</translation>
    </message>
    <message>
        <source>The partitions go back to where they were</source>
        <translation>파티션이 원래 있던 곳으로 돌아갑니다</translation>
    </message>
    <message>
        <source>Choose the topics whose partitions are to move.</source>
        <translation>파티션을 옮길 토픽을 고르세요.</translation>
    </message>
    <message>
        <source>Choose the brokers that may hold replicas from now on.</source>
        <translation>앞으로 복제본을 가질 브로커를 고르세요.</translation>
    </message>
    <message>
        <source>%1 replicas need %1 brokers; %2 are chosen.</source>
        <translation>복제본 %1개에는 브로커 %1개가 필요합니다. %2개를 골랐습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chosen</source>
        <translation>
            <numerusform>%Ln개 선택</numerusform>
        </translation>
    </message>
    <message>
        <source>Single partitions can be chosen of one topic at a time</source>
        <translation>개별 파티션은 한 번에 한 토픽에서만 고를 수 있습니다</translation>
    </message>
    <message>
        <source>Write numbers and ranges, as in 0, 2-4.</source>
        <translation>0, 2-4처럼 숫자와 범위를 쓰세요.</translation>
    </message>
    <message>
        <source>Nothing moves: the replicas lie there already.</source>
        <translation>옮길 것이 없습니다. 복제본이 이미 그곳에 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) get other replicas</source>
        <translation>
            <numerusform>파티션 %Ln개의 복제본이 바뀝니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stay(s) as it is</source>
        <translation>
            <numerusform>%Ln개는 그대로입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 are copied</source>
        <translation>%1 복사</translation>
    </message>
    <message>
        <source>%1 gets %2 (%3)</source>
        <translation>%1이(가) %2개를 받음(%3)</translation>
    </message>
    <message>
        <source>%1 loses %2</source>
        <translation>%1이(가) %2개를 내놓음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln leader(s) move at the end.</source>
        <translation>
            <numerusform>끝나면 리더 %Ln개가 옮겨집니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Start moving %Ln partition(s)</source>
        <translation>
            <numerusform>파티션 %Ln개 옮기기 시작</numerusform>
        </translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) have begun to move.</source>
        <translation>
            <numerusform>파티션 %Ln개가 옮겨지기 시작했습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not (%1).</source>
        <translation>
            <numerusform>%Ln개는 옮길 수 없었습니다(%1).</numerusform>
        </translation>
    </message>
    <message>
        <source>Limit for each broker in MB/s</source>
        <translation>브로커별 한도(MB/s)</translation>
    </message>
    <message>
        <source>Limit for each broker in megabytes a second</source>
        <translation>브로커별 한도, 초당 메가바이트</translation>
    </message>
    <message>
        <source>At %1 that takes about %2, as %3 has most to copy (%4); what is written meanwhile adds to it.</source>
        <translation>%1이면 약 %2 걸립니다. 가장 많이(%4) 복사하는 %3 기준이며, 그동안 새로 쓰이는 데이터는 더해집니다.</translation>
    </message>
    <message>
        <source>Write megabytes a second, as in 10 or 2.5; nothing for no limit.</source>
        <translation>초당 메가바이트를 10이나 2.5처럼 적으세요. 비워 두면 한도가 없습니다.</translation>
    </message>
    <message>
        <source>The limit can&apos;t be set, so nothing moves. %1</source>
        <translation>한도를 설정할 수 없어 아무것도 옮기지 않습니다. %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokerThrottleStrip</name>
    <message>
        <source>Limit for each broker</source>
        <translation>브로커별 한도</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Remove the limit…</source>
        <translation>한도 없애기…</translation>
    </message>
    <message>
        <source>Limit for each broker, in megabytes a second</source>
        <translation>브로커별 한도, 초당 메가바이트</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Change the limit</source>
        <translation>한도 바꾸기</translation>
    </message>
    <message>
        <source>Remove the limit</source>
        <translation>한도 없애기</translation>
    </message>
    <message>
        <source>The limit could not be taken away everywhere. %1</source>
        <translation>한도를 모든 곳에서 없애지는 못했습니다. %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two rates</comment>
        <translation>%1~%2</translation>
    </message>
    <message>
        <source>Replicas are copied as fast as the brokers can.</source>
        <translation>복제본을 브로커가 낼 수 있는 가장 빠른 속도로 복사합니다.</translation>
    </message>
    <message>
        <source>Each broker copies at most %1.</source>
        <translation>브로커마다 최대 %1로 복사합니다.</translation>
    </message>
    <message>
        <source>About %1 left.</source>
        <translation>약 %1 남았습니다.</translation>
    </message>
    <message>
        <source>Nothing moves, but replication is still limited to %1 on %2.</source>
        <translation>옮기는 것이 없는데도 %2의 복제가 아직 %1로 제한되어 있습니다.</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>Write megabytes a second, as in 10 or 2.5; nothing for no limit.</source>
        <translation>초당 메가바이트를 10이나 2.5처럼 적으세요. 비워 두면 한도가 없습니다.</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>풀기</translation>
    </message>
    <message>
        <source>Each broker copies at most %1 now.</source>
        <translation>이제 브로커마다 최대 %1로 복사합니다.</translation>
    </message>
    <message>
        <source>Replicas are copied as fast as the brokers can now.</source>
        <translation>이제 복제본을 가장 빠른 속도로 복사합니다.</translation>
    </message>
    <message>
        <source>Remove the limit of replication</source>
        <translation>복제 한도 없애기</translation>
    </message>
    <message>
        <source>The rates of %1 are removed, and the marks in topics that they count for. A limit outlasts its move when the window or the tool that set it was closed before the end; keep it if somebody set it on purpose.</source>
        <translation>%1의 속도 한도와, 그 한도가 걸린 토픽의 표시를 없앱니다. 이동이 끝나기 전에 창이나 한도를 설정한 도구를 닫으면 한도가 남습니다. 누군가 일부러 설정한 것이라면 그대로 두세요.</translation>
    </message>
    <message>
        <source>Confirm removing the limit</source>
        <translation>한도 없애기 확인</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>없애는 중…</translation>
    </message>
    <message>
        <source>The limit of replication is removed.</source>
        <translation>복제 한도를 없앴습니다.</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::BrokersPage</name>
    <message>
        <source>Brokers</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>The cluster doesn&apos;t answer: %1</source>
        <translation>클러스터가 응답하지 않습니다: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message>
        <source>Preferred election</source>
        <translation>선호 리더 선출</translation>
    </message>
    <message>
        <source>Reassign…</source>
        <translation>재배치…</translation>
    </message>
    <message>
        <source>Reassign partitions</source>
        <translation>파티션 재배치</translation>
    </message>
    <message>
        <source>Read the brokers again</source>
        <translation>브로커 다시 읽기</translation>
    </message>
    <message>
        <source>Parts of the cluster</source>
        <translation>클러스터의 부분</translation>
    </message>
    <message>
        <source>Quorum</source>
        <translation>쿼럼</translation>
    </message>
    <message>
        <source>Log directories</source>
        <translation>로그 디렉터리</translation>
    </message>
    <message>
        <source>Largest replicas</source>
        <translation>가장 큰 복제본</translation>
    </message>
    <message>
        <source>Reassignments</source>
        <translation>재배치</translation>
    </message>
    <message>
        <source>Cancel reassignments…</source>
        <translation>재배치 취소…</translation>
    </message>
    <message>
        <source>Cancel reassignments</source>
        <translation>재배치 취소</translation>
    </message>
    <message>
        <source>Asking who leads the quorum…</source>
        <translation>쿼럼의 리더를 묻는 중…</translation>
    </message>
    <message>
        <source>The quorum can&apos;t be shown: %1</source>
        <translation>쿼럼을 보여 줄 수 없습니다: %1</translation>
    </message>
    <message>
        <source>The log directories can&apos;t be shown: %1</source>
        <translation>로그 디렉터리를 보여 줄 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Nothing lies there.</source>
        <translation>아무것도 없습니다.</translation>
    </message>
    <message>
        <source>Asking the brokers for their log directories…</source>
        <translation>브로커에 로그 디렉터리를 묻는 중…</translation>
    </message>
    <message>
        <source>No partition is on its way to other brokers.</source>
        <translation>다른 브로커로 옮겨지는 파티션이 없습니다.</translation>
    </message>
    <message>
        <source>Reassignments can&apos;t be shown: %1</source>
        <translation>재배치를 보여 줄 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Reassignments %1</source>
        <translation>재배치 %1</translation>
    </message>
    <message>
        <source>The replicas are where they were to go.</source>
        <translation>복제본이 모두 옮겨졌습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 brokers up</source>
        <translation>브로커 %2개 중 %1개 작동 중</translation>
    </message>
    <message>
        <source>%1 leads the quorum</source>
        <translation>%1이(가) 쿼럼 리더</translation>
    </message>
    <message>
        <source>Only of %1 · show all</source>
        <translation>%1만 표시 · 모두 보기</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>되돌리기…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s) stay with the replicas that they had before; what was copied to the new ones so far is deleted.</source>
        <translation>
            <numerusform>파티션 %Ln개가 이전 복제본을 그대로 유지하며, 지금까지 새 복제본에 복사된 것은 삭제됩니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln reassignment(s)</source>
        <translation>
            <numerusform>재배치 %Ln개 취소</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm cancelling reassignments</source>
        <translation>재배치 취소 확인</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>취소하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln reassignment(s) were cancelled.</source>
        <translation>
            <numerusform>재배치 %Ln개를 취소했습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln leader(s) out of place</source>
        <translation>
            <numerusform>제자리가 아닌 리더 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>all leaders in place</source>
        <translation>리더가 모두 제자리</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ComposeFindings</name>
    <message>
        <source>Findings</source>
        <translation>진단 결과</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>경고</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>line %1, column %2</source>
        <translation>%1행 %2열</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ComposePage</name>
    <message>
        <source>broker</source>
        <translation>브로커</translation>
    </message>
    <message>
        <source>controller</source>
        <translation>컨트롤러</translation>
    </message>
    <message>
        <source>ZooKeeper</source>
        <translation>ZooKeeper</translation>
    </message>
    <message>
        <source>not run by Moldau</source>
        <translation>Moldau가 실행하지 않음</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>컴포즈</translation>
    </message>
    <message>
        <source>Open a docker compose file that describes a Kafka cluster, or drop one here. Moldau says what is wrong with it, repairs it, and runs it without Docker.</source>
        <translation>Kafka 클러스터를 기술한 docker compose 파일을 열거나 여기에 끌어다 놓으세요. 잘못된 곳을 알려 주고, 고치고, Docker 없이 실행합니다.</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>The cluster could not be started: %1</source>
        <translation>클러스터를 시작하지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Open a compose file…</source>
        <translation>Compose 파일 열기…</translation>
    </message>
    <message>
        <source>Save the compose file</source>
        <translation>Compose 파일 저장</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stops every service of this file; its data stay</source>
        <translation>이 파일의 모든 서비스를 중지합니다. 데이터는 남습니다</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Fix this</source>
        <translation>이것 고치기</translation>
    </message>
    <message>
        <source>Repairs the chosen finding; Ctrl+Z takes it back</source>
        <translation>선택한 항목을 고칩니다. Ctrl+Z로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Fix all</source>
        <translation>모두 고치기</translation>
    </message>
    <message>
        <source>Repairs everything that can be repaired without you; comments stay, Ctrl+Z takes it back</source>
        <translation>자동으로 고칠 수 있는 것을 모두 고칩니다. 주석은 그대로 두며 Ctrl+Z로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Compose file</source>
        <translation>Compose 파일</translation>
    </message>
    <message>
        <source>Nothing to find fault with.</source>
        <translation>문제가 없습니다.</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>진단 결과</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Reached at</source>
        <translation>접속 주소</translation>
    </message>
    <message>
        <source>Open a compose file</source>
        <translation>Compose 파일 열기</translation>
    </message>
    <message>
        <source>Compose files (*.yaml *.yml);;All files (*)</source>
        <translation>Compose 파일 (*.yaml *.yml);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>%1 can&apos;t be opened: %2</source>
        <translation>%1 파일을 열 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1 is too large to be a compose file.</source>
        <translation>%1 파일은 compose 파일이라기에는 너무 큽니다.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be saved: %2</source>
        <translation>%1 파일을 저장할 수 없습니다: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>오류 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>경고 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>문제 없음</translation>
    </message>
    <message>
        <source>hints only</source>
        <translation>참고만 있음</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>running as %1</source>
        <translation>%1 실행 중</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>실행 중 아님</translation>
    </message>
    <message>
        <source>Save and start</source>
        <translation>저장하고 시작</translation>
    </message>
    <message>
        <source>A broker would not start with these errors: repair them first</source>
        <translation>이 오류가 있으면 브로커가 시작되지 않습니다. 먼저 고치세요</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <translation>%1 (변경됨)</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>예제</translation>
    </message>
    <message>
        <source>One broker with ZooKeeper, as in the course</source>
        <translation>강의에 나온 대로 ZooKeeper와 브로커 하나</translation>
    </message>
    <message>
        <source>Three brokers with KRaft</source>
        <translation>KRaft와 브로커 세 개</translation>
    </message>
    <message>
        <source>With Kafka Connect and Schema Registry</source>
        <translation>Kafka Connect와 Schema Registry 포함</translation>
    </message>
    <message>
        <source>A mistake to find: tabs</source>
        <translation>찾아볼 실수: 탭 문자</translation>
    </message>
    <message>
        <source>A mistake to find: a misspelt variable</source>
        <translation>찾아볼 실수: 철자가 틀린 변수</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>아직 저장되지 않음</translation>
    </message>
    <message>
        <source>Fix the chosen finding</source>
        <translation>고른 문제 고치기</translation>
    </message>
    <message>
        <source>Fix all findings</source>
        <translation>모든 문제 고치기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConfigModel</name>
    <message>
        <source>this topic</source>
        <translation>이 토픽</translation>
    </message>
    <message>
        <source>broker, changed while running</source>
        <translation>브로커 (실행 중 변경)</translation>
    </message>
    <message>
        <source>all brokers, changed while running</source>
        <translation>모든 브로커 (실행 중 변경)</translation>
    </message>
    <message>
        <source>broker&apos;s file</source>
        <translation>브로커 설정 파일</translation>
    </message>
    <message>
        <source>default</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>숨김</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Comes from</source>
        <translation>출처</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConnectSheet</name>
    <message>
        <source>Show secrets</source>
        <translation>비밀 값 표시</translation>
    </message>
    <message>
        <source>Read only: nothing can be sent, changed or deleted</source>
        <translation>읽기 전용: 보내기, 변경, 삭제를 할 수 없습니다</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>클러스터에 연결</translation>
    </message>
    <message>
        <source>Any Kafka that speaks its protocol: Apache Kafka, Redpanda, a cloud service.</source>
        <translation>Kafka 프로토콜을 쓰는 클러스터라면 무엇이든: Apache Kafka, Redpanda, 클라우드 서비스.</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>연결 테스트</translation>
    </message>
    <message>
        <source>for example staging</source>
        <translation>예: staging</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Cluster name</source>
        <translation>클러스터 이름</translation>
    </message>
    <message>
        <source>Bootstrap addresses</source>
        <translation>부트스트랩 주소</translation>
    </message>
    <message>
        <source>Security and more</source>
        <translation>보안과 그 밖의 설정</translation>
    </message>
    <message>
        <source>No security</source>
        <translation>보안 없음</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>TLS and user (PLAIN)</source>
        <translation>TLS와 사용자(PLAIN)</translation>
    </message>
    <message>
        <source>TLS and user (SCRAM)</source>
        <translation>TLS와 사용자(SCRAM)</translation>
    </message>
    <message>
        <source>User without TLS (SCRAM)</source>
        <translation>TLS 없이 사용자(SCRAM)</translation>
    </message>
    <message>
        <source>Example of properties</source>
        <translation>속성 예시</translation>
    </message>
    <message>
        <source>Paste a client.properties here, as Java programs or librdkafka have it. Empty means: no TLS, no user.</source>
        <translation>Java 프로그램이나 librdkafka가 쓰는 client.properties를 여기에 붙여 넣으세요. 비워 두면 TLS와 사용자 없이 연결합니다.</translation>
    </message>
    <message>
        <source>client.properties</source>
        <translation>client.properties</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>속성</translation>
    </message>
    <message>
        <source>%1 is no address: write host:port</source>
        <translation>%1은(는) 주소가 아닙니다. 호스트:포트로 쓰세요</translation>
    </message>
    <message>
        <source>Asking the brokers…</source>
        <translation>브로커에 묻는 중…</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>테스트 중…</translation>
    </message>
    <message>
        <source>It works: %1, %2, answered in %3 ms.</source>
        <translation>연결됩니다: %1, %2, 응답 %3ms.</translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s)</source>
        <translation>
            <numerusform>브로커 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>토픽 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody listens at this address. Is the broker running, and is the port right?</source>
        <translation>이 주소에서 응답하는 프로그램이 없습니다. 브로커가 실행 중인지, 포트가 맞는지 확인하세요.</translation>
    </message>
    <message>
        <source>No broker answered in time. A wrong address, a firewall, or TLS on one side only look like this.</source>
        <translation>제때 응답한 브로커가 없습니다. 주소가 틀렸거나, 방화벽이 막았거나, 한쪽만 TLS를 쓸 때 이렇게 됩니다.</translation>
    </message>
    <message>
        <source>The broker refused user or password.</source>
        <translation>브로커가 사용자 이름이나 암호를 거절했습니다.</translation>
    </message>
    <message>
        <source>It failed without a reason.</source>
        <translation>이유 없이 실패했습니다.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>Insert an example</source>
        <translation>예제 넣기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::GroupModel</name>
    <message>
        <source>Every member knows its partitions.</source>
        <translation>모든 멤버가 자기 파티션을 알고 있습니다.</translation>
    </message>
    <message>
        <source>No member is there; the positions are kept.</source>
        <translation>멤버가 없습니다. 읽은 위치는 그대로 남아 있습니다.</translation>
    </message>
    <message>
        <source>Partitions are being handed out anew.</source>
        <translation>파티션을 다시 나누는 중입니다.</translation>
    </message>
    <message>
        <source>The group has no members and no positions any more.</source>
        <translation>그룹에 멤버도 읽은 위치도 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>Records that were written after the group&apos;s last committed positions</source>
        <translation>그룹이 마지막으로 커밋한 위치 뒤에 기록된 레코드</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>지연</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::GroupsPage</name>
    <message>
        <source>Groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Filter groups</source>
        <translation>그룹 찾기</translation>
    </message>
    <message>
        <source>Filter by name   /</source>
        <translation>이름으로 찾기   /</translation>
    </message>
    <message>
        <source>The groups could not be read: %1</source>
        <translation>그룹을 읽지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Parts of the group</source>
        <translation>그룹 정보</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>Positions of the group</source>
        <translation>그룹이 읽은 위치</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>커밋</translation>
    </message>
    <message>
        <source>End</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>담당</translation>
    </message>
    <message>
        <source>Members of the group</source>
        <translation>그룹의 멤버</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>클라이언트</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>호스트</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>그룹 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stable</source>
        <translation>Stable %1개</translation>
    </message>
    <message>
        <source>Asking the brokers for their groups…</source>
        <translation>브로커에 그룹을 묻는 중…</translation>
    </message>
    <message>
        <source>No group&apos;s name contains “%1”.</source>
        <translation>이름에 “%1”이(가) 들어간 그룹이 없습니다.</translation>
    </message>
    <message>
        <source>Show all groups</source>
        <translation>모든 그룹 보기</translation>
    </message>
    <message>
        <source>There are no groups yet. A group forms when a consumer subscribes with a group id; its members share the partitions.</source>
        <translation>아직 그룹이 없습니다. 컨슈머가 그룹 ID로 구독하면 그룹이 생기고, 멤버들이 파티션을 나누어 맡습니다.</translation>
    </message>
    <message>
        <source>coordinator %1</source>
        <translation>코디네이터 %1</translation>
    </message>
    <message>
        <source>Consume on the Live page</source>
        <translation>라이브 페이지에서 읽기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::JsonTreeModel</name>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>필드 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>요소 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is exact. Programs that read numbers as doubles, JavaScript for one, change it.</source>
        <translation>%1은(는) 정확한 값입니다. JavaScript처럼 수를 배정밀도로 읽는 프로그램에서는 값이 바뀝니다.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>필드</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageDetail</name>
    <message>
        <source>text, %1</source>
        <translation>텍스트, %1</translation>
    </message>
    <message>
        <source>binary, %1</source>
        <translation>바이너리, %1</translation>
    </message>
    <message>
        <source>Value as text</source>
        <translation>텍스트로 본 값</translation>
    </message>
    <message>
        <source>Value in hexadecimal</source>
        <translation>16진수로 본 값</translation>
    </message>
    <message>
        <source>Ways to see the record</source>
        <translation>레코드 보기 방식</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>트리</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>16진수</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>값 복사</translation>
    </message>
    <message>
        <source>Value as a tree</source>
        <translation>트리로 본 값</translation>
    </message>
    <message>
        <source>Exact: a number here is above 2⁵³ and is shown as it was sent.</source>
        <translation>정확한 값: 2⁵³보다 큰 수가 있으며 보낸 그대로 보여 줍니다.</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>값 복사</translation>
    </message>
    <message>
        <source>Edit and send…</source>
        <translation>고쳐서 보내기…</translation>
    </message>
    <message>
        <source>Read from here</source>
        <translation>여기서부터 읽기</translation>
    </message>
    <message>
        <source>This key only</source>
        <translation>이 키만</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message>
        <source>Record detail</source>
        <translation>레코드 상세</translation>
    </message>
    <message>
        <source>The whole record could not be read: %1</source>
        <translation>레코드 전체를 읽지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>The record is no longer in the log: retention, compaction or a purge removed it.</source>
        <translation>레코드가 로그에 더는 없습니다. 보관 기간, 컴팩션 또는 비우기로 지워졌습니다.</translation>
    </message>
    <message>
        <source>Headers %1</source>
        <translation>헤더 %1</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>log append time</source>
        <translation>로그 추가 시각</translation>
    </message>
    <message>
        <source>create time</source>
        <translation>생성 시각</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>null: a tombstone</source>
        <translation>null: 툼스톤</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>빈 값</translation>
    </message>
    <message>
        <source>text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>바이트</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n바이트</numerusform>
        </translation>
    </message>
    <message>
        <source>leader epoch %1</source>
        <translation>리더 에포크 %1</translation>
    </message>
    <message>
        <source>The value is null. In a compacted topic such a tombstone removes its key.</source>
        <translation>값이 null입니다. 컴팩션 토픽에서는 이런 툼스톤이 그 키를 지웁니다.</translation>
    </message>
    <message>
        <source>The value is there and has zero bytes. That is not the same as null.</source>
        <translation>값이 있고 길이가 0바이트입니다. null과는 다릅니다.</translation>
    </message>
    <message>
        <source>The value isn&apos;t JSON: %1 at byte %2.</source>
        <translation>값이 JSON이 아닙니다: %2번째 바이트에서 %1.</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>Show %1 as a column</source>
        <translation>%1을(를) 열로 보기</translation>
    </message>
    <message>
        <source>Only records with this value</source>
        <translation>이 값을 가진 레코드만</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageFilter</name>
    <message>
        <source>%1 at character %2</source>
        <translation>%2번째 글자에서 %1</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageHistogram</name>
    <message>
        <source>Records over time</source>
        <translation>시간별 레코드</translation>
    </message>
    <message>
        <source>records over time</source>
        <translation>시간별 레코드</translation>
    </message>
    <message>
        <source>%1 in range</source>
        <translation>범위 안 %1개</translation>
    </message>
    <message>
        <source>%1 match</source>
        <translation>%1개 일치</translation>
    </message>
    <message>
        <source>%1 – %2 · double click for all</source>
        <translation>%1 – %2 · 두 번 눌러 전체 보기</translation>
    </message>
    <message>
        <source>%1 – %2 · drag to narrow</source>
        <translation>%1 – %2 · 끌어서 좁히기</translation>
    </message>
    <message>
        <source>%1: %2 records</source>
        <translation>%1: 레코드 %2개</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageModel</name>
    <message>
        <source>deleted meanwhile</source>
        <translation>그사이 삭제됨</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>tombstone</source>
        <translation>툼스톤</translation>
    </message>
    <message>
        <source>empty (0 bytes)</source>
        <translation>빈 값 (0바이트)</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>불러오는 중</translation>
    </message>
    <message>
        <source> (log append time)</source>
        <translation> (로그 추가 시각)</translation>
    </message>
    <message>
        <source>Partition %1</source>
        <translation>파티션 %1</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>오프셋</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageStatusBar</name>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Asking for offsets…</source>
        <translation>오프셋을 묻는 중…</translation>
    </message>
    <message>
        <source>%1 of %2 new records match</source>
        <translation>새 레코드 %2개 중 %1개 일치</translation>
    </message>
    <message>
        <source>%1 new records</source>
        <translation>새 레코드 %1개</translation>
    </message>
    <message>
        <source>%1 too fast to show</source>
        <translation>너무 빨라 %1개 건너뜀</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2개 중 %1개 일치</translation>
    </message>
    <message>
        <source>full: narrow the filter to see more</source>
        <translation>가득 참: 더 보려면 필터를 좁히세요</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>레코드 %1개</translation>
    </message>
    <message>
        <source>%1 records of %2 offsets, as far as read</source>
        <translation>읽은 데까지 오프셋 %2개 중 레코드 %1개</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>live · %1</source>
        <translation>실시간 · %1</translation>
    </message>
    <message>
        <source>%1 % scanned</source>
        <translation>%1% 검색함</translation>
    </message>
    <message>
        <source>nearly done</source>
        <translation>거의 끝남</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>%1초 남음</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Hold the live tail</source>
        <translation>실시간 보기 잠시 멈추기</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>읽기 중단</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageToolbar</name>
    <message>
        <source>Messages filter</source>
        <translation>메시지 필터</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Messages topic</source>
        <translation>메시지 토픽</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Regex</source>
        <translation>정규식</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Kind of filter</source>
        <translation>필터 종류</translation>
    </message>
    <message>
        <source>From the beginning</source>
        <translation>처음부터</translation>
    </message>
    <message>
        <source>From the end</source>
        <translation>끝에서부터</translation>
    </message>
    <message>
        <source>From an offset</source>
        <translation>오프셋부터</translation>
    </message>
    <message>
        <source>From a time</source>
        <translation>시각부터</translation>
    </message>
    <message>
        <source>Live tail</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작 위치</translation>
    </message>
    <message>
        <source>Offset to start from</source>
        <translation>시작 오프셋</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>오프셋</translation>
    </message>
    <message>
        <source>Time to start from</source>
        <translation>시작 시각</translation>
    </message>
    <message>
        <source>Partitions to read</source>
        <translation>읽을 파티션</translation>
    </message>
    <message>
        <source>All partitions</source>
        <translation>모든 파티션</translation>
    </message>
    <message>
        <source>Partition %1</source>
        <translation>파티션 %1</translation>
    </message>
    <message>
        <source>The whole key   /</source>
        <translation>키 전체   /</translation>
    </message>
    <message>
        <source>Regular expression on key and value   /</source>
        <translation>키와 값에 대한 정규식   /</translation>
    </message>
    <message>
        <source>An offset is a whole number from 0 on.</source>
        <translation>오프셋은 0 이상의 정수입니다.</translation>
    </message>
    <message>
        <source>The filter can&apos;t be used: %1</source>
        <translation>필터를 쓸 수 없습니다: %1</translation>
    </message>
    <message>
        <source>Text to find   /</source>
        <translation>찾을 텍스트   /</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageView</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>CSV로 복사</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>JSON으로 복사</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessagesPage</name>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation>메시지 필터</translation>
    </message>
    <message>
        <source>Live tail</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>%1 records · %2</source>
        <translation>레코드 %1개 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>live tail</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>reading %1</source>
        <translation>읽는 중 %1</translation>
    </message>
    <message>
        <source>Choose a topic to see its records. Reading deletes nothing and moves no group&apos;s position.</source>
        <translation>토픽을 고르면 레코드를 볼 수 있습니다. 읽어도 지워지지 않고 그룹의 위치도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Choose a topic</source>
        <translation>토픽 고르기</translation>
    </message>
    <message>
        <source>Asking the brokers where %1 begins and ends…</source>
        <translation>%1의 처음과 끝을 브로커에 묻는 중…</translation>
    </message>
    <message>
        <source>Nothing could be read.</source>
        <translation>아무것도 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>Waiting. What is written to %1 from now on appears here.</source>
        <translation>기다리는 중입니다. 지금부터 %1에 쓰이는 레코드가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>No match so far…</source>
        <translation>아직 일치하는 것이 없습니다…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>No record matches the filter.</source>
        <translation>필터에 맞는 레코드가 없습니다.</translation>
    </message>
    <message>
        <source>Read without the filter</source>
        <translation>필터 없이 읽기</translation>
    </message>
    <message>
        <source>There are no records here.</source>
        <translation>레코드가 없습니다.</translation>
    </message>
    <message>
        <source>Send one</source>
        <translation>하나 보내기</translation>
    </message>
    <message>
        <source>Reading failed: %1</source>
        <translation>읽지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Remove the extra columns</source>
        <translation>추가한 열 없애기</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Writes all records of the query to a file, as JSON lines or CSV</source>
        <translation>조회한 모든 레코드를 JSON Lines 또는 CSV 파일로 저장합니다</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>레코드 내보내기</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl);;CSV (*.csv)</source>
        <translation>JSON Lines (*.jsonl);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>%1 records are in %2.</source>
        <translation>레코드 %1개를 %2에 저장했습니다.</translation>
    </message>
    <message>
        <source>The export failed: %1</source>
        <translation>내보내지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Cancel export · %1 %</source>
        <translation>내보내기 취소 · %1 %</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>행 복사</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MetricChart</name>
    <message>
        <source>−%1 s</source>
        <translation>−%1초</translation>
    </message>
    <message>
        <source>−%1 min</source>
        <translation>−%1분</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1초 전</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MetricsPage</name>
    <message>
        <source>Metrics</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>Lines by</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>표시 시간</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>By topic</source>
        <translation>토픽별</translation>
    </message>
    <message>
        <source>By broker</source>
        <translation>브로커별</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1분</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5분</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15분</translation>
    </message>
    <message>
        <source>Copy the figures as CSV</source>
        <translation>수치를 CSV로 복사</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>CSV로 복사</translation>
    </message>
    <message>
        <source>Pause the charts</source>
        <translation>차트 일시 정지</translation>
    </message>
    <message>
        <source>The charts stand still; recording goes on</source>
        <translation>차트만 멈추고 기록은 계속합니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Records in</source>
        <translation>들어온 레코드</translation>
    </message>
    <message>
        <source>Records that leaders appended, a second</source>
        <translation>리더가 초당 로그에 추가한 레코드</translation>
    </message>
    <message>
        <source>Records out</source>
        <translation>나간 레코드</translation>
    </message>
    <message>
        <source>Records that consumers fetched, a second</source>
        <translation>컨슈머가 초당 가져간 레코드</translation>
    </message>
    <message>
        <source>Bytes in</source>
        <translation>들어온 바이트</translation>
    </message>
    <message>
        <source>Bytes that leaders appended, a second, as compressed by the producer</source>
        <translation>리더가 초당 로그에 추가한 바이트(프로듀서가 압축한 크기)</translation>
    </message>
    <message>
        <source>Bytes out</source>
        <translation>나간 바이트</translation>
    </message>
    <message>
        <source>Bytes that consumers fetched, a second</source>
        <translation>컨슈머가 초당 가져간 바이트</translation>
    </message>
    <message>
        <source>Request latency, 99th percentile</source>
        <translation>요청 지연, 99백분위</translation>
    </message>
    <message>
        <source>From a request&apos;s arrival at the broker to its answer, by kind of request; one in a hundred takes longer. Fetch is left out: it waits for records on purpose</source>
        <translation>요청이 브로커에 도착해서 응답할 때까지 걸린 시간을 요청 종류별로 보여 줍니다. 백에 하나는 이보다 오래 걸립니다. Fetch는 일부러 레코드를 기다리므로 뺐습니다</translation>
    </message>
    <message>
        <source>Partitions out of sync</source>
        <translation>동기화되지 않은 파티션</translation>
    </message>
    <message>
        <source>Partitions with a replica that is too far behind its leader to count</source>
        <translation>리더보다 너무 뒤처진 복제본이 있는 파티션</translation>
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
        <translation>기타</translation>
    </message>
    <message>
        <source>Not visible from outside: an external cluster doesn&apos;t tell what other programs do.</source>
        <translation>밖에서는 볼 수 없습니다. 외부 클러스터는 다른 프로그램이 하는 일을 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>Produce %1</source>
        <translation>Produce %1</translation>
    </message>
    <message>
        <source>%1 in · %2 out</source>
        <translation>들어옴 %1 · 나감 %2</translation>
    </message>
    <message>
        <source>%1 in</source>
        <translation>들어옴 %1</translation>
    </message>
    <message>
        <source>%1 out of sync</source>
        <translation>동기화 안 됨 %1개</translation>
    </message>
    <message>
        <source>all in sync</source>
        <translation>모두 동기화됨</translation>
    </message>
    <message>
        <source>in: from offsets · out and latency: this window&apos;s own</source>
        <translation>들어옴: 오프셋 기준 · 나감과 지연: 이 창의 요청만</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::PartitionModel</name>
    <message>
        <source>leader</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>in sync</source>
        <translation>동기화됨</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>오프라인</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>뒤처짐</translation>
    </message>
    <message>
        <source>broker-%1</source>
        <translation>broker-%1</translation>
    </message>
    <message>
        <source>%1 leads partition %2: producers and consumers talk to it (leader epoch %3)</source>
        <translation>%1이(가) 파티션 %2의 리더입니다. 프로듀서와 컨슈머는 이 브로커와 통신합니다(리더 에포크 %3)</translation>
    </message>
    <message>
        <source>%1 holds a copy of partition %2 that is in sync: it may become leader</source>
        <translation>%1에 파티션 %2의 동기화된 복제본이 있습니다. 리더가 될 수 있습니다</translation>
    </message>
    <message>
        <source>%1&apos;s copy of partition %2 is %3 records behind</source>
        <translation>%1에 있는 파티션 %2의 복제본이 레코드 %3개만큼 뒤처졌습니다</translation>
    </message>
    <message>
        <source>%1&apos;s copy of partition %2 is not in sync</source>
        <translation>%1에 있는 파티션 %2의 복제본이 동기화되지 않았습니다</translation>
    </message>
    <message>
        <source>%1 is down: its copy of partition %2 can&apos;t be reached</source>
        <translation>%1이(가) 멈춰 있어 파티션 %2의 복제본에 접근할 수 없습니다</translation>
    </message>
    <message>
        <source>The first offset that is still there, and the high watermark: the next offset to be read</source>
        <translation>아직 남아 있는 첫 오프셋과 하이 워터마크(다음에 읽을 오프셋)</translation>
    </message>
    <message>
        <source>First – end offset</source>
        <translation>첫 – 끝 오프셋</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>레코드</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::RangeRead</name>
    <message>
        <source>The brokers gave no records within %1 seconds.</source>
        <translation>브로커가 %1초 안에 레코드를 주지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ShownRecord</name>
    <message>
        <source>… %1 more bytes</source>
        <translation>… %1바이트 더</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicActionPanel</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicCommandBox</name>
    <message>
        <source>copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicConfigTab</name>
    <message>
        <source>Filter settings</source>
        <translation>설정 필터</translation>
    </message>
    <message>
        <source>Filter by name or meaning</source>
        <translation>이름이나 뜻으로 찾기</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>기본값으로</translation>
    </message>
    <message>
        <source>Value of the setting</source>
        <translation>설정 값</translation>
    </message>
    <message>
        <source>The settings could not be read: %1</source>
        <translation>설정을 읽지 못했습니다: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Kafka&apos;s default: %1</source>
        <translation>Kafka 기본값: %1</translation>
    </message>
    <message>
        <source>This topic doesn&apos;t set it</source>
        <translation>이 토픽에서 정한 값이 아닙니다</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicCreateSheet</name>
    <message>
        <source>Create topic</source>
        <translation>토픽 만들기</translation>
    </message>
    <message>
        <source>New topic</source>
        <translation>새 토픽</translation>
    </message>
    <message>
        <source>for example shop.orders</source>
        <translation>예: shop.orders</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Topic name</source>
        <translation>토픽 이름</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>복제본</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>+ Add a setting</source>
        <translation>+ 설정 추가</translation>
    </message>
    <message>
        <source>Add a setting</source>
        <translation>설정 추가</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>명령줄로 하면</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Leave this setting at its default</source>
        <translation>이 설정은 기본값으로 두기</translation>
    </message>
    <message>
        <source>A topic can&apos;t be called . or ..</source>
        <translation>. 이나 .. 은 토픽 이름으로 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>Letters a–z and A–Z, digits, dot, underscore and hyphen only</source>
        <translation>영문자, 숫자, 점, 밑줄, 하이픈만 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>At most %1 characters</source>
        <translation>최대 %1자입니다</translation>
    </message>
    <message>
        <source>There is a topic of this name already</source>
        <translation>같은 이름의 토픽이 이미 있습니다</translation>
    </message>
    <message>
        <source>Too like %1: in metrics, dot and underscore are the same</source>
        <translation>%1와(과) 너무 비슷합니다. 지표에서는 점과 밑줄이 같게 다뤄집니다</translation>
    </message>
    <message numerus="yes">
        <source>There are only %n broker(s)</source>
        <translation>
            <numerusform>브로커가 %n개뿐입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is given twice</source>
        <translation>%1이(가) 두 번 지정되었습니다</translation>
    </message>
    <message>
        <source>%1 partitions × %2 replicas: the brokers keep %3 logs for it.</source>
        <translation>파티션 %1개 × 복제본 %2개: 브로커들이 로그 %3개를 보관합니다.</translation>
    </message>
    <message>
        <source>One replica only: while its broker is down, a partition can&apos;t be used.</source>
        <translation>복제본이 하나뿐입니다. 그 브로커가 멈추면 파티션을 쓸 수 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Each partition has one leader and %n follower(s); it goes on while one of them is in sync.</source>
        <translation>
            <numerusform>파티션마다 리더 하나와 팔로워 %n개가 있으며, 그중 하나라도 동기화되어 있으면 계속 쓸 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>만드는 중…</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicSheet</name>
    <message>
        <source>Parts of the topic</source>
        <translation>토픽의 구성</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Partitions of the topic</source>
        <translation>토픽의 파티션</translation>
    </message>
    <message>
        <source>What deletes records here</source>
        <translation>레코드가 지워지는 때</translation>
    </message>
    <message>
        <source>The same on the command line</source>
        <translation>명령줄로 하면</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Read this topic</source>
        <translation>이 토픽 읽기</translation>
    </message>
    <message>
        <source>Send…</source>
        <translation>보내기…</translation>
    </message>
    <message>
        <source>Send to this topic</source>
        <translation>이 토픽에 보내기</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Add partitions…</source>
        <translation>파티션 추가…</translation>
    </message>
    <message>
        <source>Add partitions</source>
        <translation>파티션 추가</translation>
    </message>
    <message>
        <source>Purge…</source>
        <translation>비우기…</translation>
    </message>
    <message>
        <source>Purge topic</source>
        <translation>토픽 비우기</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Delete topic</source>
        <translation>토픽 삭제</translation>
    </message>
    <message>
        <source>Reading the settings…</source>
        <translation>설정을 읽는 중…</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s)</source>
        <translation>
            <numerusform>파티션 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replica(s)</source>
        <translation>
            <numerusform>복제본 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 삭제</translation>
    </message>
    <message numerus="yes">
        <source>Deletes %n partition(s) with %1 records, on every broker. Producers and consumers of it get errors. This can&apos;t be undone.</source>
        <translation>
            <numerusform>레코드 %1개가 든 파티션 %n개를 모든 브로커에서 삭제합니다. 이 토픽을 쓰는 프로듀서와 컨슈머는 오류를 받습니다. 되돌릴 수 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm delete topic</source>
        <translation>토픽 삭제 확인</translation>
    </message>
    <message>
        <source>Purge %1</source>
        <translation>%1 비우기</translation>
    </message>
    <message numerus="yes">
        <source>Deletes the %1 records that are in %n partition(s) now. The topic and its settings stay, and offsets go on from where they are. This can&apos;t be undone.</source>
        <translation>
            <numerusform>지금 파티션 %n개에 있는 레코드 %1개를 삭제합니다. 토픽과 설정은 남고 오프셋은 지금 위치에서 이어집니다. 되돌릴 수 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm purge topic</source>
        <translation>토픽 비우기 확인</translation>
    </message>
    <message>
        <source>Add partitions to %1</source>
        <translation>%1에 파티션 추가</translation>
    </message>
    <message>
        <source>Now there are %1. There is no way back to fewer. Keys are spread anew: records with the same key may go to another partition than before, so their order across the change isn&apos;t kept.</source>
        <translation>지금은 %1개입니다. 나중에 줄일 수는 없습니다. 키가 새로 나뉘므로 같은 키의 레코드가 전과 다른 파티션으로 갈 수 있고, 바뀌는 시점 앞뒤의 순서는 지켜지지 않습니다.</translation>
    </message>
    <message>
        <source>Partitions from now on</source>
        <translation>앞으로의 파티션 수</translation>
    </message>
    <message>
        <source>Confirm add partitions</source>
        <translation>파티션 추가 확인</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>삭제하는 중…</translation>
    </message>
    <message>
        <source>Purging…</source>
        <translation>비우는 중…</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>추가하는 중…</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicTreeModel</name>
    <message>
        <source>Topics whose names begin with %1</source>
        <translation>이름이 %1(으)로 시작하는 토픽</translation>
    </message>
    <message numerus="yes">
        <source>%n topics</source>
        <translation>
            <numerusform>토픽 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n offline</source>
        <translation>
            <numerusform>오프라인 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out of sync</source>
        <translation>
            <numerusform>동기화 안 됨 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n partition(s) without a leader</source>
        <translation>
            <numerusform>%1: 리더가 없는 파티션 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n partition(s) with a replica out of sync</source>
        <translation>
            <numerusform>%1: 동기화되지 않은 복제본이 있는 파티션 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Offsets between the first and the high watermark; compacted topics hold fewer records</source>
        <translation>첫 오프셋부터 하이 워터마크까지의 수입니다. 컴팩션 토픽에는 레코드가 더 적습니다</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Replicas</source>
        <translation>복제본</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>레코드</translation>
    </message>
    <message>
        <source>In /s</source>
        <translation>초당 입력</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicsPage</name>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>The cluster doesn&apos;t answer: %1</source>
        <translation>클러스터가 응답하지 않습니다: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>New topic</source>
        <translation>새 토픽</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message>
        <source>Filter topics</source>
        <translation>토픽 필터</translation>
    </message>
    <message>
        <source>Read the topics again</source>
        <translation>토픽 다시 읽기</translation>
    </message>
    <message>
        <source>Filter by name   /</source>
        <translation>이름으로 찾기   /</translation>
    </message>
    <message>
        <source>Topics as</source>
        <translation>토픽 보기</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>트리</translation>
    </message>
    <message>
        <source>Names with a common prefix stand together</source>
        <translation>앞부분이 같은 이름을 묶어 보여 줍니다</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>All names in one list</source>
        <translation>모든 이름을 한 목록으로</translation>
    </message>
    <message>
        <source>★ Favourites</source>
        <translation>★ 즐겨찾기</translation>
    </message>
    <message>
        <source>Favourites only</source>
        <translation>즐겨찾기만</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>내부</translation>
    </message>
    <message>
        <source>Internal topics</source>
        <translation>내부 토픽</translation>
    </message>
    <message>
        <source>Topics in which Kafka itself keeps its books, such as __consumer_offsets</source>
        <translation>__consumer_offsets처럼 Kafka가 스스로 쓰는 토픽</translation>
    </message>
    <message>
        <source>%1 out of sync</source>
        <translation>동기화 안 됨 %1개</translation>
    </message>
    <message>
        <source>all in sync</source>
        <translation>모두 동기화됨</translation>
    </message>
    <message>
        <source>Asking the brokers for their topics…</source>
        <translation>브로커에 토픽을 묻는 중…</translation>
    </message>
    <message>
        <source>No favourites yet. Choose a topic and mark it as a favourite.</source>
        <translation>아직 즐겨찾기가 없습니다. 토픽을 고르고 즐겨찾기로 표시하세요.</translation>
    </message>
    <message>
        <source>Show all topics</source>
        <translation>모든 토픽 보기</translation>
    </message>
    <message>
        <source>No topic&apos;s name contains “%1”.</source>
        <translation>이름에 “%1”이(가) 들어간 토픽이 없습니다.</translation>
    </message>
    <message>
        <source>There are no topics yet. A topic is a named log that producers write to and consumers read from.</source>
        <translation>아직 토픽이 없습니다. 토픽은 프로듀서가 쓰고 컨슈머가 읽는, 이름이 붙은 로그입니다.</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>No longer a favourite</source>
        <translation>즐겨찾기에서 빼기</translation>
    </message>
    <message>
        <source>Mark as a favourite</source>
        <translation>즐겨찾기에 넣기</translation>
    </message>
    <message>
        <source>Add partitions…</source>
        <translation>파티션 추가…</translation>
    </message>
    <message>
        <source>Purge…</source>
        <translation>비우기…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln topic(s)</source>
        <translation>
            <numerusform>토픽 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln partition(s)</source>
        <translation>
            <numerusform>파티션 %Ln개</numerusform>
        </translation>
    </message>
</context>
</TS>
