#include "service/audit_verifier.h"

#include "crypto/digest.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t faults_told = 100;

bool same(const AuditMac& one, const AuditMac& two) {
    return same_bytes(as_text(one), as_text(two));
}

std::string range(std::int64_t from, std::int64_t to) {
    if (from == to) return "entry " + std::to_string(from) + " is missing";
    return "entries " + std::to_string(from) + " to " + std::to_string(to) + " are missing";
}

}  // namespace

AuditVerifier::AuditVerifier(std::vector<AuditStart> starts, std::vector<AuditHead> heads)
    : starts_(std::move(starts)), heads_(std::move(heads)) {
    std::stable_sort(heads_.begin(), heads_.end(),
                     [](const AuditHead& a, const AuditHead& b) { return a.tail.seq < b.tail.seq; });
    has_start_ = std::any_of(starts_.begin(), starts_.end(),
                             [](const AuditStart& one) { return one.start.has_value(); });
    if (!has_start_)
        note(
            "The MACs were not checked: that takes the start file of the trail's keys (--key). Who could "
            "write the database could have made these links.");
    if (heads_.empty())
        note("No head was given (--head): entries cut off the end can't be missed.");
    else if (starts_.empty())
        note("The signatures of the heads were not checked: that takes audit.pub or the start file (--key).");
    for (const auto& head : heads_) check_signature(head);
}

const AuditStart* AuditVerifier::find(const Sha256& id) const {
    const auto found =
        std::find_if(starts_.begin(), starts_.end(), [&](const AuditStart& one) { return one.id == id; });
    return found == starts_.end() ? nullptr : &*found;
}

void AuditVerifier::check_signature(const AuditHead& head) {
    if (starts_.empty()) return;
    const auto* const start = find(head.key_id);
    const auto name = "the head of " + to_rfc3339(head.at);
    if (start == nullptr)
        fault(head.tail.seq, name + " names keys that were not given: " + to_hex(head.key_id));
    else if (!is_signed_by(start->public_key, head))
        fault(head.tail.seq, name + " has a wrong signature");
}

void AuditVerifier::fault(std::int64_t seq, std::string what) {
    ++verdict_.faulty;
    if (verdict_.faults.size() < faults_told) verdict_.faults.push_back({seq, std::move(what)});
    faulty_ = true;
}

void AuditVerifier::note(std::string text) {
    auto& notes = verdict_.notes;
    if (std::find(notes.begin(), notes.end(), text) == notes.end()) notes.push_back(std::move(text));
}

void AuditVerifier::take(const AuditRow& row) {
    faulty_ = false;
    check_place(row);
    follow_keys(row.entry);
    check_mac(row);
    check_heads(row);
    if (verdict_.entries++ == 0) verdict_.from = row.entry.at;
    verdict_.to = row.entry.at;
    before_ = {row.entry.seq, row.link};
    step_ = row.entry.step;
    doubtful_ = faulty_;
}

// What follows a fault is judged by what lies in the trail, so that one change is one fault.
void AuditVerifier::check_place(const AuditRow& row) {
    const auto expected = before_.seq + 1;
    if (row.entry.seq != expected) {
        row.entry.seq > expected ? fault(expected, range(expected, row.entry.seq - 1))
                                 : fault(row.entry.seq, "the entry comes out of order");
        doubtful_ = true;
        faulty_ = false;
        return;
    }
    canonical_bytes(row.entry, canonical_);
    if (audit_link(before_.link, canonical_) != row.link)
        fault(row.entry.seq, "the entry was changed, or stands in another's place");
}

void AuditVerifier::follow_keys(const AuditEntry& entry) {
    if (entry.kind == audit_keyed) return begin_keys(entry);
    if (!key_ || entry.step == step_) return;
    if (entry.step != step_ + 1) {
        if (!doubtful_) fault(entry.seq, "steps of the ratchet are missing before the entry");
        key_.reset();
    } else {
        ratchet(key_->view(), before_.link, key_->bytes());
        guessed_ = doubtful_;
        return;
    }
    note("From entry " + std::to_string(entry.seq) +
         " on the MACs could not be checked: what the key is made of is gone.");
}

void AuditVerifier::begin_keys(const AuditEntry& entry) {
    key_.reset();
    guessed_ = false;
    const auto* const start = entry.fingerprint ? find(*entry.fingerprint) : nullptr;
    if (start != nullptr && start->start && entry.step == 0) {
        key_ = start->start;
        return;
    }
    if (!has_start_) return;
    const auto id = entry.fingerprint ? to_hex(*entry.fingerprint) : std::string("none");
    fault(entry.seq, "new keys begin here whose start file was not given: " + id +
                         ". If nobody of yours "
                         "made them, the trail before is not whole");
}

void AuditVerifier::check_mac(const AuditRow& row) {
    if (!key_) {
        if (has_start_ && verdict_.entries == 0 && row.entry.kind != audit_keyed)
            fault(row.entry.seq, "the trail does not begin with its keys");
        return;
    }
    if (same(audit_mac(key_->view(), row.link), row.mac)) {
        guessed_ = false;
        ++verdict_.macs_checked;
        return;
    }
    if (guessed_) {  // made from what was changed or is missing: it says nothing about this entry
        key_.reset();
        note("From entry " + std::to_string(row.entry.seq) +
             " on the MACs could not be checked: what the key is made of was changed or is missing.");
        return;
    }
    if (!faulty_) fault(row.entry.seq, "the MAC is not by the trail's key: the entry was forged");
}

void AuditVerifier::check_heads(const AuditRow& row) {
    for (; next_head_ < heads_.size() && heads_[next_head_].tail.seq <= row.entry.seq; ++next_head_) {
        const auto& head = heads_[next_head_];
        if (head.tail.seq < row.entry.seq) continue;  // told as missing
        ++verdict_.heads_checked;
        if (head.tail.link != row.link)
            fault(row.entry.seq, "it is another entry than the head of " + to_rfc3339(head.at) +
                                     " names: the trail was rewritten");
    }
}

AuditVerdict AuditVerifier::finish() {
    if (next_head_ < heads_.size()) {
        const auto& head = heads_.back();
        fault(before_.seq + 1, range(before_.seq + 1, head.tail.seq) + " at the end: the head of " +
                                   to_rfc3339(head.at) + " names entry " + std::to_string(head.tail.seq));
    }
    verdict_.last = before_;
    return std::move(verdict_);
}

}  // namespace provost
