/// What one version of a report says, before it is written as HL7 or FHIR.
struct ReportContent: Sendable {
    /// The value of one observation, in the form in which it is sent.
    enum Value: Sendable, Hashable {
        case number(String)
        /// A value beyond what the method can measure, such as `<0.01`.
        case bounded(comparator: String, number: String)
        case words(String)
        /// Prose of several lines, separated by line feeds.
        case prose(String)
    }

    /// One observation.
    struct Line: Sendable, Hashable {
        var code: String
        var name: String
        var value: Value
        var unit = ""
        var range = ""
        var flag = ""
        var isCorrected = false
        /// What a number is judged by; the flag is that of the printed number, not of one with more decimals.
        var reference: ReferenceRange?
        var critical: ReferenceRange?

        /// Prints a number and judges it.
        mutating func setNumber(_ text: String) {
            value = .number(text)
            let number = Double(text) ?? 0
            flag = reference?.flag(number) ?? ""
            switch critical?.flag(number) {
            case "L": flag = "LL"
            case "H": flag = "HH"
            default: break
            }
        }
    }

    var code: String
    var name: String
    /// The diagnostic service section (HL7 table 0074): LAB, RAD, CT, NMR, RUS, EC.
    var section: String
    var specimen: String?
    var lines: [Line]
    /// The reader's opinion (诊断意见); it is no result in the sense of the recognition rules, and is kept apart.
    var opinion: String?
    var note: String?
}
