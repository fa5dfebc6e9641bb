#pragma once

#include <QLineEdit>

class QStringListModel;

namespace moldau::widgets {

class Session;

/** A line for a topic's name, with the topic's colour and, behind the arrow, the topics there are.
 */
class TopicField : public QLineEdit {
    Q_OBJECT
public:
    TopicField(Session& session, const QString& accessibleName, QWidget* parent = nullptr);

    QString topic() const { return text().trimmed(); }
    /** How many partitions the cluster has for it; 0 when it isn't known. */
    int partitionCount() const;

signals:
    /** The name or what is known of it changed. */
    void topicChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void updateNames();
    void showAll();
    QRect arrowRect() const;

    Session& m_session;
    QStringListModel* m_names;
};

} // namespace moldau::widgets
