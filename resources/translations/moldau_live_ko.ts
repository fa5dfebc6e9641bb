<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>CaptionPainter</name>
    <message>
        <source>leader</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>follower</source>
        <translation>팔로워</translation>
    </message>
    <message numerus="yes">
        <source>%n topic(s) not shown</source>
        <translation>
            <numerusform>표시하지 않은 토픽 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>out of sync</source>
        <translation>동기화 안 됨</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>오프라인</translation>
    </message>
    <message>
        <source>a group&apos;s position</source>
        <translation>그룹의 위치</translation>
    </message>
    <message>
        <source>full to high watermark, pale to log end</source>
        <translation>하이 워터마크까지 진하게, 로그 끝까지 옅게</translation>
    </message>
</context>
<context>
    <name>FaultText</name>
    <message>
        <source>cut</source>
        <translation>끊김</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>loses</source>
        <translation>유실</translation>
    </message>
    <message>
        <source>closes</source>
        <translation>닫힘</translation>
    </message>
    <message>
        <source>twice</source>
        <translation>두 번</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>disk full</source>
        <translation>디스크 가득</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>끊기</translation>
    </message>
    <message>
        <source>Slow it by %1 ms</source>
        <translation>%1 ms 늦추기</translation>
    </message>
    <message>
        <source>Lose what is sent</source>
        <translation>보낸 것 잃어버리기</translation>
    </message>
    <message>
        <source>Close connections</source>
        <translation>연결 닫기</translation>
    </message>
    <message>
        <source>The link between %1 and %2 is cut.</source>
        <translation>%1와(과) %2 사이의 링크가 끊겼습니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 is slowed by %3 ms.</source>
        <translation>%1와(과) %2 사이의 링크가 %3 ms 느려졌습니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 loses what is sent over it.</source>
        <translation>%1와(과) %2 사이의 링크가 보낸 것을 잃어버립니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 closes its connections.</source>
        <translation>%1와(과) %2 사이의 링크가 연결을 닫습니다.</translation>
    </message>
    <message>
        <source>The disk of %1 is full.</source>
        <translation>%1의 디스크가 가득 찼습니다.</translation>
    </message>
    <message>
        <source>%1 – %2: %3</source>
        <comment>two nodes, what is wrong between them</comment>
        <translation>%1 – %2: %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>node, what is wrong with it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 is shutting down</source>
        <translation>%1이(가) 종료하는 중입니다</translation>
    </message>
    <message>
        <source>%1 shut down</source>
        <translation>%1이(가) 종료했습니다</translation>
    </message>
    <message>
        <source>%1 started anew</source>
        <translation>%1이(가) 새로 시작했습니다</translation>
    </message>
    <message>
        <source>%1 is back</source>
        <translation>%1이(가) 돌아왔습니다</translation>
    </message>
    <message>
        <source>%1 asked to be fenced</source>
        <translation>%1이(가) 격리를 요청했습니다</translation>
    </message>
    <message>
        <source>%1 was unregistered</source>
        <translation>%1의 등록이 해제되었습니다</translation>
    </message>
    <message>
        <source>the connection to %1 was lost</source>
        <translation>%1와(과)의 연결이 끊겼습니다</translation>
    </message>
    <message>
        <source>the session of %1 timed out</source>
        <translation>%1의 세션이 만료되었습니다</translation>
    </message>
    <message>
        <source>its leader %1 found it lagging</source>
        <translation>리더 %1이(가) 뒤처졌다고 판단했습니다</translation>
    </message>
    <message>
        <source>its preferred leader is in sync again</source>
        <translation>선호 리더가 다시 동기화되었습니다</translation>
    </message>
    <message>
        <source>no replica in sync is left and the topic allows unclean elections</source>
        <translation>동기화된 복제본이 없고 토픽이 비정상 선출을 허용합니다</translation>
    </message>
    <message>
        <source>a preferred election was asked for</source>
        <translation>선호 리더 선출을 요청받았습니다</translation>
    </message>
    <message>
        <source>an unclean election was asked for</source>
        <translation>비정상 선출을 요청받았습니다</translation>
    </message>
    <message>
        <source>a reassignment was asked for</source>
        <translation>재배치를 요청받았습니다</translation>
    </message>
    <message>
        <source>its reassignment has ended</source>
        <translation>재배치가 끝났습니다</translation>
    </message>
    <message>
        <source>The link between %1 and %2 was cut: nothing passes until it is healed.</source>
        <translation>%1와(과) %2 사이의 링크를 끊었습니다. 되돌릴 때까지 아무것도 오가지 못합니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 was slowed: what is sent over it comes %3 ms later.</source>
        <translation>%1와(과) %2 사이의 링크를 느리게 했습니다. 보낸 것이 %3 ms 늦게 도착합니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 loses what is sent over it from here on.</source>
        <translation>이제부터 %1와(과) %2 사이의 링크가 보낸 것을 잃어버립니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 closes its connections from here on.</source>
        <translation>이제부터 %1와(과) %2 사이의 링크가 연결을 닫습니다.</translation>
    </message>
    <message>
        <source>The disk of %1 was filled: it has no room for anything more.</source>
        <translation>%1의 디스크를 가득 채웠습니다. 더 쓸 공간이 없습니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 is as fast as before.</source>
        <translation>%1와(과) %2 사이의 링크가 전처럼 빨라졌습니다.</translation>
    </message>
    <message>
        <source>The link between %1 and %2 is whole again.</source>
        <translation>%1와(과) %2 사이의 링크가 다시 이어졌습니다.</translation>
    </message>
    <message>
        <source>The disk of %1 has room again.</source>
        <translation>%1의 디스크에 다시 공간이 생겼습니다.</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 /s</source>
        <translation>%1 /초</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>bytes</comment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1일</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1일 %2시간</translation>
    </message>
