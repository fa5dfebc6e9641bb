#pragma once

#include <QHash>
#include <QStringList>

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
    /** Numbers go out in this order, so that a restart gives each topic the same colour. */
    void number(const QStringList& topics);
    /** In the current theme. */
    QColor colorOf(const QString& topic);

private:
    QHash<QString, int> m_numbers;
    QStringList m_numbered;
    int m_next = 0;
};

} // namespace moldau::widgets
