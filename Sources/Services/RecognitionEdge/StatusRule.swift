import Recognition

/// Where a report stands, from its own status and those of its results, in HL7's letters (tables 0123 and 0085).
///
/// The most careful reading wins: what is void stays void, and nothing that is still open counts as final. A letter of a
/// line speaks of its own line: D, X and W of results never void the report.
enum StatusRule {
    private static let void: Set<String> = ["X", "D", "W"]
    private static let open: Set<String> = ["P", "I", "R", "S", "A", "O", "M", "N"]
    /// A line that was changed or taken back makes the report a corrected one.
    private static let changedLines: Set<String> = ["C", "D", "W"]

    /// The status.
    ///
    /// - Parameters:
    ///   - report: OBR-25, empty where it is missing.
    ///   - results: OBX-11 of the lines that are results.
    /// - Returns: the status, and whether no known letter was found, so that it had to be taken as preliminary.
    static func status(report: String, results: [String]) -> (status: ReportStatus, isDoubtful: Bool) {
        if void.contains(report) { return (.void, false) }
        if open.contains(report) || results.contains(where: LineStatus.isOpen) { return (.preliminary, false) }
        let isChanged = results.contains(where: changedLines.contains)
        if report == "C" || (report == "F" && isChanged) { return (.corrected, false) }
        if report == "F" { return (.final, false) }
        guard report.isEmpty else { return (.preliminary, true) }
        if isChanged { return (.corrected, false) }
        if results.contains(where: { !$0.isEmpty && (LineStatus.isClosed($0) || $0 == "X") }) { return (.final, false) }
        return (.preliminary, true)
    }
}
