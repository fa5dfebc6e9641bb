#pragma once

#include "common/theme.h"
#include "topology/flowboard.h"
#include "topology/logstrip.h"
#include "topology/topologylayout.h"

#include <QCoreApplication>
#include <QPainter>

#include <functional>

namespace moldau::widgets {

/** What a tile shows beyond the model: given by the view for each painting. */
struct TileLook {
    double leaderFill = 0; ///< 0 outlined … 1 filled; between while an election is shown
    qint64 inFlight = 0; ///< records whose dots haven't landed
    StripWindow window;
    bool isSelected = false;
};

/** Paints the parts of the picture with a theme. Knows no state but what it is given. */
class TopologyPainter {
    Q_DECLARE_TR_FUNCTIONS(TopologyPainter)
public:
    using TopicTone = std::function<QColor(const QString&)>;

    TopologyPainter(QPainter& painter, const Theme& theme, const TopologyModel& model,
        const TopicTone& topicTone);

    void coordination(const TopologyLayout& layout, bool isVisibleFromHere, int selectedVoter);
    void card(const CardBox& card, const ShownBroker& broker, double recordsPerSecond,
        bool isSelected, bool showsMenuButton);
    void faultLine(const FaultBox& box, const faults::FaultRule& rule);
    void faultBadge(const FaultBox& box, const faults::FaultRule& rule, bool isSelected);
    void tile(const TileBox& box, TileDensity density, const ShownPartition& partition,
        const ShownReplica& replica, const TileLook& look);
    void client(const ClientBox& box, const ShownClient& client, bool isSelected);
    void moreClients(const QRectF& rect, int count);
    void legend(const QRectF& rect, int hiddenTopics);
    void hint(const QRectF& rect, const QString& text);
    void caption(const QRectF& place, const QString& text, double opacity);
    void flow(const Flow& flow, double opacity);
    void dot(const Flow& flow, const Dot& dot, double nowMs, bool isStill);

    /** Width of what a legend's end needs for the count of topics that found no room. */
    static QRectF hiddenTopicsRect(const QRectF& legend, const Theme& theme, int hiddenTopics);
    static QString hiddenTopicsText(int hiddenTopics);

private:
    double px(double length) const { return m_theme.pxf(length); }
    QColor tone(Tone tone) const { return m_theme.color(tone); }
    void strip(const QRectF& rect, const ShownReplica& replica, const ShownPartition& partition,
        const TileLook& look, const QColor& full, const QColor& pale, const QColor& empty,
        const QColor& mark, bool hasTriangles);
    void text(const QRectF& rect, int alignment, const QString& text, TextRole role,
        const QColor& color, int weight = -1, Qt::TextElideMode elide = Qt::ElideMiddle);

    QPainter& m_painter;
    const Theme& m_theme;
    const TopologyModel& m_model;
    const TopicTone& m_topicTone;
};

} // namespace moldau::widgets
