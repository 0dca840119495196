/// The experts that a node's dispatch desk offers requests to.
package struct ExpertRoster: Hashable, Sendable {
    /// The node whose dispatch desk keeps the roster.
    package var home: NodeID
    package var experts: [Expert]

    package init(home: NodeID, experts: [Expert]) {
        self.home = home
        self.experts = experts
    }

    /// The experts of a specialty, in the order of the configuration.
    package func experts(for specialty: String) -> [Expert] {
        experts.filter { $0.specialties.contains(specialty) }
    }
}

/// A doctor who reports on what others examined.
package struct Expert: Hashable, Sendable {
    /// In the form of a ``NodeID``, unique in the region.
    package var id: String
    package var name: String
    /// The node at which the expert works.
    package var node: NodeID
    /// Such as `ecg`, `imaging`, `laboratory`, `pathology`.
    package var specialties: [String]

    package init(id: String, name: String, node: NodeID, specialties: [String]) {
        self.id = id
        self.name = name
        self.node = node
        self.specialties = specialties
    }
}

/// What is agreed about one kind of request: who reports on it and by when.
package struct ServiceLevel: Hashable, Sendable {
    /// Such as `ecg-emergency`.
    package var kind: String
    package var name: String
    /// The specialty whose experts are offered the request.
    package var specialty: String
    /// From the offer to the claim.
    package var claimSeconds: UInt32
    /// From the claim to the report.
    package var reportSeconds: UInt32
    /// How long past a deadline the dispatcher waits for the home before it opens another attempt.
    package var graceSeconds: UInt32

    package init(
        kind: String, name: String, specialty: String, claimSeconds: UInt32, reportSeconds: UInt32,
        graceSeconds: UInt32
    ) {
        self.kind = kind
        self.name = name
        self.specialty = specialty
        self.claimSeconds = claimSeconds
        self.reportSeconds = reportSeconds
        self.graceSeconds = graceSeconds
    }
}

/// An indicator that the region reports.
package struct IndicatorChoice: Hashable, Sendable {
    package var id: String
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
