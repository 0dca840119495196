/// What a generated day must lead to at a node, so that whoever sends it can check what arrived.
package struct ExpectedCounts: Sendable, Hashable {
    /// Messages to send, repeats included.
    package var messages = 0
    /// Reports by kind: what the day's volume counts.
    package var reports: [ReportKind: Int] = [:]
    /// Distinct report versions: every preliminary, final, corrected and void one.
    ///
    /// A node that takes all of them has
    /// accepted exactly so many entries.
    package var versions = 0
    /// Messages whose bytes were sent before; they make no new version.
    package var repeats = 0
    package var preliminaries = 0
    package var corrections = 0
    package var voids = 0
    /// Messages in HL7 and in FHIR, repeats included.
    package var hl7Messages = 0
    package var fhirMessages = 0

    package init() {}

    /// All reports.
    package var reportCount: Int { reports.values.reduce(0, +) }

    mutating func count(_ plan: ReportPlan) {
        let repeated = plan.repeatTime == nil ? 0 : 1
        let sent = plan.steps.count + repeated
        messages += sent
        reports[plan.kind, default: 0] += 1
        versions += plan.steps.count
        repeats += repeated
        preliminaries += plan.steps.count { $0.version == .preliminary }
        corrections += plan.steps.count { $0.version == .corrected }
        voids += plan.steps.count { $0.version == .void }
        if plan.format == .hl7 {
            hl7Messages += sent
        } else {
            fhirMessages += sent
        }
    }

    /// The sum of two nodes' counts.
    package static func + (left: ExpectedCounts, right: ExpectedCounts) -> ExpectedCounts {
        var sum = left
        sum.messages += right.messages
        sum.reports.merge(right.reports, uniquingKeysWith: +)
        sum.versions += right.versions
        sum.repeats += right.repeats
        sum.preliminaries += right.preliminaries
        sum.corrections += right.corrections
        sum.voids += right.voids
        sum.hl7Messages += right.hl7Messages
        sum.fhirMessages += right.fhirMessages
        return sum
    }
}
