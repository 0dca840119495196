import Recognition

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
