#pragma once

#include "bridge/pagecontext.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace moldau::widgets {
class Page;
}

namespace moldau {

/** Under which heading a page stands in the navigation. */
enum class PageSection { Cluster, Learn };

struct PageEntry {
    QString id; ///< for --page, untranslated
    QString title; ///< in the language in use
    PageSection section = PageSection::Cluster;
    int digit = 0; ///< Alt and this digit; 0: none. It stays the same when pages are added
    bool needsSession = true; ///< otherwise it is one for all clusters
    std::function<widgets::Page*(const widgets::PageContext&, QWidget*)> make;
};

/** The window's pages in their order. The one place that knows all of them. */
std::vector<PageEntry> makePageList();

/** Shows the dialog for clusters elsewhere; empty where the program has none. */
std::function<void(widgets::SessionHost&, QWidget*)> makeConnectDialog();

} // namespace moldau