</context>
<context>
    <name>Narrator</name>
    <message>
        <source>%1 and %2</source>
        <comment>last two of a list</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between things of a list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 cut its log of %2 back to offset %3, where it agrees with the leader.</source>
        <translation>%1: %2 로그를 리더와 일치하는 오프셋 %3까지 잘라 냈습니다.</translation>
    </message>
    <message>
        <source>%1 registered with the controller.</source>
        <translation>%1: 컨트롤러에 등록했습니다.</translation>
    </message>
    <message>
        <source>%1 is up: the controller lets it serve.</source>
        <translation>%1 가동: 컨트롤러가 서비스를 허용했습니다.</translation>
    </message>
    <message>
        <source>The controller fenced %1: it may lead nothing.</source>
        <translation>컨트롤러가 %1을(를) 격리했습니다. 이제 아무것도 리드할 수 없습니다.</translation>
    </message>
    <message>
        <source>The controller fenced %1: %2.</source>
        <translation>컨트롤러가 %1을(를) 격리했습니다: %2.</translation>
    </message>
    <message>
        <source>%1 wants to stop; its leaders move first.</source>
        <translation>%1: 정지 요청. 맡고 있던 리더부터 옮깁니다.</translation>
    </message>
    <message>
        <source>%1 started.</source>
        <translation>%1 시작됨.</translation>
    </message>
    <message>
        <source>%1 stopped.</source>
        <translation>%1 정지됨.</translation>
    </message>
    <message>
        <source>%1 was killed: nothing was flushed, its connections were cut.</source>
        <translation>%1 강제 종료됨: 디스크에 아무것도 내려쓰지 못했고 연결이 모두 끊겼습니다.</translation>
    </message>
    <message>
        <source>A log directory of %1 failed: %2.</source>
        <translation>%1의 로그 디렉터리에 장애가 났습니다: %2.</translation>
    </message>
    <message numerus="yes">
        <source>Topic %1 was created with %n partition(s).</source>
        <translation>
            <numerusform>토픽 %1을(를) 파티션 %n개로 만들었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Topic %1 was deleted.</source>
        <translation>토픽 %1을(를) 삭제했습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 was changed.</source>
        <translation>%2의 %1 설정이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>%1 is the controller now (epoch %2).</source>
        <translation>이제 %1이(가) 컨트롤러입니다(에포크 %2).</translation>
    </message>
    <message>
        <source>Group %1 is %2 (generation %3).</source>
        <translation>그룹 %1의 상태: %2(세대 %3).</translation>
    </message>
    <message>
        <source>%2 joined group %1.</source>
        <translation>%2이(가) 그룹 %1에 참여했습니다.</translation>
    </message>
    <message>
        <source>%2 left group %1.</source>
        <translation>%2이(가) 그룹 %1에서 나갔습니다.</translation>
    </message>
    <message>
        <source>%1 connected to %2.</source>
        <translation>%1이(가) %2에 연결했습니다.</translation>
    </message>
    <message>
        <source>%1 connected to %2 with %3.</source>
        <translation>%1이(가) %3(으)로 %2에 연결했습니다.</translation>
    </message>
    <message>
        <source>%1 closed the connection of %2: %3.</source>
        <translation>%1이(가) %2의 연결을 닫았습니다: %3.</translation>
    </message>
    <message>
        <source>an unknown program</source>
        <translation>알 수 없는 프로그램</translation>
    </message>
    <message>
        <source>The producer pane</source>
        <translation>프로듀서 패널</translation>
    </message>
    <message>
        <source>The consumer pane</source>
        <translation>컨슈머 패널</translation>
    </message>
    <message>
        <source>%1 sent %2 in %3 batches to %4 partitions of %5.</source>
        <translation>%1이(가) %5의 파티션 %4개에 %2를 배치 %3개로 보냈습니다.</translation>
    </message>
    <message>
        <source>%1 sent %2 in %3 batches to %4, which %5 leads.</source>
        <translation>%1이(가) %4(리더 %5)에 %2를 배치 %3개로 보냈습니다.</translation>
    </message>
    <message>
        <source>%1 sent %2 to %3: murmur2 of the key chose the partition, %4 leads it.</source>
        <translation>%1이(가) %3에 %2를 보냈습니다. 키의 murmur2 값으로 파티션이 정해졌고 리더는 %4입니다.</translation>
    </message>
    <message>
        <source>%1 sent %2 to %3, which %4 leads.</source>
        <translation>%1이(가) %3(리더 %4)에 %2를 보냈습니다.</translation>
    </message>
    <message>
        <source>%1 refused %2 from %3 for %4: %5.</source>
        <translation>%1이(가) %3에서 %4(으)로 보낸 %2를 거부했습니다: %5.</translation>
    </message>
    <message>
        <source>offset %1</source>
        <translation>오프셋 %1</translation>
    </message>
    <message>
        <source>offsets %1 to %2</source>
        <translation>오프셋 %1~%2</translation>
    </message>
    <message>
        <source>%1 copied %2 of %3</source>
        <translation>%1이(가) %3의 %2을(를) 복제</translation>
    </message>
    <message>
        <source>%1 fetched %2 of %3 from %4</source>
        <translation>%1이(가) %4에서 %3의 %2을(를) 가져옴</translation>
    </message>
    <message>
        <source>; the high watermark moves to %1</source>
        <translation>. 하이 워터마크가 %1(으)로 이동</translation>
    </message>
    <message>
        <source>, acknowledged after %1</source>
        <translation>, %1 뒤 확인 응답</translation>
    </message>
    <message>
        <source>%1 read %2 from %3 partitions of %4.</source>
        <translation>%1이(가) %4의 파티션 %3개에서 %2를 읽었습니다.</translation>
    </message>
    <message>
        <source>%1 read offset %2 of %3 from %4.</source>
        <translation>%1이(가) %4에서 %3의 오프셋 %2을(를) 읽었습니다.</translation>
    </message>
    <message>
        <source>%1 read offsets %2 to %3 of %4 from %5.</source>
        <translation>%1이(가) %5에서 %4의 오프셋 %2~%3을(를) 읽었습니다.</translation>
    </message>
    <message>
        <source>%1 leads %2 now: %3.</source>
        <translation>이제 %1이(가) %2의 리더입니다: %3.</translation>
    </message>
    <message>
        <source>%1 leads %2 now (epoch %3).</source>
        <translation>이제 %1이(가) %2의 리더입니다(에포크 %3).</translation>
    </message>
    <message>
        <source>no replica in sync is up</source>
        <translation>동기화된 복제본 가운데 살아 있는 것이 없음</translation>
    </message>
    <message>
        <source>Nobody leads %1 now: %2.</source>
        <translation>%1의 리더가 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1 left the in-sync replicas of %2.</source>
        <translation>%1이(가) %2의 ISR에서 빠졌습니다.</translation>
    </message>
    <message>
        <source>%1 left the in-sync replicas of %2: %3.</source>
        <translation>%1이(가) %2의 ISR에서 빠졌습니다: %3.</translation>
    </message>
    <message>
        <source>%1 is in sync again for %2: it has caught up with the leader.</source>
        <translation>%1이(가) %2의 ISR에 다시 들어왔습니다. 리더를 따라잡았습니다.</translation>
    </message>
    <message>
        <source>Group %1 committed its positions in %2 partitions of %3.</source>
        <translation>그룹 %1이(가) %3의 파티션 %2개에 위치를 커밋했습니다.</translation>
    </message>
    <message>
        <source>Group %1 committed offset %2 of %3 (lag %4).</source>
        <translation>그룹 %1이(가) %3의 오프셋 %2을(를) 커밋했습니다(랙 %4).</translation>
    </message>
    <message>
        <source>Group %1 committed offset %2 of %3.</source>
        <translation>그룹 %1이(가) %3의 오프셋 %2을(를) 커밋했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s) of %1</source>
        <translation>
            <numerusform>%1의 파티션 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>레코드 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1 정지</translation>
    </message>
    <message>
        <source>%1 was killed</source>
        <translation>%1이(가) 강제 종료되었습니다</translation>
    </message>
    <message>
        <source>%1 was paused</source>
        <translation>%1이(가) 일시 정지되었습니다</translation>
    </message>
    <message>
        <source>%1 was paused: it does nothing from here on, its connections stay open.</source>
        <translation>%1이(가) 일시 정지되었습니다. 이제 아무것도 하지 않지만 연결은 열려 있습니다.</translation>
    </message>
    <message>
        <source>%1 goes on after its pause.</source>
        <translation>%1이(가) 일시 정지를 끝내고 계속합니다.</translation>
    </message>
    <message>
        <source>The voters made %1 the leader of the quorum (epoch %2).</source>
        <translation>투표자들이 %1을(를) 쿼럼의 리더로 뽑았습니다(에포크 %2).</translation>
    </message>
    <message>
        <source>The voters made %1 the leader of the quorum (epoch %2): %3.</source>
        <translation>투표자들이 %1을(를) 쿼럼의 리더로 뽑았습니다(에포크 %2): %3.</translation>
    </message>
    <message numerus="yes">
        <source>It has struck %Ln time(s).</source>
        <translation>
            <numerusform>%Ln번 일어났습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Requests go wrong on purpose from here on: %1.</source>
        <translation>이제부터 요청이 일부러 잘못됩니다: %1.</translation>
    </message>
    <message>
        <source>Requests go right again: %1.</source>
        <translation>요청이 다시 제대로 처리됩니다: %1.</translation>
    </message>
