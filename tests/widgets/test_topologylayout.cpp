#include "topologybuild.h"

#include "topology/flowboard.h"
#include "topology/flowrouter.h"
#include "topology/topologylayout.h"

#include <QTest>

using namespace moldau;
using namespace moldau::widgets;
using moldau::tests::TopologyBuild;
using namespace Qt::Literals::StringLiterals;

class TestTopologyLayout : public QObject {
    Q_OBJECT

private slots:
    void keepsEverythingApart_data();
    void keepsEverythingApart();
    void flowsNeverCrossTilesOrText_data();
    void flowsNeverCrossTilesOrText();
    void wrapsAfterSixBrokersAndShrinksFromTwelve();
    void countsTopicsAndClientsThatDontFit();
    void keepsTheTopicsThatPanesShow();
    void tenThousandTopicsAreLaidOutWithinAFrame();
    void dotsWaitForWhatTheyDependOn();
    void dotsThatFollowCloselyBecomeOne();
    void boardStaysBounded();
    void aFailedSendTurnsAndItsRetryIsNumbered();
    void faultsAreDrawnBetweenTheirNodes();
    void faultsCoverNothing_data();
    void faultsCoverNothing();
    void flowsRunBesideFaults();

private:
    static void addShapes();
    static TopologyModel shape(
        int brokers, int topics, int partitions, int clients, TopologyBuild& build);
};

TopologyModel TestTopologyLayout::shape(
    int brokers, int topics, int partitions, int clients, TopologyBuild& build)
{
    TopologyModel model;
    model.setNodes(TopologyBuild::nodes(brokers));
    client::ClusterDescription description = TopologyBuild::cluster(brokers, {});
    for (int t = 0; t < topics; ++t) {
        auto more = TopologyBuild::cluster(brokers, {{"topic-" + std::to_string(t), partitions}});
        description.topics.push_back(more.topics.front());
    }
    model.setDescription(description);
    for (int c = 0; c < clients; ++c) {
        Event identified = build.event(EventKind::ConnectionIdentified, 1);
        identified.connection = static_cast<std::uint64_t>(c + 1);
        identified.name = build.table.intern("client-" + std::to_string(c));
        model.apply(identified, build.names);
    }
    return model;
}

void TestTopologyLayout::addShapes()
{
    QTest::addColumn<int>("brokers");
    QTest::addColumn<int>("topics");
    QTest::addColumn<int>("partitions");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    QTest::newRow("one broker") << 1 << 2 << 2 << QSize(680, 560) << 1.0;
    QTest::newRow("three brokers") << 3 << 3 << 2 << QSize(680, 560) << 1.0;
    QTest::newRow("three brokers, many tiles") << 3 << 5 << 3 << QSize(680, 560) << 1.0;
    QTest::newRow("present mode") << 3 << 3 << 2 << QSize(1000, 840) << 1.5;
    QTest::newRow("six brokers") << 6 << 3 << 4 << QSize(1100, 640) << 1.0;
    QTest::newRow("seven brokers") << 7 << 3 << 4 << QSize(1100, 900) << 1.0;
    QTest::newRow("fourteen brokers") << 14 << 8 << 6 << QSize(1200, 900) << 1.0;
}

void TestTopologyLayout::keepsEverythingApart_data()
{
    addShapes();
}

void TestTopologyLayout::keepsEverythingApart()
{
    QFETCH(int, brokers);
    QFETCH(int, topics);
    QFETCH(int, partitions);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    TopologyBuild build;
    const TopologyModel model = shape(brokers, topics, partitions, 3, build);
    const QStringList names = model.topics();
    const TopologyLayout layout = TopologyLayout::make(model, names, size, scale);
    QCOMPARE(static_cast<int>(layout.cards.size()), brokers);
    QVERIFY(!layout.tiles.empty());
    QList<QRectF> boxes{layout.coordination, layout.hint, layout.legend};
    for (const CardBox& card : layout.cards)
        boxes.append(card.rect);
    for (const ClientBox& client : layout.clients)
        boxes.append(client.rect);
    for (qsizetype i = 0; i < boxes.size(); ++i) {
        QVERIFY2(QRectF(QPointF(), size).adjusted(-0.5, -0.5, 0.5, 0.5).contains(boxes[i]),
            qPrintable(u"box %1 leaves the picture"_s.arg(i)));
        for (qsizetype j = i + 1; j < boxes.size(); ++j)
            QVERIFY2(!boxes[i].intersects(boxes[j]),
                qPrintable(u"boxes %1 and %2 overlap"_s.arg(i).arg(j)));
    }
    for (std::size_t i = 0; i < layout.tiles.size(); ++i) {
        QVERIFY(layout.cards[static_cast<std::size_t>(layout.tiles[i].card)].rect.contains(
            layout.tiles[i].rect));
        for (std::size_t j = i + 1; j < layout.tiles.size(); ++j)
            QVERIFY(!layout.tiles[i].rect.intersects(layout.tiles[j].rect));
    }
}

