import Effects
import ServiceKit
import Wire

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

/// What a report says of its patient, as digests that a header may carry.
///
/// Each is made under the secret of the epoch and the report's first patient key (``PatientKeyring/mark(_:_:of:)``): they
/// show whether two descriptions of one person contradict each other, and nothing across persons. 0 stands for nothing
/// said.
package struct DemographicMarks: Sendable, Equatable {
    package var name: UInt32
    package var birthDate: UInt32
    package var sex: UInt32

    package init(name: UInt32 = 0, birthDate: UInt32 = 0, sex: UInt32 = 0) {
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
    }

    var isEmpty: Bool { self == DemographicMarks() }

    func write(to writer: inout ProtobufWriter) {
        writer.integer(1, UInt64(name))
        writer.integer(2, UInt64(birthDate))
        writer.integer(3, UInt64(sex))
    }

    init(_ reader: ProtobufReader) throws {
        self.init()
        var reader = reader
        while let field = try reader.next() {
            switch field.number {
            case 1: name = PeerNumber.label(reader.integer32(field)) ?? name
            case 2: birthDate = PeerNumber.label(reader.integer32(field)) ?? birthDate
            case 3: sex = PeerNumber.label(reader.integer32(field)) ?? sex
            default: continue
            }
        }
    }
}
