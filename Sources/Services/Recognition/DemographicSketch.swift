import ServiceKit

/// What is compared of what two say of one person: name, birth date, sex.
///
/// Only what both say plainly is compared: a name in Chinese characters with such a name, a whole birth date, male or
/// female. So a romanised name or a missing date contradicts nothing.
package struct DemographicSketch: Sendable, Equatable {
    /// What can contradict, by FHIR's names of the elements.
    package enum Field: String, Sendable, CaseIterable {
        case name
        case birthDate
        case gender

        var chinese: String {
            switch self {
            case .name: "姓名"
            case .birthDate: "出生日期"
            case .gender: "性别"
            }
        }

        var english: String {
            switch self {
            case .name: "name"
            case .birthDate: "birth date"
            case .gender: "sex"
            }
        }
    }

    private let values: [Field: String]

    package init(_ patient: PatientDemographics) {
        var values: [Field: String] = [:]
        values[.name] = patient.name.flatMap(Self.name)
        values[.birthDate] = patient.birthDate.flatMap(Self.day)
        values[.gender] = patient.sex.flatMap { $0 == "M" || $0 == "F" ? $0 : nil }
        self.values = values
    }

    /// The digests for a header, under the first of a report's patient keys.
    func marks(of keys: [PatientKeyReference], _ keyring: PatientKeyring) throws -> DemographicMarks {
        guard let key = keys.first else { return DemographicMarks() }
        var marks = DemographicMarks()
        for (field, value) in values { marks[field] = try keyring.mark(field.rawValue, value, of: key) }
        return marks
    }

    /// A name in Chinese characters, without blanks and middle dots.
    private static func name(_ text: String) -> String? {
        let plain = text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "·" && $0 != "•" }
        guard !plain.isEmpty, plain.allSatisfy({ $0.properties.isIdeographic }) else { return nil }
        return String(String.UnicodeScalarView(plain))
    }

    /// The eight digits of a whole date.
    private static func day(_ text: String) -> String? {
        let digits = text.filter { $0.isASCII && $0.isNumber }.prefix(8)
        return digits.count == 8 ? String(digits) : nil
    }
}

extension DemographicMarks {
    subscript(field: DemographicSketch.Field) -> UInt32 {
        get {
            switch field {
            case .name: name
            case .birthDate: birthDate
            case .gender: sex
            }
        }
        set {
            switch field {
            case .name: name = newValue
            case .birthDate: birthDate = newValue
            case .gender: sex = newValue
            }
        }
    }

    /// What two say differently of one person.
    func contradictions(_ other: DemographicMarks) -> [DemographicSketch.Field] {
        DemographicSketch.Field.allCases.filter { self[$0] != 0 && other[$0] != 0 && self[$0] != other[$0] }
    }

    /// Whether both say something that can be compared.
    func meets(_ other: DemographicMarks) -> Bool {
        DemographicSketch.Field.allCases.contains { self[$0] != 0 && other[$0] != 0 }
    }
}
