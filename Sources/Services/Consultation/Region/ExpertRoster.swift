package import Regions

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
    /// Where the expert works; `nil`: at any unit that delivers to the node, as far as its register says so.
    package var unit: OrgUnitID?

    package init(id: String, name: String, node: NodeID, specialties: [String], unit: OrgUnitID? = nil) {
        self.id = id
        self.name = name
        self.node = node
        self.specialties = specialties
        self.unit = unit
    }
}
