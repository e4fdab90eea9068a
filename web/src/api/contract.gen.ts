// Made by `npm run contract` from docs/reference/openapi.json: change that, not this.

export interface components {
    schemas: {
        /** @enum {string} */
        Access: "certificate" | "digest" | "basic" | "token";
        AdminListener: {
            address: string;
            /** Format: int64 */
            port: number;
            url: string;
            names: string[];
            /**
             * Format: int64
             * @description Of the web interface; 0: it is not there
             */
            web_files: number;
            counters: {
                [key: string]: number;
            };
        };
        AdminLoginDraft: {
            login?: string;
        };
        AlertTarget: {
            target: string;
            /** Format: int64 */
            sent: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            dropped: number;
            /** Format: int64 */
            waiting: number;
            /** @description Empty: none */
            trouble: string;
        };
        AlertTest: {
            /**
             * Format: int64
             * @description That were told
             */
            targets: number;
        };
        /** @description A MAC address in any spelling */
        AnyMac: string;
        /** @description Of a program */
        ApiToken: {
            /** Format: int64 */
            id: number;
            handle: string;
            name: string;
            role: components["schemas"]["Role"];
            tenant: components["schemas"]["Slug"] | null;
            write: boolean;
            sensitive: boolean;
            creator: string;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            until: string;
            /** Format: date-time */
            used: string | null;
            ended: boolean;
        };
        ApiTokenAdded: {
            /** Format: int64 */
            id: number;
            handle: string;
            name: string;
            role: components["schemas"]["Role"];
            tenant: components["schemas"]["Slug"] | null;
            write: boolean;
            sensitive: boolean;
            creator: string;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            until: string;
            /** Format: date-time */
            used: string | null;
            ended: boolean;
            /** @description Told this once */
            token: string;
        };
        ArmFailure: {
            mac: components["schemas"]["Mac"];
            code: string;
            what: string;
            fix: string;
        };
        /** @description Its progress and cancel are those of the job of that number */
        ArmJob: {
            id: string;
            /** @enum {string} */
            state: "running" | "done" | "cancelled";
            actor: string;
            /** Format: date-time */
            made: string;
            /** Format: date-time */
            ended?: string;
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            failed: number;
            /** @description The first thousand */
            failures: components["schemas"]["ArmFailure"][];
        };
        Arming: {
            /** @description The phone was replaced: pin the key that comes next */
            forget_key?: boolean;
            /** @description Goes into the audit trail */
            reason?: string;
        };
        /** @description Something that needs a person now */
        Attention: {
            kind: string;
            /** @enum {string} */
            urgency: "act" | "look";
            title: string;
            next_step: string;
            /** Format: int64 */
            count: number;
            /** @description A page of the web interface */
            link: string;
        };
        AuditEntry: {
            /** Format: int64 */
            seq: number;
            /** Format: date-time */
            at: string;
            kind: string;
            device?: components["schemas"]["Mac"];
            tenant?: components["schemas"]["Slug"];
            /** Format: int64 */
            generation?: number;
            proof?: string;
            fingerprint?: components["schemas"]["Sha256"];
            source?: string;
            outcome: string;
            actor: string;
            detail: string;
            /**
             * Format: int64
             * @description Of the ratchet that its key comes from
             */
            step: number;
            /**
             * Format: int64
             * @description Milliseconds
             */
            uptime: number;
            /** @description To the entry before */
            link: components["schemas"]["Sha256"];
        };
        /** @description The newest entry, signed */
        AuditHead: {
            /** Format: int64 */
            seq: number;
            /** Format: date-time */
            at: string;
            key: string;
            link: components["schemas"]["Sha256"];
            signature: string;
            /** @description All of it, as the head file has it */
            line: string;
        };
        Backup: {
            path: string;
            /** Format: int64 */
            bytes: number;
        };
        BackupDraft: {
            /** @description Absolute, on the server, where nothing is yet */
            path?: string;
        };
        Ban: {
            /** Format: int64 */
            id: number;
            network: string;
            rule: string;
            evidence: string;
            /**
             * Format: int64
             * @description How often it was banned lately; each time is longer
             */
            level: number;
            /** Format: date-time */
            made: string;
            /**
             * Format: date-time
             * @description Absent: until somebody lifts it
             */
            until?: string;
            /** @description Now */
            holds: boolean;
            actor: string;
        };
        BanInForce: {
            network: string;
            rule: string;
            until: string;
        };
        CallHome: {
            /** @description By SIP NOTIFY: it comes now */
            told: boolean;
            words: string;
            /** Format: date-time */
            expected: string | null;
        };
        CareDraft: {
            /** @description Null takes it away; everybody who sees the device reads it */
            note?: string | null;
            /** @description `off`, `state` (until its next change of state), how long, or until when */
            mute?: string;
            /** @description Of the mute */
            reason?: string;
        };
        CheckDraft: {
            /** @description Withdraw again what should be gone */
            repair?: boolean;
        };
        Code: {
            code?: string;
        };
        ComparedDevice: {
            device: components["schemas"]["Device"];
            /** @description Of the verdict */
            kind: string;
            verdict: string;
            rating: components["schemas"]["Stars"];
            rating_reason: string;
            visits: components["schemas"]["VisitsSeen"];
        };
        ComparedSide: {
            /** @description Secrets are masked */
            value: string;
            /** @description Empty: its file has none of this name */
            layer: string;
            layer_name: string;
        };
        /** @description A parameter that the two files do not have alike */
        ComparedValue: {
            parameter: string;
            /** @description Empty: fixed by the vendor file */
            setting: string;
            /** @description Each phone has its own, set at the device */
            own: boolean;
            one: components["schemas"]["ComparedSide"];
            other: components["schemas"]["ComparedSide"];
        };
        /** @enum {string} */
        Confidence: "high" | "medium" | "low";
        /** @description Facts by confidence */
        ConfidenceCounts: {
            /** Format: int64 */
            high: number;
            /** Format: int64 */
            medium: number;
            /** Format: int64 */
            low: number;
        };
        CountOf: {
            name: string;
            /** Format: int64 */
            count: number;
            /** Format: date-time */
            last: string;
        };
        CountWithTopics: {
            name: string;
            /** Format: int64 */
            count: number;
            /** Format: date-time */
            last: string;
            topics: components["schemas"]["ReviewTopic"][];
        };
        CountedName: {
            name: string;
            /** Format: int64 */
            count: number;
        };
        /** @description Where the next page goes on; opaque */
        Cursor: string;
        /** @description Of secrets; on disk before the first byte left */
        Delivery: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            device: components["schemas"]["Mac"];
            /**
             * Format: int64
             * @description Of the secrets
             */
            generation: number;
            rule: components["schemas"]["VisitRule"];
            proof: components["schemas"]["Access"];
            /** @description Of the certificate's key; else of user name or token */
            key: components["schemas"]["Sha256"];
            /** @description Address */
            source: string;
            /** @enum {string} */
            transfer: "begun" | "complete" | "broken";
            /** Format: date-time */
            ended?: string;
        };
        /** @description A phone, or a trunk to a PBX */
        Device: {
            mac: components["schemas"]["Mac"];
            tenant: components["schemas"]["Slug"];
            /** @description Empty: none */
            site: string;
            /** @description Id of its vendor file */
            vendor: string;
            /** @description Empty: not known yet */
            model: string;
            /** @description As its last User-Agent said */
            firmware: string;
            state: components["schemas"]["DeviceState"];
            /** @description What happens to its passwords after they were delivered */
            secret_mode: components["schemas"]["SecretMode"];
            /**
             * Format: int64
             * @description Rises with every change by a person: the ETag
             */
            version: number;
            /** @description Address of its last visit */
            last_source: string;
            /** @description How it has to prove itself */
            access: components["schemas"]["Access"];
            /** @description If it came now, as it is set to */
            rating: components["schemas"]["Stars"];
            rating_reason: string;
            /**
             * Format: date-time
             * @description It has an address that is good for one delivery, until then
             */
            token_until?: string;
            /** Format: date-time */
            token_spent?: string;
            token_networks?: string;
            /**
             * Format: date-time
             * @description It must come until then
             */
            armed_until?: string;
            /** Format: date-time */
            delivering_since?: string;
            /** Format: date-time */
            grace_until?: string;
            /**
             * Format: date-time
             * @description Last visit that proved to be this device
             */
            last_seen?: string;
            /**
             * Format: date-time
             * @description It took those it has
             */
            credentials_since?: string;
            /**
             * Format: date-time
             * @description It is to change its credentials, and has not yet
             */
            rotation_asked?: string;
            rotation_cause?: components["schemas"]["RotationCause"];
            /** @description The old ones are void already */
            rotation_at_once?: boolean;
            /** @description Of the certificate's key that it first came with */
            pinned_key?: components["schemas"]["Sha256"];
            /** @description Another key that asked for this MAC; waits for a person */
            held_key?: components["schemas"]["Sha256"];
            /** @description Its own layer */
            settings: components["schemas"]["Settings"];
        };
        DeviceAdded: {
            mac: components["schemas"]["Mac"];
            tenant: components["schemas"]["Slug"];
            /** @description Empty: none */
            site: string;
            /** @description Id of its vendor file */
            vendor: string;
            /** @description Empty: not known yet */
            model: string;
            /** @description As its last User-Agent said */
            firmware: string;
            state: components["schemas"]["DeviceState"];
            /** @description What happens to its passwords after they were delivered */
            secret_mode: components["schemas"]["SecretMode"];
            /**
             * Format: int64
             * @description Rises with every change by a person: the ETag
             */
            version: number;
            /** @description Address of its last visit */
            last_source: string;
            /** @description How it has to prove itself */
            access: components["schemas"]["Access"];
            /** @description If it came now, as it is set to */
            rating: components["schemas"]["Stars"];
            rating_reason: string;
            /**
             * Format: date-time
             * @description It has an address that is good for one delivery, until then
             */
            token_until?: string;
            /** Format: date-time */
            token_spent?: string;
            token_networks?: string;
            /**
             * Format: date-time
             * @description It must come until then
             */
            armed_until?: string;
            /** Format: date-time */
            delivering_since?: string;
            /** Format: date-time */
            grace_until?: string;
            /**
             * Format: date-time
             * @description Last visit that proved to be this device
             */
            last_seen?: string;
            /**
             * Format: date-time
             * @description It took those it has
             */
            credentials_since?: string;
            /**
             * Format: date-time
             * @description It is to change its credentials, and has not yet
             */
            rotation_asked?: string;
            rotation_cause?: components["schemas"]["RotationCause"];
            /** @description The old ones are void already */
            rotation_at_once?: boolean;
            /** @description Of the certificate's key that it first came with */
            pinned_key?: components["schemas"]["Sha256"];
            /** @description Another key that asked for this MAC; waits for a person */
            held_key?: components["schemas"]["Sha256"];
            /** @description Its own layer */
            settings: components["schemas"]["Settings"];
            /** @description What whoever adds such a phone should know */
            warnings?: string[];
        };
        /** @description What people left with it beside its configuration */
        DeviceCare: {
            /**
             * Format: int64
             * @description Rises with every change: the ETag
             */
            version: number;
            /** @description Empty: none */
            note: string;
            note_by: string;
            /** Format: date-time */
            note_at: string | null;
            /** @description Its warnings are left out of the overview and of alerts */
            muted: boolean;
            mute_reason: string;
            mute_by: string;
            /** Format: date-time */
            mute_at: string | null;
            /**
             * Format: date-time
             * @description Null: until its next change of state
             */
            mute_until: string | null;
        };
        DeviceComparison: {
            one: components["schemas"]["ComparedDevice"];
            other: components["schemas"]["ComparedDevice"];
            /** @description Nobody named the other: it was served last of its model */
            chosen: boolean;
            /**
             * Format: int64
             * @description Parameters that are alike
             */
            same: number;
            /** @description Those that are each phone's own come last */
            differences: components["schemas"]["ComparedValue"][];
        };
        /** @description Against what the phone last fetched */
        DeviceDiff: {
            mac: components["schemas"]["Mac"];
            state: components["schemas"]["DeviceState"];
            vendor: string;
            fetched: boolean;
            /** Format: date-time */
            since: string | null;
            had_secrets: boolean;
            before_vendor: string;
            /**
             * Format: int64
             * @description Lines that stay
             */
            same: number;
            /**
             * @description To a removed parameter
             * @enum {string}
             */
            absent_means: "kept" | "reset" | "unknown";
            /** Format: date-time */
            last_seen?: string;
            changed: components["schemas"]["DiffLine"][];
            added: components["schemas"]["DiffLine"][];
            removed: components["schemas"]["DiffLine"][];
            /** @description Settings whose secrets the next file will carry */
            secrets: string[];
        };
        DeviceListed: {
            mac: components["schemas"]["Mac"];
            tenant: components["schemas"]["Slug"];
            /** @description Empty: none */
            site: string;
            /** @description Id of its vendor file */
            vendor: string;
            /** @description Empty: not known yet */
            model: string;
            /** @description As its last User-Agent said */
            firmware: string;
            state: components["schemas"]["DeviceState"];
            /** @description What happens to its passwords after they were delivered */
            secret_mode: components["schemas"]["SecretMode"];
            /**
             * Format: int64
             * @description Rises with every change by a person: the ETag
             */
            version: number;
            /** @description Address of its last visit */
            last_source: string;
            /** @description How it has to prove itself */
            access: components["schemas"]["Access"];
            /** @description If it came now, as it is set to */
            rating: components["schemas"]["Stars"];
            rating_reason: string;
            /**
             * Format: date-time
             * @description It has an address that is good for one delivery, until then
             */
            token_until?: string;
            /** Format: date-time */
            token_spent?: string;
            token_networks?: string;
            /**
             * Format: date-time
             * @description It must come until then
             */
            armed_until?: string;
            /** Format: date-time */
            delivering_since?: string;
            /** Format: date-time */
            grace_until?: string;
            /**
             * Format: date-time
             * @description Last visit that proved to be this device
             */
            last_seen?: string;
            /**
             * Format: date-time
             * @description It took those it has
             */
            credentials_since?: string;
            /**
             * Format: date-time
             * @description It is to change its credentials, and has not yet
             */
            rotation_asked?: string;
            rotation_cause?: components["schemas"]["RotationCause"];
            /** @description The old ones are void already */
            rotation_at_once?: boolean;
            /** @description Of the certificate's key that it first came with */
            pinned_key?: components["schemas"]["Sha256"];
            /** @description Another key that asked for this MAC; waits for a person */
            held_key?: components["schemas"]["Sha256"];
            /** @description Its own layer */
            settings: components["schemas"]["Settings"];
            /** @description As it came, or is expected to */
            rated?: components["schemas"]["Stars"];
        };
        DevicePage: {
            /**
             * Format: int64
             * @description That the filter lets through; not with `mac` and `not_rotated`
             */
            total?: number;
            items: components["schemas"]["DeviceListed"][];
            /** @description Of the page after; absent at the end */
            next?: components["schemas"]["Cursor"];
        };
        DeviceRating: {
            stars: components["schemas"]["Stars"];
            /** @description It never came: what is expected of it */
            expected: boolean;
            certain: boolean;
            reason: string;
            /** @description What would raise it; empty: nothing */
            raise: string;
            /** Format: date-time */
            since?: string;
        };
        DeviceShown: {
            mac: components["schemas"]["Mac"];
            tenant: components["schemas"]["Slug"];
            /** @description Empty: none */
            site: string;
            /** @description Id of its vendor file */
            vendor: string;
            /** @description Empty: not known yet */
            model: string;
            /** @description As its last User-Agent said */
            firmware: string;
            state: components["schemas"]["DeviceState"];
            /** @description What happens to its passwords after they were delivered */
            secret_mode: components["schemas"]["SecretMode"];
            /**
             * Format: int64
             * @description Rises with every change by a person: the ETag
             */
            version: number;
            /** @description Address of its last visit */
            last_source: string;
            /** @description How it has to prove itself */
            access: components["schemas"]["Access"];
            rating: components["schemas"]["DeviceRating"];
            rating_reason: string;
            /**
             * Format: date-time
             * @description It has an address that is good for one delivery, until then
             */
            token_until?: string;
            /** Format: date-time */
            token_spent?: string;
            token_networks?: string;
            /**
             * Format: date-time
             * @description It must come until then
             */
            armed_until?: string;
            /** Format: date-time */
            delivering_since?: string;
            /** Format: date-time */
            grace_until?: string;
            /**
             * Format: date-time
             * @description Last visit that proved to be this device
             */
            last_seen?: string;
            /**
             * Format: date-time
             * @description It took those it has
             */
            credentials_since?: string;
            /**
             * Format: date-time
             * @description It is to change its credentials, and has not yet
             */
            rotation_asked?: string;
            rotation_cause?: components["schemas"]["RotationCause"];
            /** @description The old ones are void already */
            rotation_at_once?: boolean;
            /** @description Of the certificate's key that it first came with */
            pinned_key?: components["schemas"]["Sha256"];
            /** @description Another key that asked for this MAC; waits for a person */
            held_key?: components["schemas"]["Sha256"];
            /** @description Its own layer */
            settings: components["schemas"]["Settings"];
        };
        /** @enum {string} */
        DeviceState: "registered" | "armed" | "delivering" | "grace" | "provisioned" | "expired" | "retired";
        DiagnosticDraft: {
            reason?: string;
            /**
             * Format: int64
             * @description 1 to 1440; 30 without it
             */
            minutes?: number;
            reboot?: boolean;
        };
        /** @description A phone's web interface, open to one person for a while */
        DiagnosticWindow: {
            /** @enum {string} */
            state: "none" | "waiting" | "open" | "closing";
            /** @description Where it stands and what to do */
            words: string;
            /** Format: int64 */
            window?: number;
            person?: string;
            reason?: string;
            /** Format: date-time */
            opened?: string;
            /** Format: date-time */
            until?: string;
            /** Format: int64 */
            seconds_left?: number;
            /**
             * Format: date-time
             * @description The phone has it since
             */
            taken?: string | null;
            /** Format: date-time */
            ended?: string | null;
            call_home?: components["schemas"]["CallHome"];
        };
        /** @description Its password is told this once */
        DiagnosticWindowOpened: {
            /** @enum {string} */
            state: "none" | "waiting" | "open" | "closing";
            /** @description Where it stands and what to do */
            words: string;
            /** Format: int64 */
            window?: number;
            person?: string;
            reason?: string;
            /** Format: date-time */
            opened?: string;
            /** Format: date-time */
            until?: string;
            /** Format: int64 */
            seconds_left?: number;
            /**
             * Format: date-time
             * @description The phone has it since
             */
            taken?: string | null;
            /** Format: date-time */
            ended?: string | null;
            call_home?: components["schemas"]["CallHome"];
            user: string | null;
            password: string;
            url: string | null;
        };
        DiffLine: {
            parameter: string;
            before: string;
            after: string;
            setting: string;
            layer: string;
            layer_name: string;
        };
        /** @description A listener for phones */
        Door: {
            name: string;
            address: string;
            /** Format: int64 */
            port: number;
            /** @enum {string} */
            tls: "modern" | "old";
            /** @description Empty: all */
            vendors: string[];
            access: string[];
            counters: {
                [key: string]: number;
            };
        };
        Drift: {
            what: components["schemas"]["DriftKind"];
            user: string;
            realm: string;
            /** @description MAC address, or empty */
            device: string;
            repaired: boolean;
            next_step: string;
        };
        /** @enum {string} */
        DriftKind: "missing" | "different" | "not-gone" | "foreign";
        DriftReport: {
            /**
             * Format: int64
             * @description That the registrar has
             */
            accounts: number;
            /** Format: int64 */
            alike: number;
            /**
             * Format: int64
             * @description Not told yet, so not compared
             */
            waiting: number;
            /**
             * Format: int64
             * @description Differences
             */
            found: number;
            /** Format: int64 */
            repaired: number;
            /** @description The first 1000 */
            drifts: components["schemas"]["Drift"][];
        };
        /** @description A whole number and s, m, h or d: 90s, 15m, 14d */
        Duration: string;
        /** @description The version of a resource in quotes, as the answer's header ETag told it */
        ETag: string;
        EndingCertificate: {
            name: string;
            /** Format: date-time */
            until: string;
        };
        EpochClosed: {
            outcome: string;
            /** Format: int64 */
            epoch: number;
        };
        Error: {
            /** @description Stable; docs/reference/error-codes.md */
            code: string;
            what: string;
            where: string;
            why: string;
            fix: string;
        };
        /** @description A visit, a change, or what the server noticed */
        Event: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            kind: components["schemas"]["EventKind"];
            /** @description Proved, or claimed: see `proved` */
            device?: components["schemas"]["Mac"];
            proved?: boolean;
            tenant?: components["schemas"]["Slug"];
            vendor?: string;
            /** @description Address */
            source?: string;
            /** @description Of a visit VisitRule; else what was found */
            rule?: string;
            /** @description In plain words */
            verdict?: string;
            next_step?: string;
            refused?: boolean;
            detail?: string;
            method?: string;
            /** @description As sent, escaped, at most 512 */
            path?: string;
            user_agent?: string;
            tls?: string;
            proof?: string;
            /** Format: int64 */
            status?: number;
            /** Format: int64 */
            bytes?: number;
            /** Format: int64 */
            micros?: number;
            actor?: string;
        };
        /** @enum {string} */
        EventKind: "visit" | "tripwire" | "device.created" | "device.changed" | "device.removed" | "device.armed" | "trunk.shown" | "device.rotated" | "device.rotation-failed" | "device.registered" | "device.retired" | "device.key-approved" | "device.key-rejected" | "device.token-made" | "device.token-revoked" | "device.noted" | "device.muted" | "device.unmuted" | "device.resync" | "arming.started" | "arming.ended" | "import.started" | "import.ended" | "import.undo-started" | "import.undo-ended" | "diagnostics.opened" | "diagnostics.ended" | "diagnostics.closed" | "resync.started" | "resync.ended" | "resync.cancelled" | "device.expired" | "device.provisioned" | "registrar.away" | "registrar.back" | "registrar.refused" | "webhook.away" | "webhook.back" | "webhook.missed" | "webhook.test" | "api.refused" | "approval.asked" | "approval.given" | "approval.dropped" | "tenant.created" | "tenant.changed" | "tenant.removed" | "site.changed" | "model.changed" | "trust.anchor" | "trust.crl" | "trust.refuse-certificate" | "trust.refuse-key" | "trust.removed" | "exception.added" | "exception.removed" | "exception.ended" | "guard.finding" | "ban.added" | "ban.removed" | "review.done" | "review.due" | "update.advisory" | "expiry.braked" | "epoch.closed" | "secret.lost" | "backup.begun" | "store.events-dropped" | "store.failed" | "store.healed" | "person.created" | "person.changed" | "person.removed" | "person.reset" | "login.done" | "login.new-browser" | "login.ended" | "login.failed" | "login.throttled" | "login.spraying" | "login.unfinished" | "login.factor-failed" | "login.code-replayed" | "login.factor-exhausted" | "login.recovery" | "login.one-time-made" | "login.one-time-used" | "passkey.copied" | "factor.password" | "factor.totp" | "factor.totp-removed" | "factor.passkey" | "factor.passkey-removed" | "factor.recovery-codes" | "session.stepped-up" | "session.ended" | "session.unknown" | "session.guessing" | "token.created" | "token.removed" | "token.refused" | "gate.forged";
        /** @description A rule of the profile that does not hold somewhere */
        Exception: {
            /** Format: int64 */
            id: number;
            rule: string;
            tenant: string;
            site: string;
            vendor: string;
            model: string;
            /** @description MAC address, or empty */
            device: string;
            /** @description Who answers for it */
            owner: string;
            reason: string;
            /** Format: date-time */
            made: string;
            /** Format: date-time */
            until: string | null;
            actor: string;
            /** @description Now */
            holds: boolean;
        };
        /** @description One line of its file, and where its value comes from */
        ExplainedParameter: {
            parameter: string;
            /** @description Secrets are masked */
            value: string;
            /** @description Empty: fixed by the vendor file */
            setting: string;
            layer: string;
            layer_name: string;
            why: string;
            secret: boolean;
            /** @description Of the hardening profile */
            rule: string;
            /** @description Of the vendor file */
            sources: string;
            confidence: string;
            /** @description What other layers say */
            otherwise: components["schemas"]["LayerValue"][];
        };
        Explanation: {
            device: components["schemas"]["Device"];
            known: boolean;
            /** @description Of the verdict */
            kind: string;
            tenant: string;
            /** @description What to tell the customer; empty: nothing */
            customer: string;
            /** @description In plain words */
            verdict: string;
            next_step: string;
            rating: components["schemas"]["Stars"];
            rating_reason: string;
            rating_raise: string;
            overruled: components["schemas"]["OverruledSetting"][];
            exceptions: components["schemas"]["Exception"][];
            parameters: components["schemas"]["ExplainedParameter"][];
            unsent: components["schemas"]["UnsentSetting"][];
            /** @description Its last visits, newest first */
            contacts: components["schemas"]["Event"][];
            diagnostics: components["schemas"]["DiagnosticWindow"];
        };
        /** @description How somebody can prove who they are */
        Factors: {
            password: boolean;
            totp: boolean;
            /** Format: int64 */
            passkeys: number;
            /** Format: int64 */
            recovery_left: number;
        };
        FixedParameter: {
            parameter: string;
            value: string;
            reason: string;
        };
        Fleet: {
            /** Format: date-time */
            at: string;
            scope: string;
            /** Format: int64 */
            devices: number;
            /** Format: int64 */
            retired: number;
            /** Format: int64 */
            never_seen: number;
            /** Format: int64 */
            models: number;
            /** Format: int64 */
            firmwares: number;
            /** Format: int64 */
            silent_sites_total: number;
            by_state: {
                [key: string]: number;
            };
            /** @description The first 100 */
            by_vendor: components["schemas"]["CountedName"][];
            by_model: components["schemas"]["CountedName"][];
            by_firmware: components["schemas"]["CountedName"][];
            by_rating: components["schemas"]["StarCountsOrNone"];
            /** @description The first 200 */
            silent_sites: components["schemas"]["SilentSite"][];
            attention: components["schemas"]["Attention"][];
            /** @description Of the server, for who sees all */
            certificates?: components["schemas"]["EndingCertificate"][];
            bans?: components["schemas"]["BanInForce"][];
            review?: string;
        };
        FleetChange: {
            /** Format: int64 */
            devices: number;
            vendor: string;
            model: string;
            parameter: string;
            /** @enum {string} */
            kind: "changed" | "added" | "removed";
            before: string;
            after: string;
            examples: components["schemas"]["Mac"][];
        };
        FleetHistory: {
            /** @enum {string} */
            step: "hour" | "day";
            times: string[];
            /** @description As long as `times` each */
            series: components["schemas"]["FleetSeries"];
        };
        /** @description Phones that would get no file */
        FleetRefusal: {
            /** Format: int64 */
            devices: number;
            vendor: string;
            model: string;
            code: string;
            why: string;
            /** @description Refused without the change too */
            already: boolean;
            examples: components["schemas"]["Mac"][];
        };
        FleetSeries: {
            visits: number[];
            delivered: number[];
            refusals_by_rule: {
                [key: string]: number[];
            };
            /** @description null: not known */
            states: {
                [key: string]: (number | null)[];
            };
        };
        FoundDevice: {
            mac: components["schemas"]["Mac"];
            tenant: string;
            site: string;
            vendor: string;
            model: string;
            state: components["schemas"]["DeviceState"];
            label: string;
            /** @description Where it fits */
            found: string;
        };
        FoundTenant: {
            slug: components["schemas"]["Slug"];
            name: string;
        };
        HardeningCover: {
            rule: string;
            requirement: string;
            says: string;
            setting: string;
            /** @enum {string} */
            coverage: "enforced" | "partly" | "cannot" | "open";
            why: string;
            parameters: components["schemas"]["VendorParameter"][];
        };
        HardeningRule: {
            rule: string;
            requirement: string;
            severity: components["schemas"]["Severity"];
            says: string;
            setting: string;
            /** @description One of them */
            values: string[];
        };
        /** @description Nothing is done yet: a second person has to agree */
        Held: {
            approval: components["schemas"]["PendingCall"];
        };
        Import: {
            id: string;
            state: components["schemas"]["ImportState"];
            /** Format: int64 */
            rows_done: number;
            /** Format: int64 */
            rows_total: number;
            /** @description Why it was written; empty: nobody said */
            reason: string;
            /** @description What it was checked with, until the server ends */
            options?: components["schemas"]["ImportOptions"];
            /** @description Once it is checked, until the server ends */
            report?: components["schemas"]["ImportReport"];
            /** @description Where it failed */
            error?: components["schemas"]["Error"];
            /** @description Once it was written, for a day */
            undo?: components["schemas"]["ImportUndo"];
        };
        ImportArrivals: {
            /**
             * Format: int64
             * @description Phones that the import wrote and that are there still
             */
            total: number;
            /**
             * Format: int64
             * @description Of those, as far as they were looked at
             */
            came: number;
            /** @description Of the others; the first 200 */
            silent_sites: components["schemas"]["SilentSite"][];
        };
        /** @description What a row would do to a device that is there */
        ImportChange: {
            /** Format: int64 */
            row: number;
            mac: components["schemas"]["Mac"];
            fields: components["schemas"]["ImportedField"][];
        };
        ImportColumn: {
            header: string;
            /** @description Empty: it is not read */
            meaning: string;
            /**
             * @description Its own name, another portal's, as somebody said; open: nobody knows
             * @enum {string}
             */
            origin: "name" | "header" | "choice" | "open";
            required: boolean;
            /** @description In words */
            limits: string;
            /** @description What an empty cell comes to; empty: nothing */
            fallback: string;
            /** @description The first cell that says something; never of a column of passwords */
            example: string;
            /** @description What is wrong with an open one */
            error?: components["schemas"]["Error"];
        };
        ImportOptions: {
            /** @description Of rows that name none */
            tenant: string;
            /** @description New devices are armed at once */
            arm: boolean;
            /** @description As they were said to be */
            columns: {
                [key: string]: string;
            };
        };
        ImportOrder: {
            /** @description For the audit trail */
            reason?: string;
        };
        ImportProblem: {
            /** @description Stable; docs/reference/error-codes.md */
            code: string;
            what: string;
            where: string;
            why: string;
            fix: string;
            /**
             * Format: int64
             * @description 1: the header
             */
            row: number;
            column: string;
            /** @description What stands there */
            value: string;
            /** @description What may have been meant */
            suggestions: string[];
        };
        ImportReport: {
            /** @description In words */
            facts: string;
            encoding: string;
            separator: string;
            /** Format: int64 */
            bytes: number;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            empty_rows: number;
            /**
             * Format: int64
             * @description Devices of the file's tenants that it does not name: they stay
             */
            not_in_file: number;
            columns: components["schemas"]["ImportColumn"][];
            /** @description What is to be said of columns; nothing is written before */
            open: components["schemas"]["Error"][];
            /** @description The first ones */
            changes: components["schemas"]["ImportChange"][];
            /** @description The first ones */
            samples: components["schemas"]["ImportSample"][];
            /** @description The first 1000 */
            row_warnings: components["schemas"]["RowWarning"][];
            /**
             * Format: int64
             * @description Rows with a warning, of those that are taken
             */
            warned: number;
            /** Format: int64 */
            to_add: number;
            /** Format: int64 */
            to_change: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            applied: number;
            warnings: components["schemas"]["ImportWarning"][];
            notes: string[];
            /** @description The first 1000 */
            problems: components["schemas"]["ImportProblem"][];
            /** Format: int64 */
            problems_total: number;
        };
        ImportRow: {
            /** Format: int64 */
            row: number;
            /** @enum {string} */
            fate: "new" | "change" | "unchanged";
            mac: components["schemas"]["Mac"];
            tenant: string;
            vendor: string;
            model: string;
            site: string;
            /** @description SIP user of line 1 */
            user: string;
            /** @description That the warning is about */
            column: string;
            /** @description Empty: there is none */
            warning: string;
        };
        ImportRows: {
            items: components["schemas"]["ImportRow"][];
            /**
             * Format: int64
             * @description As `after` of the next part; null: there is none
             */
            next: number | null;
        };
        /** @description The file that the phone of a row would get, secrets masked */
        ImportSample: {
            /** Format: int64 */
            row: number;
            mac: components["schemas"]["Mac"];
            model: string;
            syntax: string;
            text: string;
        };
        /** @enum {string} */
        ImportState: "checking" | "checked" | "applying" | "done" | "failed" | "cancelled" | "interrupted";
        ImportUndo: {
            state: components["schemas"]["UndoState"];
            /**
             * Format: date-time
             * @description Until when it can be asked for
             */
            until: string | null;
            /** Format: int64 */
            seconds_left: number | null;
            /**
             * Format: int64
             * @description Devices that the import added
             */
            added: number;
            /** Format: int64 */
            changed: number;
            /**
             * Format: int64
             * @description By the undo, so far
             */
            removed: number;
            /** Format: int64 */
            restored: number;
            /**
             * Format: int64
             * @description Of those restored: their secrets did not come back
             */
            to_arm: number;
            /** Format: int64 */
            left: number;
            /** @description Empty: nobody asked for it */
            actor: string;
            reason: string;
            /** Format: date-time */
            began: string | null;
            /** Format: date-time */
            ended: string | null;
            /** @description Why it failed */
            trouble: string;
        };
        ImportWarning: {
            vendor: string;
            /** Format: int64 */
            devices: number;
            text: string;
        };
        ImportedField: {
            name: string;
            before: string;
            after: string;
        };
        Job: {
            id: string;
            /** @enum {string} */
            kind: "import" | "undo" | "resync" | "arm";
            state: string;
            title: string;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            total: number;
            /** @description A second */
            rate: number;
            actor: string;
            /** Format: date-time */
            made: string;
            link: string;
            message: string;
            /** Format: int64 */
            left_seconds: number | null;
            /** Format: date-time */
            ended: string | null;
            can_cancel: boolean;
        };
        /** @enum {string} */
        Known: "yes" | "no" | "unknown";
        LayerSettings: {
            /** @description Changes of it; an empty value takes a setting away */
            settings?: {
                [key: string]: string;
            };
        };
        LayerValue: {
            layer: string;
            layer_name: string;
            value: string;
        };
        LintedRule: {
            rule: string;
            requirement: string;
            severity: components["schemas"]["Severity"];
            says: string;
            /** @description kept, broken, lifted, cannot, or `not here` */
            state: string;
            detail: string;
        };
        /** @description Good once */
        LoginLink: {
            login: string;
            login_url_path: string;
            /** Format: date-time */
            until: string;
        };
        /** @description A MAC address, in lower case and without marks */
        Mac: string;
        /** @description Those named, or with `all` those that the query takes */
        ManyToArm: {
            /** @description 20,000 at most */
            devices?: components["schemas"]["AnyMac"][];
            /** @description Also where the query is empty */
            all?: boolean;
            /** @description The phones were replaced: pin the keys that come next */
            forget_key?: boolean;
            /** @description For the second person, where one has to agree */
            reason?: string;
        };
        ModelPut: {
            tenant: components["schemas"]["Slug"];
            vendor: string;
            model: string;
        };
        NewApiToken: {
            name?: string;
            /** @description As Role */
            role?: string;
            /** @description null: of no tenant */
            tenant?: components["schemas"]["Slug"] | null;
            /** @description 90d */
            lasts?: string;
            write?: boolean;
            sensitive?: boolean;
        };
        NewBan: {
            /** @description 192.0.2.0/24; IPv4 /8 or IPv6 /16 at most */
            network?: string;
            /** @description How long; empty: until somebody lifts it */
            for?: string;
            reason?: string;
        };
        NewDevice: {
            mac?: components["schemas"]["AnyMac"];
            tenant?: components["schemas"]["Slug"];
            /** @description Told from the MAC's prefix where it is left out */
            vendor?: string;
            model?: string;
            site?: string;
            /** @description As SecretMode; empty: as the vendor's phones do best */
            secret_mode?: string;
            /** @description As Access */
            access?: string;
            /** @description An empty value takes the setting away */
            settings?: {
                [key: string]: string;
            };
        };
        NewException: {
            rule?: string;
            tenant?: string;
            site?: string;
            vendor?: string;
            model?: string;
            device?: string;
            owner?: string;
            reason?: string;
            /** @description A date, or a length of time */
            until?: string;
        };
        NewPassword: {
            password?: string;
        };
        NewPerson: {
            login?: string;
            name?: string;
            /** @description As Role */
            role?: string;
            /** @description null: of no tenant */
            tenant?: components["schemas"]["Slug"] | null;
            /** @description As PersonState */
            state?: string;
        };
        NewReviewMark: {
            /** Format: int64 */
            up_to?: number;
            note?: string;
        };
        NewTenant: {
            slug?: components["schemas"]["Slug"];
            name?: string;
            parent?: components["schemas"]["Slug"];
            /** @description An empty value takes the setting away */
            settings?: {
                [key: string]: string;
            };
            /** @description As TenantPolicy, each value a text; an empty one inherits again */
            policy?: {
                [key: string]: string;
            };
        };
        NewToken: {
            /** @description Where it may be used from, with commas between; empty: anywhere */
            networks?: string;
            /** @description 1m to 30d */
            window?: components["schemas"]["Duration"];
        };
        NewTrunk: {
            tenant?: components["schemas"]["Slug"];
            /** @description A vendor of the kind PBX */
            pbx?: string;
            model?: string;
            site?: string;
            user?: string;
            /** @description How the PBX proves itself: register */
            authentication?: string;
            settings?: {
                [key: string]: string;
            };
        };
        NotedRegistration: {
            grace_ended: boolean;
        };
        OneTimeLogin: {
            token?: string;
        };
        /** @description What a registrar is to be told, or was */
        OutboxEntry: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            device: components["schemas"]["Mac"];
            /** Format: int64 */
            generation: number;
            line: string;
            user: string;
            realm: string;
            withdraw: boolean;
            /** @description Empty once it was told */
            ha1_md5: string;
            ha1_sha256: string;
            /** @enum {string} */
            state: "held" | "waiting" | "sent" | "void";
            /** @description Of ha1_md5, once that is forgotten */
            fingerprint?: components["schemas"]["Sha256"];
            /** Format: date-time */
            sent?: string;
        };
        /** @description It is done */
        Outcome: {
            outcome: string;
        };
        /** @description A rule of the hardening profile holds instead */
        OverruledSetting: {
            setting: string;
            value: string;
            layer: string;
            layer_name: string;
            rule: string;
        };
        OwnSession: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            used: string;
            /** Format: date-time */
            expires: string;
            how: string;
            source: string;
            agent: string;
            whole: boolean;
            current: boolean;
        };
        Passkey: {
            /** Format: int64 */
            id: number;
            name: string;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            used: string | null;
        };
        /** @description As the browser's credential has it, base64url */
        PasskeyAnswer: {
            id?: string;
            clientDataJSON?: string;
            authenticatorData?: string;
            signature?: string;
            userHandle?: string | null;
        };
        PasskeyMade: {
            name?: string;
            id?: string;
            clientDataJSON?: string;
            attestationObject?: string;
        };
        /** @description For navigator.credentials, with bytes as base64url */
        PasskeyQuestion: {
            publicKey: unknown;
        };
        PasswordCover: {
            rule: string;
            requirement: string;
            says: string;
            parameters: components["schemas"]["VendorParameter"][];
        };
        PasswordLogin: {
            login?: string;
            password?: string;
        };
        /** @description It waits for a second person */
        PendingCall: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            asked: string;
            by: string;
            action: string;
            /** @description What it does, in words */
            says: string;
            /** @description Of whoever asked; empty: none was given */
            reason: string;
            method: string;
            path: string;
            query: {
                [key: string]: string;
            };
            /** @description Empty: it is about the whole server */
            tenant: string;
            /**
             * Format: int64
             * @description How many it reaches
             */
            devices: number;
            /** @description Its begin; the whole of it where one is shown */
            body: string;
            /** Format: int64 */
            body_bytes: number;
            /** @description Empty: there is no body */
            body_sha256: string;
            certificates: components["schemas"]["PendingCertificate"][];
            /** @description That would be taken away */
            row?: components["schemas"]["TrustRow"];
        };
        /** @description That would be trusted, or no longer */
        PendingCertificate: {
            subject: string;
            issuer: string;
            fingerprint: components["schemas"]["Sha256"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            vendor: string;
            anchor: string;
            /** @description imported, removed, `already there`, `not pinned` */
            outcome: string;
        };
        Person: {
            /** Format: int64 */
            id: number;
            login: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @description null: of no tenant, sees all */
            tenant: components["schemas"]["Slug"] | null;
            state: components["schemas"]["PersonState"];
            /** Format: date-time */
            created: string;
            /**
             * Format: int64
             * @description Rises with every change: the ETag
             */
            version: number;
            factors: components["schemas"]["Factors"];
        };
        /** @description The login is told this once */
        PersonAdded: {
            /** Format: int64 */
            id: number;
            login: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @description null: of no tenant, sees all */
            tenant: components["schemas"]["Slug"] | null;
            state: components["schemas"]["PersonState"];
            /** Format: date-time */
            created: string;
            /**
             * Format: int64
             * @description Rises with every change: the ETag
             */
            version: number;
            factors: components["schemas"]["Factors"];
            login_url_path: string;
            /** Format: date-time */
            until: string;
        };
        PersonCore: {
            /** Format: int64 */
            id: number;
            login: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @description null: of no tenant, sees all */
            tenant: components["schemas"]["Slug"] | null;
            state: components["schemas"]["PersonState"];
            /** Format: date-time */
            created: string;
            /**
             * Format: int64
             * @description Rises with every change: the ETag
             */
            version: number;
        };
        PersonSession: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            used: string;
            /** Format: date-time */
            expires: string;
            how: string;
            source: string;
            agent: string;
            whole: boolean;
        };
        /** @enum {string} */
        PersonState: "active" | "disabled";
        Preview: {
            content_type: string;
            syntax: string;
            /** @description The file with its secrets masked */
            text: string;
            /** @description What the hardening profile says against it */
            findings: string[];
        };
        /** @description RFC 9457 */
        Problem: {
            /** @description Stable; docs/reference/error-codes.md */
            code: string;
            what: string;
            where: string;
            why: string;
            fix: string;
            /** @description The code as an address, which leads nowhere */
            type: string;
            /** @description `what` */
            title: string;
            /**
             * Format: int64
             * @description The answer's
             */
            status: number;
            /** @description All of it on one line */
            detail: string;
        };
        ProfileDiff: {
            /** Format: int64 */
            looked_at: number;
            /** Format: int64 */
            changed: number;
            /**
             * Format: int64
             * @description Refused as things stand, and no more then
             */
            released: number;
            changes: components["schemas"]["FleetChange"][];
            refusals: components["schemas"]["FleetRefusal"][];
            /** @description Of the devices that are left */
            next?: components["schemas"]["Cursor"];
        };
        ProposedChange: {
            /** @description For whom the settings would be; empty: see hardening and vendors */
            tenant?: string;
            site?: string;
            vendor?: string;
            model?: string;
            settings?: {
                [key: string]: string;
            };
            /** @description Another hardening profile, as YAML */
            hardening?: string;
            /** @description Other vendor files, as YAML, by id */
            vendors?: {
                [key: string]: string;
            };
        };
        /** @description Where a fact comes from */
        Provenance: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
        };
        RatingLine: {
            stars: components["schemas"]["Stars"];
            expected: boolean;
            certain: boolean;
            /** Format: int64 */
            devices: number;
            vendor: string;
            reason: string;
            raise: string;
        };
        /** @description How devices are rated */
        RatingSummary: {
            /** Format: int64 */
            devices: number;
            /**
             * Format: int64
             * @description null: there are none
             */
            lowest: number | null;
            /** @description What they proved when they came */
            proved: components["schemas"]["StarCounts"];
            /** @description What is expected of those that never came */
            expected: components["schemas"]["StarCounts"];
        };
        Ratings: {
            /** Format: int64 */
            devices: number;
            /**
             * Format: int64
             * @description null: there are none
             */
            lowest: number | null;
            /** @description What they proved when they came */
            proved: components["schemas"]["StarCounts"];
            /** @description What is expected of those that never came */
            expected: components["schemas"]["StarCounts"];
            tenant: string;
            site: string;
            /** @description The first 200 */
            lines: components["schemas"]["RatingLine"][];
            /** Format: int64 */
            lines_total: number;
        };
        /** @description Told this once; earlier ones are void */
        RecoveryCodes: {
            codes: string[];
        };
        RecoveryLogin: {
            login?: string;
            /** @description Where the person has one */
            password?: string;
            code?: string;
        };
        Refusal: {
            /** @description certificate or key */
            kind?: string;
            /** @description SHA-256 */
            fingerprint?: string;
            reason?: string;
        };
        RefusedAccount: {
            /** Format: int64 */
            id: number;
            device: components["schemas"]["Mac"];
            user: string;
            realm: string;
            /** Format: int64 */
            tries: number;
            /** Format: date-time */
            next: string;
            trouble: string;
        };
        Registrar: {
            name: string;
            kind: string;
            /** @description well, away, or `not asked yet` */
            state: string;
            /**
             * Format: int64
             * @description Entries of the outbox
             */
            waiting: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            told: number;
            /** Format: int64 */
            failures: number;
            /** Format: int64 */
            confirmed: number;
            /** @description Empty: none */
            trouble: string;
            /** Format: date-time */
            away_since?: string;
            /** Format: date-time */
            answered?: string;
            /**
             * Format: date-time
             * @description Of what waits
             */
            oldest?: string;
            lists_accounts: boolean;
            tells_registrations: boolean;
        };
        RegistrarShown: {
            name: string;
            kind: string;
            /** @description well, away, or `not asked yet` */
            state: string;
            /**
             * Format: int64
             * @description Entries of the outbox
             */
            waiting: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            told: number;
            /** Format: int64 */
            failures: number;
            /** Format: int64 */
            confirmed: number;
            /** @description Empty: none */
            trouble: string;
            /** Format: date-time */
            away_since?: string;
            /** Format: date-time */
            answered?: string;
            /**
             * Format: date-time
             * @description Of what waits
             */
            oldest?: string;
            lists_accounts: boolean;
            tells_registrations: boolean;
            /** @description The first 100 */
            refused_accounts: components["schemas"]["RefusedAccount"][];
        };
        /** @description It is gone */
        Removed: {
            removed: string;
        };
        /** @description It is gone */
        RemovedNumber: {
            /** Format: int64 */
            removed: number;
        };
        Replay: {
            /**
             * Format: int64
             * @description That are told now
             */
            entries: number;
        };
        ReplayDraft: {
            /** @description Of this one alone: user@realm */
            account?: string;
        };
        Requirement: {
            /** Format: int64 */
            number: number;
            name: string;
            requirement: string;
            answer: components["schemas"]["VendorAnswer"];
            sources?: string[];
            confidence?: components["schemas"]["Confidence"];
            note?: string;
        };
        /** @description A staged one, of one phone or many */
        Resync: {
            /** Format: int64 */
            id: number;
            state: components["schemas"]["ResyncState"];
            tenant: string;
            /** @description In words */
            scope: string;
            /** Format: int64 */
            phones: number;
            /** Format: int64 */
            told: number;
            /**
             * Format: int64
             * @description Of those told
             */
            took_it: number;
            /** Format: int64 */
            did_not: number;
            reboot: boolean;
            /** Format: int64 */
            spacing_ms: number;
            /** Format: int64 */
            jitter_ms: number;
            /** @description Empty: any time */
            window: string;
            /** Format: date-time */
            made: string;
            /** Format: date-time */
            ended?: string;
            actor: string;
        };
        ResyncDraft: {
            /** @description With a restart */
            reboot?: boolean;
            /** @description The phone's own answer is the answer */
            wait?: boolean;
        };
        /** @enum {string} */
        ResyncOutcome: "told" | "unsupported" | "not registered" | "no answer" | "unreachable" | "challenged" | "refused" | "cannot";
        /** @description What one phone said */
        ResyncReport: {
            mac: components["schemas"]["Mac"];
            outcome: components["schemas"]["ResyncOutcome"];
            /**
             * Format: int64
             * @description Of SIP; 0: no answer
             */
            status: number;
            event: string;
            target: string;
            /** @description What happened, and what to do */
            words: string;
        };
        /** @enum {string} */
        ResyncState: "running" | "done" | "cancelled";
        /** @description What was suspicious since the last one */
        Review: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: int64 */
            after: number;
            /**
             * Format: int64
             * @description Mark it as reviewed up to here
             */
            up_to: number;
            due: boolean;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            refused: number;
            /** Format: int64 */
            missed: number;
            /** Format: int64 */
            deliveries: number;
            /** Format: int64 */
            deliveries_broken: number;
            last?: components["schemas"]["ReviewMark"];
            findings: components["schemas"]["ReviewFinding"][];
            by_network: components["schemas"]["CountWithTopics"][];
            by_vendor: components["schemas"]["CountWithTopics"][];
            by_tenant: components["schemas"]["CountWithTopics"][];
            /** Format: int64 */
            bans_in_force: number;
            bans: components["schemas"]["Ban"][];
        };
        ReviewExample: {
            /** Format: int64 */
            event: number;
            /** Format: date-time */
            at: string;
            text: string;
        };
        ReviewFinding: {
            topic: components["schemas"]["ReviewTopic"];
            weight: components["schemas"]["ReviewWeight"];
            says: string;
            next_step: string;
            /** Format: int64 */
            count: number;
            /** Format: date-time */
            first: string;
            /** Format: date-time */
            last: string;
            /** Format: int64 */
            networks: number;
            sources: components["schemas"]["CountOf"][];
            more_sources: boolean;
            devices: components["schemas"]["CountOf"][];
            more_devices: boolean;
            tenants: components["schemas"]["CountOf"][];
            vendors: components["schemas"]["CountOf"][];
            reasons: components["schemas"]["CountOf"][];
            evidence: string[];
            examples: components["schemas"]["ReviewExample"][];
        };
        ReviewMark: {
            /**
             * Format: int64
             * @description Id of an event
             */
            up_to: number;
            /** Format: date-time */
            at: string;
            by: string;
        };
        /** @enum {string} */
        ReviewTopic: "clone" | "pin-mismatch" | "forged-certificates" | "other-phones-file" | "withdrawn" | "guessing" | "used-tokens" | "sweep" | "slow-scan" | "generic-certificates" | "trail" | "trouble" | "unknown-issuers" | "trust-changes" | "relaxations" | "unregistered-phones" | "refused-phones" | "late-phones" | "probing" | "strangers" | "tripwire" | "bans";
        /** @enum {string} */
        ReviewWeight: "act" | "look" | "note";
        /** @enum {string} */
        Role: "platform" | "reseller" | "tenant-admin" | "support" | "auditor";
        /** @enum {string} */
        RotationCause: "asked" | "tenant" | "schedule" | "suspicion";
        RotationDraft: {
            /** @description The old credentials are void now */
            at_once?: boolean;
            /** @description They may be known to others */
            suspected?: boolean;
            /** @description Goes into the audit trail */
            reason?: string;
        };
        RowWarning: {
            /** Format: int64 */
            row: number;
            column: string;
            text: string;
        };
        Scorecard: {
            /** @enum {string} */
            grade: "meets" | "partly" | "unproven" | "fails";
            summary: string;
            requirements: components["schemas"]["Requirement"][];
            warnings: string[];
            /**
             * Format: int64
             * @description Documents named
             */
            sources: number;
            blocks: components["schemas"]["ConfidenceCounts"];
        };
        Search: {
            /** @description The first 20 */
            items: components["schemas"]["FoundDevice"][];
            tenants: components["schemas"]["FoundTenant"][];
            more: boolean;
        };
        /** @enum {string} */
        SecretMode: "purge" | "rotate" | "retain";
        SeenRegistration: {
            user?: string;
            realm?: string;
        };
        Server: {
            version: string;
            /** Format: date-time */
            started: string;
            /** @description Of the main door */
            address: string;
            /** Format: int64 */
            port: number;
            /** Format: int64 */
            tenants: number;
            /** Format: int64 */
            devices: number;
            /** Format: int64 */
            secrets: number;
            /** Format: int64 */
            outbox_waiting: number;
            /** Format: int64 */
            events: number;
            key_holder: string;
            sandbox: string;
            /**
             * Format: int64
             * @description Of the keys
             */
            epoch: number;
            /** Format: date-time */
            epoch_started: string;
            /** @description Too many devices would expire at once: somebody must look */
            expiry_braked: boolean;
            review_due: boolean;
            /** Format: date-time */
            reviewed?: string;
            reviewed_by?: string;
            /** Format: int64 */
            reviewed_up_to?: number;
            devices_by_state: {
                [key: string]: number;
            };
            counters: {
                [key: string]: number;
            };
            /** @description The main one first */
            doors: components["schemas"]["Door"][];
            admin?: components["schemas"]["AdminListener"];
        };
        Session: {
            /** @description To be sent as X-Provost-CSRF with every change */
            csrf: string;
            /** Format: date-time */
            stepped_up_until: string | null;
            /** @description It has to set up factors first */
            must_enrol: boolean;
            /** Format: date-time */
            expires: string;
            /**
             * Format: int64
             * @description Seconds until it ends where nobody does anything more
             */
            expires_in: number;
            /**
             * Format: int64
             * @description Seconds until it ends whatever is done
             */
            longest_in: number;
            person: components["schemas"]["PersonCore"];
            factors: components["schemas"]["Factors"];
        };
        /** @description Value by name: line.1.user, time.zone, raw.VENDOR.PARAMETER */
        Settings: {
            [key: string]: string;
        };
        /** @enum {string} */
        Severity: "low" | "medium" | "high";
        Sha256: string;
        /** @description Members of Session are there once the second factor is proved */
        SignedIn: {
            /** @enum {string} */
            next: "totp" | "enrol" | "done";
            csrf?: string;
            /** Format: date-time */
            stepped_up_until?: string | null;
            must_enrol?: boolean;
            /** Format: date-time */
            expires?: string;
            /** Format: int64 */
            expires_in?: number;
            /** Format: int64 */
            longest_in?: number;
            person?: components["schemas"]["PersonCore"];
            factors?: components["schemas"]["Factors"];
        };
        SignedOut: {
            signed_out: boolean;
        };
        SilentSite: {
            tenant: string;
            site: string;
            /** Format: int64 */
            overdue: number;
            /** Format: int64 */
            waiting: number;
            /** Format: int64 */
            seen: number;
            guess: string;
        };
        /** @description One hole in a site's firewall */
        SiteNeed: {
            /** @enum {string} */
            purpose: "provisioning" | "ca" | "sip" | "media" | "time";
            /** @enum {string} */
            protocol: "tcp" | "udp";
            host: string;
            /** Format: int64 */
            port_from: number;
            /** Format: int64 */
            port_to: number;
            /**
             * Format: int64
             * @description That need it
             */
            devices: number;
        };
        SitePut: {
            tenant: components["schemas"]["Slug"];
            site: string;
        };
        /** @description A tenant's short name: a-z, 0-9 and - */
        Slug: string;
        /** @description Devices by stars */
        StarCounts: {
            /** Format: int64 */
            1: number;
            /** Format: int64 */
            2: number;
            /** Format: int64 */
            3: number;
            /** Format: int64 */
            4: number;
            /** Format: int64 */
            5: number;
        };
        StarCountsOrNone: {
            /** Format: int64 */
            1: number;
            /** Format: int64 */
            2: number;
            /** Format: int64 */
            3: number;
            /** Format: int64 */
            4: number;
            /** Format: int64 */
            5: number;
            /**
             * Format: int64
             * @description That can't be rated
             */
            none: number;
        };
        /**
         * Format: int64
         * @description 0: it can't be rated
         */
        Stars: number;
        StepUp: {
            code?: string;
            passkey?: components["schemas"]["PasskeyAnswer"];
        };
        /** @description A customer, or a part of one */
        Tenant: {
            slug: components["schemas"]["Slug"];
            name: string;
            /** @description It inherits settings and policy from there */
            parent?: components["schemas"]["Slug"];
            /**
             * Format: int64
             * @description Rises with every change: the ETag
             */
            version: number;
            /** @description Not for every role */
            policy?: components["schemas"]["TenantPolicy"];
            /** @description Its own layer; what it inherits is not in it */
            settings: components["schemas"]["Settings"];
        };
        /** @description What holds here, with what is inherited */
        TenantPolicy: {
            /**
             * Format: int64
             * @description Phones that prove themselves less get no secrets
             */
            minimum_rating: number;
            /** @description An armed phone must come within it */
            window: components["schemas"]["Duration"];
            /** @description After a complete delivery the phone may fetch it again */
            grace: components["schemas"]["Duration"];
            /** @description A broken transfer may be repeated within it */
            repeat_window: components["schemas"]["Duration"];
            /**
             * Format: int64
             * @description So many times
             */
            repeat_limit: number;
            /** @description Credentials change so often; or `never` */
            rotate_every: string;
            /** @description Ways in besides certificates, with commas between; or `none` */
            fallback: string;
            /** @description Where those may come from; empty: nowhere */
            fallback_networks: string;
        };
        TenantResyncDraft: {
            /** @description Of this site alone */
            site?: string;
            vendor?: string;
            model?: string;
            /** @description 10/s; as configured where it is left out */
            rate?: string;
            jitter?: string;
            /** @description 01:00-05:00, in the site's time */
            window?: string;
            reboot?: boolean;
        };
        TenantRotation: {
            /**
             * Format: int64
             * @description Devices that change their credentials when they come
             */
            asked: number;
            /** Format: int64 */
            failed: number;
            /** @description The first of what failed */
            trouble?: string;
        };
        TenantShown: {
            slug: components["schemas"]["Slug"];
            name: string;
            /** @description It inherits settings and policy from there */
            parent?: components["schemas"]["Slug"];
            /**
             * Format: int64
             * @description Rises with every change: the ETag
             */
            version: number;
            /** @description Not for every role */
            policy?: components["schemas"]["TenantPolicy"];
            /** @description Its own layer; what it inherits is not in it */
            settings: components["schemas"]["Settings"];
            /** @description With all tenants below */
            rating: components["schemas"]["RatingSummary"];
        };
        /** @description Told this once */
        Token: {
            /** @description The path */
            address: string;
            /** @description All of it, for the phone */
            url: string;
            /** Format: date-time */
            until: string;
            networks?: string;
        };
        /** @description Told this once */
        TotpSecret: {
            secret: string;
            uri: string;
        };
        /** @description What became of one certificate of the file */
        TrustDecision: {
            subject: string;
            fingerprint: components["schemas"]["Sha256"];
            vendor: string;
            anchor: string;
            /** @description imported, `already there`, `not pinned` */
            outcome: string;
        };
        TrustRow: {
            /** Format: int64 */
            id: number;
            /** @enum {string} */
            kind: "anchor" | "crl" | "refuse-certificate" | "refuse-key";
            vendor: string;
            anchor: string;
            profile: string;
            fingerprint: string;
            reason: string;
            /** Format: date-time */
            at: string;
            actor: string;
        };
        UndoDraft: {
            /** @description For the audit trail; needed */
            reason?: string;
        };
        /** @enum {string} */
        UndoReason: "removed" | "out-of-sight" | "changed" | "delivered" | "attached" | "state" | "secrets-gone" | "failed";
        /** @description Where it can be asked for: what it would do */
        UndoReport: {
            state: components["schemas"]["UndoState"];
            /**
             * Format: date-time
             * @description Until when it can be asked for
             */
            until: string | null;
            /** Format: int64 */
            seconds_left: number | null;
            /**
             * Format: int64
             * @description Devices that the import added
             */
            added: number;
            /** Format: int64 */
            changed: number;
            /**
             * Format: int64
             * @description By the undo, so far
             */
            removed: number;
            /** Format: int64 */
            restored: number;
            /**
             * Format: int64
             * @description Of those restored: their secrets did not come back
             */
            to_arm: number;
            /** Format: int64 */
            left: number;
            /** @description Empty: nobody asked for it */
            actor: string;
            reason: string;
            /** Format: date-time */
            began: string | null;
            /** Format: date-time */
            ended: string | null;
            /** @description Why it failed */
            trouble: string;
            /** @description The first 1000 */
            rows: components["schemas"]["UndoneRow"][];
        };
        /** @enum {string} */
        UndoState: "open" | "late" | "running" | "done" | "cancelled" | "failed";
        /** @description One that is left, or to be armed */
        UndoneRow: {
            /** Format: int64 */
            row: number;
            mac: components["schemas"]["Mac"];
            /** @enum {string} */
            outcome: "removed" | "restored" | "left";
            reason: components["schemas"]["UndoReason"];
            text: string;
        };
        UnknownDevice: {
            mac: components["schemas"]["Mac"];
            vendor: string;
        };
        /** @description Of a phone in no tenant */
        UnknownExplanation: {
            device: components["schemas"]["UnknownDevice"];
            known: boolean;
            kind: string;
            tenant: string;
            customer: string;
            verdict: string;
            next_step: string;
            rating: components["schemas"]["Stars"];
            rating_reason: string;
            rating_raise: string;
            overruled: components["schemas"]["OverruledSetting"][];
            exceptions: components["schemas"]["Exception"][];
            parameters: components["schemas"]["ExplainedParameter"][];
            unsent: components["schemas"]["UnsentSetting"][];
            contacts: components["schemas"]["Event"][];
        };
        /** @description It is set, and the phone can't be told */
        UnsentSetting: {
            setting: string;
            value: string;
            layer: string;
            layer_name: string;
            why: string;
        };
        Vendor: {
            id: string;
            name: string;
            status: string;
            /**
             * Format: int64
             * @description How many are known
             */
            models: number;
            /** @description That its phones can live with best */
            secret_mode: components["schemas"]["SecretMode"];
            /**
             * @description Against the seven requirements of the paper
             * @enum {string}
             */
            grade: "meets" | "partly" | "unproven" | "fails";
            /** @description In words */
            paper: string;
            /** @description Rules of the hardening profile enforced, of all: 30/36 */
            hardened: string;
            summary: string;
        };
        VendorAccess: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            /**
             * @description Models that have one of their own
             * @enum {string}
             */
            certificate: "all" | "some" | "none" | "unknown";
            basic: components["schemas"]["Known"];
            digest: components["schemas"]["Known"];
            url_credentials: components["schemas"]["Known"];
            token_url: components["schemas"]["Known"];
            token_header: string;
        };
        VendorAnchor: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            id: string;
            subject: string;
            profile: string;
            sha256: string;
            published_at: string;
        };
        /** @enum {string} */
        VendorAnswer: "yes" | "partly" | "no" | "unknown";
        VendorCard: {
            id: string;
            name: string;
            status: string;
            /**
             * Format: int64
             * @description How many are known
             */
            models: number;
            /** @description That its phones can live with best */
            secret_mode: components["schemas"]["SecretMode"];
            /**
             * @description Against the seven requirements of the paper
             * @enum {string}
             */
            grade: "meets" | "partly" | "unproven" | "fails";
            /** @description In words */
            paper: string;
            /** @description Rules of the hardening profile enforced, of all: 30/36 */
            hardened: string;
            summary: string;
            scorecard: components["schemas"]["Scorecard"];
            hardening: components["schemas"]["VendorHardening"];
            secrets: components["schemas"]["VendorSecrets"];
            access: components["schemas"]["VendorAccess"];
            tls: components["schemas"]["VendorTls"];
            setup: components["schemas"]["VendorSetup"];
            anchors: components["schemas"]["VendorAnchor"][];
            files: components["schemas"]["VendorFile"][];
            fixed: components["schemas"]["FixedParameter"][];
            model_list: components["schemas"]["VendorModel"][];
            model_table: components["schemas"]["Provenance"];
            mac_prefixes: components["schemas"]["VendorPrefixes"];
            /** @description Settings and values, and why not */
            unsupported: {
                [key: string]: string;
            };
            quirks: string[];
            resync: components["schemas"]["VendorResync"];
            sources: {
                [key: string]: string;
            };
        };
        VendorFile: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            id: string;
            /** @enum {string} */
            kind: "unknown" | "device" | "common" | "absent" | "upload";
            path: string;
            secrets: boolean;
            stage: string;
        };
        VendorHardening: {
            /** Format: int64 */
            rules: number;
            /** Format: int64 */
            enforced: number;
            /** Format: int64 */
            partly: number;
            /** Format: int64 */
            cannot: number;
            /** Format: int64 */
            open: number;
            list: components["schemas"]["HardeningCover"][];
            passwords: components["schemas"]["PasswordCover"][];
        };
        VendorModel: {
            id: string;
            /** Format: int64 */
            lines: number;
            /** Format: int64 */
            keys: number;
        };
        VendorParameter: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            parameter: string;
            /** @description Empty: all */
            models: string;
        };
        VendorPrefixes: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            any_mac_prefix: boolean;
            local_macs: boolean;
            list: string[];
        };
        VendorResync: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            event: string;
            reboot: string;
            challenges: components["schemas"]["Known"];
            content_type: string;
            body: string;
        };
        VendorSecrets: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            preferred: components["schemas"]["SecretMode"];
            reason: string;
            possible: components["schemas"]["SecretMode"][];
        };
        VendorSetup: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            url: string;
            dhcp_options: number[];
            redirection: string;
            manual: string;
            factory_reset: string;
        };
        VendorTls: {
            /** @description Keys of the card's `sources` */
            sources: string[];
            confidence: components["schemas"]["Confidence"];
            note: string;
            minimum: string;
            sni: string;
        };
        /** @enum {string} */
        VisitRule: "no-certificate" | "certificate-untrusted" | "certificate-expired" | "certificate-not-yet-valid" | "certificate-revoked" | "certificate-distrusted" | "certificate-malformed" | "certificate-generic" | "vendor-prefix-mismatch" | "credential-refused" | "method-refused" | "path-unknown" | "claim-mismatch" | "token-header-missing" | "device-unknown" | "vendor-mismatch" | "vendor-not-served" | "device-retired" | "token-spent" | "token-expired" | "access-mismatch" | "fallback-not-allowed" | "source-not-allowed" | "device-not-armed" | "window-passed" | "key-mismatch" | "clone-suspected" | "rating-too-low" | "repeats-exhausted" | "configuration-invalid" | "overloaded" | "challenged" | "absent-by-design" | "upload-discarded" | "common-file" | "first-delivery" | "repeat-delivery" | "rotated-delivery" | "retained-delivery" | "diagnostics-opened" | "diagnostics-closed" | "resync" | "head-only" | "stage-without-secrets";
        VisitsSeen: {
            /**
             * Format: int64
             * @description Its last visits, 200 at most
             */
            looked_at: number;
            /**
             * Format: int64
             * @description Of those
             */
            refused: number;
            /**
             * Format: date-time
             * @description The last time; null: not among those
             */
            served: string | null;
            /** @description Empty: no visit is on record */
            last_rule: string;
            /** @description Of the last one */
            tls: string;
        };
        /** @description A program outside that is told of events */
        Webhook: {
            name: string;
            /** @description Without its path, which may be a secret */
            target: string;
            /** @description Its events and those of all below it; absent: everybody's */
            tenant?: string;
            /** @description Names, or how they begin and a * */
            events: string[];
            /**
             * Format: int64
             * @description Of the event that it had last, or that was not for it
             */
            position: number;
            /**
             * Format: int64
             * @description How many follow that, for it or not
             */
            behind: number;
            /**
             * Format: int64
             * @description Events, since the start
             */
            sent: number;
            /**
             * Format: int64
             * @description Tries, since the start
             */
            failed: number;
            /**
             * Format: int64
             * @description Events pruned before it came to them, since the start
             */
            missed: number;
            /** @description Of the last try; empty: none */
            trouble: string;
            /**
             * Format: date-time
             * @description When it took some last
             */
            answered?: string;
            /**
             * Format: date-time
             * @description When the oldest happened that waits for it
             */
            waiting_since?: string;
        };
        WebhookTest: {
            /**
             * Format: int64
             * @description Its number; told when `position` has come so far
             */
            event: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Access = components['schemas']['Access'];
export type AdminListener = components['schemas']['AdminListener'];
export type AdminLoginDraft = components['schemas']['AdminLoginDraft'];
export type AlertTarget = components['schemas']['AlertTarget'];
export type AlertTest = components['schemas']['AlertTest'];
export type AnyMac = components['schemas']['AnyMac'];
export type ApiToken = components['schemas']['ApiToken'];
export type ApiTokenAdded = components['schemas']['ApiTokenAdded'];
export type ArmFailure = components['schemas']['ArmFailure'];
export type ArmJob = components['schemas']['ArmJob'];
export type Arming = components['schemas']['Arming'];
export type Attention = components['schemas']['Attention'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type AuditHead = components['schemas']['AuditHead'];
export type Backup = components['schemas']['Backup'];
export type BackupDraft = components['schemas']['BackupDraft'];
export type Ban = components['schemas']['Ban'];
export type BanInForce = components['schemas']['BanInForce'];
export type CallHome = components['schemas']['CallHome'];
export type CareDraft = components['schemas']['CareDraft'];
export type CheckDraft = components['schemas']['CheckDraft'];
export type Code = components['schemas']['Code'];
export type ComparedDevice = components['schemas']['ComparedDevice'];
export type ComparedSide = components['schemas']['ComparedSide'];
export type ComparedValue = components['schemas']['ComparedValue'];
export type Confidence = components['schemas']['Confidence'];
export type ConfidenceCounts = components['schemas']['ConfidenceCounts'];
export type CountOf = components['schemas']['CountOf'];
export type CountWithTopics = components['schemas']['CountWithTopics'];
export type CountedName = components['schemas']['CountedName'];
export type Cursor = components['schemas']['Cursor'];
export type Delivery = components['schemas']['Delivery'];
export type Device = components['schemas']['Device'];
export type DeviceAdded = components['schemas']['DeviceAdded'];
export type DeviceCare = components['schemas']['DeviceCare'];
export type DeviceComparison = components['schemas']['DeviceComparison'];
export type DeviceDiff = components['schemas']['DeviceDiff'];
export type DeviceListed = components['schemas']['DeviceListed'];
export type DevicePage = components['schemas']['DevicePage'];
export type DeviceRating = components['schemas']['DeviceRating'];
export type DeviceShown = components['schemas']['DeviceShown'];
export type DeviceState = components['schemas']['DeviceState'];
export type DiagnosticDraft = components['schemas']['DiagnosticDraft'];
export type DiagnosticWindow = components['schemas']['DiagnosticWindow'];
export type DiagnosticWindowOpened = components['schemas']['DiagnosticWindowOpened'];
export type DiffLine = components['schemas']['DiffLine'];
export type Door = components['schemas']['Door'];
export type Drift = components['schemas']['Drift'];
export type DriftKind = components['schemas']['DriftKind'];
export type DriftReport = components['schemas']['DriftReport'];
export type Duration = components['schemas']['Duration'];
export type ETag = components['schemas']['ETag'];
export type EndingCertificate = components['schemas']['EndingCertificate'];
export type EpochClosed = components['schemas']['EpochClosed'];
export type Error = components['schemas']['Error'];
export type Event = components['schemas']['Event'];
export type EventKind = components['schemas']['EventKind'];
export type Exception = components['schemas']['Exception'];
export type ExplainedParameter = components['schemas']['ExplainedParameter'];
export type Explanation = components['schemas']['Explanation'];
export type Factors = components['schemas']['Factors'];
export type FixedParameter = components['schemas']['FixedParameter'];
export type Fleet = components['schemas']['Fleet'];
export type FleetChange = components['schemas']['FleetChange'];
export type FleetHistory = components['schemas']['FleetHistory'];
export type FleetRefusal = components['schemas']['FleetRefusal'];
export type FleetSeries = components['schemas']['FleetSeries'];
export type FoundDevice = components['schemas']['FoundDevice'];
export type FoundTenant = components['schemas']['FoundTenant'];
export type HardeningCover = components['schemas']['HardeningCover'];
export type HardeningRule = components['schemas']['HardeningRule'];
export type Held = components['schemas']['Held'];
export type Import = components['schemas']['Import'];
export type ImportArrivals = components['schemas']['ImportArrivals'];
export type ImportChange = components['schemas']['ImportChange'];
export type ImportColumn = components['schemas']['ImportColumn'];
export type ImportOptions = components['schemas']['ImportOptions'];
export type ImportOrder = components['schemas']['ImportOrder'];
export type ImportProblem = components['schemas']['ImportProblem'];
export type ImportReport = components['schemas']['ImportReport'];
export type ImportRow = components['schemas']['ImportRow'];
export type ImportRows = components['schemas']['ImportRows'];
export type ImportSample = components['schemas']['ImportSample'];
export type ImportState = components['schemas']['ImportState'];
export type ImportUndo = components['schemas']['ImportUndo'];
export type ImportWarning = components['schemas']['ImportWarning'];
export type ImportedField = components['schemas']['ImportedField'];
export type Job = components['schemas']['Job'];
export type Known = components['schemas']['Known'];
export type LayerSettings = components['schemas']['LayerSettings'];
export type LayerValue = components['schemas']['LayerValue'];
export type LintedRule = components['schemas']['LintedRule'];
export type LoginLink = components['schemas']['LoginLink'];
export type Mac = components['schemas']['Mac'];
export type ManyToArm = components['schemas']['ManyToArm'];
export type ModelPut = components['schemas']['ModelPut'];
export type NewApiToken = components['schemas']['NewApiToken'];
export type NewBan = components['schemas']['NewBan'];
export type NewDevice = components['schemas']['NewDevice'];
export type NewException = components['schemas']['NewException'];
export type NewPassword = components['schemas']['NewPassword'];
export type NewPerson = components['schemas']['NewPerson'];
export type NewReviewMark = components['schemas']['NewReviewMark'];
export type NewTenant = components['schemas']['NewTenant'];
export type NewToken = components['schemas']['NewToken'];
export type NewTrunk = components['schemas']['NewTrunk'];
export type NotedRegistration = components['schemas']['NotedRegistration'];
export type OneTimeLogin = components['schemas']['OneTimeLogin'];
export type OutboxEntry = components['schemas']['OutboxEntry'];
export type Outcome = components['schemas']['Outcome'];
export type OverruledSetting = components['schemas']['OverruledSetting'];
export type OwnSession = components['schemas']['OwnSession'];
export type Passkey = components['schemas']['Passkey'];
export type PasskeyAnswer = components['schemas']['PasskeyAnswer'];
export type PasskeyMade = components['schemas']['PasskeyMade'];
export type PasskeyQuestion = components['schemas']['PasskeyQuestion'];
export type PasswordCover = components['schemas']['PasswordCover'];
export type PasswordLogin = components['schemas']['PasswordLogin'];
export type PendingCall = components['schemas']['PendingCall'];
export type PendingCertificate = components['schemas']['PendingCertificate'];
export type Person = components['schemas']['Person'];
export type PersonAdded = components['schemas']['PersonAdded'];
export type PersonCore = components['schemas']['PersonCore'];
export type PersonSession = components['schemas']['PersonSession'];
export type PersonState = components['schemas']['PersonState'];
export type Preview = components['schemas']['Preview'];
export type Problem = components['schemas']['Problem'];
export type ProfileDiff = components['schemas']['ProfileDiff'];
export type ProposedChange = components['schemas']['ProposedChange'];
export type Provenance = components['schemas']['Provenance'];
export type RatingLine = components['schemas']['RatingLine'];
export type RatingSummary = components['schemas']['RatingSummary'];
export type Ratings = components['schemas']['Ratings'];
export type RecoveryCodes = components['schemas']['RecoveryCodes'];
export type RecoveryLogin = components['schemas']['RecoveryLogin'];
export type Refusal = components['schemas']['Refusal'];
export type RefusedAccount = components['schemas']['RefusedAccount'];
export type Registrar = components['schemas']['Registrar'];
export type RegistrarShown = components['schemas']['RegistrarShown'];
export type Removed = components['schemas']['Removed'];
export type RemovedNumber = components['schemas']['RemovedNumber'];
export type Replay = components['schemas']['Replay'];
export type ReplayDraft = components['schemas']['ReplayDraft'];
export type Requirement = components['schemas']['Requirement'];
export type Resync = components['schemas']['Resync'];
export type ResyncDraft = components['schemas']['ResyncDraft'];
export type ResyncOutcome = components['schemas']['ResyncOutcome'];
export type ResyncReport = components['schemas']['ResyncReport'];
export type ResyncState = components['schemas']['ResyncState'];
export type Review = components['schemas']['Review'];
export type ReviewExample = components['schemas']['ReviewExample'];
export type ReviewFinding = components['schemas']['ReviewFinding'];
export type ReviewMark = components['schemas']['ReviewMark'];
export type ReviewTopic = components['schemas']['ReviewTopic'];
export type ReviewWeight = components['schemas']['ReviewWeight'];
export type Role = components['schemas']['Role'];
export type RotationCause = components['schemas']['RotationCause'];
export type RotationDraft = components['schemas']['RotationDraft'];
export type RowWarning = components['schemas']['RowWarning'];
export type Scorecard = components['schemas']['Scorecard'];
export type Search = components['schemas']['Search'];
export type SecretMode = components['schemas']['SecretMode'];
export type SeenRegistration = components['schemas']['SeenRegistration'];
export type Server = components['schemas']['Server'];
export type Session = components['schemas']['Session'];
export type Settings = components['schemas']['Settings'];
export type Severity = components['schemas']['Severity'];
export type Sha256 = components['schemas']['Sha256'];
export type SignedIn = components['schemas']['SignedIn'];
export type SignedOut = components['schemas']['SignedOut'];
export type SilentSite = components['schemas']['SilentSite'];
export type SiteNeed = components['schemas']['SiteNeed'];
export type SitePut = components['schemas']['SitePut'];
export type Slug = components['schemas']['Slug'];
export type StarCounts = components['schemas']['StarCounts'];
export type StarCountsOrNone = components['schemas']['StarCountsOrNone'];
export type Stars = components['schemas']['Stars'];
export type StepUp = components['schemas']['StepUp'];
export type Tenant = components['schemas']['Tenant'];
export type TenantPolicy = components['schemas']['TenantPolicy'];
export type TenantResyncDraft = components['schemas']['TenantResyncDraft'];
export type TenantRotation = components['schemas']['TenantRotation'];
export type TenantShown = components['schemas']['TenantShown'];
export type Token = components['schemas']['Token'];
export type TotpSecret = components['schemas']['TotpSecret'];
export type TrustDecision = components['schemas']['TrustDecision'];
export type TrustRow = components['schemas']['TrustRow'];
export type UndoDraft = components['schemas']['UndoDraft'];
export type UndoReason = components['schemas']['UndoReason'];
export type UndoReport = components['schemas']['UndoReport'];
export type UndoState = components['schemas']['UndoState'];
export type UndoneRow = components['schemas']['UndoneRow'];
export type UnknownDevice = components['schemas']['UnknownDevice'];
export type UnknownExplanation = components['schemas']['UnknownExplanation'];
export type UnsentSetting = components['schemas']['UnsentSetting'];
export type Vendor = components['schemas']['Vendor'];
export type VendorAccess = components['schemas']['VendorAccess'];
export type VendorAnchor = components['schemas']['VendorAnchor'];
export type VendorAnswer = components['schemas']['VendorAnswer'];
export type VendorCard = components['schemas']['VendorCard'];
export type VendorFile = components['schemas']['VendorFile'];
export type VendorHardening = components['schemas']['VendorHardening'];
export type VendorModel = components['schemas']['VendorModel'];
export type VendorParameter = components['schemas']['VendorParameter'];
export type VendorPrefixes = components['schemas']['VendorPrefixes'];
export type VendorResync = components['schemas']['VendorResync'];
export type VendorSecrets = components['schemas']['VendorSecrets'];
export type VendorSetup = components['schemas']['VendorSetup'];
export type VendorTls = components['schemas']['VendorTls'];
export type VisitRule = components['schemas']['VisitRule'];
export type VisitsSeen = components['schemas']['VisitsSeen'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookTest = components['schemas']['WebhookTest'];
