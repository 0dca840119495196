import EdgeKit
import HL7

/// What becomes of the fields of a message with reports.
///
/// The lists are short on purpose. What is ignored says who pays, how to call, where somebody lives, how an order went
/// through the house, and how a message is to be handled.
enum HL7ReportFields {
    /// Components of data types that are read, and those that say nothing about a result: versions of coding systems and
    /// their OIDs; where a number was given out; a title, a degree and the house of a person or a laboratory.
    private static let coded = Set(1...22)
    private static let number: Set<Int> = [1, 2, 3, 4]
    private static let person = Set(1...25)
    private static let house = Set(1...10)
    private static let time: Set<Int> = [1, 2]
    private static let code: Set<Int> = [1]

    /// Segments without meaning for a result: software, visits, contacts, guarantors, insurance, billing, timing, trials.
    static let ignoredSegments: Set<String> = [
        "MSH", "SFT", "UAC", "ARV", "EVN", "PD1", "NK1", "PV1", "PV2", "GT1", "IN1", "IN2", "IN3", "FT1", "CTD", "CTI",
        "TQ1", "TQ2", "DSC",
    ]

    static func rules(_ segment: HL7Segment) -> HL7FieldRules? {
        segment.name == "OBX" && HL7DocumentReader.isDocument(segment) ? document : bySegment[segment.name]
    }

    /// An OBX with a document: it has no unit, range or flags.
    static let document = HL7FieldRules(
        whole: [4, 5], components: [2: code, 3: coded, 11: code, 15: coded, 23: house, 29: code], each: [16: person],
        ignored: [1, 12, 14, 17, 18, 19, 21, 22, 24, 25])

    private static let bySegment: [String: HL7FieldRules] = [
        "PID": HL7FieldRules(
            whole: [2, 3, 4, 5, 18], first: [7, 8, 19],
            ignored: [1, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 22, 23, 26, 27, 28, 33, 34, 39, 40]),
        "ORC": HL7FieldRules(
            components: [2: number, 3: number, 8: number, 12: person],
            ignored: [4, 6, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27, 29, 30, 31]),
        "OBR": HL7FieldRules(
            components: [
                2: number, 3: number, 4: coded, 7: time, 15: [1, 2, 3, 4, 5, 6, 7], 16: person, 22: time, 24: code,
                25: code, 26: [1, 2, 3], 29: number, 32: Set(1...11),
            ],
            ignored: [1, 5, 6, 10, 11, 17, 23, 27, 28, 30, 33, 34, 35, 36, 37, 38, 40, 41, 42, 43, 48, 49, 51, 52, 53],
            details: HL7Details.ofRequests),
        "OBX": HL7FieldRules(
            whole: [4, 5, 7], first: [6],
            components: [2: code, 3: coded, 11: code, 14: time, 15: coded, 23: house, 29: code],
            each: [8: coded, 16: person, 17: coded], ignored: [1, 12, 21, 22, 24, 25], details: HL7Details.ofLines),
        "NTE": HL7FieldRules(whole: [3], components: [6: time], each: [5: person], ignored: [1, 2, 4]),
        "SPM": HL7FieldRules(
            whole: [4], ignored: [1, 3, 13, 15, 19, 25, 26, 27, 29], details: HL7Details.ofSpecimens),
    ]

    /// An order that was cancelled, stopped or held says so in ORC; results of it stand or fall by OBR-25 alone.
    private static func order(_ segment: HL7Segment, _ number: Int) -> [HL7Problem]? {
        guard segment.name == "ORC", number == 1 || number == 5 else { return nil }
        let code = segment.field(number).component(1).text.trimmed.uppercased()
        let stops: Set<String> =
            number == 1 ? ["CA", "OC", "CR", "DC", "OD", "DR", "HD", "OH", "UA"] : ["CA", "DC", "ER", "HD", "RP"]
        guard stops.contains(code) else { return [] }
        return [
            HL7Accounting.warning(
                segment, number, nil, "it says that the order does not go on; the report's status is that of OBR-25")
        ]
    }

    /// What of a message is neither read nor without meaning.
    static func warnings(_ message: HL7Message) -> HL7Warnings {
        HL7Accounting(ignoredSegments: ignoredSegments, rules: rules, byItself: order).warnings(message)
    }
}

extension HL7FieldRules {
    /// - Parameter details: fields that are read with all their repetitions, and kept as details.
    fileprivate init(
        whole: [Int] = [], first: [Int] = [], components: [Int: Set<Int>] = [:], each: [Int: Set<Int>] = [:],
        ignored: [Int] = [], details: [HL7Details.Place]
    ) {
        self.init(
            whole: whole + details.map(\.field), first: first, components: components, each: each, ignored: ignored)
    }
}
