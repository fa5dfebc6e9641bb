#include "client/jaasconfig.h"

#include <fmt/format.h>

namespace moldau::client {

namespace {

/** Words, quoted strings and single signs of a JAAS text, one after the other. */
class Tokens {
public:
    explicit Tokens(std::string_view text)
        : m_rest(text)
    {
    }

    /** False at the end, and after a quote that doesn't close (isBroken). */
    bool next(std::string& token)
    {
        const auto start = m_rest.find_first_not_of(" \t\r\n");
        if (start == std::string_view::npos)
            return false;
        m_rest.remove_prefix(start);
        token.clear();
        const char first = m_rest.front();
        if (first == '"' || first == '\'')
            return takeQuoted(token, first);
        const auto end = first == '=' || first == ';' ? 1 : m_rest.find_first_of(" \t\r\n=;\"'");
        token = m_rest.substr(0, end);
        m_rest.remove_prefix(token.size());
        return true;
    }
    bool isBroken() const { return m_isBroken; }

private:
    bool takeQuoted(std::string& token, char quote)
    {
        for (std::size_t i = 1; i < m_rest.size(); ++i) {
            if (m_rest[i] == quote) {
                m_rest.remove_prefix(i + 1);
                return true;
            }
            if (m_rest[i] == '\\' && i + 1 < m_rest.size())
                ++i;
            token.push_back(m_rest[i]);
        }
        m_isBroken = true;
        return false;
    }

    std::string_view m_rest;
    bool m_isBroken = false;
};

tl::unexpected<Error> broken(std::string_view what)
{
    return fail(ErrorCode::LocalInvalidArgument,
        fmt::format("sasl.jaas.config {}. It looks like: "
                    "org.apache.kafka.common.security.plain.PlainLoginModule required "
                    "username=\"NAME\" password=\"PASSWORD\";",
            what));
}

} // namespace

Result<JaasConfig> parseJaasConfig(std::string_view text)
{
    Tokens tokens(text);
    JaasConfig config;
    std::string token;
    if (!tokens.next(token))
        return broken("is empty");
    config.loginModule = token.substr(token.rfind('.') + 1);
    if (!tokens.next(token)
        || (token != "required" && token != "requisite" && token != "sufficient"
            && token != "optional"))
        return broken("lacks the word 'required' after the login module");
    while (tokens.next(token)) {
        if (token == ";")
            return config;
        std::string value;
        std::string equals;
        if (!tokens.next(equals) || equals != "=" || !tokens.next(value))
            return broken(tokens.isBroken() ? "has a quote that does not close"
                                            : "has an option that is not name=\"value\"");
        config.options.emplace_back(token, value);
    }
    return broken(tokens.isBroken() ? "has a quote that does not close" : "does not end with ';'");
}

} // namespace moldau::client
