#include "topology/faultplaces.h"

#include "topology/topologylayout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace moldau::widgets {

namespace {

constexpr double kBadgeGap = 4; // at scale 1, as all that follows
constexpr double kLine = 22; // of badges
constexpr double kBetweenEnds = 9;

/** How many badges surely fit into a line, wherever each of them would like to be. */
int fittingInto(double width, double scale)
{
    const double badge = FaultPlaces::kBadgeWidth * scale;
    const double taken = 2 * (badge + kBadgeGap * scale);
    return 1 + static_cast<int>(std::max(0.0, std::floor((width - badge) / taken)));
}

int linesFor(int badges, double width, double scale)
{
    const int fitting = fittingInto(width, scale);
    return (badges + fitting - 1) / fitting;
}

} // namespace

/** Lines on which badges stand side by side. */
class FaultPlaces::Shelf {
public:
    Shelf(const QRectF& area, int lines, double scale)
        : m_area(area)
        , m_badge(kBadgeWidth * scale, kBadgeHeight * scale)
        , m_gap(kBadgeGap * scale)
        , m_taken(static_cast<std::size_t>(std::max(lines, 1)))
        , m_lineHeight(area.height() / std::max(lines, 1))
    {
    }

    const QRectF& area() const { return m_area; }
    /** As near to `middle` as there is room, on the first line that has some. */
    QRectF take(double middle)
    {
        for (std::size_t line = 0; line < m_taken.size(); ++line) {
            const auto left = freeNear(m_taken[line], middle - m_badge.width() / 2);
            if (!left)
                continue;
            m_taken[line].push_back(*left);
            const double y = m_area.top() + (static_cast<double>(line) + 0.5) * m_lineHeight;
            return QRectF(QPointF(*left, y - m_badge.height() / 2), m_badge);
        }
        return {}; // never: the lines were counted
    }

private:
    std::optional<double> freeNear(const std::vector<double>& taken, double wish) const
    {
        const double most = std::max(m_area.left(), m_area.right() - m_badge.width());
        const double step = m_badge.width() + m_gap;
        std::vector<double> tries{std::clamp(wish, m_area.left(), most)};
        for (const double other : taken) {
            tries.push_back(other - step);
            tries.push_back(other + step);
        }
        std::optional<double> best;
        for (const double left : tries) {
            const bool isInside = left >= m_area.left() - 0.01 && left <= most + 0.01;
            const bool isFree = std::none_of(taken.begin(), taken.end(),
                [&](double other) { return std::abs(other - left) < step - 0.01; });
            if (isInside && isFree && (!best || std::abs(left - wish) < std::abs(*best - wish)))
                best = left;
        }
        return best;
    }

    QRectF m_area;
    QSizeF m_badge;
    double m_gap;
    std::vector<std::vector<double>> m_taken; ///< left edges, by line
    double m_lineHeight;
};

FaultPlaces::FaultPlaces(
    const TopologyModel& model, int columns, double cardWidth, double votersWidth, double scale)
    : m_model(model)
    , m_columns(columns)
    , m_scale(scale)
{
    for (const ShownFault& fault : model.faults()) {
        if (fault.rule.link)
            addLink(fault);
    }
    std::map<std::pair<int, int>, int> badges; // by band and column
    for (const Link& link : m_links)
        ++badges[{link.band, link.column}];
    for (const auto& [place, count] : badges) {
        if (place.first == kVoters) {
            m_linesBelowVoters = linesFor(count, votersWidth, scale);
            continue;
        }
        int& lines = m_lines[place.first];
        lines = std::max(lines, linesFor(count, cardWidth, scale));
    }
    // A link from a voter to a later row runs through the first band.
    for (const Link& link : m_links) {
        if (link.from.voter >= 0 && link.band > 0)
            m_lines[0] = std::max(m_lines[0], 1);
    }
}

FaultPlaces::Node FaultPlaces::nodeOf(BrokerId id) const
{
    const auto& brokers = m_model.brokers();
    const auto broker = std::find_if(brokers.begin(), brokers.end(),
        [id](const ShownBroker& known) { return known.id == id.value(); });
    Node node;
    if (broker != brokers.end()) {
        const int place = static_cast<int>(broker - brokers.begin());
        node.row = place / m_columns;
        node.column = place % m_columns;
        return node;
    }
    const auto& voters = m_model.voters();
    const auto voter = std::find_if(voters.begin(), voters.end(),
        [id](const ShownVoter& known) { return known.id == id.value(); });
    if (voter != voters.end())
        node.voter = static_cast<int>(voter - voters.begin());
    return node;
}

void FaultPlaces::addLink(const ShownFault& fault)
{
    Link link{&fault, nodeOf(fault.rule.link->one), nodeOf(fault.rule.link->other), 0, 0};
    if (!link.from.isDrawn() || !link.to.isDrawn())
        return;
    const auto rank = [](const Node& node) {
        return std::pair(node.row, node.voter >= 0 ? node.voter : node.column);
    };
    if (rank(link.to) < rank(link.from))
        std::swap(link.from, link.to);
    if (link.to.voter >= 0) {
        link.band = kVoters;
    } else if (link.from.row != link.to.row) {
        link.band = link.to.row;
        link.column = link.to.column;
    } else {
        // Between neighbours in a row, below one of the cards between: the one with most room.
        link.band = link.to.row + 1;
        int least = std::numeric_limits<int>::max();
        const double middle = (link.from.column + link.to.column) / 2.0;
        double nearest = 0;
        for (int column = link.from.column; column <= link.to.column; ++column) {
            const int there = static_cast<int>(
                std::count_if(m_links.begin(), m_links.end(), [&](const Link& other) {
                    return other.band == link.band && other.column == column;
                }));
            const double distance = std::abs(column - middle);
            if (there < least || (there == least && distance < nearest)) {
                link.column = column;
                least = there;
                nearest = distance;
            }
        }
    }
    m_links.push_back(link);
}

