package import Calls
package import Distributed
import Effects
import Links
import Regions
import Wire

/// A value of a call that is no basic one.
struct Counter: WireValue, Hashable {
    var name: String
    var value: Int64

    init(name: String, value: Int64) {
        self.name = name
        self.value = value
    }

    func wireBytes() throws -> [UInt8] { try ByteStrings.join([name.wireBytes(), value.wireBytes()]) }

    init(wireBytes bytes: [UInt8]) throws {
        let parts = try ByteStrings.split(bytes)
        guard parts.count == 2 else { throw ByteStrings.bad("a counter") }
        self.init(name: try String(wireBytes: parts[0]), value: try Int64(wireBytes: parts[1]))
    }
}

/// An error that is no `Failure`: nothing of it may leave the node.
struct PrivateError: Error, CustomStringConvertible {
    var description: String { "secret of 张三" }
}

@Resolvable
package protocol CounterCalls: DistributedActor where ActorSystem == YilianActorSystem {
    distributed func add(_ name: String, by amount: Int64) async throws -> Int64
    distributed func list() async throws -> [String]
    distributed func forget(_ name: String) async throws
    distributed func who() async throws -> String
    distributed func fail(_ how: Int64) async throws -> Bool
}

package distributed actor CounterDesk: CounterCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "counter"

    private var counters: [String: Int64] = [:]

    package init(system: YilianActorSystem) {
        actorSystem = system
    }

    package distributed func add(_ name: String, by amount: Int64) async throws -> Int64 {
        counters[name, default: 0] += amount
        return counters[name] ?? 0
    }

    package distributed func list() async throws -> [String] {
        counters.keys.sorted()
    }

    package distributed func forget(_ name: String) async throws {
        guard counters.removeValue(forKey: name) != nil else {
            throw Failure("counter.unknown", "there is no such counter", remedy: "add to it first")
        }
    }

    package distributed func who() async throws -> String {
        guard let context = CallContext.current else { return "nobody" }
        return "\(context.caller) \(context.tier) \(context.relation) \(context.correlation)"
    }

    package distributed func fail(_ how: Int64) async throws -> Bool {
        if how == 1 { throw PrivateError() }
        if how == 2 { throw CancellationError() }
        return true
    }
}

@Resolvable
package protocol AdminCalls: DistributedActor where ActorSystem == YilianActorSystem {
    distributed func dump() async throws -> String
}

/// What nobody but the parent and this node may call.
package distributed actor AdminDesk: AdminCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "admin"

    private let secret = "secret"

    package init(system: YilianActorSystem) {
        actorSystem = system
    }

    package distributed func dump() async throws -> String { secret }
}

let counterDesk = DeskInterface<any CounterCalls>("counter") { try $CounterCalls.resolve(id: $0, using: $1) }
let adminDesk = DeskInterface<any AdminCalls>("admin") { try $AdminCalls.resolve(id: $0, using: $1) }

/// The toy services' methods.
let toyMethods: [Method] = [
    Method(1, counterDesk, "add", lane: .clinical, callers: [.child, .local], samples: "n", 1) { desk, name, amount in
        try await desk.add(name, by: amount)
    },
    Method(2, counterDesk, "list", lane: .bulk, callers: [.parent, .child]) { desk in
        try await desk.list()
    },
    Method(3, counterDesk, "forget", lane: .control, callers: [.parent(.city), .child, .local], samples: "n") {
        desk, name in
        try await desk.forget(name)
    },
    Method(4, counterDesk, "who", lane: .control, callers: [.parent, .child, .local]) { desk in
        try await desk.who()
    },
    Method(5, counterDesk, "fail", lane: .control, callers: [.child, .local], samples: 1) { desk, how in
        try await desk.fail(how)
    },
    Method(9, adminDesk, "dump", lane: .control, deadlineMilliseconds: 1_000, callers: [.parent]) { desk in
        try await desk.dump()
    },
]

func testWorld(_ time: ManualTime = ManualTime()) -> World {
    World(time: time, random: SeededRandom(seed: 8), disk: MemoryDisk(), makeWorker: { _ in InlineWorker() })
}

/// A county's actor system with both desks.
struct ToyNode {
    let system: YilianActorSystem
    let counter: CounterDesk
    let admin: AdminDesk

    init(_ node: String = "pingding", onFailure: @escaping CallFailureHandler = { _, _, _ in }) async throws {
        system = YilianActorSystem(
            node: try NodeID(node), tier: .county, table: try await MethodTable(toyMethods), world: testWorld(),
            onFailure: onFailure)
        counter = CounterDesk(system: system)
        admin = AdminDesk(system: system)
    }

    func inbound(
        _ method: UInt16, _ desk: String, relation: Relation = .child, tier: Tier = .township,
        arguments: [[UInt8]] = []
    ) throws -> InboundCall {
        InboundCall(
            caller: try NodeID("jucheng"), neighbour: Neighbour(relation: relation, tier: tier), method: method,
            desk: desk, arguments: try ByteStrings.join(arguments), lane: .clinical,
            deadline: MonotonicTime(nanoseconds: 1_000_000_000), correlation: "01ABC")
    }
}
