#include "common/topiccolors.h"

#include "common/theme.h"

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

QColor TopicColors::colorOf(const QString& topic)
{
    return Theme::current().topic(numberOf(topic));
}

} // namespace moldau::widgets
