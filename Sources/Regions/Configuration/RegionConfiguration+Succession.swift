import Effects

extension RegionConfiguration {
    /// Whether a node that holds this configuration takes another one, whose signature holds, in its place.
    ///
    /// - Parameter isDirect: whether it is known that no version lies between them.
    /// - Returns: `false` where it is the same configuration.
    /// - Throws: `region.otherRegion`; `region.rollback` for a lower version; `region.sameVersion` where two different
    ///   configurations carry one version, which its publisher must never let happen; what ``checkPast(in:isDirect:)`` throws.
    package func isReplaced(by other: RegionConfiguration, isDirect: Bool = false) throws -> Bool {
        guard other.region == region else {
            throw Failure(
                "region.otherRegion", "the configuration is of region '\(other.region)', this node is of '\(region)'",
                remedy: "publish the configuration of '\(region)'")
        }
        if other.version > version {
            try checkEpochs(of: other)
            try checkPast(in: other, isDirect: isDirect)
            return true
        }
        if other.version < version {
            throw Failure(
                "region.rollback",
                "the configuration has version \(other.version), and version \(version) is already in force",
                remedy: "publish the wanted content under a version above \(version)")
        }
        // Publishing one file twice makes one configuration.
        var same = other
        same.publishedAt = publishedAt
        if same != self {
            throw Failure(
                "region.sameVersion", "two different configurations carry version \(version)",
                remedy: "publish again under a version above \(version)")
        }
        return false
    }

    /// Results are found by the keys of the epoch in which they were published: no epoch may be lost or get another
    /// secret.
    ///
    /// - Throws: `region.epochLost`, `region.epochChanged`.
    private func checkEpochs(of other: RegionConfiguration) throws {
        for epoch in patientKeyEpochs {
            let file = "patient-key-epoch-\(epoch.epoch).key"
            guard let next = other.patientKeyEpochs.first(where: { $0.epoch == epoch.epoch }) else {
                throw Failure(
                    "region.epochLost",
                    "version \(other.version) lacks patient key epoch \(epoch.epoch), which version \(version) has",
                    place: file,
                    remedy: "take its secret back with `yilian cert epoch recover`, and publish again")
            }
            guard next.fingerprint == epoch.fingerprint else {
                throw Failure(
                    "region.epochChanged",
                    "version \(other.version) gives patient key epoch \(epoch.epoch) another secret than version "
                        + "\(version): nobody would find the results of its time",
                    place: file,
                    remedy: "move that file away, take the right secret back with `yilian cert epoch recover`, and "
                        + "publish again")
            }
        }
    }
}

extension RegionConfiguration {
    /// Checks that a later configuration leaves the past as it was.
    ///
    /// Who might write for whom decides what of the ledgers counts, so a refold must find it as it was then. What began
    /// before `next` was published is past. Units and nodes end, they never vanish.
    ///
    /// A node may have missed versions in between, which could change what this one says of the time after it: then only
    /// what had begun when this one was published is known to be past.
    ///
    /// - Parameter isDirect: whether `next` is known to be the very next one.
    /// - Throws: `region.changesPast`, `region.vanished`; nothing where `next`, or a version in between, corrects a mistake.
    package func checkPast(in next: RegionConfiguration, isDirect: Bool) throws {
        if next.corrected > version { return }
        let now = isDirect || next.version == version + 1 ? next.publishedAt : publishedAt
        let nodes = Set(next.nodes.map(\.id))
        if let gone = self.nodes.first(where: { !nodes.contains($0.id) }) {
            throw Self.vanished("node", gone.id.rawValue)
        }
        let units = Dictionary(next.organizationUnits.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for unit in organizationUnits {
            guard let later = units[unit.id] else { throw Self.vanished("unit", unit.id.rawValue) }
            let before = Self.past(deliveries(of: unit), until: now)
            guard before == Self.past(next.deliveries(of: later), until: now) else {
                throw Self.changed("where unit '\(unit.id)' delivered")
            }
        }
        try Self.checkPast(of: delegations, in: next.delegations, until: now) { "who could write for unit '\($0)'" }
        try Self.checkPast(of: registries, in: next.registries, until: now) { "where unit '\($0)' kept the register" }
    }

    private static func checkPast(
        of lines: [UnitDelivery], in next: [UnitDelivery], until now: WallTime, what: (OrgUnitID) -> String
    ) throws {
        for unit in Set((lines + next).map(\.unit)).sorted(by: { $0.rawValue < $1.rawValue }) {
            let before = past(lines.filter { $0.unit == unit }, until: now)
            guard before == past(next.filter { $0.unit == unit }, until: now) else { throw changed(what(unit)) }
        }
    }

    /// What of some lines had begun by a moment, cut there; spans of one node that touch are one.
    private static func past(_ lines: [UnitDelivery], until moment: WallTime) -> [UnitDelivery] {
        var result: [UnitDelivery] = []
        for var line in lines.sorted(by: { (start($0), $0.node) < (start($1), $1.node) }) where start(line) < moment {
            line.to = min(line.to ?? moment, moment)
            if let index = result.lastIndex(where: { $0.node == line.node }), let end = result[index].to,
                start(line) <= end
            {
                result[index].to = max(end, line.to ?? moment)
            } else {
                result.append(line)
            }
        }
        return result
    }

    private static func changed(_ what: String) -> Failure {
        Failure(
            "region.changesPast", "the configuration changes \(what) before it was published",
            remedy: "end the line and begin another from a moment to come, or write 'corrects: true' where the past "
                + "was written down wrongly")
    }

    private static func vanished(_ what: String, _ name: String) -> Failure {
        Failure(
            "region.vanished", "\(what) '\(name)' is gone from the configuration",
            remedy: "keep it and give it an end: its entries still lie in the ledgers")
    }
}
