#include "pagelist.h"

#include "panes/livepage.h"

#include <QCoreApplication>

namespace moldau {

using namespace Qt::Literals::StringLiterals;
using widgets::PageContext;

std::vector<PageEntry> makePageList()
{
    const auto tr = [](const char* title) { return QCoreApplication::translate("Pages", title); };
    std::vector<PageEntry> pages;
    pages.push_back({u"live"_s, tr(QT_TRANSLATE_NOOP("Pages", "Live")), PageSection::Cluster, 1, true,
        [](const PageContext& context, QWidget* parent) { return new widgets::LivePage(*context.session, parent); }});
    return pages;
}

std::function<void(widgets::SessionHost&, QWidget*)> makeConnectDialog()
{
    return {};
}

} // namespace moldau
