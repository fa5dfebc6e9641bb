#include "topology/topologylayout.h"

#include <algorithm>
#include <cmath>

namespace moldau::widgets {

namespace {

// Measures at scale 1.
constexpr double kSideGutter = 22;
constexpr double kMinGutter = 22;
constexpr double kMaxGutter = 30;
constexpr double kMaxCardWidth = 320;
constexpr double kLane = 20;
constexpr double kCoordinationHeight = 62;
constexpr double kCardPadding = 12;
constexpr double kCardHeader = 40;
constexpr double kCardFooter = 30;
constexpr double kClientHeight = 44;
constexpr double kClientGap = 16;
constexpr double kHintHeight = 22;
constexpr double kLegendHeight = 20;
constexpr double kFullTile = 42;
constexpr double kMinFullTile = 32;
constexpr double kMinCompactTile = 22;
constexpr double kNarrowCard = 120;
constexpr double kHeatTile = 14;
constexpr double kFaultBadgeWidth = 62;
constexpr double kFaultBadgeHeight = 17;
constexpr double kFaultBand = 24;

/** The replicas of a broker in the order of the topics. */
struct Replica {
    const ShownTopic* topic;
    const ShownPartition* partition;
};

std::vector<Replica> replicasOf(const TopologyModel& model, const QStringList& topics, int broker)
{
    std::vector<Replica> found;
    for (const QString& name : topics) {
        const ShownTopic* topic = model.topic(name);
        if (!topic)
            continue;
        for (const ShownPartition& partition : topic->partitions) {
            if (partition.replica(broker))
                found.push_back({topic, &partition});
        }
    }
    return found;
}

struct Chosen {
    QStringList topics; ///< in the order in which they were asked for
    int mostReplicas = 0; ///< on one broker
};

/** As many topics as fit, at least one; those to be kept before others. */
template <class Fits>
Chosen chooseTopics(
    const TopologyModel& model, const QStringList& topics, const QStringList& kept, Fits fits)
{
    Chosen chosen;
    std::map<int, int> replicas; // by broker
    QSet<QString> names;
    for (const bool areKept : {true, false}) {
        for (const QString& name : topics) {
            if (kept.contains(name) != areKept)
                continue;
            const ShownTopic* topic = model.topic(name);
            if (!topic)
                continue;
            std::map<int, int> with = replicas;
            int most = chosen.mostReplicas;
            for (const ShownPartition& partition : topic->partitions) {
                for (const ShownReplica& replica : partition.replicas)
                    most = std::max(most, ++with[replica.broker]);
            }
            if (!names.isEmpty() && !fits(most)) {
                if (areKept)
                    continue; // another one that is wanted may be smaller
                break;
            }
            replicas = std::move(with);
            chosen.mostReplicas = most;
            names.insert(name);
        }
    }
    for (const QString& name : topics) {
        if (names.contains(name))
            chosen.topics.append(name);
    }
    return chosen;
}

bool hasFaultyLink(const TopologyModel& model)
{
    const auto& faults = model.faults();
    return std::any_of(faults.begin(), faults.end(), [&model](const ShownFault& fault) {
        return fault.rule.link && model.broker(fault.rule.link->one.value())
            && model.broker(fault.rule.link->other.value());
    });
}

double tileGap(double tileHeight, double scale)
{
    return (tileHeight >= kMinFullTile * scale ? 8 : 4) * scale;
}

/** The height at which `count` tiles fill `room`, or less than nothing. */
double tileHeightFor(int count, double room, double scale)
{
    if (count == 0)
        return kFullTile * scale;
    const double full = (room + 8 * scale) / count - 8 * scale;
    if (full >= kMinFullTile * scale)
        return std::min(full, kFullTile * scale);
    return std::min((room + 4 * scale) / count - 4 * scale, (kMinFullTile - 1) * scale);
}

} // namespace

TopologyLayout TopologyLayout::make(const TopologyModel& model, const QStringList& topics,
    QSizeF size, double scale, const QStringList& kept)
{
    TopologyLayout layout;
    layout.size = size;
    layout.scale = scale;
    layout.trackStep = 3.5 * scale;
    const double s = scale;
    const int brokers = static_cast<int>(model.brokers().size());
    const int columns = std::clamp(brokers, 1, kCardsPerRow);
    const int rows = std::max(1, (brokers + kCardsPerRow - 1) / kCardsPerRow);

    // Across: side gutters, cards, gutters between them; what is left over widens the sides.
    const double side = kSideGutter * s;
    const double inner = size.width() - 2 * side;
    const double gutter = columns > 1
        ? (columns > 4 ? kMinGutter * s : std::clamp(inner * 0.04, kMinGutter * s, kMaxGutter * s))
        : 0;
    const double cardWidth
        = std::floor(std::min((inner - gutter * (columns - 1)) / columns, kMaxCardWidth * s));
    const double used = cardWidth * columns + gutter * (columns - 1);
    const double spread = columns > 1 ? (inner - used) / (columns - 1) : 0;
    const double step = cardWidth + gutter + std::min(spread, 40 * s);
    const double total = cardWidth + step * (columns - 1);
    const double left = std::floor((size.width() - total) / 2);
    layout.gutters.push_back(left - side / 2);
    for (int column = 1; column < columns; ++column)
        layout.gutters.push_back(left + step * column - (step - cardWidth) / 2);
    layout.gutters.push_back(left + total + side / 2);

    // Down: what has a fixed height first; the cards share the rest.
    double top = 0;
    layout.coordination = QRectF(left, top, total, kCoordinationHeight * s);
    top += kCoordinationHeight * s;
    double bottom = size.height();
    layout.legend = QRectF(left, bottom - kLegendHeight * s, total, kLegendHeight * s);
    bottom -= kLegendHeight * s;
    layout.hint = QRectF(left, bottom - kHintHeight * s, total, kHintHeight * s);
    bottom -= (kHintHeight + 6) * s;
    const double clientTop = bottom - kClientHeight * s;
    // Faulty links have a band of their own, so that flows don't run through their words.
    const double band = hasFaultyLink(model) ? kFaultBand * s : 0;
    bottom = clientTop - band;
    const double rowRoom = std::max(60.0 * s, (bottom - top - kLane * s * (rows + 1)) / rows);

    for (int row = 0; row <= rows; ++row)
        layout.lanes.push_back(top + (kLane * s + rowRoom) * row + kLane * s / 2);
    layout.caption = QRectF(left, top + 2 * s, total, kLane * s);

    const double padding = (cardWidth < kNarrowCard * s ? 8 : kCardPadding) * s;

    // Topics that have room, in their order.
    const bool isHeat = brokers >= kHeatFrom;
    const double tileRoom = rowRoom - (kCardHeader + kCardFooter) * s;
    const int heatPerLine
        = std::max(1, static_cast<int>((cardWidth - 2 * padding + 4 * s) / ((kHeatTile + 4) * s)));
    const auto fits = [&](int most) {
        if (isHeat)
            return std::ceil(double(most) / heatPerLine) * (kHeatTile + 4) * s
                <= tileRoom + kCardFooter * s;
        return tileHeightFor(most, tileRoom, s) >= kMinCompactTile * s;
    };
    const Chosen chosen = chooseTopics(model, topics, kept, fits);
    const int most = chosen.mostReplicas;
    layout.shownTopics = chosen.topics;
    layout.hiddenTopics = static_cast<int>(topics.size() - layout.shownTopics.size());
    const double tileHeight
        = std::max(std::floor(tileHeightFor(most, tileRoom, s)), kMinCompactTile * s);
    layout.density = isHeat              ? TileDensity::Heat
        : tileHeight >= kMinFullTile * s ? TileDensity::Full
                                         : TileDensity::Compact;
    const double gap = tileGap(tileHeight, s);
    const double filled = isHeat ? std::ceil(double(most) / heatPerLine) * (kHeatTile + 4) * s
                                 : most * (tileHeight + gap) - gap;
    const double cardHeight = std::min(
        rowRoom, std::max(std::max(filled, 0.0) + (kCardHeader + kCardFooter) * s, 96 * s));

    for (int i = 0; i < brokers; ++i) {
        CardBox card;
        card.broker = model.brokers()[static_cast<std::size_t>(i)].id;
        card.row = i / kCardsPerRow;
        card.column = i % kCardsPerRow;
        const double cardTop = top + kLane * s + (rowRoom + kLane * s) * card.row;
        card.rect = QRectF(left + step * card.column, cardTop, cardWidth, cardHeight);
        card.header
            = QRectF(card.rect.left() + padding, cardTop, cardWidth - 2 * padding, kCardHeader * s);
        card.menuButton
            = QRectF(card.rect.right() - (kCardPadding + 18) * s, cardTop + 11 * s, 22 * s, 20 * s);
        card.footer = QRectF(card.header.left(), card.rect.bottom() - (kCardFooter - 4) * s,
            card.header.width(), (kCardFooter - 6) * s);
        double y = cardTop + kCardHeader * s;
        double x = card.header.left();
        for (const Replica& replica : replicasOf(model, layout.shownTopics, card.broker)) {
            TileBox tile;
            if (isHeat) {
                if (x + kHeatTile * s > card.header.right() + 1) {
                    x = card.header.left();
                    y += (kHeatTile + 4) * s;
                }
                tile.rect = QRectF(x, y, kHeatTile * s, kHeatTile * s);
                x += (kHeatTile + 4) * s;
            } else {
                tile.rect = QRectF(card.header.left(), y, card.header.width(), tileHeight);
                y += tileHeight + gap;
            }
            if (tile.rect.bottom() > card.rect.bottom())
                break;
            tile.topic = replica.topic->name;
            tile.partition = replica.partition->index;
            tile.broker = card.broker;
            tile.card = i;
            layout.tiles.push_back(std::move(tile));
        }
        layout.cards.push_back(card);
    }
    // Lanes follow the cards, which may be lower than their row.
    for (int row = 0; row < rows; ++row) {
        const double rowBottom = top + kLane * s + (rowRoom + kLane * s) * row + cardHeight;
        const double next = row + 1 < rows
            ? rowBottom + kLane * s
            : rowBottom + std::min((kLane + 4) * s, clientTop - band - rowBottom);
        layout.lanes[static_cast<std::size_t>(row) + 1] = (rowBottom + next) / 2;
    }

    layout.faultBand = layout.lanes.back() + (kLane / 2) * s + band / 2;

    // Voters: boxes right of the words.
    const int voters = static_cast<int>(model.voters().size());
    const double voterWidth = 132 * s;
    const double wordsWidth = std::clamp(total * 0.26, 138 * s, 200 * s);
    layout.coordinationText = layout.coordination.adjusted(16 * s, 0, 0, 0);
    layout.coordinationText.setWidth(wordsWidth);
    if (voters > 0) {
        const double room = layout.coordination.right() - 16 * s - layout.coordinationText.right();
        const double width = std::min(voterWidth, (room - 12 * s * (voters - 1)) / voters);
        double x = layout.coordinationText.right();
        for (int i = 0; i < voters; ++i) {
            layout.voters.push_back(
                {QRectF(x, layout.coordination.center().y() - 18 * s, width, 36 * s), i});
            x += width + 12 * s;
        }
    }

    // Elections are explained beside the voters where there is room, else in the lane below.
    const double noteLeft = (layout.voters.empty() ? layout.coordinationText.right() + 150 * s
                                                   : layout.voters.back().rect.right())
        + 20 * s;
    const double noteRight = layout.coordination.right() - 16 * s;
    if (noteRight - noteLeft >= 200 * s)
        layout.caption = QRectF(noteLeft, layout.coordination.top() + 7 * s, noteRight - noteLeft,
            layout.coordination.height() - 14 * s);

    // Clients: up to one a column-width, the rest counted.
    const int clients = static_cast<int>(model.clients().size());
    const double minClient = 140 * s;
    const int fitting
        = std::max(1, static_cast<int>((total + kClientGap * s) / (minClient + kClientGap * s)));
    const int shown = clients <= fitting ? clients : fitting - 1;
    layout.hiddenClients = clients - shown;
    const int places = shown + (layout.hiddenClients > 0 ? 1 : 0);
    if (places > 0) {
        const double lowest = layout.lanes.back() + (kLane / 2) * s;
        const double y = std::min(clientTop, lowest + 6 * s + band);
        const double width = std::min((total - kClientGap * s * (places - 1)) / places, 216 * s);
        double x = left;
        for (int i = 0; i < shown; ++i) {
            layout.clients.push_back({QRectF(x, y, width, kClientHeight * s),
                model.clients()[static_cast<std::size_t>(i)].id});
            x += width + kClientGap * s;
        }
        if (layout.hiddenClients > 0)
            layout.moreClients = QRectF(x, y, width, kClientHeight * s);
    }
    layout.placeFaults(model);
    return layout;
}

QRectF TopologyLayout::nodeRect(const TopologyModel& model, BrokerId node) const
{
    for (const VoterBox& box : voters) {
        if (model.voters()[static_cast<std::size_t>(box.index)].id == node.value()
            && !card(node.value()))
            return box.rect;
    }
    const CardBox* box = card(node.value());
    return box ? box->rect : QRectF();
}

void TopologyLayout::placeFaults(const TopologyModel& model)
{
    const double s = scale;
    const QSizeF badge(kFaultBadgeWidth * s, kFaultBadgeHeight * s);
    const auto badgeAt = [&badge](const QPointF& middle) {
        return QRectF(middle - QPointF(badge.width() / 2, badge.height() / 2), badge);
    };
    const double cardsTop = cards.empty() ? 0 : cards.front().rect.top();
    std::map<double, int> used; // links by the height at which they cross
    for (const ShownFault& fault : model.faults()) {
        FaultBox box;
        box.id = fault.id;
        if (!fault.rule.link) {
            const CardBox* at = card(fault.rule.broker.value());
            if (!at)
                continue;
            box.badge = badgeAt(at->footer.center());
            faults.push_back(box);
            continue;
        }
        QRectF from = nodeRect(model, fault.rule.link->one);
        QRectF to = nodeRect(model, fault.rule.link->other);
        if (from.isEmpty() || to.isEmpty())
            continue;
        if (from.top() > to.top() || (from.top() == to.top() && from.left() > to.left()))
            std::swap(from, to);
        const bool isBeside = from.top() == to.top();
        const bool isAmongVoters = to.top() < cardsTop;
        const bool isLastRow = !cards.empty() && from.top() == cards.back().rect.top();
        double y = !isBeside ? to.top() - kLane / 2 * s
            : isAmongVoters  ? from.bottom() + 7 * s
            : isLastRow      ? faultBand
                             : from.bottom() + kLane / 2 * s;
        const int number = used[y]++;
        // Links at the same height: their ends and badges stand side by side.
        const double aside = (number % 5) * 9 * s;
        y += (number % 3 - 1) * 4 * s;
        const double x1 = from.center().x() + (isBeside ? from.width() * 0.18 : 0) - aside;
        const double x2 = to.center().x() - (isBeside ? to.width() * 0.18 : 0) + aside;
        box.line << QPointF(x1, from.bottom()) << QPointF(x1, y) << QPointF(x2, y)
                 << QPointF(x2, isBeside ? to.bottom() : to.top());
        // In the middle where there is room, else as near to it as there is.
        const auto isFree = [this](const QRectF& place) {
            return std::none_of(faults.begin(), faults.end(), [&place](const FaultBox& other) {
                return other.badge.adjusted(-2, -2, 2, 2).intersects(place);
            });
        };
        for (const double share : {0.5, 0.75, 0.25, 0.62, 0.38, 0.88, 0.12}) {
            const QRectF place = isBeside
                ? badgeAt(QPointF(x1 + (x2 - x1) * share, y))
                : badgeAt(QPointF(x2 + (share - 0.5) * to.width(), to.top()));
            if (box.badge.isNull() || isFree(place))
                box.badge = place;
            if (isFree(place))
                break;
        }
        faults.push_back(box);
    }
}

const TileBox* TopologyLayout::tile(const QString& topic, int partition, int broker) const
{
    const auto it = std::find_if(tiles.begin(), tiles.end(), [&](const TileBox& box) {
        return box.broker == broker && box.partition == partition && box.topic == topic;
    });
    return it == tiles.end() ? nullptr : &*it;
}

const CardBox* TopologyLayout::card(int broker) const
{
    const auto it = std::find_if(
        cards.begin(), cards.end(), [broker](const CardBox& box) { return box.broker == broker; });
    return it == cards.end() ? nullptr : &*it;
}

const ClientBox* TopologyLayout::client(const QString& id) const
{
    const auto it = std::find_if(
        clients.begin(), clients.end(), [&id](const ClientBox& box) { return box.id == id; });
    return it == clients.end() ? nullptr : &*it;
}

} // namespace moldau::widgets
