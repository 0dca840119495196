import Synchronization

/// What belongs to one link and ends with it: the loop that its own actors run on, and those actors.
package final class LinkScope: Sendable {
    /// nil where the connection has no loop, as within one process.
    package let loop: (any LinkLoop)?
    private let held = Mutex<(any Sendable)?>(nil)
    private let handlers = Mutex<[UInt16: DirectCallHandler]>([:])

    package init(loop: (any LinkLoop)?) {
        self.loop = loop
    }

    /// Who answers calls of a method on the loop, found out at the first call; nil where nobody has said so.
    func handler(of method: UInt16) -> DirectCallHandler? {
        handlers.withLock { $0[method] }
    }

    package func setHandler(of method: UInt16, _ handler: @escaping DirectCallHandler) {
        handlers.withLock { $0[method] = handler }
    }

    /// The one thing that is kept with the link; made at the first call.
    package func value<Value: Sendable>(_ make: () -> Value) -> Value {
        held.withLock { held in
            if let value = held as? Value { return value }
            let value = make()
            held = value
            return value
        }
    }
}
