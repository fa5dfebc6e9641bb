#include "panes/headerseditor.h"

#include "common/buttons.h"
#include "common/field.h"
#include "common/theme.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

HeadersEditor::HeadersEditor(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(Theme::current().px(4));
}

std::vector<client::Header> HeadersEditor::headers() const
{
    std::vector<client::Header> headers;
    for (const Row& row : m_rows) {
        if (row.key->text().isEmpty())
            continue;
        const QByteArray value = row.value->text().toUtf8();
        headers.push_back({row.key->text().toStdString(), Bytes(value.begin(), value.end())});
    }
    return headers;
}

void HeadersEditor::addRow(const QString& key, const QString& value)
{
    auto* widget = new QWidget(this);
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins({});
    layout->setSpacing(Theme::current().px(4));
    Row row{widget, new QLineEdit(key, widget), new QLineEdit(value, widget)};
    row.key->setPlaceholderText(tr("name"));
    row.key->setAccessibleName(tr("Header name"));
    row.value->setPlaceholderText(tr("value"));
    row.value->setAccessibleName(tr("Header value"));
    setDataFont(*row.key);
    setDataFont(*row.value);
    layout->addWidget(row.key, 2);
    layout->addWidget(row.value, 3);
    auto* remove = new IconButton(u"close"_s, tr("Remove this header"), widget);
    setButtonPlace(*remove, ButtonPlace::Form);
    layout->addWidget(remove);
    connect(row.key, &QLineEdit::textChanged, this, &HeadersEditor::changed);
    connect(row.value, &QLineEdit::textChanged, this, &HeadersEditor::changed);
    connect(remove, &QToolButton::clicked, this, [this, widget] {
        std::erase_if(m_rows, [widget](const Row& r) { return r.widget == widget; });
        widget->deleteLater();
        emit changed();
    });
    m_rows.push_back(row);
    m_layout->addWidget(widget);
    row.key->setFocus();
    emit changed();
}

} // namespace moldau::widgets
