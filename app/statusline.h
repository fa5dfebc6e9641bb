#pragma once

#include <QPointer>
#include <QWidget>

namespace moldau::widgets {
class Label;
class Session;
} // namespace moldau::widgets

namespace moldau {

/** The window's lower edge: connection, brokers, rates, events that were lost. */
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent);

    void setSession(widgets::Session* session);
    /** Something of passing interest, for a few seconds. */
    void say(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    QPointer<widgets::Session> m_session;
    widgets::Label* m_connection;
    widgets::Label* m_brokers;
    widgets::Label* m_rates;
    widgets::Label* m_dropped;
    widgets::Label* m_message;
    QString m_failure;
};

} // namespace moldau
