#pragma once

#include "topology/topologymodel.h"

#include <QPolygonF>
#include <QRectF>

#include <map>
#include <vector>

namespace moldau::widgets {

struct CardBox;
struct TopologyLayout;

/** Where a fault on purpose is drawn. */
struct FaultBox {
    QPolygonF line; ///< from node to node; empty where it is about one node
    QRectF badge;
    int id = 0; ///< the rule's
};

/**
 * Finds room for what is wrong on purpose between nodes. Links have bands of their own: one below
 * the voters, one above each row of cards and one below the last. A badge stands in a band above or
 * below a card, never over a gutter, as flows run there; so badges cover nothing, nor each other.
 * How high the bands are is known before anything has its place. A value, used for one layout.
 */
class FaultPlaces {
public:
    static constexpr double kBadgeWidth = 62; ///< at scale 1
    static constexpr double kBadgeHeight = 17;

    FaultPlaces(const TopologyModel& model, int columns, double cardWidth, double votersWidth,
        double scale);

    double heightBelowVoters() const { return height(m_linesBelowVoters); }
    /** Above a row of cards; after the last row, below it. */
    double heightAbove(int row) const;
    double heightOfAll(int rows) const;
    /** The badges of what is wrong with a broker itself, at the left of its card's footer. */
    std::vector<QRectF> badgesOn(const CardBox& card) const;
    /** In a layout that has all this room. */
    std::vector<FaultBox> place(const TopologyLayout& layout) const;

private:
    struct Node {
        int voter = -1; ///< index of the voter, for one that is no broker
        int row = -1;
        int column = 0;
        bool isDrawn() const { return voter >= 0 || row >= 0; }
    };
    struct Link {
        const ShownFault* fault;
        Node from; ///< the upper, or the left one
        Node to;
        int band; ///< its badge's; kVoters below the voters
        int column;
    };
    class Shelf;
    static constexpr int kVoters = -1;

    Node nodeOf(BrokerId id) const;
    void addLink(const ShownFault& fault);
    double height(int lines) const;
    FaultBox boxOf(const Link& link, const TopologyLayout& layout, Shelf& shelf, int number) const;

    const TopologyModel& m_model;
    int m_columns;
    double m_scale;
    std::vector<Link> m_links;
    std::map<int, int> m_lines; ///< of badges, by band
    int m_linesBelowVoters = 0;
};

} // namespace moldau::widgets
