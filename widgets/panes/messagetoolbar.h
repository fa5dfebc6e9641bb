#pragma once

#include "bridge/session.h"
#include "common/panel.h"
#include "models/messagemodel.h"

class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QStringListModel;

namespace moldau::widgets {

class Label;
class SearchField;

/** What to read: topic, filter, from where, which partitions. Knows nothing of reading itself. */
class MessageToolbar final : public Panel {
    Q_OBJECT
public:
    explicit MessageToolbar(Session& session, QWidget* parent = nullptr);

    QString topic() const;
    /** Chooses it, also when the cluster's description doesn't name it yet. */
    void setTopic(const QString& topic);
    void setFilter(FilterKind kind, const QString& text);
    void setStart(MessageQuery::Start start, std::int64_t value = 0);
    /** -1: all. */
    void setPartition(int partition);
    void focusFilter();
    void focusTopic();

    /** What the fields say; an error stands below the filter then and in the result. */
    Result<MessageQuery> query();
    bool isTail() const;
    bool hasFilter() const;

    QPushButton& readButton() const { return *m_read; }

signals:
    void readRequested();

private:
    void takeDescription();
    void updatePartitions();
    void updateStart();
    void updatePlaceholder();

    Session& m_session;
    QComboBox* m_topic;
    QStringListModel* m_topics;
    SearchField* m_filter;
    QComboBox* m_kind;
    QComboBox* m_start;
    QStackedWidget* m_startValue;
    QLineEdit* m_offset;
    QDateTimeEdit* m_time;
    QComboBox* m_partition;
    QPushButton* m_read;
    Label* m_error;
};

} // namespace moldau::widgets
