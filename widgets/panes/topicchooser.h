#pragma once

#include <QFrame>
#include <QStringList>

namespace moldau::widgets {

class CheckListModel;

/**
 * A popup with a search line to choose which topics the picture shows. Deletes itself when it
 * closes.
 */
class TopicChooser : public QFrame {
    Q_OBJECT
public:
    TopicChooser(const QStringList& all, const QStringList& chosen, QWidget* parent);

signals:
    /** Empty when all are chosen. */
    void chosenChanged(const QStringList& topics);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void tell();

    CheckListModel* m_checks;
};

} // namespace moldau::widgets
