import Ledgers
import NodeRuntime
import Regions

/// What the configuration in force changed, and what the one that waits will.
package struct RegionChangesInfo: Codable, Sendable, Equatable {
    /// One change, in words of the configuration.
    package struct Change: Codable, Sendable, Equatable {
        /// `added`, `removed` or `changed`.
        package var kind: String
        /// What it is about: `unit pd-yy`, `node jucheng`.
        package var subject: String
        package var detail: String

        package init(kind: String, subject: String, detail: String) {
            self.kind = kind
            self.subject = subject
            self.detail = detail
        }
    }

    /// From one version to another.
    package struct Step: Codable, Sendable, Equatable {
        package var from: UInt64
        package var to: UInt64
        package var changes: [Change]

        package init(from: UInt64, to: UInt64, changes: [Change]) {
            self.from = from
            self.to = to
            self.changes = changes
        }
    }

    /// The version in force.
    package var version: UInt64
    /// From the one before to the one in force; none where no earlier one lies here.
    package var last: Step?
    /// From the one in force to the one that waits; none where none does.
    package var next: Step?

    package init(version: UInt64, last: Step? = nil, next: Step? = nil) {
        self.version = version
        self.last = last
        self.next = next
    }
}

extension RegionChangesInfo {
    static func of(_ setup: ConsoleSetup) async throws -> RegionChangesInfo {
        let registry = setup.node.setup.region
        let current = registry.current
        let bytes = try await setup.node.context.ledger.read { sql in
            try RegionProjection.before(current.version, in: sql)
        }
        let before = try bytes.map { try registry.configuration(signedAs: $0) }
        return RegionChangesInfo(
            version: current.version, last: before.map { Step(from: $0, to: current) },
            next: registry.waiting.map { Step(from: current, to: $0) })
    }
}

extension RegionChangesInfo.Step {
    fileprivate init(from old: RegionConfiguration, to new: RegionConfiguration) {
        self.init(
            from: old.version, to: new.version,
            changes: RegionDifference(from: old, to: new).changes.map {
                .init(kind: $0.kind, subject: $0.subject, detail: $0.detail)
            })
    }
}
