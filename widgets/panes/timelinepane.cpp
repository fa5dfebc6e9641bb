#include "panes/timelinepane.h"

#include "common/buttons.h"
#include "common/format.h"
#include "common/icons.h"
#include "common/label.h"
#include "common/painting.h"
#include "common/topiccolors.h"
#include "panes/densitystrip.h"
#include "panes/speedslider.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QHelpEvent>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

namespace {

/** The button that says how time runs: live, slowed, paused; a click goes back to live. */
class LiveButton : public QPushButton {
public:
    using QPushButton::QPushButton;
    Tone dot = Tone::Bad;
    bool isLive = true;

    QSize sizeHint() const override
    {
        const Theme& theme = Theme::current();
        return QSize(theme.px(104), theme.px(26));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::current();
        QPainter painter(this);
        const QColor border = theme.color(isLive ? Tone::Accent
                : underMouse()                   ? Tone::Muted
                                                 : Tone::Line);
        drawBox(painter, rect(), height() / 2.0,
            theme.color(isLive ? Tone::AccentGround : Tone::Raised), border);
        drawDot(painter, QPointF(theme.pxf(15), height() / 2.0), theme.pxf(7), theme.color(dot));
        QFont font = theme.font(TextRole::Label);
        font.setWeight(QFont::Medium);
        painter.setFont(font);
        painter.setPen(theme.color(isLive ? Tone::Accent : Tone::Ink));
        drawElided(painter, QRectF(rect()).adjusted(theme.pxf(26), 0, -theme.pxf(8), 0),
            Qt::AlignVCenter, text());
        if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
            drawFocusRing(painter, rect(), height() / 2.0);
    }
};

} // namespace

EventDelegate::EventDelegate(TopicColors& colors, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_colors(colors)
{
}

void EventDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = Theme::current();
    const QRectF rect = option.rect;
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(rect, theme.color(Tone::AccentGround));
    drawHairline(*painter, rect.left(), rect.bottom(), rect.right() + 1, theme.color(Tone::Line));

    painter->setFont(theme.font(TextRole::SmallData));
    painter->setPen(theme.color(Tone::Muted));
    painter->drawText(rect.adjusted(0, 0, 0, -1), Qt::AlignVCenter,
        formatClock(index.data(EventListModel::TimeRole).toLongLong()));

    const QString topic = index.data(EventListModel::TopicRole).toString();
    QColor dot = topic.isEmpty() ? theme.color(Tone::Muted) : m_colors.colorOf(topic);
    if (index.data(EventListModel::TroubleRole).toBool())
        dot = theme.color(Tone::Bad);
    else if (topic.isEmpty()
        && index.data(EventListModel::AboutRole).toInt() == static_cast<int>(EventTopic::Elections))
        dot = theme.color(Tone::Accent);
    drawDot(*painter, QPointF(rect.left() + theme.pxf(108), rect.center().y()), theme.pxf(7), dot);

    double right = rect.right();
    const QString detail = index.data(EventListModel::DetailRole).toString();
    if (!detail.isEmpty()) {
        painter->setPen(theme.color(Tone::Faint));
        const double width = painter->fontMetrics().horizontalAdvance(detail);
        painter->drawText(rect.adjusted(0, 0, 0, -1), Qt::AlignVCenter | Qt::AlignRight, detail);
        right -= width + theme.pxf(16);
    }
    painter->setFont(theme.font(TextRole::Body));
    painter->setPen(theme.color(Tone::Ink));
    drawElided(*painter,
        QRectF(rect.left() + theme.pxf(122), rect.top(), right - rect.left() - theme.pxf(122),
            rect.height() - 1),
        Qt::AlignVCenter, index.data().toString());
    painter->restore();
}

QSize EventDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    const Theme& theme = Theme::current();
    return QSize(theme.px(200), theme.px(26));
}

