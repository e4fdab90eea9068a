// SIP trunks to PBXs (R-F5). A trunk is a device whose vendor file says `kind: pbx`, so it has the life of
// any device: armed, handed over once, its secrets destroyed. What differs is that a PBX has no MAC, is given
// one, and that its file may be shown to the administrator instead of being fetched.
#pragma once

#include "service/house.h"
#include "service/operations.h"

namespace provost {

class TrunkService {
 public:
    explicit TrunkService(House& house) : house_(house) {}

    struct Draft {
        std::string tenant, pbx, model, site;
        std::string user;            // the trunk's account at the registrar
        std::string authentication;  // empty or "digest"; a trunk that goes by its address is refused
        RawSettings settings;
    };
    // Under a locally administered MAC drawn at random, with access by token, armed. P-3401: by address;
    // P-3402: `pbx` is no PBX; else as for any device.
    Result<Device> create(const Draft& draft, const std::string& actor);

    struct File {
        std::string_view content_type;  // of the vendor file
        OutputBuffer text;              // with its secrets
    };
    // The trunk's file, once: the delivery is recorded before this returns, and the secrets are destroyed.
    // P-3402 as above; P-3403: it was handed over already, or is not armed.
    Result<File> show_once(MacAddress mac, const std::string& actor);

 private:
    [[nodiscard]] Result<const VendorSpec*> pbx(const std::string& vendor) const;
    Status hand_over(Transaction& transaction, MacAddress mac, const std::string& actor, File& file) const;

    House& house_;
};

}  // namespace provost
