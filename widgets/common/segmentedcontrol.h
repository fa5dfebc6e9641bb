#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace moldau::widgets {

/** A few choices side by side of which one holds. Arrow keys move the choice. */
class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    /** `name` is what the choice is about ("Producer acks"), for those who can't see it. */
    explicit SegmentedControl(const QString& name, QWidget* parent = nullptr);

    /** `value` comes back from current(); `explanation` is shown on hover. */
    void addSegment(const QString& text, int value, const QString& explanation = {});
    int current() const;
    void setCurrent(int value);

signals:
    void currentChanged(int value);

private:
    QButtonGroup* m_group;
    QHBoxLayout* m_layout;
};

} // namespace moldau::widgets