</context>
<context>
    <name>NodePainter</name>
    <message>
        <source>Coordination</source>
        <translation>조정 계층</translation>
    </message>
    <message>
        <source>ZooKeeper</source>
        <translation>ZooKeeper</translation>
    </message>
    <message>
        <source>KRaft quorum</source>
        <translation>KRaft 쿼럼</translation>
    </message>
    <message>
        <source>%1 · epoch %2</source>
        <translation>%1 · 에포크 %2</translation>
    </message>
    <message>
        <source>%1 is the controller</source>
        <translation>%1이(가) 컨트롤러</translation>
    </message>
    <message>
        <source>not visible from outside</source>
        <translation>밖에서는 보이지 않음</translation>
    </message>
    <message>
        <source>controller</source>
        <translation>컨트롤러</translation>
    </message>
    <message>
        <source>%1 msg/s</source>
        <translation>%1건/초</translation>
    </message>
    <message numerus="yes">
        <source>%n more client(s)</source>
        <translation>
            <numerusform>클라이언트 %n개 더</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Connect to a cluster</source>
        <translation>클러스터에 연결</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>라이브</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>지표</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>컴포즈</translation>
    </message>
    <message>
        <source>Brokers</source>
        <translation>브로커</translation>
    </message>
</context>
<context>
    <name>TopologyText</name>
    <message>
        <source>up</source>
        <translation>가동 중</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>시작 중</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>정지 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>강제 종료됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>fenced</source>
        <translation>격리됨</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>오프라인</translation>
    </message>
    <message>
        <source>in sync</source>
        <translation>동기화됨</translation>
    </message>
    <message>
        <source>out of sync</source>
        <translation>동기화 안 됨</translation>
    </message>
    <message>
        <source>leader</source>
        <translation>리더</translation>
    </message>
    <message>
        <source>follower</source>
        <translation>팔로워</translation>
    </message>
    <message>
        <source>%1 %2 on %3, %4, %5</source>
        <translation>%3의 %1 %2, %4, %5</translation>
    </message>
    <message>
        <source>producer and consumer</source>
        <translation>프로듀서 겸 컨슈머</translation>
    </message>
    <message>
        <source>producer</source>
        <translation>프로듀서</translation>
    </message>
    <message>
        <source>consumer</source>
        <translation>컨슈머</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>연결됨</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>그룹 %1</translation>
    </message>
    <message>
        <source>left</source>
        <translation>나감</translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>오류 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>연결 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (id %2, %3) is %4: it leads %5 of the %6 replicas that it holds.</source>
        <translation>%1(ID %2, %3): %4. 가지고 있는 복제본 %6개 가운데 %5개의 리더입니다.</translation>
    </message>
    <message>
        <source>%1 %2 on %3</source>
        <translation>%3의 %1 %2</translation>
    </message>
    <message>
        <source>%1: offline, its broker doesn&apos;t serve.</source>
        <translation>%1: 오프라인. 브로커가 동작하지 않습니다.</translation>
    </message>
    <message>
        <source>%1: the leader; producers and consumers talk to it (epoch %2).</source>
        <translation>%1: 리더. 프로듀서와 컨슈머는 이 복제본과 통신합니다(에포크 %2).</translation>
    </message>
    <message>
        <source>%1: a follower in sync; it copies from %2 and could lead.</source>
        <translation>%1: 동기화된 팔로워. %2에서 복제하며 리더가 될 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: out of sync; it has not caught up with %2 in time.</source>
        <translation>%1: 동기화 안 됨. 제때 %2을(를) 따라잡지 못했습니다.</translation>
    </message>
    <message>
        <source>Log end %1, high watermark %2.</source>
        <translation>로그 끝 %1, 하이 워터마크 %2.</translation>
    </message>
    <message>
        <source>Group %1 is at %2.</source>
        <translation>그룹 %1의 위치는 %2.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2, %n connection(s).</source>
        <translation>
            <numerusform>%1: %2, 연결 %n개.</numerusform>
        </translation>
    </message>
    <message>
        <source>library unknown</source>
        <translation>라이브러리 알 수 없음</translation>
    </message>
    <message>
        <source>%1 keeps the cluster&apos;s metadata and decides who leads.</source>
        <translation>%1이(가) 클러스터의 메타데이터를 보관하고 리더를 정합니다.</translation>
    </message>
    <message>
        <source>%1 leads the quorum: it decides which replica leads and writes it to the metadata log.</source>
        <translation>%1이(가) 쿼럼의 리더입니다. 어느 복제본이 리드할지 정해 메타데이터 로그에 씁니다.</translation>
    </message>
    <message>
        <source>%1 follows the quorum&apos;s leader and votes when it is gone.</source>
        <translation>%1은(는) 쿼럼 리더를 따르고, 리더가 사라지면 투표합니다.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>에포크 %1</translation>
    </message>
    <message>
        <source>votes</source>
        <translation>투표 중</translation>
    </message>
    <message>
        <source>after epoch %1</source>
        <translation>에포크 %1 다음</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 뒤처짐</translation>
    </message>
