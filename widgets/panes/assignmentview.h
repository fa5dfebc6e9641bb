#pragma once

#include <QColor>
#include <QList>
#include <QString>
#include <QWidget>

namespace moldau::widgets {

/** Who of a group holds which partition: a line a member, its partitions as chips. */
class AssignmentView : public QWidget {
    Q_OBJECT
public:
    struct Member {
        QString name;
        QList<int> partitions;
        bool isThisPane = false;
        bool operator==(const Member&) const = default;
    };

    explicit AssignmentView(QWidget* parent = nullptr);

    void setMembers(const QList<Member>& members, const QColor& color);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Member> m_members;
    QColor m_color;
};

} // namespace moldau::widgets
