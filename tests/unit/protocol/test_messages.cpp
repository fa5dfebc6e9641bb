#include "filler.h"
#include "protocol/apikeys.h"
#include "protocol/jsonvisitor.h"
#include "protocol/messages/apiversionsresponse.h"
#include "protocol/messages/fetchrequest.h"
#include "protocol/messages/metadatarequest.h"
#include "protocol/messages/producerequest.h"
#include "protocol/reader.h"
#include "protocol/writer.h"

#include <QTest>

#include <functional>

using namespace moldau;
using namespace moldau::protocol;

namespace {

constexpr unsigned kSeeds = 10;

/** `check` sees every message in every version, filled a few times. */
void forAll(const std::function<void(const MessageInfo&, std::int16_t, unsigned)>& check)
{
    for (const MessageInfo& info : allMessages()) {
        for (std::int16_t version = info.minVersion; version <= info.maxVersion; ++version) {
            for (unsigned seed = 0; seed < kSeeds; ++seed)
                check(info, version, seed);
        }
    }
}

std::string placeOf(const MessageInfo& info, std::int16_t version, unsigned seed)
{
    return std::string(info.name) + " v" + std::to_string(version) + " seed "
        + std::to_string(seed);
}

Bytes written(const AnyMessage& message, std::int16_t version)
{
    Writer out;
    const auto done = message.write(out, version);
    return done ? out.takeBytes() : Bytes();
}

} // namespace

class TestMessages : public QObject {
    Q_OBJECT
private slots:
    void everyMessageIsKnown()
    {
        QCOMPARE(allMessages().size(), std::size_t(278));
        QVERIFY(findRequest(0)->name == "ProduceRequest");
        QVERIFY(findResponse(94)->name == "UnregisterControllerResponse");
        QVERIFY(findRecord("metadata", MessageKind::MetadataRecord, 3)->name == "PartitionRecord");
        QVERIFY(findRecord("group", MessageKind::CoordinatorKey, 1)->name == "OffsetCommitKey");
        QVERIFY(findRecord("share", MessageKind::CoordinatorKey, 1)->name == "ShareUpdateKey");
        QVERIFY(!findRequest(4));
    }

    void whatIsWrittenIsReadEqual()
    {
        forAll([](const MessageInfo& info, std::int16_t version, unsigned seed) {
            const std::string place = placeOf(info, version, seed);
            Filler random(seed, true);
            const auto message = makeRandom(random, info.name, version);
            Writer out;
            const auto done = message->write(out, version);
            QVERIFY2(done.has_value(), (place + ": " + (done ? "" : done.error().message)).c_str());
            const std::size_t announced = out.size();
            const Bytes bytes = out.takeBytes();
            QCOMPARE(bytes.size(), announced);

            const auto copy = info.create();
            Reader in(bytes);
            copy->read(in, version);
            QVERIFY2(in.finish(), (place + ": " + in.error().message).c_str());
            QVERIFY2(copy->isEqualTo(*message), place.c_str());
            QVERIFY2(written(*copy, version) == bytes, place.c_str());
            QCOMPARE(toJson(*copy, version), toJson(*message, version));
        });
    }

