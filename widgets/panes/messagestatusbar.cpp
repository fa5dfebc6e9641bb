#include "panes/messagestatusbar.h"

#include "common/buttons.h"
#include "common/format.h"
#include "common/label.h"
#include "models/messagemodel.h"

#include <QHBoxLayout>
#include <QProgressBar>

#include <cmath>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

MessageStatusBar::MessageStatusBar(MessageModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_count(new Label({}, TextRole::Label, Tone::Ink, this))
    , m_bar(new QProgressBar(this))
    , m_progress(new Label({}, TextRole::Label, Tone::Muted, this))
    , m_pause(new QPushButton(tr("Pause"), this))
    , m_cancel(new LinkButton(tr("Cancel"), this))
{
    const Theme& theme = Theme::current();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(theme.px(14), 0, theme.px(8), 0);
    row->setSpacing(theme.px(14));
    setFixedHeight(theme.px(36));
    m_count->setObjectName(u"Messages count"_s);
    row->addWidget(m_count);
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setMaximumWidth(theme.px(260));
    m_bar->setFixedHeight(theme.px(4));
    row->addWidget(m_bar, 1);
    row->addWidget(m_progress);
    row->addStretch(1);
    m_pause->setCheckable(true);
    m_pause->setObjectName(u"Pause tail"_s);
    m_pause->setAccessibleName(tr("Pause"));
    row->addWidget(m_pause);
    m_cancel->setObjectName(u"Cancel"_s);
    row->addWidget(m_cancel);
    m_actions = {
        makeAction(*m_pause, tr("Hold the live tail")), makeAction(*m_cancel, tr("Stop reading"))};
    setShortcutHint(*m_cancel, QKeySequence(Qt::Key_Escape));
    connect(m_cancel, &QPushButton::clicked, this, &MessageStatusBar::cancelRequested);
    connect(m_pause, &QPushButton::toggled, this, &MessageStatusBar::pauseToggled);
    refresh();
}

QString MessageStatusBar::countText() const
{
    const MessageSource::Progress progress = m_model.progress();
    const bool isTail = m_model.query().start == MessageQuery::Start::Tail;
    if (m_model.isPreparing())
        return tr("Asking for offsets…");
    if (progress.rowCount == MessageSource::RowCount::Unknown)
        return {};
    if (isTail) {
        QString text = m_model.query().filter
            ? tr("%1 of %2 new records match")
                  .arg(formatNumber(progress.matched), formatNumber(progress.scanned))
            : tr("%1 new records").arg(formatNumber(progress.matched));
        if (progress.skipped > 0)
            text += u" · "_s + tr("%1 too fast to show").arg(formatNumber(progress.skipped));
        return text;
    }
    if (m_model.query().filter) {
        const QString text = tr("%1 of %2 match")
                                 .arg(formatNumber(progress.matched), formatNumber(progress.total));
        return progress.isFull ? text + u" · "_s + tr("full: narrow the filter to see more") : text;
    }
    // Gaps of compaction and markers show only when they are read.
    return progress.rowCount == MessageSource::RowCount::Complete
            || progress.matched == progress.total
        ? tr("%1 records").arg(formatNumber(progress.matched))
        : tr("%1 records of %2 offsets, as far as read")
              .arg(formatNumber(progress.matched), formatNumber(progress.total));
}

QString MessageStatusBar::progressText() const
{
    const MessageSource::Progress progress = m_model.progress();
    const double perSecond = m_model.scannedPerSecond();
    if (m_model.query().start == MessageQuery::Start::Tail)
        return m_model.isPaused() ? tr("paused") : tr("live · %1").arg(formatRate(perSecond));
    const double share = progress.total > 0
        ? static_cast<double>(progress.scanned) / static_cast<double>(progress.total)
        : 1.0;
    QStringList parts = {tr("%1 % scanned").arg(static_cast<int>(std::floor(share * 100)))};
    if (perSecond > 0)
        parts.append(formatRate(perSecond));
    if (progress.isRunning && perSecond > 0 && share > 0.01) {
        const double seconds = static_cast<double>(progress.total - progress.scanned) / perSecond;
        parts.append(seconds < 1 ? tr("nearly done")
                                 : tr("%1 s left").arg(formatNumber(std::llround(seconds))));
    }
    return parts.join(u" · "_s);
}

void MessageStatusBar::refresh()
{
    const MessageSource::Progress progress = m_model.progress();
    const bool isTail = m_model.query().start == MessageQuery::Start::Tail
        && progress.rowCount != MessageSource::RowCount::Unknown;
    const bool isScan
        = m_model.query().filter && !isTail && progress.total > 0 && !m_model.isPreparing();
    m_count->setText(countText());
    m_bar->setVisible(isScan && progress.scanned < progress.total);
    m_bar->setValue(
        progress.total > 0 ? static_cast<int>(progress.scanned * 1000 / progress.total) : 0);
    m_progress->setVisible(
        (isScan && (progress.isRunning || progress.scanned < progress.total)) || isTail);
    m_progress->setText(progressText());
    m_pause->setVisible(isTail && !progress.error);
    const QSignalBlocker block(m_pause);
    m_pause->setChecked(m_model.isPaused());
    m_pause->setText(m_model.isPaused() ? tr("Go on") : tr("Pause"));
    m_cancel->setVisible(m_model.isPreparing() || (isScan && progress.isRunning));
}

} // namespace moldau::widgets
