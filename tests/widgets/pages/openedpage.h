#pragma once

#include "generatedcluster.h"

#include "bridge/session.h"

#include <QString>
#include <QWidget>

namespace moldau::test {

/** What a session of a generated cluster is made of. */
inline widgets::SessionParts partsOf(GeneratedCluster& cluster, bool canChange = true)
{
    widgets::SessionParts parts;
    parts.name = QStringLiteral("Staging");
    parts.kind = widgets::SessionKind::External;
    parts.bootstrap = QStringLiteral("127.0.0.1:19092");
    parts.connection = &cluster;
    parts.brokerAdmin = &cluster;
    parts.capabilities.canChange = canChange;
    return parts;
}

/** A page over a generated cluster, as large as in the window, with its parts by their names. */
template <class PageType> struct OpenedPage {
    explicit OpenedPage(GeneratedCluster& cluster, bool canChange = true)
        : session(partsOf(cluster, canChange))
        , page(session)
    {
        page.resize(1232, 848);
        page.show();
    }
    template <class T> T* find(const char* name) const
    {
        return page.template findChild<T*>(QLatin1String(name));
    }

    widgets::Session session;
    PageType page;
};

} // namespace moldau::test