void TestTopologyLayout::flowsNeverCrossTilesOrText_data()
{
    addShapes();
}

void TestTopologyLayout::flowsNeverCrossTilesOrText()
{
    QFETCH(int, brokers);
    QFETCH(int, topics);
    QFETCH(int, partitions);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    TopologyBuild build;
    const TopologyModel model = shape(brokers, topics, partitions, 3, build);
    const QStringList names = model.topics();
    const TopologyLayout layout = TopologyLayout::make(model, names, size, scale);
    const FlowRouter router(layout);

    std::vector<FlowEnd> ends{
        FlowEnd::leftEdge(size.height() * 0.6), FlowEnd::rightEdge(size.height() * 0.3)};
    for (const ClientBox& client : layout.clients)
        ends.push_back(FlowEnd::client(client.id));
    for (const TileBox& tile : layout.tiles)
        ends.push_back(FlowEnd::tile(tile.topic, tile.partition, tile.broker));
    QList<QRectF> forbidden{layout.coordination, layout.hint, layout.legend};
    for (const CardBox& card : layout.cards)
        forbidden << card.header << card.footer;
    for (const ClientBox& client : layout.clients)
        forbidden << client.rect;
    for (const TileBox& tile : layout.tiles)
        forbidden << tile.rect;

    int flows = 0;
    for (std::size_t from = 0; from < ends.size(); ++from) {
        for (std::size_t to = 0; to < ends.size(); ++to) {
            const bool hasTile
                = ends[from].kind == FlowEnd::Kind::Tile || ends[to].kind == FlowEnd::Kind::Tile;
            const bool isSameBroker
                = ends[from].broker >= 0 && ends[from].broker == ends[to].broker;
            // With hundreds of tiles a sample of pairs is enough.
            if (from == to || !hasTile || isSameBroker
                || (ends.size() > 60 && (from * 31 + to) % 17 != 0))
                continue;
            for (int track = 0; track < 5; ++track) {
                const QPainterPath path = FlowRouter::rounded(
                    router.corners(ends[from], ends[to], track, (track - 2) * 2 * scale),
                    9 * scale);
                QVERIFY(!path.isEmpty());
                ++flows;
                for (const QPolygonF& polygon : path.toSubpathPolygons()) {
                    for (qsizetype i = 1; i < polygon.size(); ++i) {
                        const QRectF segment = QRectF(polygon[i - 1], polygon[i])
                                                   .normalized()
                                                   .adjusted(-0.01, -0.01, 0.01, 0.01);
                        for (const QRectF& box : std::as_const(forbidden))
                            QVERIFY2(!segment.intersects(box.adjusted(0.5, 0.5, -0.5, -0.5)),
                                qPrintable(u"a flow crosses a box at %1, %2"_s.arg(segment.x())
                                               .arg(segment.y())));
                    }
                }
            }
        }
    }
    QVERIFY(flows > 10);
}

void TestTopologyLayout::wrapsAfterSixBrokersAndShrinksFromTwelve()
{
    TopologyBuild build;
    const auto rowsOf = [&](int brokers) {
        const TopologyModel model = shape(brokers, 1, 3, 0, build);
        return TopologyLayout::make(model, {u"topic-0"_s}, QSizeF(1100, 900), 1);
    };
    QCOMPARE(rowsOf(6).cards.back().row, 0);
    QCOMPARE(rowsOf(7).cards.back().row, 1);
    QVERIFY(rowsOf(11).density != TileDensity::Heat);
    QVERIFY(rowsOf(12).density == TileDensity::Heat);
}

