#include "vendor/expected_rating.h"

namespace provost {

namespace {

constexpr std::string_view first_contact = "Let it call home once: then its rating is what it proved.";

}  // namespace

ExpectedRating expect_rating(const VendorSpec& vendor, Access access, SecretMode mode) {
    using enum AccessSpec::Certificate;
    Evidence evidence;
    evidence.proof = access;
    if (access != Access::certificate) return {rate(evidence, mode), true};
    switch (vendor.access.certificate) {
        case all:
            return {rate(evidence, mode), true};
        case some:
            return {
                {1, "some models of this vendor have a certificate of their own, others none", first_contact},
                false};
        case none:
            return {{1, "phones of this vendor have no certificate of their own",
                     "A phone with a certificate from the factory."},
                    true};
        case unknown:
            break;
    }
    return {{1, "whether phones of this vendor have certificates of their own is not known", first_contact},
            false};
}

}  // namespace provost