TimelinePane::TimelinePane(Playback& playback, EventListModel& events,
    const DensityHistory& history, TopicColors& colors, QWidget* parent)
    : Panel(parent)
    , m_playback(playback)
    , m_filter(new EventFilterModel(this))
    , m_strip(new DensityStrip(history, this))
    , m_list(new QListView(this))
    , m_speed(new SpeedSlider(this))
    , m_live(new LiveButton(this))
    , m_pause(new QPushButton(this))
    , m_step(new QPushButton(this))
    , m_about(new QComboBox(this))
    , m_liveAction(makeAction(*m_live, tr("Back to now"), QKeySequence(Qt::Key_F7)))
    , m_pauseAction(new QAction(tr("Pause"), this))
    , m_stepAction(new QAction(tr("Step"), this))
{
    const Theme& theme = Theme::current();
    setObjectName(u"timeline-pane"_s);
    setAccessibleName(tr("Time line"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8));
    layout->setSpacing(theme.px(4));

    auto* head = new QHBoxLayout;
    head->setSpacing(theme.px(8));
    head->addWidget(new Label(tr("Time line"), TextRole::PaneTitle, Tone::Ink, this));
    head->addSpacing(theme.px(12));
    m_live->setToolTip(tr("Back to what happens now"));
    m_live->setAccessibleName(tr("Live"));
    m_live->setObjectName(u"Live"_s);
    head->addWidget(m_live);

    m_pauseAction->setCheckable(true);
    m_pauseAction->setShortcut(QKeySequence(Qt::Key_F8));
    m_stepAction->setShortcut(QKeySequence(Qt::Key_F9));
    m_pauseAction->setToolTip(tr("Holds the picture; everything is recorded on"));
    m_stepAction->setToolTip(tr("Shows the next thing that happened"));
    const auto makeButton = [&](QPushButton* button, QAction* action) {
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->text());
        button->setObjectName(action->text());
        button->setCheckable(action->isCheckable());
        setButtonAction(*button, *action);
        setShortcutHint(*button, action->shortcut());
        head->addWidget(button);
    };
    makeButton(m_pause, m_pauseAction);
    makeButton(m_step, m_stepAction);
    connect(m_pause, &QPushButton::toggled, m_pauseAction, &QAction::setChecked);
    connect(m_pauseAction, &QAction::toggled, this, [this](bool isPaused) {
        m_pause->setChecked(isPaused);
        if (isPaused)
            m_playback.pause();
        else if (m_playback.mode() == Playback::Mode::Paused)
            m_playback.play(m_speed->speed());
    });
    connect(m_step, &QPushButton::clicked, m_stepAction, &QAction::trigger);
    connect(m_stepAction, &QAction::triggered, &m_playback, &Playback::step);

    head->addSpacing(theme.px(16));
    auto* slow = new Label(tr("slow motion"), TextRole::Label, Tone::Muted, this);
    head->addWidget(slow);
    head->addWidget(m_speed);
    head->addStretch(1);
    m_about->setAccessibleName(tr("Filter of events"));
    m_about->setObjectName(u"Filter of events"_s);
    m_about->addItem(tr("all events"));
    m_about->addItem(tr("messages"));
    m_about->addItem(tr("replication"));
    m_about->addItem(tr("elections"));
    m_about->addItem(tr("groups"));
    m_about->addItem(tr("connections"));
    m_about->addItem(tr("nodes and topics"));
    head->addWidget(m_about);
    layout->addLayout(head);
    layout->addWidget(m_strip);

    m_filter->setSourceModel(&events);
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new EventDelegate(colors, m_list));
    m_list->setAccessibleName(tr("Events"));
    m_list->setObjectName(u"Events"_s);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMinimumHeight(theme.px(26 * 2));
    // On the list, which stays where it is for those who look for it by its name.
    auto* silence = new Label(tr("What happens in the cluster is told here, in sentences."),
        TextRole::Label, Tone::Muted, this);
    silence->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* listPlace = new QGridLayout;
    listPlace->addWidget(m_list, 0, 0);
    listPlace->addWidget(silence, 0, 0, Qt::AlignCenter);
    layout->addLayout(listPlace, 1);
    const auto showSilence = [this, silence] { silence->setVisible(m_filter->rowCount() == 0); };
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, change, this, showSilence);
    connect(m_filter, &QAbstractItemModel::modelReset, this, showSilence);
    showSilence();

    connect(m_live, &QPushButton::clicked, this, [this] {
        const QSignalBlocker blocker(m_speed);
        m_speed->setSpeed(1);
        m_playback.goLive();
    });
    connect(m_speed, &SpeedSlider::speedChanged, this,
        [this](double speed) { m_playback.play(speed); });
    connect(m_strip, &DensityStrip::seekRequested, &m_playback, &Playback::seek);
    connect(m_about, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_filter->setAbout(
            index <= 0 ? std::nullopt : std::optional(static_cast<EventTopic>(index - 1)));
        m_list->scrollToBottom();
    });
    connect(&m_playback, &Playback::modeChanged, this, &TimelinePane::followMode);
    connect(&m_playback, &Playback::applied, this, [this] {
        if (m_playback.mode() != Playback::Mode::Live)
            followMode();
    });
    connect(&m_playback, &Playback::jumped, this, &TimelinePane::followMode);
    // The list follows its end unless somebody has scrolled back.
    connect(m_list->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isAtEnd = m_list->verticalScrollBar()->value()
                    >= m_list->verticalScrollBar()->maximum();
            },
            Qt::QueuedConnection);
    });
    connect(m_list->verticalScrollBar(), &QScrollBar::rangeChanged, this, &TimelinePane::followEnd);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &TimelinePane::followEnd);
    followMode();
}

void TimelinePane::followEnd()
{
    if (m_isAtEnd)
        m_list->scrollToBottom();
}

void TimelinePane::followMode()
{
    auto* live = static_cast<LiveButton*>(m_live);
    const Playback::Mode mode = m_playback.mode();
    live->isLive = mode == Playback::Mode::Live;
    live->dot = mode == Playback::Mode::Live ? Tone::Bad
        : mode == Playback::Mode::Slow       ? Tone::Warning
                                             : Tone::Offline;
    switch (mode) {
    case Playback::Mode::Live:
        live->setText(tr("live 1/1"));
        break;
    case Playback::Mode::Slow:
        live->setText(tr("slow %1").arg(SpeedSlider::textOf(m_playback.speed())));
        break;
    case Playback::Mode::Paused:
        live->setText(tr("paused"));
        break;
    }
    live->setAccessibleDescription(live->text());
    live->update();
    const bool isPaused = mode == Playback::Mode::Paused;
    if (m_pauseAction->isChecked() != isPaused) {
        const QSignalBlocker blocker(m_pauseAction);
        m_pauseAction->setChecked(isPaused);
        const QSignalBlocker buttonBlocker(m_pause);
        m_pause->setChecked(isPaused);
        m_pause->update();
    }
    m_strip->setShown(
        mode == Playback::Mode::Live ? std::nullopt : std::optional(m_playback.shownNs()));
    m_filter->setHorizon(
        mode == Playback::Mode::Live ? std::nullopt : std::optional(m_playback.shownNs()));
}

} // namespace moldau::widgets
