#include "models/messagefilter.h"

#include "models/jsonexpression.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cstring>
#include <string>

namespace moldau::widgets {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

class TextFilter final : public MessageFilter {
public:
    explicit TextFilter(std::string needle)
        : m_needle(std::move(needle))
        , m_isCaseSensitive(std::any_of(
              m_needle.begin(), m_needle.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        , m_first(m_needle.front())
        , m_firstUpper(m_first >= 'a' && m_first <= 'z' ? static_cast<char>(m_first - 32) : m_first)
    {
    }

    bool matches(const client::Record& record) override
    {
        if ((record.value && contains(*record.value)) || (record.key && contains(*record.key)))
            return true;
        return std::any_of(
            record.headers.begin(), record.headers.end(), [&](const client::Header& header) {
                return contains(asBytes(header.key)) || (header.value && contains(*header.value));
            });
    }

private:
    bool contains(BytesView hay) const
    {
        if (hay.size() < m_needle.size())
            return false;
        if (m_isCaseSensitive || m_needle.empty())
            return memmem(hay.data(), hay.size(), m_needle.data(), m_needle.size()) != nullptr;
        const char* at = reinterpret_cast<const char*>(hay.data());
        const char* last = at + (hay.size() - m_needle.size());
        for (; at <= last; ++at) {
            if ((*at == m_first || *at == m_firstUpper)
                && std::equal(m_needle.begin() + 1, m_needle.end(), at + 1,
                    [](char wanted, char found) { return wanted == lower(found); }))
                return true;
        }
        return false;
    }

    const std::string m_needle;
    const bool m_isCaseSensitive;
    const char m_first;
    const char m_firstUpper;
};

class KeyFilter final : public MessageFilter {
public:
    explicit KeyFilter(std::string key)
        : m_key(std::move(key))
    {
    }
    bool matches(const client::Record& record) override
    {
        return record.key && asText(*record.key) == m_key;
    }

private:
    const std::string m_key;
};

class RegexFilter final : public MessageFilter {
public:
    explicit RegexFilter(QRegularExpression regex)
        : m_regex(std::move(regex))
    {
        m_regex.optimize();
    }
    bool matches(const client::Record& record) override
    {
        return isIn(record.value) || isIn(record.key);
    }

private:
    bool isIn(const std::optional<Bytes>& bytes) const
    {
        if (!bytes)
            return false;
        const QString text = QString::fromUtf8(
            reinterpret_cast<const char*>(bytes->data()), static_cast<qsizetype>(bytes->size()));
        return m_regex.match(text).hasMatch();
    }
    QRegularExpression m_regex;
};

class JsonFilter final : public MessageFilter {
public:
    explicit JsonFilter(JsonExpression expression)
        : m_expression(std::move(expression))
    {
    }
    bool matches(const client::Record& record) override
    {
        return record.value && m_json.parse(asText(*record.value))
            && m_expression.isTrueFor(m_json);
    }

private:
    const JsonExpression m_expression;
    JsonText m_json; // its memory is used again for each record
};

} // namespace

Result<std::unique_ptr<MessageFilter>> MessageFilter::make(FilterKind kind, const QString& text)
{
    if (text.trimmed().isEmpty())
        return std::unique_ptr<MessageFilter>();
    switch (kind) {
    case FilterKind::Text:
        return std::make_unique<TextFilter>(text.toStdString());
    case FilterKind::Key:
        return std::make_unique<KeyFilter>(text.toStdString());
    case FilterKind::Regex: {
        QRegularExpression regex(text, QRegularExpression::UseUnicodePropertiesOption);
        if (!regex.isValid()) {
            return fail(ErrorCode::LocalParseError,
                QCoreApplication::translate("moldau::widgets::MessageFilter", "%1 at character %2")
                    .arg(regex.errorString())
                    .arg(regex.patternErrorOffset() + 1)
                    .toStdString());
        }
        return std::make_unique<RegexFilter>(std::move(regex));
    }
    case FilterKind::Json: {
        Result<JsonExpression> expression = JsonExpression::parse(text.toStdString());
        if (!expression)
            return fail(expression.error());
        return std::make_unique<JsonFilter>(std::move(*expression));
    }
    }
    return fail(ErrorCode::LocalInvalidArgument);
}

} // namespace moldau::widgets
