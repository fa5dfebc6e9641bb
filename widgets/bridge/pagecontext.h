#pragma once

namespace moldau::widgets {

class Session;
class SessionHost;

/** What a page is made for. The session is null for a page that needs no cluster. */
struct PageContext {
    Session* session = nullptr;
    SessionHost& host;
};

} // namespace moldau::widgets