void TestTopologyLayout::countsTopicsAndClientsThatDontFit()
{
    TopologyBuild build;
    const TopologyModel model = shape(3, 30, 6, 40, build);
    const QStringList names = model.topics();
    const TopologyLayout layout = TopologyLayout::make(model, names, QSizeF(680, 560), 1);
    QVERIFY(layout.hiddenTopics > 0);
    QCOMPARE(layout.shownTopics.size() + layout.hiddenTopics, names.size());
    QVERIFY(layout.hiddenClients > 0);
    QCOMPARE(static_cast<int>(layout.clients.size()) + layout.hiddenClients, 40);
}

void TestTopologyLayout::keepsTheTopicsThatPanesShow()
{
    TopologyBuild build;
    const TopologyModel model = shape(3, 30, 1, 0, build);
    const QStringList names = model.topics();
    const TopologyLayout without = TopologyLayout::make(model, names, QSizeF(680, 560), 1);
    QVERIFY(!without.shownTopics.contains(names.last()));
    const TopologyLayout with
        = TopologyLayout::make(model, names, QSizeF(680, 560), 1, {names.last(), u"no such"_s});
    QCOMPARE(with.shownTopics.size(), without.shownTopics.size());
    QCOMPARE(with.shownTopics.last(), names.last());
    QCOMPARE(with.shownTopics.first(), names.first());
}

