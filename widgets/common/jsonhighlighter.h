#pragma once

#include <QSyntaxHighlighter>

namespace moldau::widgets {

/** Colours JSON in a text edit: names, texts, numbers, words. Owned by the document. */
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit JsonHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;
};

} // namespace moldau::widgets
