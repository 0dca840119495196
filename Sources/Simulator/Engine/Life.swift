import Effects

/// One run of one node's process, from its start to its end; whatever belongs to it asks whether it still lives.
///
/// When a process dies, the tasks that it had are still in this one: they find that time, disk and links have ended for
/// them, and nothing that they do afterwards reaches anybody.
final class Life: @unchecked Sendable {
    let number: Int
    private(set) var isAlive = true
    private var endings: [UInt64: () -> Void] = [:]
    private var nextEnding: UInt64 = 0

    init(number: Int) {
        self.number = number
    }

    /// Calls `body` when this life ends; the number takes it back.
    @discardableResult
    func onEnd(_ body: @escaping () -> Void) -> UInt64 {
        nextEnding += 1
        if isAlive { endings[nextEnding] = body } else { body() }
        return nextEnding
    }

    func forget(_ ending: UInt64) {
        endings[ending] = nil
    }

    func end() {
        guard isAlive else { return }
        isAlive = false
        let bodies = endings.sorted { $0.key < $1.key }
        endings = [:]
        for body in bodies { body.value() }
    }
}
