#pragma once

#include "bridge/session.h"
#include "models/poller.h"

#include <QSet>
#include <QStringList>

#include <map>

namespace moldau::widgets {

class GroupModel;

/** Keeps a GroupModel fresh while it is active: the list, then a few descriptions at a time, then
 * the ends of their topics for the lag. GUI thread. */
class GroupPoller final : public Poller {
    Q_OBJECT
public:
    static constexpr int kIntervalMs = 3'000;

    GroupPoller(Session& session, GroupModel& model, QObject* parent = nullptr);

    void refresh() override;
    /** Comes first; the others follow. */
    void setImportant(const QString& group);
    /** High watermark as last heard, or -1. */
    std::int64_t endOf(const std::string& topic, std::int32_t partition) const;

signals:
    void listed();
    void described(const QString& group);
    void failed(const QString& reason);

private:
    void tick() override { refresh(); }
    void askNext();
    void takeDescription(client::GroupDescription description);
    void askEnds(const std::string& topic);
    void putLag(const client::GroupDescription& description);

    Session& m_session;
    GroupModel& m_model;
    QString m_important;
    QStringList m_queue;
    QSet<QString> m_asked;
    QSet<QString> m_topicsAsked; // for their ends
    std::map<std::pair<std::string, std::int32_t>, std::int64_t> m_ends;
    bool m_isListing = false;
};

} // namespace moldau::widgets
