/// The place of one connection at a ``Door``; it is free again when nobody holds the permit.
package final class DoorPermit: Sendable {
    private let id: UInt64
    private let door: Door

    init(id: UInt64, door: Door) {
        self.id = id
        self.door = door
    }

    deinit {
        door.end(id)
    }

    /// What is done when the connection has to make room; it must not hold the permit.
    package func onEviction(_ body: @escaping @Sendable () -> Void) {
        door.onEviction(id, body)
    }

    /// Whether the connection had to make room.
    package var isEvicted: Bool { door.isEvicted(id) }

    /// The peer has shown who it is; it is not let in for good yet.
    ///
    /// - Throws: a ``DoorRefusal`` where too many connections have shown this identity.
    package func identify(_ identity: String) throws {
        try door.identify(id, identity)
    }

    /// The peer is one of those for whom the listener is there: the connection makes room for no stranger any more.
    ///
    /// - Throws: a ``DoorRefusal`` where there is no place for another one.
    package func establish() throws {
        try door.establish(id)
    }

    /// Says whether a proven connection has nothing in hand: the one that has had nothing for longest makes room for
    /// others that prove themselves where all places are taken.
    package func rest(_ isResting: Bool) {
        door.rest(id, isResting)
    }

    /// Says whether a whole request of the connection is being answered: others make room before it.
    package func serve(_ isServed: Bool) {
        door.serve(id, isServed)
    }
}
