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
constexpr double kCaption = 22;
constexpr double kVoterWidth = 132;
constexpr double kVoterHeight = 36;
constexpr double kVoterGap = 12;
constexpr double kNoteWidth = 200; // the least in which a sentence is told beside the voters

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
    for (int column = 0; column < columns; ++column)
        layout.columns.emplace_back(left + step * column, 0, cardWidth, size.height());

    // Voters: boxes right of the words.
    const int voters = static_cast<int>(model.voters().size());
    const double wordsWidth = std::clamp(total * 0.26, 138 * s, 200 * s);
    const double voterRoom = total - 32 * s - wordsWidth;
    const double voterWidth = voters == 0
        ? 0
        : std::min(kVoterWidth * s, (voterRoom - kVoterGap * s * (voters - 1)) / voters);
    const double votersWidth = voters * (voterWidth + kVoterGap * s) - kVoterGap * s;
    const FaultPlaces faults(model, columns, cardWidth, votersWidth, s);

    // Down: what has a fixed height first; the cards share the rest.
    double top = 0;
    layout.coordination
        = QRectF(left, top, total, kCoordinationHeight * s + faults.heightBelowVoters());
    layout.coordinationText = QRectF(left + 16 * s, top, wordsWidth, kCoordinationHeight * s);
    for (int i = 0; i < voters; ++i)
        layout.voters.push_back(
            {QRectF(layout.coordinationText.right() + i * (voterWidth + kVoterGap * s),
                 layout.coordinationText.center().y() - kVoterHeight / 2 * s, voterWidth,
                 kVoterHeight * s),
                i});
    layout.voterBand = QRectF(layout.coordinationText.right(),
        layout.coordinationText.bottom() - 7 * s, votersWidth, faults.heightBelowVoters());
    top = layout.coordination.bottom();
    // Elections are explained beside the voters where there is room, else in the lane below.
    const double noteLeft = (layout.voters.empty() ? layout.coordinationText.right() + 150 * s
                                                   : layout.voters.back().rect.right())
        + 20 * s;
    const double noteRight = layout.coordination.right() - 16 * s;
    const bool isNoteBeside = noteRight - noteLeft >= kNoteWidth * s;
    const double firstLane = (isNoteBeside ? kLane : kCaption + 4) * s;
    layout.caption = isNoteBeside
        ? QRectF(noteLeft, 7 * s, noteRight - noteLeft, (kCoordinationHeight - 14) * s)
        : QRectF(left, top + 2 * s, total, kCaption * s);
    double bottom = size.height();
    layout.legend = QRectF(left, bottom - kLegendHeight * s, total, kLegendHeight * s);
    bottom -= kLegendHeight * s;
    layout.hint = QRectF(left, bottom - kHintHeight * s, total, kHintHeight * s);
    bottom -= (kHintHeight + 6) * s;
    const double clientTop = bottom - kClientHeight * s;
    const double besides = firstLane + kLane * s * rows + faults.heightOfAll(rows);
    const double rowRoom
        = std::max((kCardHeader + kCardFooter) * s, (clientTop - top - besides) / rows);
    std::vector<double> rowTops;
    for (int row = 0; row < rows; ++row) {
        const double above = row == 0 ? top + firstLane : rowTops.back() + rowRoom + kLane * s;
        rowTops.push_back(above + faults.heightAbove(row));
        layout.bands.emplace_back(left, above, total, faults.heightAbove(row));
    }
    layout.lanes.push_back(top + firstLane / 2);

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
        const double cardTop = rowTops[static_cast<std::size_t>(card.row)];
        card.rect = QRectF(left + step * card.column, cardTop, cardWidth, cardHeight);
        card.header
            = QRectF(card.rect.left() + padding, cardTop, cardWidth - 2 * padding, kCardHeader * s);
        card.menuButton
            = QRectF(card.rect.right() - (kCardPadding + 18) * s, cardTop + 11 * s, 22 * s, 20 * s);
        card.footer = QRectF(card.header.left(), card.rect.bottom() - (kCardFooter - 4) * s,
            card.header.width(), (kCardFooter - 6) * s);
        card.faults = faults.badgesOn(card);
        if (!card.faults.empty())
            card.footer.setLeft(std::min(card.faults.back().right() + 6 * s, card.footer.right()));
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
    // Lanes follow the cards, which may be lower than their row; flows leave the bands to badges.
    for (int row = 0; row < rows; ++row) {
        double above = rowTops[static_cast<std::size_t>(row)] + cardHeight;
        double lane = kLane * s;
        if (row + 1 == rows) {
            layout.bands.emplace_back(left, above, total, faults.heightAbove(rows));
            above = layout.bands.back().bottom();
            lane = std::min(lane + 4 * s, clientTop - above);
        }
        layout.lanes.push_back(above + lane / 2);
    }

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
        const double y = std::min(clientTop, lowest + 6 * s);
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
    layout.faults = faults.place(layout);
    return layout;
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
