package import Calls
package import Distributed
import Wire

/// A desk that answers what it was given: what a call costs is then all that is measured.
@Resolvable
package protocol EchoCalls: DistributedActor where ActorSystem == YilianActorSystem {
    distributed func echo(_ bytes: [UInt8]) async throws -> [UInt8]
    distributed func store(_ bytes: [UInt8]) async throws -> [UInt8]
    distributed func take(_ bytes: [UInt8]) async throws -> [UInt8]
}

package distributed actor EchoDesk: EchoCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "echo"

    package init(system: YilianActorSystem) {
        actorSystem = system
    }

    /// On the clinical lane.
    package distributed func echo(_ bytes: [UInt8]) async throws -> [UInt8] { bytes }

    /// The same on the bulk lane.
    package distributed func store(_ bytes: [UInt8]) async throws -> [UInt8] { bytes }

    /// On the bulk lane, answered with nothing: what a courier's deliveries are to the link.
    package distributed func take(_ bytes: [UInt8]) async throws -> [UInt8] { [] }
}

let echoDesk = DeskInterface<any EchoCalls>("echo") { try $EchoCalls.resolve(id: $0, using: $1) }

let echoMethods: [Method] = [
    Method(1, echoDesk, "echo", lane: .clinical, callers: [.child, .parent], samples: [UInt8]()) { desk, bytes in
        try await desk.echo(bytes)
    }.short(),
    Method(2, echoDesk, "store", lane: .bulk, callers: [.child, .parent], samples: [UInt8]()) { desk, bytes in
        try await desk.store(bytes)
    }.short(),
    Method(3, echoDesk, "take", lane: .bulk, callers: [.child, .parent], samples: [UInt8]()) { desk, bytes in
        try await desk.take(bytes)
    }.short(),
]
