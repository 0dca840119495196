package import Distributed

/// A desk that has one instance per node, known to everybody by its name.
package protocol WellKnownDesk: DistributedActor where ActorSystem == YilianActorSystem {
    /// The name in the desk's address; never reused for another desk.
    static var deskName: String { get }
}
