#include "panes/topicchooser.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/painting.h"
#include "models/checklistmodel.h"

#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

TopicChooser::TopicChooser(const QStringList& all, const QStringList& chosen, QWidget* parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_checks(new CheckListModel(this))
{
    const Theme& theme = Theme::current();
    m_checks->setNames(all);
    m_checks->setChecked(chosen.isEmpty() ? all : chosen);
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_TranslucentBackground);
    setObjectName(u"topic-chooser"_s);
    setAccessibleName(tr("Topics in the picture"));
    resize(theme.px(280), theme.px(360));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12));
    layout->setSpacing(theme.px(8));
    auto* search = new SearchField(tr("Search topics"), tr("Search"), this);
    layout->addWidget(search);
    auto* list = new QListView(this);
    list->setFrameShape(QFrame::NoFrame);
    list->setUniformItemSizes(true);
    list->setObjectName(u"Topics in the picture"_s);
    list->setAccessibleName(tr("Topics in the picture"));
    list->setModel(m_checks);
    layout->addWidget(list, 1);
    auto* row = new QHBoxLayout;
    auto* everything = new LinkButton(tr("All"), this);
    auto* nothing = new LinkButton(tr("None"), this);
    everything->setObjectName(u"All topics"_s);
    nothing->setObjectName(u"No topic"_s);
    setButtonPlace(*everything, ButtonPlace::View);
    setButtonPlace(*nothing, ButtonPlace::View);
    row->addWidget(everything);
    row->addWidget(nothing);
    row->addStretch();
    layout->addLayout(row);
    connect(everything, &QPushButton::clicked, m_checks, [this] { m_checks->setAll(true); });
    connect(nothing, &QPushButton::clicked, m_checks, [this] { m_checks->setAll(false); });
    connect(m_checks, &CheckListModel::checkedChanged, this, &TopicChooser::tell);
    connect(search, &QLineEdit::textChanged, m_checks, &CheckListModel::search);
    search->setFocus();
}

void TopicChooser::tell()
{
    QStringList chosen = m_checks->areAllOn() ? QStringList() : m_checks->checked();
    if (chosen.isEmpty() && !m_checks->areAllOn())
        chosen.append(QString()); // a name that no topic has
    emit chosenChanged(chosen);
}

void TopicChooser::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::current();
    QPainter painter(this);
    drawBox(painter, rect(), theme.pxf(10), theme.color(Tone::Surface), theme.color(Tone::Line));
}

} // namespace moldau::widgets
