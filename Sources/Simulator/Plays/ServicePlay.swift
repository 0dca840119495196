package import Effects
package import Ledgers
package import NodeRuntime
package import Regions
package import Storage
package import Wire

/// What a service plays in a simulated region: who uses it, what thieves forge of it, and what must be true of it at the
/// end.
///
/// A play stands beside its service in a target of its own, and whoever runs simulations lists it by one line. It is made
/// once for a simulation and used on its one thread.
package protocol ServicePlay: Sendable {
    /// Desks to which intruders send calls.
    static var desks: [String] { get }
    /// The lane on which the service's entries travel.
    static var lane: Lane { get }
    /// What folding everything again must give once more: tables with the question for their rows.
    static var tables: [(name: String, rows: SQLText)] { get }

    /// What the region agrees on about the service.
    ///
    /// - Parameter homes: the city and the counties.
    static func agree(in configuration: inout RegionConfiguration, homes: [NodeID])
    /// How a mistake is made, where it is one with this service.
    static func tamper(_ mutant: Mutant, random: any RandomSource) -> (any StatementTamper)?

    init(_ shared: SharedSimulation)

    /// Who uses the service, in groups: the first groups of all plays begin before the second ones.
    func people() -> [[SimulatedPerson]]
    /// What is done once more when the region is at rest.
    func onceMore() -> [SimulatedPerson]
    /// What a thief writes of the service.
    func forge(_ forgery: Forgery, by thief: Thief) async throws -> [StolenKey.Item]
    /// Writes down what is lost with a node's disk, which no neighbour had.
    ///
    /// - Parameters:
    ///   - reached: up to which batch the parent has each chain.
    ///   - parent: the node above, which runs.
    func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) async
    /// What is not where it is due yet at a node; `nil` where all is well.
    func obstacle(at node: SimulatedNode) async throws -> String?
    /// What every node must answer at rest, in groups as with ``people()``.
    func questions() -> [[SimulatedQuestion]]

    /// Holds what somebody was told against what lies in the region.
    func checkTold() async throws
    /// Holds what nodes show against what it is made of.
    func checkShown() async throws
    /// The rows that a node derived of what another wrote than whose they are.
    func foreign(in sql: any SQLTransaction) throws -> [String]
}

extension ServicePlay {
    package static var desks: [String] { [] }
    package static func agree(in configuration: inout RegionConfiguration, homes: [NodeID]) {}
    package static func tamper(_ mutant: Mutant, random: any RandomSource) -> (any StatementTamper)? { nil }

    package func people() -> [[SimulatedPerson]] { [] }
    package func onceMore() -> [SimulatedPerson] { [] }
    package func forge(_ forgery: Forgery, by thief: Thief) async throws -> [StolenKey.Item] { [] }
    package func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) async {}
    package func obstacle(at node: SimulatedNode) async throws -> String? { nil }
    package func questions() -> [[SimulatedQuestion]] { [] }
    package func checkTold() async throws {}
    package func checkShown() async throws {}
    package func foreign(in sql: any SQLTransaction) throws -> [String] { [] }
}

/// What a thief writes with a node's ledger key.
package enum Forgery: Sendable {
    /// Words about others' records.
    case others
    /// Numbers at which types end.
    case extremes
    /// Many of one.
    case many
}
