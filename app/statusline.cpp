#include "statusline.h"

#include "bridge/clusterpulse.h"
#include "bridge/session.h"
#include "common/format.h"
#include "common/label.h"
#include "common/painting.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

#include <cmath>

namespace moldau {

using widgets::ClusterPulse;
using widgets::formatNumber;
using widgets::formatShortNumber;
using widgets::Label;
using widgets::Session;
using widgets::TextRole;
using widgets::Theme;
using widgets::Tone;

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent)
    , m_connection(new Label({}, TextRole::Small, Tone::Muted, this))
    , m_brokers(new Label({}, TextRole::Small, Tone::Muted, this))
    , m_rates(new Label({}, TextRole::Small, Tone::Muted, this))
    , m_dropped(new Label({}, TextRole::Small, Tone::Muted, this))
    , m_message(new Label({}, TextRole::Small, Tone::Muted, this))
{
    const Theme& theme = Theme::current();
    setFixedHeight(theme.px(24));
    setObjectName(QStringLiteral("status"));
    setAccessibleName(tr("Status"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme.px(34), 0, theme.px(16), 0);
    layout->setSpacing(theme.px(20));
    m_connection->setElideMode(Qt::ElideMiddle);
    m_message->setElideMode(Qt::ElideRight);
    layout->addWidget(m_connection);
    layout->addWidget(m_brokers);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_rates);
    layout->addWidget(m_dropped);
    m_dropped->setToolTip(tr("Events that came faster than the window took them. The cluster never "
                             "waits for the window."));
    setSession(nullptr);
}

void StatusLine::setSession(Session* session)
{
    if (m_session) {
        m_session->disconnect(this);
        m_session->pulse().disconnect(this);
        m_session->pulse().setWanted(this, false);
    }
    m_session = session;
    m_failure.clear();
    if (session) {
        connect(&session->pulse(), &ClusterPulse::changed, this, &StatusLine::refresh);
        connect(session, &Session::failed, this, [this](const QString& reason) {
            m_failure = reason;
            refresh();
        });
        connect(session, &Session::described, this, [this] { m_failure.clear(); });
        session->pulse().setWanted(this, true);
    }
    refresh();
}

void StatusLine::say(const QString& text)
{
    m_message->setText(text);
    QTimer::singleShot(6000, this, [this, text] {
        if (m_message->text() == text)
            m_message->setText({});
    });
}

void StatusLine::refresh()
{
    if (!m_session) {
        m_connection->setText(tr("No cluster is open"));
        for (Label* label : {m_brokers, m_rates, m_dropped})
            label->setText({});
        update();
        return;
    }
    const ClusterPulse& pulse = m_session->pulse();
    if (m_session->isConnected())
        m_connection->setText(tr("Connected to %1").arg(m_session->bootstrap()));
    else
        m_connection->setText(
            m_failure.isEmpty() ? tr("Connecting to %1").arg(m_session->bootstrap()) : m_failure);
    m_brokers->setText(tr("%1 of %2 brokers up").arg(pulse.brokersUp()).arg(pulse.brokers()));
    m_rates->setText(pulse.hasRates() ? tr("%1 msg/s in · %2 out")
                                            .arg(formatShortNumber(std::round(pulse.recordsIn())),
                                                formatShortNumber(std::round(pulse.recordsOut())))
                                      : QString());
    const auto dropped = static_cast<qint64>(pulse.dropped());
    m_dropped->setVisible(pulse.hasRates());
    m_dropped->setText(tr("%1 events dropped").arg(formatNumber(dropped)));
    m_dropped->setTone(dropped > 0 ? Tone::Warning : Tone::Muted);
    update();
}

void StatusLine::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Tone::Surface));
    widgets::drawHairline(painter, 0, 0, width(), theme.color(Tone::Line));
    const bool isConnected = m_session && m_session->isConnected();
    widgets::drawDot(painter, QPointF(theme.pxf(22), height() / 2.0 + 0.5), theme.pxf(7),
        theme.color(isConnected       ? Tone::Good
                : m_failure.isEmpty() ? Tone::Offline
                                      : Tone::Bad));
}

} // namespace moldau
