package import FHIR

/// What there is to say about a message: why it is refused, and what of it was not taken as it stands.
///
/// Bounded: the same words about many places are one finding that counts them.
package struct FHIRFindings {
    /// How many different things are told.
    package static let limit = 50

    private struct Told {
        var issue: OperationOutcome.Issue
        var places = 1
    }

    private var refusals: [Told] = []
    private var passed: [Told] = []
    private var left = (refusals: 0, passed: 0)

    package init() {}

    package var isRefused: Bool { !refusals.isEmpty }

    /// The message is not taken.
    package mutating func refuse(_ code: OperationOutcome.IssueType, _ text: String, _ expression: String? = nil) {
        Self.add(.init(code, text, expression: expression), to: &refusals, left: &left.refusals)
    }

    /// The message is taken, and this of it is not, or was read with care.
    package mutating func warn(_ code: OperationOutcome.IssueType, _ text: String, _ expression: String? = nil) {
        Self.add(.init(code, text, expression: expression, severity: .warning), to: &passed, left: &left.passed)
    }

    package mutating func add(_ other: FHIRFindings) {
        for told in other.refusals { Self.add(told.issue, to: &refusals, left: &left.refusals, places: told.places) }
        for told in other.passed { Self.add(told.issue, to: &passed, left: &left.passed, places: told.places) }
        left.refusals += other.left.refusals
        left.passed += other.left.passed
    }

    package var issues: [OperationOutcome.Issue] { Self.list(refusals, left: left.refusals, severity: .error) }
    package var warnings: [OperationOutcome.Issue] { Self.list(passed, left: left.passed, severity: .warning) }

    private static func add(
        _ issue: OperationOutcome.Issue, to list: inout [Told], left: inout Int, places: Int = 1
    ) {
        if let known = list.firstIndex(where: { $0.issue.diagnostics == issue.diagnostics }) {
            list[known].places += places
        } else if list.count < limit {
            list.append(Told(issue: issue, places: places))
        } else {
            left += 1
        }
    }

    private static func list(
        _ told: [Told], left: Int, severity: OperationOutcome.Severity
    ) -> [OperationOutcome.Issue] {
        var issues = told.map { told in
            var issue = told.issue
            if told.places > 1 { issue.diagnostics += " (here and in \(told.places - 1) more places)" }
            return issue
        }
        if left > 0 { issues.append(.init(.tooLong, "\(left) more things are not listed", severity: severity)) }
        return issues
    }
}