</context>
<context>
    <name>moldau::ClusterListModel</name>
    <message>
        <source>%1 (read only)</source>
        <translation>%1(읽기 전용)</translation>
    </message>
    <message>
        <source>embedded</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>compose file</source>
        <translation>컴포즈 파일</translation>
    </message>
    <message>
        <source>external</source>
        <translation>외부</translation>
    </message>
    <message numerus="yes">
        <source>%n broker(s) · %1</source>
        <translation>
            <numerusform>브로커 %n대 · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::CommandPalette</name>
    <message>
        <source>Search everything</source>
        <translation>전체 검색</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>하려는 일을 입력하세요</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Actions found</source>
        <translation>찾은 동작</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>menu and entry</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>moldau::EngineHost</name>
    <message>
        <source>Local</source>
        <translation>로컬</translation>
    </message>
    <message>
        <source>moldauctl runs the local cluster already (process %1). Stop it with “moldauctl down”, or connect to its addresses.</source>
        <translation>moldauctl이 이미 로컬 클러스터를 실행하고 있습니다(프로세스 %1). “moldauctl down”으로 멈추거나 그 주소에 연결하세요.</translation>
    </message>
</context>
<context>
    <name>moldau::MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Cluster</source>
        <translation>클러스터(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>페이지(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>이동(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>About Moldau</source>
        <translation>Moldau 정보</translation>
    </message>
    <message>
        <source>About Qt</source>
        <translation>Qt 정보</translation>
    </message>
    <message>
        <source>Connect to a cluster…</source>
        <translation>클러스터에 연결…</translation>
    </message>
    <message>
        <source>Open a compose file…</source>
        <translation>컴포즈 파일 열기…</translation>
    </message>
    <message>
        <source>Start the local cluster</source>
        <translation>로컬 클러스터 시작</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Present (larger)</source>
        <translation>발표 모드(크게)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>메뉴 막대</translation>
    </message>
    <message>
        <source>Everything…</source>
        <translation>전체 찾기…</translation>
    </message>
    <message>
        <source>Read the metadata again</source>
        <translation>메타데이터 다시 읽기</translation>
    </message>
    <message>
        <source>Copy the bootstrap address</source>
        <translation>부트스트랩 주소 복사</translation>
    </message>
    <message>
        <source>Delete everything and start anew…</source>
        <translation>모두 삭제하고 새로 시작…</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>새로 시작</translation>
    </message>
    <message>
        <source>All topics and records of the local cluster are deleted. Delete them?</source>
        <translation>로컬 클러스터의 모든 토픽과 레코드가 삭제됩니다. 삭제할까요?</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>연결 끊기</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>멈추고 닫기</translation>
    </message>
    <message>
        <source>&lt;b&gt;Moldau %1&lt;/b&gt;&lt;p&gt;A Kafka-compatible cluster in a window, and a window on any Kafka.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Moldau %1&lt;/b&gt;&lt;p&gt;창 안에 담긴 Kafka 호환 클러스터이자, 모든 Kafka를 들여다보는 창입니다.&lt;/p&gt;&lt;p&gt;GNU 일반 공중 사용 허가서 버전 3 이상을 따르는 자유 소프트웨어입니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1 could not be opened: %2</source>
        <translation>%1을(를) 열 수 없습니다: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>No cluster is open. The local one has three brokers, starts at once and lives in this window.</source>
        <translation>열려 있는 클러스터가 없습니다. 로컬 클러스터는 브로커 3대로 바로 시작하며 이 창 안에서 동작합니다.</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>%1 여는 중…</translation>
    </message>
    <message>
        <source>%1 – %2 – Moldau</source>
        <comment>page, cluster</comment>
        <translation>%1 – %2 – Moldau</translation>
    </message>
    <message>
        <source>Moldau</source>
        <translation>Moldau</translation>
    </message>
    <message>
        <source>Open a compose file</source>
        <translation>컴포즈 파일 열기</translation>
    </message>
    <message>
        <source>Compose files (*.yaml *.yml);;All files (*)</source>
        <translation>컴포즈 파일 (*.yaml *.yml);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>moldau::Navigation</name>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>+ Connect or open a file</source>
        <translation>+ 연결하거나 파일 열기</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>클러스터</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>페이지</translation>
    </message>
    <message>
        <source>Moldau %1 · Ctrl K for everything</source>
        <translation>Moldau %1 · 전체 찾기 Ctrl K</translation>
    </message>
    <message>
        <source>Finds every page and action by its name</source>
        <translation>모든 페이지와 동작을 이름으로 찾습니다</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>연결 끊기</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>멈추고 닫기</translation>
    </message>
</context>
<context>
    <name>moldau::PageListModel</name>
    <message>
        <source>Alt %1</source>
        <translation>Alt %1</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>클러스터</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>배우기</translation>
    </message>
</context>
<context>
    <name>moldau::StatusLine</name>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Events that came faster than the window took them. The cluster never waits for the window.</source>
        <translation>창이 받는 속도보다 빨리 온 이벤트의 수입니다. 클러스터는 창을 기다리지 않습니다.</translation>
    </message>
    <message>
        <source>No cluster is open</source>
        <translation>열려 있는 클러스터 없음</translation>
    </message>
    <message>
        <source>Connected to %1</source>
        <translation>%1에 연결됨</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>%1에 연결하는 중</translation>
    </message>
    <message>
        <source>%1 of %2 brokers up</source>
        <translation>브로커 %2대 중 %1대 가동</translation>
    </message>
    <message>
        <source>%1 msg/s in · %2 out</source>
        <translation>초당 입력 %1건 · 출력 %2건</translation>
    </message>
    <message>
        <source>%1 events dropped</source>
        <translation>놓친 이벤트 %1건</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::AssignmentView</name>
    <message>
        <source>%1: partitions %2</source>
        <translation>%1: 파티션 %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>no partition</source>
        <translation>파티션 없음</translation>
    </message>
    <message numerus="yes">
        <source>and %n more member(s)</source>
        <translation>
            <numerusform>그 밖의 멤버 %n명</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConsumedModel</name>
    <message>
        <source>no key</source>
        <translation>키 없음</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>비어 있음</translation>
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
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConsumedTable</name>
    <message>
        <source>Consumed records</source>
        <translation>읽은 레코드</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ConsumerPane</name>
    <message>
        <source>Consume by</source>
        <translation>읽는 방식</translation>
    </message>
    <message>
        <source>Consumer topic</source>
        <translation>컨슈머 토픽</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Consumer group</source>
        <translation>컨슈머 그룹</translation>
    </message>
    <message>
        <source>Start consuming</source>
        <translation>읽기 시작</translation>
    </message>
    <message>
        <source>Stop consuming</source>
        <translation>읽기 중지</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>잠시 멈춤</translation>
    </message>
    <message>
        <source>Consumer</source>
        <translation>컨슈머</translation>
    </message>
    <message>
        <source>+ another</source>
        <translation>+ 추가</translation>
    </message>
    <message>
        <source>A second consumer pane below this one: give both the same group and see them share the partitions</source>
        <translation>이 아래에 컨슈머 패널을 하나 더 엽니다. 같은 그룹을 주면 파티션을 나누는 모습을 볼 수 있습니다</translation>
    </message>
    <message>
        <source>The members of a group share the partitions; positions are committed</source>
        <translation>그룹의 멤버들이 파티션을 나누어 읽고 위치를 커밋합니다</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Reads chosen partitions, alone; nothing is committed</source>
        <translation>고른 파티션을 혼자 읽으며 커밋하지 않습니다</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Consume from</source>
        <translation>읽기 시작 위치</translation>
    </message>
    <message>
        <source>new records</source>
        <translation>새 레코드부터</translation>
    </message>
    <message>
        <source>Stops asking for records, but stays a member of the group</source>
        <translation>레코드 요청을 멈추지만 그룹 멤버로 남습니다</translation>
    </message>
    <message>
        <source>Hold consuming</source>
        <translation>읽기 잠시 멈춤</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Which topic shall be read?</source>
        <translation>어느 토픽을 읽을까요?</translation>
    </message>
    <message>
        <source>Name a group, or read by partition.</source>
        <translation>그룹 이름을 적거나 파티션으로 읽으세요.</translation>
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
        <source>all</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Partitions to read: %1</source>
        <translation>읽을 파티션: %1</translation>
    </message>
    <message>
        <source>Waiting for records of %1.</source>
        <translation>%1의 레코드를 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Start consuming, then send a record: it appears here.</source>
        <translation>읽기를 시작한 뒤 레코드를 보내면 여기에 나타납니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>멤버 %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>랙 %1</translation>
    </message>
    <message>
        <source>joining</source>
        <translation>참여 중</translation>
    </message>
    <message>
        <source>no group</source>
        <translation>그룹 없음</translation>
    </message>
    <message>
        <source>this pane</source>
        <translation>이 패널</translation>
    </message>
    <message>
        <source>another pane</source>
        <translation>다른 패널</translation>
    </message>
    <message>
        <source>Start with</source>
        <translation>시작 위치</translation>
    </message>
    <message>
        <source>This cluster is open read only: a group would commit positions</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다. 그룹으로 읽으면 위치가 커밋됩니다</translation>
    </message>
    <message>
        <source>the first record</source>
        <translation>첫 레코드</translation>
    </message>
    <message>
        <source>Another consumer</source>
        <translation>컨슈머 하나 더</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::DensityStrip</name>
    <message>
        <source>Density of events over time</source>
        <translation>시간에 따른 이벤트 밀도</translation>
    </message>
    <message>
        <source>Click to go back to that moment.</source>
        <translation>클릭하면 그때로 돌아갑니다.</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::HeadersEditor</name>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Header name</source>
        <translation>헤더 이름</translation>
    </message>
    <message>
        <source>value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Header value</source>
        <translation>헤더 값</translation>
    </message>
    <message>
        <source>Remove this header</source>
        <translation>이 헤더 지우기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::LiveFeed</name>
    <message>
        <source>%1 killed</source>
        <translation>%1 강제 종료</translation>
    </message>
    <message>
        <source>%1 stopped</source>
        <translation>%1 정지</translation>
    </message>
    <message>
        <source>%1 started</source>
        <translation>%1 시작</translation>
    </message>
    <message>
        <source>%1 out of sync</source>
        <translation>%1 동기화 안 됨</translation>
    </message>
    <message>
        <source>disk of %1 failed</source>
        <translation>%1 디스크 장애</translation>
    </message>
    <message>
        <source>%1 paused</source>
        <translation>%1 일시 정지</translation>
    </message>
    <message>
        <source>%1 goes on</source>
        <translation>%1 계속</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::LivePage</name>
    <message>
        <source>Live</source>
        <translation>라이브</translation>
    </message>
    <message>
        <source>New topic</source>
        <translation>새 토픽</translation>
    </message>
    <message>
        <source>Makes a topic on the Topics page</source>
        <translation>토픽 페이지에서 토픽을 만듭니다</translation>
    </message>
    <message>
        <source>Break something</source>
        <translation>고장 내 보기</translation>
    </message>
    <message>
        <source>Topics in the picture…</source>
        <translation>그림에 보일 토픽…</translation>
    </message>
    <message>
        <source>This cluster runs elsewhere: its brokers can&apos;t be stopped from here.</source>
        <translation>다른 곳에서 실행되는 클러스터라 여기서 브로커를 멈출 수 없습니다.</translation>
    </message>
    <message>
        <source>The brokers of this cluster can&apos;t be stopped from here.</source>
        <translation>이 클러스터의 브로커는 여기서 멈출 수 없습니다.</translation>
    </message>
    <message>
        <source>Kills or stops brokers, to see what the others do</source>
        <translation>브로커를 강제 종료하거나 정지해 나머지가 어떻게 하는지 봅니다</translation>
    </message>
    <message>
        <source>The cluster doesn&apos;t answer: %1</source>
        <translation>클러스터가 응답하지 않습니다: %1</translation>
    </message>
    <message>
        <source>Producer %1</source>
        <translation>프로듀서 %1</translation>
    </message>
    <message>
        <source>Consumer %1</source>
        <translation>컨슈머 %1</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>%1 of %2 brokers up</source>
        <translation>브로커 %2대 중 %1대 가동</translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s) without a leader</source>
        <translation>
            <numerusform>리더 없는 파티션 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n partition(s) out of sync</source>
        <translation>
            <numerusform>동기화 안 된 파티션 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 msg/s in · %2 out</source>
        <translation>초당 입력 %1건 · 출력 %2건</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>%1 강제 종료</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 정지</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>%1 시작</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Heal all faults</source>
        <translation>모든 장애 고치기</translation>
    </message>
    <message numerus="yes">
        <source>%Ln fault(s) on purpose</source>
        <translation>
            <numerusform>일부러 낸 장애 %Ln건</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 일시 정지</translation>
    </message>
    <message>
        <source>Continue %1</source>
        <translation>%1 계속</translation>
    </message>
    <message>
        <source>Disturb %1</source>
        <translation>%1 방해하기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>메시지 닫기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::PaneColumn</name>
    <message>
        <source>Close this pane</source>
        <translation>이 패널 닫기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ProducerPane</name>
    <message>
        <source>Producer topic</source>
        <translation>프로듀서 토픽</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>토픽</translation>
    </message>
    <message>
        <source>send null</source>
        <translation>null 보내기</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>고르기</translation>
    </message>
    <message>
        <source>Producer acks</source>
        <translation>프로듀서 acks</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Producer</source>
        <translation>프로듀서</translation>
    </message>
    <message>
        <source>+ another</source>
        <translation>+ 추가</translation>
    </message>
    <message>
        <source>A second producer pane below this one</source>
        <translation>이 아래에 프로듀서 패널을 하나 더 엽니다</translation>
    </message>
    <message>
        <source>none: no key</source>
        <translation>비우면 키 없음</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Producer key</source>
        <translation>프로듀서 키</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Sends no value at all: a tombstone, which deletes the key in a compacted topic</source>
        <translation>값을 전혀 보내지 않습니다. 압축(compact) 토픽에서 그 키를 지우는 툼스톤입니다</translation>
    </message>
    <message>
        <source>Producer value</source>
        <translation>프로듀서 값</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>비어 있음</translation>
    </message>
    <message>
        <source>Partition</source>
        <translation>파티션</translation>
    </message>
    <message>
        <source>Partition of the next record</source>
        <translation>다음 레코드의 파티션</translation>
    </message>
    <message>
        <source>acks</source>
        <translation>acks</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>헤더</translation>
    </message>
    <message>
        <source>Sent and forgotten: the broker answers nothing</source>
        <translation>보내고 잊습니다. 브로커가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>Answered when the leader has written it</source>
        <translation>리더가 쓰면 응답합니다</translation>
    </message>
    <message>
        <source>all</source>
        <comment>acks</comment>
        <translation>모두</translation>
    </message>
    <message>
        <source>Answered when every replica in sync has it</source>
        <translation>동기화된 복제본이 모두 가지면 응답합니다</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Repeat rate</source>
        <translation>반복 속도</translation>
    </message>
    <message>
        <source>Records a second while sending goes on. {n} in key or value counts up.</source>
        <translation>계속 보내는 동안의 초당 레코드 수입니다. 키나 값의 {n}은 1씩 늘어납니다.</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>전송 결과</translation>
    </message>
    <message>
        <source>null is sent</source>
        <translation>null을 보냄</translation>
    </message>
    <message>
        <source>none +</source>
        <comment>headers</comment>
        <translation>없음 +</translation>
    </message>
    <message numerus="yes">
        <source>%n +</source>
        <comment>headers</comment>
        <translation>
            <numerusform>%n개 +</numerusform>
        </translation>
    </message>
    <message>
        <source>Which topic? Choose one, or type the name of a new one.</source>
        <translation>어느 토픽인가요? 고르거나 새 이름을 적으세요.</translation>
    </message>
    <message>
        <source>%1, chosen by hand</source>
        <translation>%1, 직접 고름</translation>
    </message>
    <message>
        <source>any: the record has no key</source>
        <translation>아무 곳이나: 키가 없음</translation>
    </message>
    <message>
        <source>%1 = murmur2(key) mod %2</source>
        <translation>%1 = murmur2(키) mod %2</translation>
    </message>
    <message>
        <source>murmur2(key) mod partitions</source>
        <translation>murmur2(키) mod 파티션 수</translation>
    </message>
    <message>
        <source>off</source>
        <comment>rate</comment>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Stop sending</source>
        <translation>보내기 중지</translation>
    </message>
    <message>
        <source>By the key, or any</source>
        <translation>키에 따라, 또는 아무 곳이나</translation>
    </message>
    <message>
        <source>Partition %1</source>
        <translation>파티션 %1</translation>
    </message>
    <message>
        <source>What you send is listed here, with its offset and how long the answer took.</source>
        <translation>보낸 레코드가 오프셋과 응답 시간과 함께 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>This cluster is open read only</source>
        <translation>이 클러스터는 읽기 전용으로 열려 있습니다</translation>
    </message>
    <message>
        <source>Another producer</source>
        <translation>프로듀서 하나 더</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::ReceiptModel</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 / %2 · %3</source>
        <translation>%1 / %2 · %3</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::SideSheet</name>
    <message>
        <source>Close the detail</source>
        <translation>상세 닫기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::SpeedSlider</name>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Slow motion: %1 of real time</source>
        <translation>느린 동작: 실제 시간의 %1</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TableView</name>
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
    <message>
        <source>Fit columns to their content</source>
        <translation>열 너비를 내용에 맞추기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TimelinePane</name>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>한 단계</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>시간선</translation>
    </message>
    <message>
        <source>Back to what happens now</source>
        <translation>지금으로 돌아갑니다</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>라이브</translation>
    </message>
    <message>
        <source>Holds the picture; everything is recorded on</source>
        <translation>그림을 멈춥니다. 기록은 계속됩니다</translation>
    </message>
    <message>
        <source>Shows the next thing that happened</source>
        <translation>다음에 일어난 일을 보여 줍니다</translation>
    </message>
    <message>
        <source>slow motion</source>
        <translation>느린 동작</translation>
    </message>
    <message>
        <source>Filter of events</source>
        <translation>이벤트 필터</translation>
    </message>
    <message>
        <source>all events</source>
        <translation>모든 이벤트</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>replication</source>
        <translation>복제</translation>
    </message>
    <message>
        <source>elections</source>
        <translation>선출</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>nodes and topics</source>
        <translation>노드와 토픽</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>live 1/1</source>
        <translation>실시간 1/1</translation>
    </message>
    <message>
        <source>slow %1</source>
        <translation>느리게 %1</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>What happens in the cluster is told here, in sentences.</source>
        <translation>클러스터에서 일어나는 일을 여기에 문장으로 알려 줍니다.</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>지금으로 돌아가기</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicChooser</name>
    <message>
        <source>Topics in the picture</source>
        <translation>그림에 나타낼 토픽</translation>
    </message>
    <message>
        <source>Search topics</source>
        <translation>토픽 검색</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopicField</name>
    <message>
        <source>topic</source>
        <translation>토픽</translation>
    </message>
</context>
<context>
    <name>moldau::widgets::TopologyView</name>
    <message>
        <source>Topology</source>
        <translation>토폴로지</translation>
    </message>
    <message>
        <source>Programs connected from outside appear here. Bootstrap %1</source>
        <translation>밖에서 연결한 프로그램이 여기에 나타납니다. 부트스트랩 %1</translation>
    </message>
    <message>
        <source>What other programs do is not visible from outside. Bootstrap %1</source>
        <translation>다른 프로그램이 하는 일은 밖에서 보이지 않습니다. 부트스트랩 %1</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>강제 종료</translation>
    </message>
    <message>
        <source>The coordination layer keeps the cluster&apos;s metadata and chooses leaders.</source>
        <translation>조정 계층은 클러스터의 메타데이터를 보관하고 리더를 고릅니다.</translation>
    </message>
    <message>
        <source>Copies the bootstrap address for other programs.</source>
        <translation>다른 프로그램에 쓸 부트스트랩 주소를 복사합니다.</translation>
    </message>
    <message>
        <source>Click to choose which topics are shown.</source>
        <translation>클릭해 보일 토픽을 고르세요.</translation>
    </message>
    <message>
        <source>A log strip is full up to the high watermark (what consumers may read) and paler to the log&apos;s end; a triangle marks how far a group has read.</source>
        <translation>로그 막대는 하이 워터마크(컨슈머가 읽을 수 있는 곳)까지 진하고 로그 끝까지는 옅습니다. 삼각형은 그룹이 읽은 위치입니다.</translation>
    </message>
    <message>
        <source>Records for %1 %2 on their way to the leader.</source>
        <translation>%1 %2의 레코드가 리더에게 가는 길입니다.</translation>
    </message>
    <message>
        <source>A follower copies %1 %2 from its leader.</source>
        <translation>팔로워가 리더에서 %1 %2을(를) 복제합니다.</translation>
    </message>
    <message>
        <source>A consumer reads %1 %2 from the leader.</source>
        <translation>컨슈머가 리더에서 %1 %2을(를) 읽습니다.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>verb and node</comment>
        <translation>%2 %1</translation>
    </message>
    <message>
        <source>No topic yet. Make one with New topic:
its partitions appear on the brokers.</source>
        <translation>아직 토픽이 없습니다. 새 토픽을 만들면
파티션이 브로커에 나타납니다.</translation>
    </message>
    <message>
        <source>No topic is chosen for the picture.</source>
        <translation>그림에 나타낼 토픽이 선택되지 않았습니다.</translation>
    </message>
    <message>
        <source>Heal</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>Made on purpose; its menu heals it.</source>
        <translation>일부러 낸 장애이며, 메뉴에서 고칩니다.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Heal %1</source>
        <translation>%1 고치기</translation>
    </message>
    <message>
        <source>Heal all faults</source>
        <translation>모든 장애 고치기</translation>
    </message>
    <message>
        <source>Link to %1</source>
        <translation>%1와(과)의 링크</translation>
    </message>
    <message>
        <source>Fill the disk</source>
        <translation>디스크 채우기</translation>
    </message>
</context>
</TS>
