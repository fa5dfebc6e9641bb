#include "models/jsontreemodel.h"

#include "common/tableview.h"

#include <algorithm>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

bool JsonTreeModel::setText(std::string_view text)
{
    beginResetModel();
    m_rows.clear();
    m_children.clear();
    m_hasLargeNumbers = false;
    const bool isJson = m_json.parse(text);
    const std::size_t count = m_json.nodes().size();
    m_rows.assign(count, 0);
    m_children.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const JsonText::Node& child = m_json.nodes()[i];
        if (child.parent >= 0) {
            std::vector<std::int32_t>& siblings
                = m_children[static_cast<std::size_t>(child.parent)];
            m_rows[i] = static_cast<std::int32_t>(siblings.size());
            siblings.push_back(static_cast<std::int32_t>(i));
        }
        if (child.kind == JsonKind::Number
            && exceedsDouble(m_json.raw(static_cast<std::int32_t>(i))))
            m_hasLargeNumbers = true;
    }
    endResetModel();
    return isJson;
}

void JsonTreeModel::clear()
{
    setText({});
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount_ || row >= rowCount(parent))
        return {};
    if (!parent.isValid())
        return createIndex(0, column, quintptr(0));
    const std::int32_t child
        = m_children[static_cast<std::size_t>(nodeOf(parent))][static_cast<std::size_t>(row)];
    return createIndex(row, column, static_cast<quintptr>(child));
}

QModelIndex JsonTreeModel::parent(const QModelIndex& index) const
{
    const std::int32_t above = index.isValid() ? node(nodeOf(index)).parent : -1;
    return above < 0
        ? QModelIndex()
        : createIndex(m_rows[static_cast<std::size_t>(above)], 0, static_cast<quintptr>(above));
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0 || m_json.nodes().empty())
        return 0;
    return parent.isValid() ? node(nodeOf(parent)).childCount : 1;
}

int JsonTreeModel::columnCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : ColumnCount_;
}

QString JsonTreeModel::keyText(std::int32_t index) const
{
    const std::int32_t above = node(index).parent;
    if (above < 0)
        return {};
    if (node(above).kind == JsonKind::Array)
        return u"[%1]"_s.arg(m_rows[static_cast<std::size_t>(index)]);
    return QString::fromStdString(m_json.key(index));
}

QString JsonTreeModel::valueText(std::int32_t index) const
{
    switch (node(index).kind) {
    case JsonKind::Object:
        return u"{} "_s + tr("%n field(s)", nullptr, node(index).childCount);
    case JsonKind::Array:
        return u"[] "_s + tr("%n element(s)", nullptr, node(index).childCount);
    default: {
        const std::string_view raw = m_json.raw(index);
        return QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size()));
    }
    }
}

QString JsonTreeModel::path(std::int32_t index) const
{
    QString text;
    for (std::int32_t i = index; node(i).parent >= 0; i = node(i).parent) {
        QString step = keyText(i);
        if (node(node(i).parent).kind != JsonKind::Array) {
            const bool isPlain = !step.isEmpty()
                && std::all_of(step.cbegin(), step.cend(),
                    [](QChar c) { return c.isLetterOrNumber() || c == u'_'; });
            const std::string_view raw = m_json.rawKey(i);
            step = isPlain ? u'.' + step
                           : u".[\"%1\"]"_s.arg(
                               QString::fromUtf8(raw.data(), static_cast<qsizetype>(raw.size())));
        }
        text.prepend(step);
    }
    return text.startsWith(u'.') ? text : u'.' + text;
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const std::int32_t at = nodeOf(index);
    switch (role) {
    case KindRole:
        return static_cast<int>(node(at).kind);
    case PathRole:
        return path(at);
    case IsDataRole:
        return true;
    case Qt::DisplayRole:
        return index.column() == KeyColumn ? keyText(at) : valueText(at);
    case Qt::ToolTipRole:
        if (index.column() == KeyColumn)
            return path(at);
        if (node(at).kind == JsonKind::Number && exceedsDouble(m_json.raw(at)))
            return tr("%1 is exact. Programs that read numbers as doubles, JavaScript for one, "
                      "change it.")
                .arg(valueText(at));
        return {};
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Field") : tr("Value");
}

} // namespace moldau::widgets
