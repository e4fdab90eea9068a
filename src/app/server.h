// The running server: the only place that names concrete classes and joins them.
#pragma once

#include "api/api.h"
#include "api/gate.h"
#include "app/admin_desk.h"
#include "app/complaint.h"
#include "app/nft_file.h"
#include "app/phone_doors.h"
#include "app/registrar_doors.h"
#include "app/server_config.h"
#include "app/server_metrics.h"
#include "net/control_door.h"
#include "service/alert_keeper.h"
#include "service/audit_keeper.h"
#include "service/housekeeper.h"
#include "service/registrar_hub.h"
#include "service/resync_keeper.h"
#include "service/tripwire.h"
#include "service/trust.h"

#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace provost {

class Server final : public ServerControl {
 public:
    // Opens keys, store, vendors, trust and doors, in that order; the first that fails refuses the start
    // (R-A11).
    static Result<std::unique_ptr<Server>> start(const ServerConfig& config, Sandbox sandbox);
    ~Server() override;

    [[nodiscard]] std::uint16_t port() const { return doors_->main_port(); }
    [[nodiscard]] std::vector<DoorState> doors() const { return doors_->states(); }

    // The listeners that are no phones' doors, as the port file names them: "metrics", "tripwire", "admin".
    [[nodiscard]] std::vector<std::pair<std::string, std::uint16_t>> plain_ports() const;

    // An address to sign in by for the first time, once, within half an hour; none where somebody can.
    Result<std::optional<std::string>> first_login();

    // For the API:
    Status reload() override;
    Status close_epoch() override;
    void release_brake() override { housekeeper_->release_brake(); }
    [[nodiscard]] ServerState state() const override;
    [[nodiscard]] Result<AuditHead> audit_head() const override { return audit_->head(clock_.now()); }

 private:
    Server(ServerConfig config, Sandbox sandbox) : config_(std::move(config)), sandbox_(std::move(sandbox)) {}
    Status open_parts();
    Status open_audit();
    Status open_alerts();
    Status open_registrars_of_house();
    Status open_webhooks_of_house();
    Status watch_updates();
    Status open_resync();
    void watch(std::string_view log_event, const Status& done);  // the housekeeper's thread
    Status open_doors();
    Status open_admin();
    Status open_plain_doors();
    Result<std::string> make_report();
    Status open_tripwire();
    void keep_house(const std::stop_token& stop);

    ServerConfig config_;
    const Sandbox sandbox_;
    SystemClock clock_;
    PolicyBoard policies_;
    std::unique_ptr<KeyHolder> keys_;
    std::shared_ptr<AuditKeys> audit_keys_;
    std::unique_ptr<Store> store_;
    std::shared_ptr<AlertKeeper> alerts_;
    std::unique_ptr<AuditKeeper> audit_;
    std::unique_ptr<NotifySender> notify_sender_;
    std::unique_ptr<House> house_;
    std::optional<NftFile> nft_file_;
    std::unique_ptr<ReportFiles> reports_;
    std::unique_ptr<UpdateWatch> updates_;
    std::unique_ptr<Housekeeper> housekeeper_;
    std::mutex housekeeping_;
    std::map<std::string_view, Complaint> complaints_;  // by name of the log's event
    std::unique_ptr<PhoneDoors> doors_;
    std::unique_ptr<RegistrarDoors> registrar_doors_;
    std::unique_ptr<Trust> trust_;
    std::unique_ptr<Api> api_;
    std::unique_ptr<ControlDoor> control_;
    std::unique_ptr<AdminGate> gate_;
    std::unique_ptr<AdminDesk> admin_;
    std::shared_ptr<StoreMetrics> store_metrics_ = std::make_shared<StoreMetrics>();
    std::shared_ptr<Counter> housekeeping_failures_ = std::make_shared<Counter>();
    std::unique_ptr<Tripwire> tripwire_;
    std::unique_ptr<PlainDoor> tripwire_door_;
    std::unique_ptr<ServerMetrics> metrics_;
    std::unique_ptr<PlainDoor> metrics_door_;
    std::jthread keeper_;
    Timestamp started_{};
};

}  // namespace provost
