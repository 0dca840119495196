/// What is agreed about one kind of request: who reports on it and by when.
package struct ServiceLevel: Hashable, Sendable {
    /// Such as `ecg-emergency`.
    package var kind: String
    package var name: String
    /// The specialty whose experts are offered the request.
    package var specialty: String
    /// From the offer to the claim.
    package var claimSeconds: UInt32
    /// From the claim to the report.
    package var reportSeconds: UInt32
    /// How long past a deadline the dispatcher waits for the home before it opens another attempt.
    package var graceSeconds: UInt32

    package init(
        kind: String, name: String, specialty: String, claimSeconds: UInt32, reportSeconds: UInt32,
        graceSeconds: UInt32
    ) {
        self.kind = kind
        self.name = name
        self.specialty = specialty
        self.claimSeconds = claimSeconds
        self.reportSeconds = reportSeconds
        self.graceSeconds = graceSeconds
    }
}
