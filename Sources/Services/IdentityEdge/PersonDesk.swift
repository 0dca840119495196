import EdgeKit
import Effects
import Identity
import ServiceKit

/// Answers hospitals' systems that ask who a person is: matches, and other identifiers of the same person.
struct PersonDesk: Sendable {
    let identity: IdentityService
    /// What this node's reports know of people.
    let source: IdentitySource
    let time: any TimeSource

    var now: WallTime { time.wallTime }

    /// What lies here of the person whom a number names, on an access statement.
    ///
    /// Where a number may be of several types, the first that anything here names counts, as in a search. They are
    /// never asked for together: one institution's patient number and its visit number may be equal and two people's.
    func person(
        _ identifiers: [PatientIdentifier], question: String, _ ground: Asking
    ) async throws -> PersonAnswer? {
        for identifier in identifiers {
            let answer = try await identity.person(
                [identifier], question: question, source: source, by: ground)
            if answer.isKnown { return answer }
        }
        return nil
    }
}

extension PatientIdentifier {
    /// What a number can mean that came without its type, which is then read as the institution's own.
    var readings: [PatientIdentifier] {
        guard type == PatientToken.usualTypes.first else { return [self] }
        return PatientToken.usualTypes.map { PatientIdentifier(type: $0, authority: authority, value: value) }
    }
}
