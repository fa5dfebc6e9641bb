#include "events/nametable.h"

namespace moldau {

NameTable::NameTable()
{
    m_ids.emplace(m_texts.emplace_back(), NameId{0});
}

NameId NameTable::intern(std::string_view text)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_ids.find(text); found != m_ids.end())
        return found->second;
    if (m_texts.size() >= kMaxNames)
        return NameId{0};
    const NameId id{static_cast<std::uint32_t>(m_texts.size())};
    m_ids.emplace(m_texts.emplace_back(text), id);
    return id;
}

std::string_view NameTable::textOf(NameId id) const
{
    const std::lock_guard lock(m_mutex);
    return id.value() < m_texts.size() ? std::string_view(m_texts[id.value()]) : std::string_view();
}

} // namespace moldau