void TestTopologyLayout::tenThousandTopicsAreLaidOutWithinAFrame()
{
    TopologyModel model;
    client::ClusterDescription description = TopologyBuild::cluster(3, {});
    for (int i = 0; i < 10'000; ++i) {
        client::TopicDescription topic = TopologyBuild::cluster(3, {{"x", 5}}).topics.front();
        topic.name = "topic-" + std::to_string(100'000 + i);
        description.topics.push_back(std::move(topic));
    }
    model.setDescription(description);
    const QStringList names = model.topics();
    QElapsedTimer clock;
    clock.start();
    const TopologyLayout layout
        = TopologyLayout::make(model, names, QSizeF(680, 560), 1, {names.last()});
    const qint64 took = clock.elapsed();
    qInfo("laid out in %lld ms", static_cast<long long>(took));
    QVERIFY(took < 100); // a debug build on a busy machine; 2 ms in a release
    QCOMPARE(layout.shownTopics.last(), names.last());
}

void TestTopologyLayout::dotsWaitForWhatTheyDependOn()
{
    TopologyBuild build;
    const TopologyModel model = shape(3, 1, 1, 0, build);
    const TopologyLayout layout = TopologyLayout::make(model, {u"topic-0"_s}, QSizeF(680, 560), 1);
    FlowBoard board;
    board.setPanePorts(300, 200);
    board.route(layout);
    const quint64 empty = board.flowsRevision();
    board.take(build.batch(EventKind::BatchAppended, 1, "topic-0", 0, 0, 1), model, build.names);
    Event copied = build.batch(EventKind::BatchReplicated, 2, "topic-0", 0, 0, 1);
    copied.peer = BrokerId(1);
    board.take(copied, model, build.names);
    board.take(build.batch(EventKind::BatchDelivered, 1, "topic-0", 0, 0, 1, "outside"), model,
        build.names);
    QCOMPARE(board.dots().size(), 2u); // nobody named "outside" is shown
    const quint64 drawn = board.flowsRevision();
    QVERIFY(drawn != empty);
    board.take(build.batch(EventKind::BatchAppended, 1, "topic-0", 0, 0, 1), model, build.names);
    QCOMPARE(board.flowsRevision(), drawn); // what is painted of the flows stays as it is
    QCOMPARE(board.dots()[0].startMs, 0.0);
    QCOMPARE(board.dots()[1].startMs, FlowBoard::kTravelMs);
    QCOMPARE(board.inFlight(u"topic-0"_s, 0, 1), 2);
    QCOMPARE(board.inFlight(u"topic-0"_s, 0, 2), 1);
    board.advance(FlowBoard::kTravelMs + 1);
    QCOMPARE(board.inFlight(u"topic-0"_s, 0, 1), 0);
    QCOMPARE(board.inFlight(u"topic-0"_s, 0, 2), 1);
    board.advance(3 * FlowBoard::kTravelMs);
    QVERIFY(board.dots().empty());
    QVERIFY(!board.flows().empty()); // the line fades
    QCOMPARE(board.flowsRevision(), drawn);
    board.advance(3 * FlowBoard::kTravelMs + FlowBoard::kFadeMs);
    QVERIFY(board.flows().empty());
    QVERIFY(board.flowsRevision() != drawn);
    QVERIFY(!board.advance(1e6));
}

void TestTopologyLayout::dotsThatFollowCloselyBecomeOne()
{
    TopologyBuild build;
    const TopologyModel model = shape(3, 1, 1, 0, build);
    const TopologyLayout layout = TopologyLayout::make(model, {u"topic-0"_s}, QSizeF(680, 560), 1);
    FlowBoard board;
    board.route(layout);
    for (int i = 0; i < 50; ++i)
        board.take(
            build.batch(EventKind::BatchAppended, 1, "topic-0", 0, i, 1), model, build.names);
    QCOMPARE(board.dots().size(), 1u);
    QCOMPARE(board.dots()[0].records, 50);
    board.advance(200);
    board.take(build.batch(EventKind::BatchAppended, 1, "topic-0", 0, 50, 1), model, build.names);
    QCOMPARE(board.dots().size(), 2u);
}

void TestTopologyLayout::boardStaysBounded()
{
    TopologyBuild build;
    const TopologyModel model = shape(6, 4, 24, 0, build);
    const QStringList names = model.topics();
    const TopologyLayout layout = TopologyLayout::make(model, names, QSizeF(1100, 900), 1);
    FlowBoard board;
    board.route(layout);
    for (int i = 0; i < 20'000; ++i) {
        const int partition = i % 24;
        const ShownPartition* known = model.partition(u"topic-0"_s, partition);
        board.take(build.batch(EventKind::BatchAppended, known->leader,
                       "topic-" + std::to_string(i % 4), partition, i, 1),
            model, build.names);
        if (i % 10 == 0)
            board.advance(i);
    }
    QVERIFY(board.dots().size() <= FlowBoard::kMaxDots);
    QVERIFY(board.flows().size() <= FlowBoard::kMaxFlows);
    for (const Dot& dot : board.dots())
        QVERIFY(dot.flow < board.flows().size());
}

void TestTopologyLayout::aFailedSendTurnsAndItsRetryIsNumbered()
{
    TopologyBuild build;
    const TopologyModel model = shape(3, 1, 1, 0, build);
    const TopologyLayout layout = TopologyLayout::make(model, {u"topic-0"_s}, QSizeF(680, 560), 1);
    FlowBoard board;
    board.route(layout);
    board.take(
        build.batch(EventKind::ProduceRejected, 1, "topic-0", 0, -1, 1, "web"), model, build.names);
    QVERIFY(board.dots().empty()); // "web" isn't shown
    board.take(build.batch(EventKind::ProduceRejected, 1, "topic-0", 0, -1, 1), model, build.names);
    QCOMPARE(board.dots().size(), 1u);
    QVERIFY(board.dots()[0].isFailed);
    board.take(build.batch(EventKind::BatchAppended, 1, "topic-0", 0, 0, 1), model, build.names);
    QCOMPARE(board.dots()[1].retry, 1);
    board.take(build.batch(EventKind::BatchAppended, 1, "topic-0", 0, 1, 1), model, build.names);
    QCOMPARE(board.dots().back().retry, 0);
}

void TestTopologyLayout::faultsAreDrawnBetweenTheirNodes()
{
    TopologyBuild build;
    TopologyModel model = shape(3, 1, 1, 0, build);
    const auto link = [](int id, int one, int other) {
        faults::FaultStatus fault;
        fault.id = id;
        fault.rule.link = faults::FaultLink{BrokerId(one), BrokerId(other)};
        fault.rule.action = faults::FaultAction::Cut;
        return fault;
    };
    faults::FaultStatus full;
    full.id = 4;
    full.rule.action = faults::FaultAction::DiskFull;
    full.rule.broker = BrokerId(2);
    model.setFaults(std::vector{link(1, 1, 2), link(2, 3, 1), link(3, 2, 77), full});
    const TopologyLayout layout = TopologyLayout::make(model, {u"topic-0"_s}, QSizeF(680, 560), 1);
    // A link to a node that isn't drawn has no place.
    QCOMPARE(layout.faults.size(), 3u);
    const auto x = [&layout](int broker) { return layout.card(broker)->rect.center().x(); };
    QVERIFY(layout.faults[0].line.first().x() >= x(1) && layout.faults[0].line.last().x() <= x(2));
    QVERIFY(layout.faults[1].line.first().x() < x(2) && layout.faults[1].line.last().x() > x(2));
    for (const int i : {0, 1}) {
        QVERIFY(layout.faults[std::size_t(i)].badge.top() > layout.card(1)->rect.bottom());
        for (const ClientBox& client : layout.clients)
            QVERIFY(!client.rect.intersects(layout.faults[std::size_t(i)].badge));
    }
    QVERIFY(!layout.faults[0].badge.intersects(layout.faults[1].badge));
    QVERIFY(layout.faults[2].line.isEmpty());
    QVERIFY(layout.card(2)->rect.contains(layout.faults[2].badge));
}

namespace {

void addLink(std::vector<faults::FaultStatus>& faults, int one, int other)
{
    faults::FaultStatus& fault = faults.emplace_back();
    fault.id = static_cast<int>(faults.size());
    fault.rule.link = faults::FaultLink{BrokerId(one), BrokerId(other)};
    fault.rule.action = faults::FaultAction::Cut;
}

/** Controllers from 100 on, brokers from 1; every `step`th link between any two of them is cut, and
 * the disks of two brokers are full. */
TopologyModel faultyModel(int controllers, int brokers, int step, TopologyBuild& build)
{
    TopologyModel model;
    std::vector<client::NodeStatus> nodes = TopologyBuild::nodes(brokers);
    std::vector<int> ids;
    for (int i = 1; i <= brokers; ++i)
        ids.push_back(i);
    for (int i = 0; i < controllers; ++i) {
        client::NodeStatus node;
        node.service = "controller-" + std::to_string(i + 1);
        node.id = BrokerId(100 + i);
        node.kind = client::NodeKind::Controller;
        node.state = client::NodeState::Running;
        nodes.push_back(std::move(node));
        ids.push_back(100 + i);
    }
    model.setNodes(nodes);
    model.setDescription(TopologyBuild::cluster(brokers, {{"topic-0", 3}, {"topic-1", 3}}));
    for (int i = 0; i < 3; ++i) {
        Event identified = build.event(EventKind::ConnectionIdentified, 1);
        identified.connection = static_cast<std::uint64_t>(i + 1);
        identified.name = build.table.intern("client-" + std::to_string(i));
        model.apply(identified, build.names);
    }
    std::vector<faults::FaultStatus> faults;
    int number = 0;
    for (std::size_t a = 0; a < ids.size(); ++a) {
        for (std::size_t b = a + 1; b < ids.size(); ++b) {
            if (number++ % step == 0)
                addLink(faults, ids[a], ids[b]);
        }
    }
    for (const int broker : {1, brokers}) {
        faults::FaultStatus& full = faults.emplace_back();
        full.id = static_cast<int>(faults.size());
        full.rule.action = faults::FaultAction::DiskFull;
        full.rule.broker = BrokerId(broker);
    }
    model.setFaults(faults);
    return model;
}

} // namespace

void TestTopologyLayout::faultsCoverNothing_data()
{
    QTest::addColumn<int>("controllers");
    QTest::addColumn<int>("brokers");
    QTest::addColumn<int>("step");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    for (const int controllers : {1, 3, 5}) {
        for (const int brokers : {3, 5, 9}) {
            const auto add = [&](int step, QSize size, double scale) {
                QTest::addRow("%d controllers, %d brokers, every %d., %dx%d", controllers, brokers,
                    step, size.width(), size.height())
                    << controllers << brokers << step << size << scale;
            };
            add(7, brokers > 6 ? QSize(620, 640) : QSize(520, 460), 1);
            add(5, QSize(680, 560), 1);
            add(5, QSize(1050, 900), 1.5);
            add(3, QSize(900, 760), 1);
            add(1, QSize(1400, 1300), 1);
        }
    }
}

void TestTopologyLayout::faultsCoverNothing()
{
    QFETCH(int, controllers);
    QFETCH(int, brokers);
    QFETCH(int, step);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    TopologyBuild build;
    const TopologyModel model = faultyModel(controllers, brokers, step, build);
    const TopologyLayout layout = TopologyLayout::make(model, model.topics(), size, scale);
    QCOMPARE(layout.faults.size(), model.faults().size());
    const auto isApart = [](const QRectF& a, const QRectF& b) {
        return !a.adjusted(0.1, 0.1, -0.1, -0.1).intersects(b);
    };
    QList<QRectF> words{layout.caption, layout.coordinationText, layout.hint, layout.legend};
    for (const VoterBox& voter : layout.voters)
        words << voter.rect;
    for (const CardBox& card : layout.cards)
        words << card.header << card.footer;
    for (const TileBox& tile : layout.tiles)
        words << tile.rect;
    for (const ClientBox& client : layout.clients)
        words << client.rect;
    for (std::size_t i = 0; i < layout.faults.size(); ++i) {
        const FaultBox& fault = layout.faults[i];
        QVERIFY(!fault.badge.isEmpty());
        for (const QRectF& box : std::as_const(words))
            QVERIFY2(isApart(fault.badge, box),
                qPrintable(u"badge %1 covers something at %2, %3"_s.arg(fault.id).arg(box.x()).arg(
                    box.y())));
        for (std::size_t j = i + 1; j < layout.faults.size(); ++j)
            QVERIFY2(isApart(fault.badge, layout.faults[j].badge),
                qPrintable(u"badges %1 and %2 overlap"_s.arg(fault.id).arg(layout.faults[j].id)));
        for (const double gutter : layout.gutters)
            QVERIFY(layout.columns.size() == 1 || fault.line.isEmpty()
                || fault.badge.right() < gutter || fault.badge.left() > gutter
                || fault.badge.bottom() < layout.coordination.bottom());
        // Lines keep to bands and gutters; only their ends cross the lane in which is said what was
        // decided.
        for (qsizetype p = 1; p < fault.line.size(); ++p) {
            const QRectF part = QRectF(fault.line[p - 1], fault.line[p])
                                    .normalized()
                                    .adjusted(-0.01, -0.01, 0.01, 0.01);
            const bool isAcross = part.width() > part.height();
            for (const QRectF& box : std::as_const(words)) {
                if (box == layout.caption && !isAcross)
                    continue;
                QVERIFY2(isApart(part, box.adjusted(0.5, 0.5, -0.5, -0.5)),
                    qPrintable(
                        u"link %1 crosses something at %2, %3"_s.arg(fault.id).arg(box.x()).arg(
                            box.y())));
            }
        }
    }
    // What is said about an election covers neither nodes nor what they hold.
    for (const CardBox& card : layout.cards)
        QVERIFY(isApart(layout.caption, card.rect));
    for (const VoterBox& voter : layout.voters)
        QVERIFY(isApart(layout.caption, voter.rect));
}

void TestTopologyLayout::flowsRunBesideFaults()
{
    TopologyBuild build;
    for (const int brokers : {3, 9}) {
        const TopologyModel model = faultyModel(3, brokers, 2, build);
        const TopologyLayout layout
            = TopologyLayout::make(model, model.topics(), QSizeF(1100, 1100), 1);
        const FlowRouter router(layout);
        std::vector<FlowEnd> ends{FlowEnd::leftEdge(500), FlowEnd::rightEdge(300)};
        for (const ClientBox& client : layout.clients)
            ends.push_back(FlowEnd::client(client.id));
        for (const TileBox& tile : layout.tiles)
            ends.push_back(FlowEnd::tile(tile.topic, tile.partition, tile.broker));
        for (const FlowEnd& from : ends) {
            for (const FlowEnd& to : ends) {
                if (from.kind != FlowEnd::Kind::Tile && to.kind != FlowEnd::Kind::Tile)
                    continue;
                for (int track = 0; track < 5; ++track) {
                    const std::vector<QPointF> corners
                        = router.corners(from, to, track, (track - 2) * 2);
                    for (std::size_t i = 1; i < corners.size(); ++i) {
                        const QRectF part = QRectF(corners[i - 1], corners[i])
                                                .normalized()
                                                .adjusted(-0.01, -0.01, 0.01, 0.01);
                        for (const FaultBox& fault : layout.faults)
                            QVERIFY(!part.intersects(fault.badge));
                    }
                }
            }
        }
    }
}

QTEST_APPLESS_MAIN(TestTopologyLayout)
#include "test_topologylayout.moc"
