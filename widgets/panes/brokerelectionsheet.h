#pragma once

#include "bridge/session.h"
#include "common/sidesheet.h"
#include "models/leadermoves.h"

#include <memory>

class QPushButton;

namespace moldau::widgets {

class BrokerTab;
class Label;
class MessageBar;
class TopicCommandBox;

/** Which leaders a preferred election would move, and the button that asks for it. */
class BrokerElectionSheet final : public SideSheet {
    Q_OBJECT
public:
    explicit BrokerElectionSheet(Session& session, QWidget* parent = nullptr);

    /** Works the preview out anew, from the session's metadata. */
    void look(const BrokerNames& names);

signals:
    /** The cluster has answered: what came of it, in a sentence. */
    void elected(const QString& sentence, bool isTrouble);

private:
    struct Preview {
        LeaderMoves moves;
        std::vector<TableRow> rows;
        MetadataPtr metadata;
    };

    void showPreview(std::shared_ptr<Preview> preview);
    void updateButton();
    void elect();
    void finish(const Result<client::PerPartition<client::BrokerAdmin::Done>>& results);
    std::vector<TopicPartition> chosen() const;

    Session& m_session;
    Label* m_words;
    BrokerTab* m_moves;
    TopicCommandBox* m_command;
    MessageBar* m_message;
    QPushButton* m_elect;
    std::shared_ptr<Preview> m_preview = std::make_shared<Preview>();
    quint64 m_asked = 0; // the newest preview counts
    bool m_isBusy = false;
};

} // namespace moldau::widgets
