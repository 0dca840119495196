package import Effects
package import Regions

/// One version of an item of the region's recognition catalogue (互认项目).
///
/// Versions of one item follow each other in time and never overlap. What a report says is judged by the version in
/// force at its report time.
package struct CatalogueItem: Hashable, Sendable {
    /// Where the validity window comes from.
    package enum WindowSource: String, CaseIterable, Sendable {
        /// A published list (domain §3.5).
        case published
        /// The region set it itself.
        case region
    }

    /// The region's code, the same in all versions.
    package var code: String
    /// From 1.
    package var version: Int
    package var name: String
    package var englishName: String
    package var examinationClass: ExaminationClass
    /// The specimen type's code; for laboratory items.
    package var specimen: String?
    /// The unit's code in which results of the item are comparable; none where the item has no unit.
    package var unit: String?
    /// Methods whose results compare with each other.
    package var methodGroup: String?
    /// For how many days, counted from the report time, a result may be recognised.
    package var windowDays: Int
    package var windowSource: WindowSource
    package var price: PriceReference?
    package var loinc: String?
    package var from: WallTime
    /// The moment at which it ends; none: until further notice.
    package var to: WallTime?

    package init(
        code: String, version: Int = 1, name: String, englishName: String, examinationClass: ExaminationClass,
        specimen: String? = nil, unit: String? = nil, methodGroup: String? = nil, windowDays: Int,
        windowSource: WindowSource = .region, price: PriceReference? = nil, loinc: String? = nil, from: WallTime,
        to: WallTime? = nil
    ) {
        self.code = code
        self.version = version
        self.name = name
        self.englishName = englishName
        self.examinationClass = examinationClass
        self.specimen = specimen
        self.unit = unit
        self.methodGroup = methodGroup
        self.windowDays = windowDays
        self.windowSource = windowSource
        self.price = price
        self.loinc = loinc
        self.from = from
        self.to = to
    }

    package func isInForce(at moment: WallTime) -> Bool {
        from <= moment && (to.map { moment < $0 } ?? true)
    }
}

/// What an item costs where it is done again: for statistics of savings, never for billing.
package struct PriceReference: Hashable, Sendable {
    /// In fen (0.01 yuan).
    package var fen: Int
    /// The price list that says so, with its year.
    package var version: String

    package init(fen: Int, version: String) {
        self.fen = fen
        self.version = version
    }
}

/// Items that are ordered together under one code, such as 血脂四项.
package struct CataloguePanel: Hashable, Sendable {
    package var code: String
    package var name: String
    package var englishName: String
    /// Codes of catalogue items.
    package var items: [String]

    package init(code: String, name: String, englishName: String, items: [String]) {
        self.code = code
        self.name = name
        self.englishName = englishName
        self.items = items
    }
}

/// The region's item or panel behind an institution's own code.
package struct LocalCode: Hashable, Sendable {
    /// Whose code; none: everybody's.
    package var unit: OrgUnitID?
    /// The coding system as messages name it; empty: whatever they name.
    package var system: String
    package var code: String
    /// The code of a catalogue item or panel.
    package var item: String

    package init(unit: OrgUnitID? = nil, system: String = "", code: String, item: String) {
        self.unit = unit
        self.system = system
        self.code = code
        self.item = item
    }
}

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
