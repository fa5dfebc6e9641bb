#pragma once

#include "bridge/session.h"
#include "common/panel.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QListView;
class QPlainTextEdit;
class QPushButton;
class QSlider;

namespace moldau::widgets {

class Field;
class HeadersEditor;
class Label;
class LinkButton;
class MessageBar;
class ReceiptModel;
class SegmentedControl;
class TopicField;

/**
 * Sends records by hand or again and again, shows which partition a key goes to and what became of
 * each record. Works through the session's connection only.
 */
class ProducerPane : public Panel {
    Q_OBJECT
public:
    explicit ProducerPane(Session& session, QWidget* parent = nullptr);
    ~ProducerPane() override;

    /** Sends what the fields say, or starts or stops repeating where a rate is set. */
    void send();
    void setTopic(const QString& topic);
    void setRecord(const QString& key, const QString& value);
    /** Records a second while repeating; 0 sends one at a time. */
    void setRate(int perSecond);
    bool isRepeating() const { return m_repeat.isActive(); }
    /** For the window's menus: Send, and another pane. */
    QList<QAction*> menuActions() const { return m_actions; }
    ReceiptModel& receipts() const { return *m_receipts; }
    QString topic() const;
    /** Where the flow leaves the pane: the send button. */
    QPoint port() const;

signals:
    void topicChanged();
    void anotherRequested();
    void closeRequested();

private:
    void sendOne();
    void repeat();
    void updatePreview();
    void updateButton();
    void chooseHeaders();
    void choosePartition();
    int rate() const;
    QByteArray filledIn(const QString& text) const;

    Session& m_session;
    TopicField* m_topic;
    Field* m_topicRow;
    QLineEdit* m_key;
    QPlainTextEdit* m_value;
    LinkButton* m_null;
    Label* m_preview;
    LinkButton* m_choosePartition;
    SegmentedControl* m_acks;
    LinkButton* m_headersLink;
    HeadersEditor* m_headers;
    QPushButton* m_send;
    QSlider* m_rate;
    Label* m_rateText;
    MessageBar* m_message;
    QListView* m_list;
    ReceiptModel* m_receipts;
    QTimer m_repeat;
    int m_fixedPartition = -1;
    double m_due = 0; // records that the rate owes
    qint64 m_count = 0; // of the current repetition, for {n}
    bool m_isNull = false;
    QList<QAction*> m_actions;
};

} // namespace moldau::widgets
