import Regions

/// The class of an examination, as the monthly tables count by it (domain: X04, Liaoning form).
///
/// Open, so that a node of an older release reads a newer catalogue.
package struct ExaminationClass: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }

    package static func < (left: ExaminationClass, right: ExaminationClass) -> Bool { left.rawValue < right.rawValue }

    package static let laboratory = ExaminationClass(rawValue: "laboratory")
    /// 数字X线摄影.
    package static let radiography = ExaminationClass(rawValue: "dr")
    package static let computedTomography = ExaminationClass(rawValue: "ct")
    package static let magneticResonance = ExaminationClass(rawValue: "mr")
    package static let ultrasound = ExaminationClass(rawValue: "ultrasound")
    package static let electrocardiogram = ExaminationClass(rawValue: "ecg")
    package static let endoscopy = ExaminationClass(rawValue: "endoscopy")
    package static let pathology = ExaminationClass(rawValue: "pathology")
    package static let nuclear = ExaminationClass(rawValue: "nuclear")

    /// The classes that a catalogue accepts, in the order of the tables.
    package static let known: [ExaminationClass] = [
        laboratory, radiography, computedTomography, magneticResonance, ultrasound, electrocardiogram, endoscopy,
        pathology, nuclear,
    ]

    /// What the console shows.
    package var chineseName: String {
        switch self {
        case .laboratory: "检验"
        case .radiography: "DR"
        case .computedTomography: "CT"
        case .magneticResonance: "MR"
        case .ultrasound: "超声"
        case .electrocardiogram: "心电"
        case .endoscopy: "内镜"
        case .pathology: "病理"
        case .nuclear: "核医学"
        default: rawValue
        }
    }
}
