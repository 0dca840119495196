package import Effects
package import Regions

/// Whether somebody has a role in a case.
package struct RoleQuestion<W: Workflow> {
    package var id: CaseID<W>
    package var terms: W.Terms
    package var home: NodeID
    package var actor: String
    package var node: NodeID
    package var configuration: RegionConfiguration
}

/// Who has a role; asked by the home when a command comes, and by everybody who folds what it wrote.
package struct RoleRule<W: Workflow>: Sendable {
    package var role: W.Role
    package var holds: @Sendable (RoleQuestion<W>) -> Bool
    /// What a command is refused with; what an entry is refused with.
    package var refusal: @Sendable (RoleQuestion<W>) -> Failure
    package var authorRefusal: @Sendable (RoleQuestion<W>) -> Failure
    /// Whether the actor must stand in the register of the node.
    package var isRegistered: Bool
    /// Under which name somebody signs.
    package var signature: @Sendable (RoleQuestion<W>) -> String

    package init(
        _ role: W.Role, isRegistered: Bool = false,
        signature: @escaping @Sendable (RoleQuestion<W>) -> String = { _ in "" },
        holds: @escaping @Sendable (RoleQuestion<W>) -> Bool,
        refusal: @escaping @Sendable (RoleQuestion<W>) -> Failure,
        authorRefusal: @escaping @Sendable (RoleQuestion<W>) -> Failure
    ) {
        self.role = role
        self.isRegistered = isRegistered
        self.signature = signature
        self.holds = holds
        self.refusal = refusal
        self.authorRefusal = authorRefusal
    }
}

/// A place that actors take: how many of them, and who may not be among them.
package struct CaseSeat<W: Workflow>: Sendable {
    package var name: String
    package var role: W.Role
    package var count: Int
    /// How many must have taken it before the case goes on: an event that takes it leaves the case where it is until then.
    package var quorum: Int
    /// Seats whose holders may not take this one.
    package var distinctFrom: Set<String>

    package init(
        _ name: String, _ role: W.Role, count: Int = 1, quorum: Int = 1, distinctFrom: Set<String> = []
    ) {
        self.name = name
        self.role = role
        self.count = count
        self.quorum = quorum
        self.distinctFrom = distinctFrom
    }
}
