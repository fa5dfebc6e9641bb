#include "panes/topicchooser.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/painting.h"

#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

namespace moldau::widgets {

TopicChooser::TopicChooser(const QStringList& all, const QStringList& chosen, QWidget* parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_list(new QListWidget(this))
{
    const Theme& theme = Theme::current();
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);
    setAccessibleName(tr("Topics in the picture"));
    resize(theme.px(280), theme.px(360));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12));
    layout->setSpacing(theme.px(8));
    auto* search = new SearchField(tr("Search topics"), tr("Search"), this);
    layout->addWidget(search);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Topics in the picture"));
    layout->addWidget(m_list, 1);
    for (const QString& topic : all) {
        auto* item = new QListWidgetItem(topic, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(
            chosen.isEmpty() || chosen.contains(topic) ? Qt::Checked : Qt::Unchecked);
    }
    auto* row = new QHBoxLayout;
    auto* everything = new LinkButton(tr("All"), this);
    auto* nothing = new LinkButton(tr("None"), this);
    row->addWidget(everything);
    row->addWidget(nothing);
    row->addStretch();
    layout->addLayout(row);
    const auto setAll = [this](Qt::CheckState state) {
        {
            const QSignalBlocker blocker(m_list);
            for (int i = 0; i < m_list->count(); ++i) {
                if (!m_list->item(i)->isHidden())
                    m_list->item(i)->setCheckState(state);
            }
        }
        tell();
    };
    connect(everything, &QPushButton::clicked, this, [setAll] { setAll(Qt::Checked); });
    connect(nothing, &QPushButton::clicked, this, [setAll] { setAll(Qt::Unchecked); });
    connect(m_list, &QListWidget::itemChanged, this, &TopicChooser::tell);
    connect(search, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setHidden(
                !m_list->item(i)->text().contains(text, Qt::CaseInsensitive));
    });
    search->setFocus();
}

void TopicChooser::tell()
{
    QStringList chosen;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            chosen.append(m_list->item(i)->text());
    }
    if (chosen.isEmpty())
        chosen.append(QString()); // a name that no topic has
    emit chosenChanged(chosen.size() == m_list->count() ? QStringList() : chosen);
}

void TopicChooser::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    drawBox(painter, rect(), theme.pxf(10), theme.color(Tone::Surface), theme.color(Tone::Line));
}

} // namespace moldau::widgets
