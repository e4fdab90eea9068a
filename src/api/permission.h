// Asks the role table (domain/role_table.h) before a handler runs, and takes from its answer what the caller
// may not read.
#pragma once

#include "api/route.h"

namespace provost {

inline constexpr std::string_view forbidden_code = "P-8401";
inline constexpr std::string_view step_up_code = "P-8402";  // its problem says "step_up_required": true
inline constexpr std::string_view field_code = "P-8403";

// P-8402 of `what`.
Error needs_step_up(std::string_view what);

class Permission {
 public:
    // P-8401 the role may not; P-8402 it must step up first. For what is out of sight,
    // or not there: the same error, of the object's kind.
    static Result<Permission> ask(const ApiContext& context, const Route& route, const ApiCall& call);

    // The same of something more that a handler does, for a place that the caller may see.
    static Status ask_also(const ApiContext& context, Action action);

    // P-8403 not this field. Of a body that the contract allows.
    [[nodiscard]] Status check_fields(const Sight& sight, const ApiCall& call) const;

    // Only in what succeeded.
    void conceal(const Sight& sight, ApiReply& reply) const;
    [[nodiscard]] const std::vector<TenantId>& path() const { return path_; }
    [[nodiscard]] std::string_view action() const { return traits_.name; }

 private:
    explicit Permission(const ActionTraits& traits) : traits_(traits) {}

    const ActionTraits& traits_;
    std::vector<TenantId> path_;  // of the object's tenant, as in Target
};

}  // namespace provost
