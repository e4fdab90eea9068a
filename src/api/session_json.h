// Sessions and people as JSON, and the cookies that go with a session's answer.
#pragma once

#include "api/gate_route.h"
#include "service/people/people.h"

#include <boost/json.hpp>

namespace provost {

boost::json::object to_json(const Person& person, const PolicySnapshot& policies);
boost::json::object to_json(const Factors& factors);
boost::json::object to_json(const Session& session, Timestamp ends);  // without what its browser holds

// The session as its page needs it: person, CSRF token, factors, ends.
Result<boost::json::object> session_object(const GateCall& call, const SignedIn& who);
// The same with the session's new cookie, and the browser's mark where it is a whole one.
Result<ApiReply> session_reply(const GateCall& call, const SessionCookie& cookie,
                               boost::json::object body = {});

}  // namespace provost
