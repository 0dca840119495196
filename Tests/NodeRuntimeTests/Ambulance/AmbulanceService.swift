package import Calls
package import Distributed
import EdgeKit
import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Storage

/// A service that no release has, with one of everything that a service declares: which ambulances went out.
struct AmbulanceService: NodeService {
    static let serviceName = "ambulance"
    static let projections: [any Projection] = [AmbulanceProjection()]
    static let failures = [
        FailureDefinition(
            "author.noAmbulance", .forbidden, "a node sends out an ambulance that it does not have", "节点派出了它没有的救护车",
            remedy: .lookAtAuthor)
    ]
    static let facts = [
        FactRule(kind: .ambulanceTrip, countsFor: [tripCount]) { entry in
            [IndicatorFact(tripCount, time: entry.authorTime, numerator: 1, denominator: 1)]
        }
    ]
    private static let tripCount = IndicatorDefinition(
        id: "ambulance-trips", chineseName: "救护车出车数", englishName: "ambulance trips", numerator: "ambulances sent out",
        denominator: "the same", display: .count)
    static let purposes = [PurposeRule(.transport, Wording("transport", "转运"), grounds: [.order])]
    static let endpoints: [any EndpointSet.Type] = [AmbulanceEndpoints.self]
    static let methods = [
        Method(900, .ambulance, "trips", lane: .clinical, callers: [.parent, .child]) { try await $0.trips() }
    ]
    static let regionSections: [any RegionSection.Type] = [AmbulanceSection.self]
    static let nodeSections: [any NodeFileSection.Type] = [AmbulanceGarage.self]

    let context: NodeContext
    private let desk: AmbulanceDesk

    init(_ context: NodeContext) async throws {
        self.context = context
        desk = AmbulanceDesk(ledger: context.ledger, actorSystem: context.system)
    }

    func run() async throws { try await context.world.time.sleepForever() }

    /// Sends an ambulance out; the city is told by an entry.
    ///
    /// - Parameter keeping: the message that asked for it; it is remembered in the same transaction.
    @discardableResult
    func send(_ plate: String, _ keeping: HL7Keeping? = nil) async throws -> EntryID {
        let suite = context.region.suite
        return try await context.ledger.write(lane: .clinical) { transaction in
            let entry = try transaction.append(
                EntryDraft(
                    kind: .ambulanceTrip, subject: "ambulance/" + plate, fields: Array(plate.utf8),
                    headerAudience: .city))
            if let keeping {
                try MessageMemory.remember(
                    keeping.receipt, outcome: "accepted", answer: keeping.answer([]), suite: suite, in: transaction)
            }
            return entry
        }
    }

    /// The plates of the ambulances that went out, as this node knows them.
    func trips() async throws -> [String] {
        try await context.ledger.read { try AmbulanceProjection.plates(in: $0) }
    }

    /// The plates of the ambulances that went out, as another node knows them.
    func trips(knownAt node: NodeID) async throws -> [String] {
        try await DeskInterface.ambulance.at(node, context.system).trips()
    }
}

extension AccessStatement.Purpose {
    static let transport = AccessStatement.Purpose(rawValue: "transport")
}

extension EntryKind {
    static let ambulanceTrip = EntryKind(9_000)
}

/// Folds trips, which only nodes write that the region gives an ambulance.
struct AmbulanceProjection: Projection {
    let name = "ambulance"
    let declared = [
        DeclaredKind(
            .ambulanceTrip,
            author: AuthorRule { question in
                let author = question.entry.author
                guard try question.mayHaveGoneBy({ $0.section(AmbulanceSection.self).nodes.contains(author) }) else {
                    throw Failure("author.noAmbulance", "\(author) has no ambulance")
                }
            })
    ]
    let tables: [StaticString] = ["ambulance_trip"]
    let migrations = [
        Migration(
            "ambulance", 1,
            [
                """
                CREATE TABLE ambulance_trip (
                    entry TEXT NOT NULL PRIMARY KEY, plate TEXT NOT NULL, is_told BIGINT NOT NULL DEFAULT 0)
                """
            ])
    ]

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        try transaction.execute(
            "INSERT INTO ambulance_trip (entry, plate) VALUES ($1, $2) ON CONFLICT (entry) DO NOTHING",
            [entry.id.description, String(decoding: entry.fields, as: UTF8.self)])
    }

    static func plates(in sql: any SQLTransaction) throws -> [String] {
        try sql.rows("SELECT plate FROM ambulance_trip ORDER BY plate", []).map { try $0.text(0) }
    }
}

@Resolvable
package protocol AmbulanceCalls: DistributedActor where ActorSystem == YilianActorSystem {
    distributed func trips() async throws -> [String]
}

extension DeskInterface<any AmbulanceCalls> {
    static let ambulance = DeskInterface(AmbulanceDesk.deskName) { try $AmbulanceCalls.resolve(id: $0, using: $1) }
}

package distributed actor AmbulanceDesk: AmbulanceCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "ambulance"

    private let ledger: Ledger

    init(ledger: Ledger, actorSystem: YilianActorSystem) {
        self.ledger = ledger
        self.actorSystem = actorSystem
    }

    package distributed func trips() async throws -> [String] {
        try await ledger.read { try AmbulanceProjection.plates(in: $0) }
    }
}
