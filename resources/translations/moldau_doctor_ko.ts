<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>Doctor</name>
    <message>
        <source> (in {})</source>
        <translation> ({0}에 있음)</translation>
    </message>
    <message>
        <source> by default</source>
        <translation>(기본값)</translation>
    </message>
    <message>
        <source>&quot;{}&quot; is not a port mapping of the form HOST:CONTAINER</source>
        <translation>&quot;{0}&quot;: HOST:CONTAINER 형식의 포트 매핑이 아닙니다</translation>
    </message>
    <message>
        <source>: did you mean {}?</source>
        <translation>. 혹시 {0}인가요?</translation>
    </message>
    <message>
        <source>Adds the JMX reporter of metrics to the configured ones.</source>
        <translation>설정한 지표 리포터에 JMX 리포터를 더합니다.</translation>
    </message>
    <message>
        <source>Allows the move of metadata from ZooKeeper to KRaft.</source>
        <translation>메타데이터를 ZooKeeper에서 KRaft로 옮길 수 있게 합니다.</translation>
    </message>
    <message>
        <source>Checks by CRL whether ZooKeeper&apos;s certificate was revoked.</source>
        <translation>ZooKeeper의 인증서가 폐기되었는지 CRL로 확인합니다.</translation>
    </message>
    <message>
        <source>Checks by OCSP whether ZooKeeper&apos;s certificate was revoked.</source>
        <translation>ZooKeeper의 인증서가 폐기되었는지 OCSP로 확인합니다.</translation>
    </message>
    <message>
        <source>Chooses the newer group coordinator; since Kafka 4 the only one.</source>
        <translation>새 그룹 코디네이터를 고릅니다. Kafka 4부터는 이것 하나뿐입니다.</translation>
    </message>
    <message>
        <source>Connects to ZooKeeper by TLS.</source>
        <translation>ZooKeeper에 TLS로 연결합니다.</translation>
    </message>
    <message>
        <source>Converts records for consumers that only know older formats. Kafka 4 no longer does.</source>
        <translation>옛 형식만 아는 컨슈머를 위해 레코드를 변환합니다. Kafka 4는 더 이상 하지 않습니다.</translation>
    </message>
    <message>
        <source>From which share of leaders in the wrong place the controller moves them back.</source>
        <translation>제자리를 벗어난 리더가 이 비율을 넘으면 컨트롤러가 되돌립니다.</translation>
    </message>
    <message>
        <source>How long ZooKeeper keeps a silent broker registered before it counts as dead.</source>
        <translation>응답 없는 브로커를 ZooKeeper가 죽은 것으로 보기까지 기다리는 시간입니다.</translation>
    </message>
    <message>
        <source>How long a broker waits for its connection to ZooKeeper; without a value as long as the session timeout.</source>
        <translation>브로커가 ZooKeeper 연결을 기다리는 시간입니다. 값이 없으면 세션 제한 시간과 같습니다.</translation>
    </message>
    <message>
        <source>How many records of a migration go into one batch at least.</source>
        <translation>이전할 때 배치 하나에 담는 최소 레코드 수입니다.</translation>
    </message>
    <message>
        <source>How many requests to ZooKeeper may be under way at once.</source>
        <translation>ZooKeeper에 동시에 보낼 수 있는 요청 수입니다.</translation>
    </message>
    <message>
        <source>How often a broker asks again to hand its partitions over before it stops.</source>
        <translation>브로커가 멈추기 전에 파티션을 넘기려고 다시 시도하는 횟수입니다.</translation>
    </message>
    <message>
        <source>How passwords were encrypted that ZooKeeper kept.</source>
        <translation>ZooKeeper가 보관하던 비밀번호를 암호화한 방식입니다.</translation>
    </message>
    <message>
        <source>Ids up to this number are for brokers that are given one; generated ids start above it.</source>
        <translation>이 번호까지는 직접 지정하는 브로커 id이고, 자동으로 만드는 id는 그다음부터입니다.</translation>
    </message>
    <message>
        <source>Keeps record of replicas that left the in-sync set but may still lead.</source>
        <translation>동기화 집합에서 빠졌지만 리더가 될 수 있는 복제본을 기록합니다.</translation>
    </message>
    <message>
        <source>Keeps the controller&apos;s requests on a listener of their own. Without meaning since KRaft.</source>
        <translation>컨트롤러의 요청에 별도의 리스너를 씁니다. KRaft에서는 의미가 없습니다.</translation>
    </message>
    <message>
        <source>Lets ZooKeeper hand out an id to a broker that was given none.</source>
        <translation>id가 없는 브로커에 ZooKeeper가 id를 줍니다.</translation>
    </message>
    <message>
        <source>Moldau doesn&apos;t read what a service extends</source>
        <translation>Moldau는 서비스의 extends 내용을 읽지 않습니다</translation>
    </message>
    <message>
        <source>Protects the broker&apos;s entries in ZooKeeper by ACLs.</source>
        <translation>ZooKeeper에 있는 브로커의 항목을 ACL로 보호합니다.</translation>
    </message>
    <message>
        <source>The &quot;{}&quot; variable is not set. Defaulting to a blank string.</source>
        <translation>변수 &quot;{0}&quot;의 값이 없어 빈 문자열을 씁니다.</translation>
    </message>
    <message>
        <source>The Java class that connects to ZooKeeper, needed for TLS.</source>
        <translation>ZooKeeper에 연결하는 Java 클래스입니다. TLS에 필요합니다.</translation>
    </message>
    <message>
        <source>The ZooKeeper servers as host:port, separated by commas, with an optional path at the end under which the cluster keeps its data. It makes a broker run with ZooKeeper instead of KRaft.</source>
        <translation>ZooKeeper 서버를 host:port로, 쉼표로 나눠 적습니다. 끝에 클러스터가 데이터를 두는 경로를 붙일 수 있습니다. 이것이 있으면 브로커가 KRaft 대신 ZooKeeper로 동작합니다.</translation>
    </message>
    <message>
        <source>The acknowledgements that a commit of offsets waits for; always all since Kafka 4.</source>
        <translation>오프셋 커밋이 기다리는 응답 수입니다. Kafka 4부터는 언제나 전부입니다.</translation>
    </message>
    <message>
        <source>The largest number of share groups.</source>
        <translation>공유 그룹의 최대 수입니다.</translation>
    </message>
    <message>
        <source>The older form of advertised.listeners: its host. Gone since Kafka 3.</source>
        <translation>advertised.listeners의 옛 형식 중 호스트입니다. Kafka 3에서 없어졌습니다.</translation>
    </message>
    <message>
        <source>The older form of advertised.listeners: its port. Gone since Kafka 3.</source>
        <translation>advertised.listeners의 옛 형식 중 포트입니다. Kafka 3에서 없어졌습니다.</translation>
    </message>
    <message>
        <source>The older form of listeners: its host. Gone since Kafka 3.</source>
        <translation>listeners의 옛 형식 중 호스트입니다. Kafka 3에서 없어졌습니다.</translation>
    </message>
    <message>
        <source>The older form of listeners: its port. Gone since Kafka 3.</source>
        <translation>listeners의 옛 형식 중 포트입니다. Kafka 3에서 없어졌습니다.</translation>
    </message>
    <message>
        <source>The older form of log.message.timestamp.before.max.ms and after.max.ms in one.</source>
        <translation>log.message.timestamp.before.max.ms와 after.max.ms를 하나로 적던 옛 형식입니다.</translation>
    </message>
    <message>
        <source>The older name of delegation.token.secret.key.</source>
        <translation>delegation.token.secret.key의 옛 이름입니다.</translation>
    </message>
    <message>
        <source>The pause between two attempts to hand partitions over.</source>
        <translation>파티션을 넘기려는 시도 사이에 쉬는 시간입니다.</translation>
    </message>
    <message>
        <source>The record format on disk. Always the newest since Kafka 3.</source>
        <translation>디스크의 레코드 형식입니다. Kafka 3부터는 언제나 최신입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.cipher.suites for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.cipher.suites입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.enabled.protocols for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.enabled.protocols입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.endpoint.identification.algorithm for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.endpoint.identification.algorithm입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.keystore.location for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.keystore.location입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.keystore.password for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.keystore.password입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.keystore.type for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.keystore.type입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.protocol for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.protocol입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.truststore.location for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.truststore.location입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.truststore.password for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.truststore.password입니다.</translation>
    </message>
    <message>
        <source>The same as ssl.truststore.type for connections to ZooKeeper.</source>
        <translation>ZooKeeper 연결에 쓰는 ssl.truststore.type입니다.</translation>
    </message>
    <message>
        <source>The smallest segment of the metadata log, for tests.</source>
        <translation>메타데이터 로그의 최소 세그먼트 크기입니다. 테스트용입니다.</translation>
    </message>
    <message>
        <source>The version that brokers speak among each other during a rolling upgrade. KRaft has metadata.version instead.</source>
        <translation>순차 업그레이드 중에 브로커끼리 쓰는 버전입니다. KRaft에서는 metadata.version이 대신합니다.</translation>
    </message>
    <message>
        <source>Turns share groups on; since Kafka 4 a feature level does that.</source>
        <translation>공유 그룹을 켭니다. Kafka 4부터는 기능 수준으로 정합니다.</translation>
    </message>
    <message>
        <source>a compose file is a map with services</source>
        <translation>compose 파일은 services가 있는 맵이어야 합니다</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>a port</source>
        <translation>포트 번호</translation>
    </message>
    <message>
        <source>a port must be HOST:CONTAINER or a map with target and published</source>
        <translation>포트는 HOST:CONTAINER 형식이거나 target과 published가 있는 맵이어야 합니다</translation>
    </message>
    <message>
        <source>a port needs a target from 1 to 65535, and published as a port too</source>
        <translation>포트에는 1부터 65535까지의 target이 필요하고 published도 포트여야 합니다</translation>
    </message>
    <message>
        <source>a quorum of {} voters survives no more failures than one of {}: an odd number is better</source>
        <translation>투표자 {0}명의 쿼럼이 견디는 장애는 {1}명일 때와 같습니다. 홀수가 낫습니다</translation>
    </message>
    <message>
        <source>add a listener that advertises {}:PORT and name it in {}</source>
        <translation>{0}:PORT를 알리는 리스너를 추가하고 {1}에 그 이름을 적으세요</translation>
    </message>
    <message>
        <source>add {} to ports</source>
        <translation>ports에 {0} 추가</translation>
    </message>
    <message>
        <source>an ensemble of {} survives no more failures than one of {}: an odd number is better</source>
        <translation>서버 {0}대의 앙상블이 견디는 장애는 {1}대일 때와 같습니다. 홀수가 낫습니다</translation>
    </message>
    <message>
        <source>an entry of environment must be a text of the form NAME=VALUE</source>
        <translation>environment의 항목은 NAME=VALUE 형식의 텍스트여야 합니다</translation>
    </message>
    <message>
        <source>any free port</source>
        <translation>빈 포트 아무거나</translation>
    </message>
    <message>
        <source>docker compose knows no key {}{}{}</source>
        <translation>docker compose에는 키 {0}{1}가 없습니다{2}</translation>
    </message>
    <message>
        <source>env file {} not found</source>
        <translation>env 파일 {0}을(를) 찾을 수 없습니다</translation>
    </message>
    <message>
        <source>environment.[{}] must be a text: in a list write &quot;- {}={}&quot;, or leave out the dash</source>
        <translation>environment.[{0}]은(는) 텍스트여야 합니다. 목록에서는 &quot;- {1}={2}&quot;로 쓰거나 줄표를 빼세요</translation>
    </message>
    <message>
        <source>environment.{} must be a text, a number or nothing</source>
        <translation>environment.{0}의 값은 텍스트나 숫자이거나 비어 있어야 합니다</translation>
    </message>
    <message>
        <source>give {} a listener that advertises {}:PORT</source>
        <translation>{0}에 {1}:PORT를 알리는 리스너를 두세요</translation>
    </message>
    <message>
        <source>healthcheck.test must start either by &quot;CMD&quot;, &quot;CMD-SHELL&quot; or &quot;NONE&quot;{}</source>
        <translation>healthcheck.test는 &quot;CMD&quot;, &quot;CMD-SHELL&quot;, &quot;NONE&quot; 중 하나로 시작해야 합니다{0}</translation>
    </message>
    <message>
        <source>indent {} so that it stands below services</source>
        <translation>{0}을(를) 들여 써서 services 아래에 두세요</translation>
    </message>
    <message>
        <source>inside a container that is the container itself</source>
        <translation>컨테이너 안에서는 그 컨테이너 자신을 가리킵니다</translation>
    </message>
    <message>
        <source>leave the line out</source>
        <translation>이 줄을 지우세요</translation>
    </message>
    <message>
        <source>mapping key &quot;{}&quot; is already defined</source>
        <translation>키 &quot;{0}&quot;은(는) 이미 있습니다</translation>
    </message>
    <message>
        <source>no listener of {} is on port {}</source>
        <translation>{0}에는 포트 {1}을(를) 쓰는 리스너가 없습니다</translation>
    </message>
    <message>
        <source>no listener of {} is on that port</source>
        <translation>{0}에는 그 포트를 쓰는 리스너가 없습니다</translation>
    </message>
    <message>
        <source>no service of this file has that name</source>
        <translation>이 파일에 그런 이름의 서비스가 없습니다</translation>
    </message>
    <message>
        <source>no transaction begins</source>
        <translation>트랜잭션을 시작할 수 없습니다</translation>
    </message>
    <message>
        <source>no write with acks=all succeeds</source>
        <translation>acks=all로 쓰는 요청이 모두 실패합니다</translation>
    </message>
    <message>
        <source>not valid YAML: {}</source>
        <translation>올바른 YAML이 아닙니다: {0}</translation>
    </message>
    <message>
        <source>port {} leads to listener {}, which tells clients {}:{}: programs outside can&apos;t resolve that name</source>
        <translation>포트 {0}은(는) 리스너 {1}(으)로 이어지는데, 이 리스너는 클라이언트에 {2}:{3}을(를) 알립니다. 바깥의 프로그램은 그 이름을 찾지 못합니다</translation>
    </message>
    <message>
        <source>port {} of the container is published as {}, but {} tells clients {}:{}: after the first answer they connect to the wrong port</source>
        <translation>컨테이너의 포트 {0}은(는) {1}(으)로 게시되지만 {2}은(는) 클라이언트에 {3}:{4}을(를) 알립니다. 첫 응답 뒤에 엉뚱한 포트로 연결합니다</translation>
    </message>
    <message>
        <source>port {} of this machine is already that of service {}</source>
        <translation>이 컴퓨터의 포트 {0}은(는) 이미 서비스 {1}이(가) 씁니다</translation>
    </message>
    <message>
        <source>publish another port, for example {}:{}, and advertise it</source>
        <translation>{0}:{1}처럼 다른 포트를 게시하고 그 포트를 알리세요</translation>
    </message>
    <message>
        <source>publish the port of a listener that advertises localhost</source>
        <translation>localhost를 알리는 리스너의 포트를 게시하세요</translation>
    </message>
    <message>
        <source>publish {}</source>
        <translation>{0} 게시</translation>
    </message>
    <message>
        <source>service &quot;{}&quot; depends on undefined service &quot;{}&quot;{}</source>
        <translation>서비스 &quot;{0}&quot;이(가) 없는 서비스 &quot;{1}&quot;에 의존합니다{2}</translation>
    </message>
    <message>
        <source>service {} has neither an image nor a build</source>
        <translation>서비스 {0}에 image도 build도 없습니다</translation>
    </message>
    <message>
        <source>services must be a map with at least one service</source>
        <translation>services는 서비스가 하나 이상 있는 맵이어야 합니다</translation>
    </message>
    <message>
        <source>services.{} must be a map</source>
        <translation>services.{0}은(는) 맵이어야 합니다</translation>
    </message>
    <message>
        <source>services.{}.environment must be a map or a list</source>
        <translation>services.{0}.environment는 맵이나 목록이어야 합니다</translation>
    </message>
    <message>
        <source>services.{}.ports must be a list</source>
        <translation>services.{0}.ports는 목록이어야 합니다</translation>
    </message>
    <message>
        <source>set {}</source>
        <translation>{0} 설정</translation>
    </message>
    <message>
        <source>set {} to another number</source>
        <translation>{0}을(를) 다른 번호로 설정</translation>
    </message>
    <message>
        <source>set {}: {}</source>
        <translation>{0}: {1} 설정</translation>
    </message>
    <message>
        <source>tab in the indentation: YAML allows only spaces there (docker compose: found character that cannot start any token)</source>
        <translation>들여쓰기에 탭이 있습니다. YAML에서는 공백만 쓸 수 있습니다 (docker compose: found character that cannot start any token)</translation>
    </message>
    <message>
        <source>that listener answers with {}:{}, which inside a container is the container itself</source>
        <translation>그 리스너는 {0}:{1}(으)로 답하는데, 컨테이너 안에서는 그 컨테이너 자신을 가리킵니다</translation>
    </message>
    <message>
        <source>that service is no ZooKeeper</source>
        <translation>그 서비스는 ZooKeeper가 아닙니다</translation>
    </message>
    <message>
        <source>the attribute `version` is obsolete and ignored by docker compose</source>
        <translation>`version` 속성은 더 이상 쓰이지 않으며 docker compose가 무시합니다</translation>
    </message>
    <message>
        <source>the container name {} is already that of service {}</source>
        <translation>컨테이너 이름 {0}은(는) 이미 서비스 {1}이(가) 씁니다</translation>
    </message>
    <message>
        <source>the other brokers are told to reach {} at {}:{}; inside a container {} is that container itself</source>
        <translation>다른 브로커에 {0}의 주소로 {1}:{2}을(를) 알립니다. 컨테이너 안에서 {3}은(는) 그 컨테이너 자신입니다</translation>
    </message>
    <message>
        <source>the port ranges of &quot;{}&quot; differ in length</source>
        <translation>&quot;{0}&quot;: 두 포트 범위의 길이가 다릅니다</translation>
    </message>
    <message>
        <source>the topic __consumer_offsets can&apos;t be made, and no consumer group works</source>
        <translation>__consumer_offsets 토픽을 만들 수 없어 컨슈머 그룹이 동작하지 않습니다</translation>
    </message>
    <message>
        <source>the topic __transaction_state can&apos;t be made, and no transaction begins</source>
        <translation>__transaction_state 토픽을 만들 수 없어 트랜잭션을 시작할 수 없습니다</translation>
    </message>
    <message>
        <source>the variable&apos;s name is &quot;{}&quot;, blanks included: there must be none before the equals sign</source>
        <translation>변수 이름이 공백까지 포함한 &quot;{0}&quot;입니다. 등호 앞에 공백이 없어야 합니다</translation>
    </message>
    <message>
        <source>there is no tool {}: did you mean {}?</source>
        <translation>{0}(이)라는 도구는 없습니다. 혹시 {1}인가요?</translation>
    </message>
    <message>
        <source>topics can&apos;t be made without naming another factor</source>
        <translation>복제 수를 따로 적지 않으면 토픽을 만들 수 없습니다</translation>
    </message>
    <message>
        <source>use a version with ZooKeeper, for example {}</source>
        <translation>{0}처럼 ZooKeeper를 쓰는 버전을 고르세요</translation>
    </message>
    <message>
        <source>voter {} is looked for at {}, {}</source>
        <translation>투표자 {0}의 주소가 {1}인데, {2}</translation>
    </message>
    <message>
        <source>which inside a container is the container itself</source>
        <translation>컨테이너 안에서는 그 컨테이너 자신을 가리킵니다</translation>
    </message>
    <message>
        <source>which is no controller</source>
        <translation>그 서비스는 컨트롤러가 아닙니다</translation>
    </message>
    <message>
        <source>which is no service of this file</source>
        <translation>이 파일에는 그런 서비스가 없습니다</translation>
    </message>
    <message>
        <source>write {}</source>
        <translation>{0}(으)로 쓰기</translation>
    </message>
    <message>
        <source>write {} instead of {} in {}</source>
        <translation>{2}에서 {1} 대신 {0}(으)로 쓰기</translation>
    </message>
    <message>
        <source>write {} spaces</source>
        <translation>공백 {0}개로 쓰기</translation>
    </message>
    <message>
        <source>write {}={}</source>
        <translation>{0}={1}(으)로 쓰기</translation>
    </message>
    <message>
        <source>{} and {} belong to one cluster, but name different voters: {} and {}</source>
        <translation>{0}와(과) {1}은(는) 한 클러스터에 속하지만 적힌 투표자가 다릅니다: {2} / {3}</translation>
    </message>
    <message>
        <source>{} and {} have the same voters but different cluster ids</source>
        <translation>{0}와(과) {1}은(는) 투표자가 같은데 클러스터 id가 다릅니다</translation>
    </message>
    <message>
        <source>{} has Kafka 4, which works without ZooKeeper only</source>
        <translation>{0}은(는) Kafka 4이며 ZooKeeper 없이만 동작합니다</translation>
    </message>
    <message>
        <source>{} has its listener {} on port {}, not on {}</source>
        <translation>{0}의 리스너 {1}은(는) 포트 {3}이(가) 아니라 {2}을(를) 씁니다</translation>
    </message>
    <message>
        <source>{} has no effect since Kafka {}: {}</source>
        <translation>{0}은(는) Kafka {1}부터 효과가 없습니다: {2}</translation>
    </message>
    <message>
        <source>{} has the id {} of {}: every ZooKeeper server of an ensemble needs its own</source>
        <translation>{0}의 id {1}은(는) {2}의 id와 같습니다. 앙상블의 ZooKeeper 서버마다 id가 달라야 합니다</translation>
    </message>
    <message>
        <source>{} has the id {} of {}: every node of a cluster needs its own</source>
        <translation>{0}의 id {1}은(는) {2}의 id와 같습니다. 클러스터의 노드마다 id가 달라야 합니다</translation>
    </message>
    <message>
        <source>{} has the id {}, not {}</source>
        <translation>{0}의 id는 {2}이(가) 아니라 {1}입니다</translation>
    </message>
    <message>
        <source>{} is not run by Moldau</source>
        <translation>{0}: Moldau가 실행하지 않는 서비스입니다</translation>
    </message>
    <message>
        <source>{} is {}{}, but there are {} brokers: {}</source>
        <translation>{0}은(는) {1}{2}인데 브로커는 {3}대입니다. {4}</translation>
    </message>
    <message>
        <source>{} is {}{}, but there is 1 broker: {}</source>
        <translation>{0}은(는) {1}{2}인데 브로커는 1대입니다. {3}</translation>
    </message>
    <message>
        <source>{} listens on port {}, not on {}</source>
        <translation>{0}은(는) 포트 {2}이(가) 아니라 {1}을(를) 씁니다</translation>
    </message>
    <message>
        <source>{} listens on {}, which only programs inside the same container reach</source>
        <translation>{0}은(는) {1}에서 기다리는데, 같은 컨테이너 안의 프로그램만 여기에 닿습니다</translation>
    </message>
    <message>
        <source>{} looks for Kafka at {}:{}, but {}</source>
        <translation>{0}은(는) Kafka를 {1}:{2}에서 찾지만, {3}</translation>
    </message>
    <message>
        <source>{} looks for ZooKeeper at {}, but {}{}</source>
        <translation>{0}은(는) ZooKeeper를 {1}에서 찾지만, {2}{3}</translation>
    </message>
    <message>
        <source>{} looks for a controller at {}, {}</source>
        <translation>{0}은(는) 컨트롤러를 {1}에서 찾는데, {2}</translation>
    </message>
    <message>
        <source>{} needs {}, but doesn&apos;t depend on it: docker compose may start them in the wrong order</source>
        <translation>{0}에는 {1}이(가) 필요한데 depends_on에 없습니다. docker compose가 순서를 바꿔 시작할 수 있습니다</translation>
    </message>
    <message>
        <source>{} needs {}, not &quot;{}&quot;</source>
        <translation>{0}에는 &quot;{2}&quot; 말고 {1}이(가) 필요합니다</translation>
    </message>
    <message>
        <source>{} of {} is outdated: --bootstrap-server HOST:PORT takes its place</source>
        <translation>{1}의 {0}은(는) 낡은 옵션입니다. --bootstrap-server HOST:PORT를 쓰세요</translation>
    </message>
    <message>
        <source>{} stands outside of services</source>
        <translation>{0}이(가) services 바깥에 있습니다</translation>
    </message>
    <message>
        <source>{} tells clients the host {}, which is another service</source>
        <translation>{0}이(가) 클라이언트에 알리는 호스트 {1}은(는) 다른 서비스입니다</translation>
    </message>
    <message>
        <source>{} tells clients the host {}, which is no service of this file{}</source>
        <translation>{0}이(가) 클라이언트에 알리는 호스트 {1}은(는) 이 파일의 서비스가 아닙니다{2}</translation>
    </message>
    <message>
        <source>{} tells clients {}:{}, but port {} of the container isn&apos;t published: programs outside can&apos;t connect</source>
        <translation>{0}은(는) 클라이언트에 {1}:{2}을(를) 알리지만 컨테이너의 포트 {3}이(가) 게시되지 않았습니다. 바깥의 프로그램은 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>{} tells other containers {}:{}, but it listens on port {}</source>
        <translation>{0}은(는) 다른 컨테이너에 {1}:{2}을(를) 알리지만 실제로는 포트 {3}을(를) 씁니다</translation>
    </message>
    <message>
        <source>{} was meant to be {}</source>
        <translation>{0}은(는) {1}의 오타로 보입니다</translation>
    </message>
    <message>
        <source>{} won&apos;t start: {}</source>
        <translation>{0}이(가) 시작하지 못합니다: {1}</translation>
    </message>
    <message>
        <source>{}{} becomes the setting {}, which Kafka doesn&apos;t know</source>
        <translation>{0}{1}은(는) Kafka에 없는 설정 {2}이(가) 됩니다</translation>
    </message>
    <message>
        <source>{}{} has no effect in {}, which reads {}</source>
        <translation>{0}{1}은(는) {2}에서 효과가 없습니다. 이 이미지는 {3}을(를) 읽습니다</translation>
    </message>
    <message>
        <source>{}{} means nothing to {} and has no effect: did you mean {}?</source>
        <translation>{0}{1}은(는) {2}에 없는 이름이라 효과가 없습니다. 혹시 {3}인가요?</translation>
    </message>
</context>
</TS>
