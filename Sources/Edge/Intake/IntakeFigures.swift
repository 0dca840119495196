package import EdgeKit
package import Effects
import Synchronization

/// What became of the messages that a node was given since its start; for its metrics.
package final class IntakeFigures: Sendable {
    /// Why a message was not taken, in as few classes as somebody can watch.
    package enum Reason: String, CaseIterable, Sendable {
        case unreadable
        case unacceptable
        case tooLarge = "too_large"
        case otherFormat = "other_format"
        /// The node failed over it, and would again.
        case broken
        /// Nothing is wrong with it; the node could not keep it.
        case tryAgain = "try_again"
    }

    /// The figures of one form of messages.
    package struct Counts: Sendable, Equatable {
        package var accepted = 0
        package var duplicate = 0
        package var refused: [Reason: Int] = [:]
        /// Of what was taken, how much was taken with a warning.
        package var withWarnings = 0
        package var durations = DurationCounts()
    }

    /// The forms that messages have.
    package static let forms = MessageForm.allCases

    private let state = Mutex<[MessageForm: Counts]>([:])

    package func counts(_ form: MessageForm) -> Counts {
        state.withLock { $0[form] ?? Counts() }
    }

    func note(_ result: IntakeResult) {
        state.withLock { state in
            var counts = state[result.form] ?? Counts()
            switch result.outcome {
            case .accepted: counts.accepted += 1
            case .duplicate: counts.duplicate += 1
            case .refused, .notStored: counts.refused[Self.reason(result), default: 0] += 1
            }
            if !result.warnings.isEmpty, [.accepted, .duplicate].contains(result.outcome) { counts.withWarnings += 1 }
            state[result.form] = counts
        }
    }

    func note(milliseconds: Int64, _ form: MessageForm) {
        state.withLock { $0[form, default: Counts()].durations.add(milliseconds: milliseconds) }
    }

    private static func reason(_ result: IntakeResult) -> Reason {
        guard result.outcome == .refused else { return .tryAgain }
        return switch result.fault {
        case .unreadable: .unreadable
        case .tooLarge: .tooLarge
        case .otherFormat: .otherFormat
        case .broken: .broken
        case .unacceptable, nil: .unacceptable
        }
    }
}
