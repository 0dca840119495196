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

/// The class of an examination from the diagnostic service section (HL7 table 0074) or a DICOM modality.
enum CategoryRule {
    static func category(_ section: String) -> ReportCategory? {
        switch section.trimmed.uppercased() {
        case "LAB", "CH", "HM", "MB", "SR", "BLB", "TX", "VR", "IMM", "MCB", "MYC", "ICU", "BG", "GE", "LABORATORY",
            "检验":
            .laboratory
        case "RAD", "RX", "CT", "NMR", "NMS", "MR", "MRI", "DX", "DR", "CR", "MG", "XRC", "CTH", "IMAGING",
            "RADIOLOGY", "放射", "影像":
            .imaging
        case "RUS", "OUS", "CUS", "VUS", "US", "ULTRASOUND", "超声": .ultrasound
        case "EC", "ECG", "EKG", "心电": .electrocardiogram
        case "SP", "CP", "CG", "PAT", "PATHOLOGY", "病理": .pathology
        default: nil
        }
    }
}

/// Tells the physician's conclusion from what was measured or seen.
///
/// A conclusion is carried apart, because it is never recognised (国卫医发〔2022〕6号, Art. 2). Only text counts, and only
/// where the message itself names it: HL7's suffix `&IMP`, LOINC's impression, or the words of Chinese report forms. A
/// conclusion that is taken back may come without its text.
enum ConclusionRule {
    private static let codes: Set<String> = ["19005-8"]
    private static let names: Set<String> = [
        "诊断意见", "诊断结论", "诊断提示", "检查结论", "检查诊断", "影像诊断", "影像学诊断", "超声提示", "超声诊断", "心电图诊断", "病理诊断", "印象",
    ]

    static func isConclusion(_ observation: ReportedObservation) -> Bool {
        guard ["TX", "FT", "ST"].contains(observation.valueType), !observation.value.isEmpty || observation.isWithdrawn
        else { return false }
        return observation.code.codes.contains { code in
            code.code.hasSuffix("&IMP") || (codes.contains(code.code) && code.system != "L")
                || names.contains(code.display.trimmed) || names.contains(code.code.trimmed)
        }
    }
}
