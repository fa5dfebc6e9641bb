#include "filler.h"
#include "protocol/errorresponse.h"
#include "protocol/fieldvisitor.h"
#include "protocol/messageinfo.h"
#include "protocol/messages/findcoordinatorrequest.h"
#include "protocol/messages/findcoordinatorresponse.h"
#include "protocol/messages/offsetfetchrequest.h"
#include "protocol/messages/offsetfetchresponse.h"
#include "protocol/messages/producerequest.h"
#include "protocol/messages/produceresponse.h"
#include "protocol/reader.h"

#include <QTest>

#include <fmt/format.h>

#include <set>

using namespace moldau;
using namespace moldau::protocol;

namespace {

/** Gathers the error codes of a response, and what arrays of a message hold. */
class Gatherer final : public FieldVisitor {
public:
    std::set<std::int64_t> codes;
    std::multiset<std::string> names; ///< of topics, groups and resources
    std::size_t partitions = 0;

    void onBool(const FieldInfo&, bool) override { }
    void onInteger(const FieldInfo& field, std::int64_t value) override
    {
        if (field.name == "errorCode")
            codes.insert(value);
    }
    void onFloat(const FieldInfo&, double) override { }
    void onString(const FieldInfo& field, std::string_view value) override
    {
        if (field.entity == "topicName" || field.name == "resourceName"
            || field.entity == "groupId")
            names.emplace(value);
    }
    void onUuid(const FieldInfo&, const Uuid&) override { }
    void onBytes(const FieldInfo&, BytesView) override { }
    void onRecords(const FieldInfo&, const RecordsView&) override { }
    void onNull(const FieldInfo&) override { }
    void beginStruct(const FieldInfo&) override { }
    void endStruct(const FieldInfo&) override { }
    void beginArray(const FieldInfo& field, std::size_t count) override
    {
        if (field.name.starts_with("partition"))
            partitions += count;
    }
    void endArray(const FieldInfo&) override { }
    void onUnknownTag(const TaggedField&) override { }
};

template <class Response> Response parsed(Writer& out, std::int16_t version)
{
    return Response::parse(out.takeBytes(), version).value();
}

} // namespace

class TestErrorResponse : public QObject {
    Q_OBJECT
private slots:
    void everyRequestInEveryVersionGetsAnAnswerThatSaysTheError()
    {
        constexpr ErrorCode kError = ErrorCode::NotLeaderOrFollower;
        constexpr unsigned kSeeds = 5;
        int apis = 0;
        for (const ApiFacts& api : allApis()) {
            // Old answers of DescribeLogDirs have no place that belongs to no directory.
            if (!hasErrorResponse(api.key) || api.key == ApiKey::DescribeLogDirs)
                continue;
            ++apis;
            const MessageInfo& request = *findRequest(static_cast<std::int16_t>(api.key));
            const MessageInfo& response = *findResponse(static_cast<std::int16_t>(api.key));
            for (std::int16_t version = api.minVersion; version <= api.maxVersion; ++version) {
                for (unsigned seed = 0; seed < kSeeds; ++seed) {
                    const std::string place
                        = fmt::format("{} v{} seed {}", api.name, version, seed);
                    Filler random(seed, false);
                    const auto message = makeRandom(random, request.name, version);
                    Writer body;
                    QVERIFY2(message->write(body, version).has_value(), place.c_str());
                    Writer out;
                    const auto written
                        = writeErrorResponse(out, api.key, version, body.takeBytes(), kError);
                    if (!written && written.error().message.starts_with("acks=0"))
                        continue;
                    QVERIFY2(written.has_value(),
                        (place + (written ? "" : ": " + written.error().message)).c_str());
                    const Bytes bytes = out.takeBytes();
                    Reader reader(bytes);
                    const auto answer = response.create();
                    answer->read(reader, version);
                    QVERIFY2(reader.ok() && reader.remaining() == 0, place.c_str());
                    Gatherer said;
                    answer->visit(said, version);
                    for (const std::int64_t code : said.codes)
                        QVERIFY2(code == errorToWire(kError), place.c_str());
                    Gatherer asked;
                    message->visit(asked, version);
                    QVERIFY2(!said.codes.empty() || asked.names.empty() || asked.partitions == 0,
                        place.c_str());
                }
            }
        }
        QVERIFY(apis >= 40);
    }

