#pragma once

#include "topology/faultplaces.h"
#include "topology/topologymodel.h"

#include <QRectF>

#include <vector>

namespace moldau::widgets {

/** How much room a replica gets, by how many there are. */
enum class TileDensity {
    Full, ///< two lines: name and role, the strip below
    Compact, ///< one line, the strip as a thin edge
    Heat, ///< a small square; detail on click
};

struct TileBox {
    QRectF rect;
    QString topic;
    int partition = 0;
    int broker = -1;
    int card = 0; ///< index of its card
};

struct CardBox {
    QRectF rect;
    QRectF header;
    QRectF menuButton;
    QRectF footer; ///< empty where there is no room
    std::vector<QRectF> faults; ///< what is wrong with the broker itself, before its footer
    int broker = -1;
    int row = 0;
    int column = 0;
};

struct ClientBox {
    QRectF rect;
    QString id;
};

struct VoterBox {
    QRectF rect;
    int index = 0; ///< in TopologyModel::voters()
};

/**
 * Where everything of the picture lies: coordination above, cards in rows, clients below. Between
 * cards run gutters, between rows lanes; flows keep to them. What is wrong with links has bands of
 * its own beside the lanes. Pure geometry in the widget's pixels.
 */
struct TopologyLayout {
    static constexpr int kCardsPerRow = 6;
    static constexpr int kHeatFrom = 12;

    QSizeF size;
    double scale = 1;
    TileDensity density = TileDensity::Full;
    QRectF coordination;
    QRectF coordinationText;
    std::vector<VoterBox> voters;
    std::vector<CardBox> cards;
    std::vector<TileBox> tiles;
    std::vector<ClientBox> clients;
    std::vector<FaultBox> faults;
    int hiddenClients = 0;
    QRectF moreClients;
    QRectF hint; ///< bootstrap address, copy
    QRectF legend;
    QRectF caption; ///< where an election is explained
    QStringList shownTopics;
    int hiddenTopics = 0;
    std::vector<double> gutters; ///< x of their middles: left of column 0, …, right of the last
    std::vector<double> lanes; ///< y of their middles: above row 0, …, below the last
    double trackStep = 3.5;
    std::vector<QRectF> columns; ///< from left to right as the cards, from top to bottom all of it
    /** For the badges of links: above each row of cards, and below the last. */
    std::vector<QRectF> bands;
    QRectF voterBand; ///< the same, below the voters

    /**
     * `topics` in the order in which they get room, those in `kept` before others; those that don't
     * fit are counted. Twice the same input gives the same layout.
     */
    static TopologyLayout make(const TopologyModel& model, const QStringList& topics, QSizeF size,
        double scale, const QStringList& kept = {});

    const TileBox* tile(const QString& topic, int partition, int broker) const;
    const CardBox* card(int broker) const;
    const ClientBox* client(const QString& id) const;
};

} // namespace moldau::widgets
