import Effects
import Ledgers
import NodeRuntime
import Regions
import Simulator
import Storage
import Wire

/// What the toy service plays in a simulated region: townships send ambulances out, thieves say that others did, and
/// nothing that was acknowledged is forgotten.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class AmbulancePlay: ServicePlay, @unchecked Sendable {
    static let desks = ["ambulance"]
    static let lane = Lane.clinical
    static let tables: [(name: String, rows: SQLText)] = [("ambulance_trip", "SELECT entry, plate FROM ambulance_trip")]

    private let shared: SharedSimulation
    /// What nodes acknowledged.
    private var trips: [(entry: EntryID, plate: String)] = []
    private var lost: Set<EntryID> = []

    init(_ shared: SharedSimulation) { self.shared = shared }

    static func agree(in configuration: inout RegionConfiguration, homes: [NodeID]) {
        configuration.set(AmbulanceSection(nodes: configuration.nodes.filter { $0.tier == .township }.map(\.id)))
    }

    func people() -> [[SimulatedPerson]] {
        [
            shared.nodes(.township).map { node in
                SimulatedPerson("the garage at \(node.id)") { [self] in
                    for (index, moment) in shared.moments(4).enumerated() {
                        try await shared.wait(until: moment)
                        try await send("\(node.id)-\(index + 1)", from: node)
                    }
                }
            }
        ]
    }

    private func send(_ plate: String, from node: SimulatedNode) async throws {
        while true {
            do {
                let entry = try await node.ask { try await $0.service(AmbulanceService.self).send(plate) }
                if let entry { return trips.append((entry, plate)) }
            } catch {
                shared.log.add("\(node.id) sent no ambulance: \(error)")
            }
            try await shared.time.sleep(milliseconds: 5_000)
        }
    }

    func forge(_ forgery: Forgery, by thief: Thief) -> [StolenKey.Item] {
        guard forgery == .others, shared.node(thief.key.node)?.tier != .township else { return [] }
        return [thief.item(.ambulanceTrip, "ambulance/X-1", Array("X-1".utf8))]
    }

    func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) {
        for trip in trips where trip.entry.author == node.id {
            let batch = trip.entry.batch
            if reached[batch.chain, default: 0] <= batch.sequence { lost.insert(trip.entry) }
        }
    }

    func questions() -> [[SimulatedQuestion]] {
        [[SimulatedQuestion("the trips") { _ = try await $0.service(AmbulanceService.self).trips() }]]
    }

    func checkTold() async throws {
        for node in shared.nodes where node.tier != .dispatcher {
            guard let running = node.node else { continue }
            let known = try await running.service(AmbulanceService.self).trips()
            for trip in trips where shared.region.isDue(trip.entry.author, at: node.id) && !lost.contains(trip.entry) {
                if !known.contains(trip.plate) {
                    shared.verdict.violation("acknowledged", "\(node.id) does not know the trip of \(trip.plate)")
                }
            }
        }
        if trips.isEmpty { shared.verdict.violation("acknowledged", "no ambulance went out") }
    }

    func foreign(in sql: any SQLTransaction) throws -> [String] {
        let homes = Set(shared.nodes(.township).map(\.id))
        return try sql.rows("SELECT entry FROM ambulance_trip ORDER BY entry", []).compactMap { row in
            let entry = try EntryID(try row.text(0))
            return homes.contains(entry.author) ? nil : "\(entry) sends out an ambulance of nobody's"
        }
    }
}