double FaultPlaces::height(int lines) const
{
    return lines == 0 ? 0 : (lines * kLine + 2) * m_scale;
}

double FaultPlaces::heightAbove(int row) const
{
    const auto lines = m_lines.find(row);
    return lines == m_lines.end() ? 0 : height(lines->second);
}

double FaultPlaces::heightOfAll(int rows) const
{
    double sum = 0;
    for (int row = 0; row <= rows; ++row)
        sum += heightAbove(row);
    return sum;
}

std::vector<QRectF> FaultPlaces::badgesOn(const CardBox& card) const
{
    const QSizeF size(kBadgeWidth * m_scale, kBadgeHeight * m_scale);
    std::vector<QRectF> badges;
    for (const ShownFault& fault : m_model.faults()) {
        if (fault.rule.link || fault.rule.broker.value() != card.broker)
            continue;
        const double left
            = badges.empty() ? card.footer.left() : badges.back().right() + kBadgeGap * m_scale;
        if (!badges.empty() && left + size.width() > card.footer.right())
            break;
        badges.emplace_back(QPointF(left, card.footer.center().y() - size.height() / 2), size);
    }
    return badges;
}

std::vector<FaultBox> FaultPlaces::place(const TopologyLayout& layout) const
{
    std::vector<FaultBox> boxes;
    std::map<std::pair<int, int>, Shelf> shelves;
    std::map<int, int> numbers; // of links in a band, so that their ends stand side by side
    for (const Link& link : m_links) {
        const auto place = std::pair(link.band, link.column);
        auto shelf = shelves.find(place);
        if (shelf == shelves.end()) {
            const QRectF area = link.band == kVoters
                ? layout.voterBand
                : QRectF(layout.columns[static_cast<std::size_t>(link.column)].left(),
                    layout.bands[static_cast<std::size_t>(link.band)].top(),
                    layout.columns[static_cast<std::size_t>(link.column)].width(),
                    layout.bands[static_cast<std::size_t>(link.band)].height());
            const auto lines = m_lines.find(link.band);
            shelf = shelves
                        .emplace(place,
                            Shelf(area, link.band == kVoters ? m_linesBelowVoters : lines->second,
                                m_scale))
                        .first;
        }
        boxes.push_back(boxOf(link, layout, shelf->second, numbers[link.band]++));
    }
    std::map<int, std::size_t> shown; // by broker
    for (const ShownFault& fault : m_model.faults()) {
        const int broker = fault.rule.broker.value();
        const CardBox* at = fault.rule.link ? nullptr : layout.card(broker);
        if (at && shown[broker] < at->faults.size())
            boxes.push_back({{}, at->faults[shown[broker]++], fault.id});
    }
    std::ranges::sort(boxes, {}, &FaultBox::id);
    return boxes;
}

FaultBox FaultPlaces::boxOf(
    const Link& link, const TopologyLayout& layout, Shelf& shelf, int number) const
{
    const auto rectOf = [&layout, this](const Node& node) {
        return node.voter >= 0
            ? layout.voters[static_cast<std::size_t>(node.voter)].rect
            : layout.cards[static_cast<std::size_t>(node.row * m_columns + node.column)].rect;
    };
    const double s = m_scale;
    const QRectF from = rectOf(link.from);
    const QRectF to = rectOf(link.to);
    const double aside = (number % 5 - 2) * kBetweenEnds * s;
    // Of links that run beside each other each is to be seen; a badge is higher than this.
    const double apart = std::array{0, 1, -1}[static_cast<std::size_t>(number) % 3] * 4 * s;
    FaultBox box;
    box.id = link.fault->id;
    if (link.from.row == link.to.row) {
        const double x1 = from.center().x() + from.width() * 0.18 - aside;
        const double x2 = to.center().x() - to.width() * 0.18 + aside;
        box.badge = shelf.take((x1 + x2) / 2);
        const double y = box.badge.center().y() + apart;
        box.line << QPointF(x1, from.bottom()) << QPointF(x1, y) << QPointF(x2, y)
                 << QPointF(x2, to.bottom());
        return box;
    }
    box.badge = shelf.take(to.center().x());
    const double x1 = from.center().x() + aside;
    const double x2 = box.badge.center().x();
    const double y = box.badge.center().y() + apart;
    box.line << QPointF(x1, from.bottom());
    if (link.to.row - link.from.row > 1) {
        // Past the rows between, along a gutter.
        const double between = link.from.voter >= 0
            ? layout.bands.front().center().y() + apart
            : layout.lanes[static_cast<std::size_t>(link.from.row) + 1];
        const double gutter = *std::min_element(layout.gutters.begin(), layout.gutters.end(),
            [x2](double a, double b) { return std::abs(a - x2) < std::abs(b - x2); });
        box.line << QPointF(x1, between) << QPointF(gutter, between) << QPointF(gutter, y);
    } else {
        box.line << QPointF(x1, y);
    }
    box.line << QPointF(x2, y) << QPointF(x2, to.top());
    return box;
}

} // namespace moldau::widgets
