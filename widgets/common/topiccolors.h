#pragma once

#include <QHash>
#include <QString>

class QColor;

namespace moldau::widgets {

/**
 * Gives each topic of one cluster its colour, the same in tiles, dots, rows and charts. Numbers go
 * out in the order in which topics are first asked for; a topic keeps its number while the cluster
 * is open. Internal topics are grey.
 */
class TopicColors {
public:
    /** For Theme::topic(). */
    int numberOf(const QString& topic);
    /** In the current theme. */
    QColor colorOf(const QString& topic);

private:
    QHash<QString, int> m_numbers;
    int m_next = 0;
};

} // namespace moldau::widgets
