import HL7

/// What becomes of the fields of a message: read, or without meaning for a result.
///
/// All others are told to the sender.
/// The lists are short on purpose. What is ignored says who pays, how to call, where somebody lives, how an order went
/// through the house, and how a message is to be handled.
struct HL7FieldRules {
    /// How much of a field is read.
    enum Reading {
        case whole
        /// The first repetition.
        case first
        /// These components of the first repetition.
        case components(Set<Int>)
        /// These components of every repetition.
        case each(Set<Int>)
        /// Nothing, because it says nothing about a result.
        case nothing
    }

    /// Components of data types that are read, and those that say nothing about a result: versions of coding systems and
    /// their OIDs; where a number was given out; a title, a degree and the house of a person or a laboratory.
    private static let coded = Set(1...22)
    private static let number: Set<Int> = [1, 2, 3, 4]
    private static let person = Set(1...25)
    private static let house = Set(1...10)
    private static let time: Set<Int> = [1, 2]
    private static let code: Set<Int> = [1]

    private var readings: [Int: Reading] = [:]

    /// - Parameters:
    ///   - whole: fields that are read with all their repetitions.
    ///   - first: fields of which the first repetition is read.
    ///   - components: fields of whose first repetition some components are read.
    ///   - each: fields of whose repetitions some components are read.
    ///   - ignored: fields without meaning for a result.
    init(
        whole: [Int] = [], first: [Int] = [], components: [Int: Set<Int>] = [:], each: [Int: Set<Int>] = [:],
        ignored: [Int] = [], details: [HL7Details.Place] = []
    ) {
        for field in whole + details.map(\.field) { readings[field] = .whole }
        for field in first { readings[field] = .first }
        for (field, parts) in components { readings[field] = .components(parts) }
        for (field, parts) in each { readings[field] = .each(parts) }
        for field in ignored { readings[field] = .nothing }
    }

    func reading(_ field: Int) -> Reading? { readings[field] }

    /// Segments without meaning for a result: software, visits, contacts, guarantors, insurance, billing, timing, trials.
    static let ignoredSegments: Set<String> = [
        "MSH", "SFT", "UAC", "ARV", "EVN", "PD1", "NK1", "PV1", "PV2", "GT1", "IN1", "IN2", "IN3", "FT1", "CTD", "CTI",
        "TQ1", "TQ2", "DSC",
    ]

    static func rules(_ name: String) -> HL7FieldRules? { bySegment[name] }

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
}
