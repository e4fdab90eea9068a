// Sessions of browsers: 256 random bits that the server keeps a hash of, with an idle and an absolute end.
#pragma once

#include "service/people/desk.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// A session as it was opened or renewed, with what the browser is given, once.
struct SessionCookie {
    Session session;
    Secret cookie;
};

struct SignedIn {
    Session session;
    Person person;
};

// Whether somebody is there, or a page that lies open asks by itself: that does not count as use.
enum class SessionUse : std::uint8_t { person, page };

class Sessions {
 public:
    explicit Sessions(SignInDesk& desk) : desk_(desk) {}

    // Who has this cookie; nullopt: nobody, or not any more. Asked at each request, so what was ended or
    // disabled is so at once.
    [[nodiscard]] Result<std::optional<SignedIn>> find(std::string_view cookie,
                                                       SessionUse use = SessionUse::person);
    // Of a cookie that opens nothing: records it where it never was a session's, and tells where one source
    // comes with many.
    void note_unknown(std::string_view cookie, const std::string& source);
    // Whether it is still one, for what goes on under it by itself: that does not count as use.
    [[nodiscard]] bool lives(std::int64_t id);
    [[nodiscard]] bool proved_lately(const Session& session) const;
    [[nodiscard]] std::string csrf(const Session& session) const;
    [[nodiscard]] Actor actor(const SignedIn& who, const std::string& source) const;
    [[nodiscard]] Timestamp ends(const Session& session) const;  // if nothing more is asked

    // Inside a transaction. `how` in words.
    struct Draft {
        PersonId person = 0;
        SessionStage stage = SessionStage::second_factor;
        std::string how;
    };
    Result<SessionCookie> open(Transaction& transaction, const Draft& draft, const WebPeer& peer);
    // The same session under a new id: at each change of what it may do. P-8601 where it has ended.
    Result<SessionCookie> renew(Transaction& transaction, std::int64_t id,
                                const std::function<void(Session&)>& change);

    // Those of a person that are not over, newest first.
    [[nodiscard]] Result<std::vector<Session>> list(PersonId person);
    // P-8610: there is no such session of its own.
    Status end(const Person& person, std::int64_t id, const std::string& actor, const std::string& source);

 private:
    [[nodiscard]] bool over(const Session& session, Timestamp now) const;

    SignInDesk& desk_;
};

Error not_signed_in();    // P-8601
Error no_such_session();  // P-8610

// If nothing more is asked.
Timestamp session_end(const Session& session, Duration idle);

}  // namespace provost
