#include "common/topiccolors.h"

#include "common/theme.h"

#include <utility>

namespace moldau::widgets {

using namespace Qt::Literals::StringLiterals;

int TopicColors::numberOf(const QString& topic)
{
    if (topic.isEmpty() || topic.startsWith(u"__"_s))
        return -1;
    const auto known = m_numbers.constFind(topic);
    if (known != m_numbers.cend())
        return *known;
    m_numbers.insert(topic, m_next);
    return m_next++;
}

void TopicColors::number(const QStringList& topics)
{
    if (topics == std::exchange(m_numbered, topics))
        return;
    for (const QString& topic : topics)
        numberOf(topic);
}

QColor TopicColors::colorOf(const QString& topic)
{
    return Theme::current().topic(numberOf(topic));
}

} // namespace moldau::widgets
