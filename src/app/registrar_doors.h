// Doors at which registrars ask us, for kinds that keep no accounts of their own.
#pragma once

#include "app/registrar_config.h"
#include "net/phone_door.h"
#include "service/house.h"

#include <memory>
#include <string>
#include <vector>

namespace provost {

class RegistrarDoors {
 public:
    // One for each such registrar. P-1112, P-42xx, P-70xx, with the registrar's name.
    static Result<std::unique_ptr<RegistrarDoors>> open(const std::vector<RegistrarSettings>& settings,
                                                        House& house);
    ~RegistrarDoors();

    [[nodiscard]] std::vector<std::pair<std::string, std::uint16_t>> ports()
        const;  // by the registrar's name
    // As PhoneDoors does.
    [[nodiscard]] Result<std::vector<std::function<void()>>> prepare_reload();

 private:
    struct Door {
        std::string name;
        std::unique_ptr<JudgeCertificate> judge;
        std::unique_ptr<DeliverConfiguration> directory;
        std::unique_ptr<PhoneDoor> door;  // goes first
    };
    std::vector<Door> doors_;
};

}  // namespace provost