    void produceSaysItForEachPartition()
    {
        ProduceRequest request;
        request.acks = -1;
        auto& topic = request.topicData.emplace_back();
        topic.name = "orders";
        for (int i = 0; i < 3; ++i)
            topic.partitionData.emplace_back().index = i;
        for (const std::int16_t version : std::initializer_list<std::int16_t>{3, 9, 12}) {
            Writer body;
            QVERIFY(request.write(body, version).has_value());
            Writer out;
            QVERIFY(writeErrorResponse(
                out, ApiKey::Produce, version, body.takeBytes(), ErrorCode::NotEnoughReplicas)
                        .has_value());
            const auto response = parsed<ProduceResponse>(out, version);
            QCOMPARE(response.responses.at(0).name, std::string("orders"));
            const auto& partitions = response.responses.at(0).partitionResponses;
            QCOMPARE(partitions.size(), std::size_t{3});
            QCOMPARE(partitions[2].index, 2);
            QCOMPARE(errorFromWire(partitions[2].errorCode), ErrorCode::NotEnoughReplicas);
            QCOMPARE(partitions[2].baseOffset, std::int64_t{-1});
            QCOMPARE(partitions[2].logAppendTimeMs, std::int64_t{-1});
        }
    }

    void aProducerThatWantsNoAnswerGetsNone()
    {
        ProduceRequest request;
        request.acks = 0;
        Writer body;
        QVERIFY(request.write(body, 9).has_value());
        Writer out;
        QCOMPARE(writeErrorResponse(
                     out, ApiKey::Produce, 9, body.takeBytes(), ErrorCode::NotEnoughReplicas)
                     .error()
                     .code,
            ErrorCode::LocalUnsupported);
    }

    void coordinatorsAreAnsweredByKeyWhereTheyAreAskedSo()
    {
        FindCoordinatorRequest request;
        request.coordinatorKeys = {"a", "b"};
        Writer body;
        QVERIFY(request.write(body, 4).has_value());
        Writer out;
        QVERIFY(writeErrorResponse(
            out, ApiKey::FindCoordinator, 4, body.takeBytes(), ErrorCode::CoordinatorNotAvailable)
                    .has_value());
        const auto response = parsed<FindCoordinatorResponse>(out, 4);
        QCOMPARE(response.coordinators.size(), std::size_t{2});
        QCOMPARE(response.coordinators[1].key, std::string("b"));
        QCOMPARE(response.coordinators[1].nodeId, kNoBroker);
    }

    void committedOffsetsSayItWhereTheirVersionHasAPlace()
    {
        for (const std::int16_t version : std::initializer_list<std::int16_t>{1, 2, 7, 8}) {
            OffsetFetchRequest request;
            constexpr std::int16_t kFirstWithGroups = 8;
            if (version < kFirstWithGroups) {
                request.groupId = "billing";
                auto& topic = request.topics.emplace().emplace_back();
                topic.name = "orders";
                topic.partitionIndexes = {4};
            } else {
                request.groups.emplace_back().groupId = "billing";
            }
            Writer body;
            QVERIFY(request.write(body, version).has_value());
            Writer out;
            QVERIFY(writeErrorResponse(
                out, ApiKey::OffsetFetch, version, body.takeBytes(), ErrorCode::NotCoordinator)
                        .has_value());
            const auto response = parsed<OffsetFetchResponse>(out, version);
            const auto code = errorToWire(ErrorCode::NotCoordinator);
            QCOMPARE(version == 1                ? response.topics.at(0).partitions.at(0).errorCode
                    : version < kFirstWithGroups ? response.errorCode
                                                 : response.groups.at(0).errorCode,
                code);
        }
    }

    void whatDoesNotParseIsNotAnswered()
    {
        Writer out;
        const Bytes nonsense{1, 2, 3};
        QCOMPARE(writeErrorResponse(out, ApiKey::Fetch, 12, nonsense, ErrorCode::InvalidRequest)
                     .error()
                     .code,
            ErrorCode::LocalCorruptData);
        QVERIFY(!hasErrorResponse(ApiKey::SaslHandshake));
        QCOMPARE(
            writeErrorResponse(out, ApiKey::SaslHandshake, 1, nonsense, ErrorCode::InvalidRequest)
                .error()
                .code,
            ErrorCode::LocalUnsupported);
    }
};

QTEST_GUILESS_MAIN(TestErrorResponse)
#include "test_errorresponse.moc"
