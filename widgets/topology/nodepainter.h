#pragma once

#include "topology/picturebrush.h"
#include "topology/topologylayout.h"

#include <QCoreApplication>

namespace moldau::widgets {

/** Paints who takes part: the voters, the brokers' cards without their tiles, the clients. */
class NodePainter : private PictureBrush {
    Q_DECLARE_TR_FUNCTIONS(NodePainter)
public:
    NodePainter(QPainter& painter, const Theme& theme, const TopologyModel& model)
        : PictureBrush(painter, theme)
        , m_model(model)
    {
    }

    void coordination(const TopologyLayout& layout, bool isVisibleFromHere, int selectedVoter);
    void card(const CardBox& card, const ShownBroker& broker, double recordsPerSecond,
        bool isSelected, bool showsMenuButton);
    void client(const ClientBox& box, const ShownClient& client, bool isSelected);
    void moreClients(const QRectF& rect, int count);

private:
    void voter(const VoterBox& box, bool isSelected);
    void cardHeader(const CardBox& card, const ShownBroker& broker, bool showsMenuButton);
    void cardFooter(const CardBox& card, const ShownBroker& broker, double recordsPerSecond);
    void clientSign(const QPointF& center, double radius, const ShownClient& client);

    const TopologyModel& m_model;
};

} // namespace moldau::widgets