    void everyTruncatedPrefixIsAnError()
    {
        forAll([](const MessageInfo& info, std::int16_t version, unsigned seed) {
            if (seed >= 2)
                return;
            Filler random(seed, true);
            const Bytes bytes = written(*makeRandom(random, info.name, version), version);
            for (std::size_t size = 0; size < bytes.size(); ++size) {
                // A copy of its own size, so that a sanitizer sees one byte too far.
                const Bytes prefix(
                    bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
                Reader in(prefix);
                info.create()->read(in, version);
                QVERIFY2(!in.finish(), placeOf(info, version, seed).c_str());
            }
        });
    }

    void brokenBytesNeverCrash()
    {
        forAll([](const MessageInfo& info, std::int16_t version, unsigned seed) {
            Filler random(seed, true);
            Bytes bytes = written(*makeRandom(random, info.name, version), version);
            for (int round = 0; round < 10 && !bytes.empty(); ++round) {
                bytes[random.below(static_cast<std::uint32_t>(bytes.size()))]
                    = static_cast<std::uint8_t>(random.below(256));
                Reader in(bytes);
                const auto message = info.create();
                message->read(in, version);
                if (in.finish())
                    toJson(*message, version);
            }
        });
    }

    void versionsOutsideTheRangeAreRefused()
    {
        for (const MessageInfo& info : allMessages()) {
            for (const int version : {info.minVersion - 1, info.maxVersion + 1}) {
                const auto message = info.create();
                Writer out;
                QCOMPARE(message->write(out, static_cast<std::int16_t>(version)).error().code,
                    ErrorCode::UnsupportedVersion);
                Reader in(BytesView{});
                message->read(in, static_cast<std::int16_t>(version));
                QCOMPARE(in.error().code, ErrorCode::UnsupportedVersion);
            }
        }
    }

    void aValueThatTheVersionLacksIsAnErrorUnlessItMayBeIgnored()
    {
        MetadataRequest request;
        request.allowAutoTopicCreation = false; // since v4, not ignorable
        Writer out;
        QCOMPARE(request.write(out, 3).error().code, ErrorCode::UnsupportedVersion);
        FetchRequest fetch;
        fetch.rackId = "r1"; // since v11, ignorable
        Writer other;
        QVERIFY(fetch.write(other, 10).has_value());
    }

    void nullIsAnErrorWhereTheVersionHasNone()
    {
        MetadataRequest request;
        request.topics = std::nullopt;
        Writer out;
        QVERIFY(!request.write(out, 0).has_value());
        Writer other;
        QVERIFY(request.write(other, 1).has_value());
    }

    void hugeCountsAreRefusedBeforeMemoryIsTaken()
    {
        Writer out;
        out.writeInt32(0x7fffffff); // topics
        const Bytes bytes = out.takeBytes();
        QCOMPARE(MetadataRequest::parse(bytes, 1).error().code, ErrorCode::LocalParseError);
    }

    void trailingBytesAreAnError()
    {
        Writer out;
        QVERIFY(MetadataRequest().write(out, 9).has_value());
        Bytes bytes = out.takeBytes();
        QVERIFY(MetadataRequest::parse(bytes, 9).has_value());
        bytes.push_back(0);
        QVERIFY(!MetadataRequest::parse(bytes, 9).has_value());
    }

    void bigRecordsAreReferencedAndNotCopied()
    {
        ProduceRequest request;
        request.topicData.resize(1);
        request.topicData[0].partitionData.resize(2);
        const Slice big(Bytes(100'000, 1));
        request.topicData[0].partitionData[0].records = RecordsView(big);
        Writer out;
        QVERIFY(request.write(out, 13).has_value());
        const std::size_t size = out.size();
        const SliceChain chain = out.takeChain();
        QCOMPARE(totalSize(chain), size);
        QCOMPARE(chain.size(), std::size_t(3));
        QVERIFY(chain[1].bytes.data() == big.bytes.data());
        QVERIFY(chain[1].owner == big.owner);
    }

    void headersFollowTheVersions()
    {
        QCOMPARE(requestHeaderVersion(ApiKey::Produce, 8), std::int16_t(1));
        QCOMPARE(requestHeaderVersion(ApiKey::Produce, 9), std::int16_t(2));
        QCOMPARE(responseHeaderVersion(ApiKey::Produce, 9), std::int16_t(1));
        QCOMPARE(requestHeaderVersion(ApiKey::SaslHandshake, 1), std::int16_t(1));
        QCOMPARE(requestHeaderVersion(ApiKey::ApiVersions, 3), std::int16_t(2));
        QCOMPARE(responseHeaderVersion(ApiKey::ApiVersions, 4), std::int16_t(0));
    }

    void everyApiHasItsMessages()
    {
        QCOMPARE(allApis().size(), std::size_t(95));
        for (const ApiFacts& api : allApis()) {
            QCOMPARE(findApi(std::int16_t(api.key)), &api);
            const MessageInfo* request = findRequest(std::int16_t(api.key));
            QCOMPARE(request == nullptr, api.isRetired());
            if (!request)
                continue;
            QVERIFY(request->name == std::string(api.name) + "Request");
            QCOMPARE(request->minVersion, api.minVersion);
            QCOMPARE(request->maxVersion, api.maxVersion);
            QCOMPARE(request->firstFlexibleVersion, api.firstFlexibleVersion);
        }
        QVERIFY(findApi(std::int16_t(-1)) == nullptr && findApi(std::int16_t(95)) == nullptr);
        QCOMPARE(factsOf(ApiKey::InitProducerId).maxStableVersion(), std::int16_t(5));
    }

    void jsonShowsWhatAPersonExpects()
    {
        ApiVersionsResponse response;
        response.apiKeys.push_back({.apiKey = 18, .minVersion = 0, .maxVersion = 4});
        response.unknownTaggedFields.push_back({1000, {1, 2, 3}});
        QCOMPARE(toJson(response, 0),
            std::string(R"({"errorCode":0,"apiKeys":[{"apiKey":18,"minVersion":0,"maxVersion":4}],)"
                        R"("unknownTaggedFields":[{"tag":1000,"data":"AQID"}]})"));
    }
};

QTEST_APPLESS_MAIN(TestMessages)
#include "test_messages.moc"
