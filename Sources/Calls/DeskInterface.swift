package import Distributed
package import Regions

/// What other nodes know of a desk: its name, its calls, and how to make a stub of it.
///
/// `Calls` is `any` of a `@Resolvable` protocol, or a distributed actor itself:
/// ```
/// extension DeskInterface<any RecognitionCalls> {
///     package static let recognition = DeskInterface("recognition") {
///         try $RecognitionCalls.resolve(id: $0, using: $1)
///     }
/// }
/// ```
package struct DeskInterface<Calls: Sendable>: Sendable {
    package let name: String
    let makeStub: @Sendable (ActorAddress, YilianActorSystem) throws -> Calls

    package init(
        _ name: String, stub: @escaping @Sendable (ActorAddress, YilianActorSystem) throws -> Calls
    ) {
        self.name = name
        makeStub = stub
    }

    /// The desk at `node`: the local actor itself where that is this node, a stub else.
    ///
    /// A stub of a node that is no neighbour can be had; its calls fail with `call.notANeighbour`.
    ///
    /// - Throws: what the actor system throws where it cannot resolve the address.
    package func at(_ node: NodeID, _ system: YilianActorSystem) throws -> Calls {
        if node == system.node, let desk = system.localDesk(name) as? Calls { return desk }
        return try makeStub(ActorAddress(node: node, desk: name), system)
    }
}

/// A desk that has one instance per node, known to everybody by its name.
package protocol WellKnownDesk: DistributedActor where ActorSystem == YilianActorSystem {
    /// The name in the desk's address; never reused for another desk.
    static var deskName: String { get }
}

/// Where a desk is, a node and the desk's name there: the identity of Yilian's distributed actors.
package struct ActorAddress: Hashable, Sendable, CustomStringConvertible {
    package var node: NodeID
    package var desk: String

    package init(node: NodeID, desk: String) {
        self.node = node
        self.desk = desk
    }

    package var description: String { "\(node)/\(desk)" }
}
