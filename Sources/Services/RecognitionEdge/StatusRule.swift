import Recognition

/// Where a report stands, from its own status and those of its results, in HL7's letters (tables 0123 and 0085).
///
/// The most careful reading wins: what is void stays void, and nothing that is still open counts as final.
enum StatusRule {
    private static let void: Set<String> = ["X", "D", "W"]
    private static let open: Set<String> = ["P", "I", "R", "S", "A", "O", "M"]

    /// The status.
    ///
    /// - Parameters:
    ///   - report: OBR-25, empty where it is missing.
    ///   - results: OBX-11 of the results, questions asked with the order left out.
    /// - Returns: the status, and whether no known letter was found, so that it had to be taken as preliminary.
    static func status(report: String, results: [String]) -> (status: ReportStatus, isDoubtful: Bool) {
        if void.contains(report) { return (.void, false) }
        if !results.isEmpty, results.allSatisfy(void.contains) { return (.void, false) }
        if open.contains(report) || results.contains(where: open.contains) { return (.preliminary, false) }
        if report == "C" || (report == "F" && results.contains("C")) { return (.corrected, false) }
        if report == "F" { return (.final, false) }
        guard report.isEmpty else { return (.preliminary, true) }
        if results.contains("C") { return (.corrected, false) }
        if results.contains("F") || results.contains("U") { return (.final, false) }
        return (.preliminary, true)
    }
}
