// Entities as JSON, and requests' bodies back. Secrets never pass here: no entity that holds one has a form.
#pragma once

#include "api/route.h"
#include "service/import_devices.h"
#include "service/operations.h"

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace provost {

namespace json = boost::json;

json::object to_json(const Tenant& tenant, const PolicySnapshot& policies);
json::object to_json(const Device& device, const PolicySnapshot& policies);
json::object to_json(const Event& event, const PolicySnapshot& policies);
json::object to_json(const DeliveryRecord& record);
json::object to_json(const OutboxEntry& entry);
json::object to_json(const TrustRecord& record);
json::object to_json(const HardeningException& exception, const PolicySnapshot& policies, Timestamp now);
json::object to_json(const Ban& ban, Timestamp now);
json::object to_json(const PendingCall& call, const PolicySnapshot& policies);
json::object to_json(const Error& error);
json::object to_json(const Settings& settings, const RawOverrides& raw);

json::value time_or_null(const std::optional<Timestamp>& time);

ApiReply reply(int status, const json::value& body);
// One page; `next` is the cursor of the page after, empty at the end.
ApiReply page(json::array items, const std::string& next);
// RFC 9457.
ApiReply problem(const Error& error);
// P-8006, with those it has: "GET, PATCH" (RFC 9110, section 15.5.6).
ApiReply method_refused(const std::string& method, const std::string& allowed);

// The body as an object with known members only: P-8001 not JSON, P-8002 an unknown member or one of another
// type.
class Body {
 public:
    static Result<Body> read(const ApiCall& call, std::initializer_list<std::string_view> known);
    [[nodiscard]] Result<std::string> text(std::string_view name) const;   // empty if it is not there
    [[nodiscard]] Result<std::string> words(std::string_view name) const;  // trimmed; P-2002, P-2059
    [[nodiscard]] Result<std::string> reason() const { return words("reason"); }
    [[nodiscard]] bool has(std::string_view name) const;      // there, be it null
    [[nodiscard]] bool is_null(std::string_view name) const;  // there, and null
    [[nodiscard]] Result<bool> flag(std::string_view name) const;
    [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view name) const;  // not negative
    [[nodiscard]] Result<RawSettings> settings(std::string_view name) const;

 private:
    json::object object_;
};

}  // namespace provost
