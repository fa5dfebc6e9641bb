#include "panes/topicchooser.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/painting.h"

#include <QAbstractListModel>
#include <QListView>
#include <QPainter>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

/** Topics with a check box each; those that a search leaves are its rows. */
class TopicChecks final : public QAbstractListModel {
    Q_OBJECT
public:
    TopicChecks(const QStringList& all, const QStringList& chosen, QObject* parent)
        : QAbstractListModel(parent)
        , m_names(all)
        , m_isOn(static_cast<std::size_t>(all.size()), chosen.isEmpty())
    {
        const QSet<QString> wanted(chosen.begin(), chosen.end());
        for (qsizetype i = 0; i < all.size() && !chosen.isEmpty(); ++i)
            m_isOn[static_cast<std::size_t>(i)] = wanted.contains(all[i]);
        search({});
    }
    void search(const QString& text)
    {
        beginResetModel();
        m_rows.clear();
        for (qsizetype i = 0; i < m_names.size(); ++i) {
            if (m_names[i].contains(text, Qt::CaseInsensitive))
                m_rows.push_back(static_cast<std::size_t>(i));
        }
        endResetModel();
    }
    /** Those that the search leaves. */
    void setAll(bool isOn)
    {
        for (const std::size_t row : m_rows)
            m_isOn[row] = isOn;
        if (!m_rows.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        emit changed();
    }
    bool areAllOn() const
    {
        return std::all_of(m_isOn.begin(), m_isOn.end(), [](bool isOn) { return isOn; });
    }
    QStringList chosen() const
    {
        QStringList names;
        for (std::size_t i = 0; i < m_isOn.size(); ++i) {
            if (m_isOn[i])
                names.append(m_names[static_cast<qsizetype>(i)]);
        }
        return names;
    }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const std::size_t row = m_rows[static_cast<std::size_t>(index.row())];
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return m_names[static_cast<qsizetype>(row)];
        if (role == Qt::CheckStateRole)
            return m_isOn[row] ? Qt::Checked : Qt::Unchecked;
        return {};
    }
    bool setData(const QModelIndex& index, const QVariant& value, int role) override
    {
        if (role != Qt::CheckStateRole)
            return false;
        m_isOn[m_rows[static_cast<std::size_t>(index.row())]] = value.toInt() == Qt::Checked;
        emit dataChanged(index, index);
        emit changed();
        return true;
    }
    Qt::ItemFlags flags(const QModelIndex&) const override
    {
        return Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable;
    }

signals:
    void changed();

private:
    QStringList m_names;
    std::vector<bool> m_isOn;
    std::vector<std::size_t> m_rows;
};

TopicChooser::TopicChooser(const QStringList& all, const QStringList& chosen, QWidget* parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_checks(new TopicChecks(all, chosen, this))
{
    const Theme& theme = Theme::current();
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
    connect(m_checks, &TopicChecks::changed, this, &TopicChooser::tell);
    connect(search, &QLineEdit::textChanged, m_checks, &TopicChecks::search);
    search->setFocus();
}

void TopicChooser::tell()
{
    QStringList chosen = m_checks->areAllOn() ? QStringList() : m_checks->chosen();
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

#include "topicchooser.moc"
