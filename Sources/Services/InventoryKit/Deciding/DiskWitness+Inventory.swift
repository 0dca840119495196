import Effects
import Ledgers
package import ServiceKit

extension DiskWitness {
    /// Checks that everything of this node's own that its parent has lies here.
    ///
    /// - Throws: `inventory.unmatched`, with how long the parent has been away.
    package func requireMatch() async throws {
        if isMatched { return }
        _ = try? await match()
        guard !isMatched else { return }
        throw Failure("inventory.unmatched", complaint, remedy: Self.remedy)
    }

    /// Waits until an entry lies on the parent's disk.
    ///
    /// - Throws: `inventory.unsecured` where it does not in time: it is written, and the same command asks for it again.
    func waitUntilSecured(_ entry: EntryID) async throws {
        guard try await secures(entry, withinMilliseconds: Self.patienceMilliseconds) else {
            throw Failure(
                "inventory.unsecured", "it is written at \(entry.author) and not yet at its parent\(away)",
                remedy: "send the same again: it is kept, and given to nobody else")
        }
    }

    /// Shorter than a call waits.
    private static let patienceMilliseconds: Int64 = 5_000
}
