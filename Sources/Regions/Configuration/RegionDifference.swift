import Effects

/// What changes from one region configuration to another, in words.
package struct RegionDifference: Equatable, Sendable {
    /// One change.
    package struct Change: Equatable, Sendable, CustomStringConvertible {
        /// `added`, `removed` or `changed`.
        package var kind: String
        /// What it is about: `unit pd-yy`, `node jucheng`.
        package var subject: String
        /// What is new, or what it was and is.
        package var detail: String

        package var description: String { kind + " " + subject + (detail.isEmpty ? "" : ": " + detail) }
    }

    package private(set) var changes: [Change] = []

    package init(from old: RegionConfiguration, to new: RegionConfiguration) {
        compare([Self.region(old)], [Self.region(new)])
        compare(old.organizationUnits.map(Self.item), new.organizationUnits.map(Self.item))
        compare(old.nodes.map(Self.item), new.nodes.map(Self.item))
        compare(old.nodes.flatMap(Self.keys), new.nodes.flatMap(Self.keys))
        compare(old.management.map(Self.item), new.management.map(Self.item))
        compare(
            old.deliveries.map { Self.item($0, "delivers to") }, new.deliveries.map { Self.item($0, "delivers to") })
        compare(
            old.delegations.map { Self.item($0, "is written for by") },
            new.delegations.map { Self.item($0, "is written for by") })
        compare(
            old.registries.map { Self.item($0, "keeps the register at") },
            new.registries.map { Self.item($0, "keeps the register at") })
        compare(
            old.divisions.map { Item("division \($0.code)", [("name", $0.name)]) },
            new.divisions.map { Item("division \($0.code)", [("name", $0.name)]) })
        compare(old.revokedCertificates.map(Self.item), new.revokedCertificates.map(Self.item))
        compare(old.patientKeyEpochs.map(Self.item), new.patientKeyEpochs.map(Self.item))
        compareSections(old, new)
    }

    /// Something with a name and values.
    package struct Item {
        package var subject: String
        package var values: [(name: String, value: String)]

        package init(_ subject: String, _ values: [(String, String)]) {
            self.subject = subject
            self.values = values.map { (name: $0.0, value: $0.1) }
        }

        var text: String {
            values.filter { !$0.value.isEmpty }.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        }
    }

    /// Says of things with names which came, which went and what is another at those that stayed.
    package mutating func compare(_ old: [Item], _ new: [Item]) {
        let before = Dictionary(old.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.subject))
        for item in new {
            guard let known = before[item.subject] else {
                changes.append(Change(kind: "added", subject: item.subject, detail: item.text))
                continue
            }
            let words = zip(known.values, item.values).filter { $0.value != $1.value }.map { was, now in
                "\(now.name) \(Self.shown(was.value)) → \(Self.shown(now.value))"
            }
            guard !words.isEmpty else { continue }
            changes.append(Change(kind: "changed", subject: item.subject, detail: words.joined(separator: ", ")))
        }
        for item in old where !after.contains(item.subject) {
            changes.append(Change(kind: "removed", subject: item.subject, detail: item.text))
        }
    }

    private mutating func compareSections(_ old: RegionConfiguration, _ new: RegionConfiguration) {
        let types = old.sections.types + new.sections.types
        var seen: Set<String> = []
        for type in types.sorted(by: { $0.name < $1.name }) where seen.insert(type.name).inserted {
            compare(type, old, new)
        }
        compare(Self.carried(old), Self.carried(new))
    }

    /// Of sections that this release does not know it says whether they are others.
    private static func carried(_ configuration: RegionConfiguration) -> [Item] {
        configuration.sections.carried.sorted { $0.key < $1.key }.map { name, bytes in
            Item("section \(NameForm.shown(name)), which this release does not know", [("bytes", hex(bytes[...]))])
        }
    }

    private mutating func compare<Section: RegionSection>(
        _ type: Section.Type, _ old: RegionConfiguration, _ new: RegionConfiguration
    ) {
        new.section(type).compare(with: old.section(type), in: &self)
    }

    private static func shown(_ value: String) -> String { value.isEmpty ? "none" : value }
}

extension RegionDifference {
    private static func region(_ configuration: RegionConfiguration) -> Item {
        Item(
            "region \(configuration.region)",
            [
                ("version", "\(configuration.version)"), ("name", configuration.name), ("suite", configuration.suite),
                ("validFrom", configuration.validFrom.chinaText),
            ])
    }

    private static func item(_ unit: OrganizationUnit) -> Item {
        Item(
            "unit \(unit.id)",
            [
                ("name", unit.name), ("division", unit.division.rawValue), ("tier", unit.tier.rawValue),
                ("kind", unit.kind.rawValue), ("node", unit.node.rawValue), ("grade", unit.grade.rawValue),
                ("institution", unit.institution?.rawValue ?? ""), ("private", unit.isPrivate ? "yes" : ""),
            ])
    }

    private static func item(_ node: RegionNode) -> Item {
        Item(
            "node \(node.id)",
            [
                ("name", node.name), ("tier", node.tier.rawValue), ("unit", node.organizationUnit.rawValue),
                ("division", node.division.rawValue),
                ("addresses", node.addresses.map(\.description).joined(separator: " ")),
                ("box key", node.boxPublicKey.map { hex($0.prefix(8)) } ?? ""),
            ])
    }

    private static func keys(_ node: RegionNode) -> [Item] {
        node.ledgerKeys.map { key in
            Item(
                "ledger key \(hex(key.keyID[...])) of \(node.id)",
                [("from", key.from.chinaText), ("to", key.to?.chinaText ?? "")])
        }
    }

    private static func item(_ edge: ManagementEdge) -> Item {
        Item("\(edge.child) under \(edge.parent) from \(edge.from.chinaText)", [("to", edge.to?.chinaText ?? "")])
    }

    private static func item(_ line: UnitDelivery, _ verb: String) -> Item {
        Item(
            "\(line.unit) \(verb) \(line.node) from \(line.from?.chinaText ?? "the beginning")",
            [("to", line.to?.chinaText ?? "")])
    }

    private static func item(_ revoked: RevokedCertificate) -> Item {
        Item(
            "revocation of certificate \(hex(revoked.serialNumber[...]))",
            [("at", revoked.time.chinaText), ("reason", revoked.reason)])
    }

    private static func item(_ epoch: PatientKeyEpoch) -> Item {
        Item(
            "patient key epoch \(epoch.epoch)",
            [
                ("from", epoch.from == .epoch ? "the beginning" : epoch.from.chinaText),
                ("secret", hex(epoch.fingerprint.prefix(8))),
                ("given to", "\(epoch.encryptedSecrets.count) nodes"),
            ])
    }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension RegionDifference {
    /// Says of what has no name of its own how many came, went or are others now.
    package mutating func count<Value: Hashable>(_ what: String, _ old: [Value], _ new: [Value]) {
        let (before, after) = (Set(old), Set(new))
        let (added, removed) = (after.subtracting(before).count, before.subtracting(after).count)
        if added > 0 { changes.append(Change(kind: "added", subject: "\(what) × \(added)", detail: "")) }
        if removed > 0 { changes.append(Change(kind: "removed", subject: "\(what) × \(removed)", detail: "")) }
        if added + removed == 0, old != new {
            changes.append(Change(kind: "changed", subject: what, detail: "the order"))
        }
    }
}
