package import Recognition
import Regions

/// The statistics of a period as JSON: parts, never ratios; a ratio stands beside its parts for people.
package struct SheetInfo: Codable, Sendable, Equatable {
    package var period: String
    package var node: String
    package var edition: String
    package var institutions: [RowInfo]
    package var groups: [RowInfo]
    package var total: RowInfo

    /// A numerator over a denominator.
    package struct FigureInfo: Codable, Sendable, Equatable {
        package var numerator: Int
        package var denominator: Int

        package init(_ figure: RecognitionFigure) {
            numerator = figure.numerator
            denominator = figure.denominator
        }

        /// `12.5%`; `–` where there is nothing to divide by.
        package var percent: String {
            guard denominator > 0 else { return "–" }
            // Others wrote the parts: whatever they are, nothing leaves its type.
            let share = (Double(numerator) * 1_000 / Double(denominator)).rounded(.toNearestOrAwayFromZero)
            let tenths = Int(min(max(share, -1e15), 1e15))
            return "\(tenths / 10).\(tenths.magnitude % 10)%"
        }
    }

    package struct ClassInfo: Codable, Sendable, Equatable {
        package var examinationClass: String
        package var recognised: Int
        package var savedFen: Int
    }

    package struct RowInfo: Codable, Sendable, Equatable {
        package var unit: String
        package var name: String
        package var grade: String
        package var isPrivate: Bool
        package var nationalCertificates: Int
        package var provincialCertificates: Int
        package var otherCertificates: Int
        package var hasImagingCertificate: Bool
        package var recognisesOthers: Bool
        package var classes: [ClassInfo]
        package var recognised: Int
        package var savedFen: Int
        package var priceVersions: [String]
        package var retrievals: Int
        package var retrievedByOthers: Int
        /// X01: recognised results ÷ existing results of the patients who came.
        package var nationalRate: FigureInfo
        /// X02: recognised ÷ (recognised + repeated), decisions that count.
        package var orderRate: FigureInfo
        package var repeatedByReason: [String: Int]
        package var recognisedByItem: [String: Int]
        package var orders: Int
        package var orderedItems: Int
        package var repeatRate: FigureInfo
        package var matchCoverage: FigureInfo
        package var expiredShare: FigureInfo
        package var markCoverage: FigureInfo

        package var savedYuan: String { Yuan.text(savedFen) }
    }

    init(
        period: String, node: String, edition: String, institutions: [RowInfo], groups: [RowInfo], total: RowInfo
    ) {
        self.period = period
        self.node = node
        self.edition = edition
        self.institutions = institutions
        self.groups = groups
        self.total = total
    }

    package init(_ sheet: RecognitionSheet) {
        period = sheet.period.description
        node = sheet.node.rawValue
        edition = sheet.edition
        institutions = sheet.rows.map {
            RowInfo(
                $0.statistics, unit: $0.unit.rawValue, name: $0.name, grade: $0.grade.rawValue, isPrivate: $0.isPrivate)
        }
        groups = sheet.groups.map {
            RowInfo($0.statistics, unit: $0.name.english, name: $0.name.chinese, grade: "", isPrivate: false)
        }
        total = RowInfo(sheet.total, unit: "total", name: "合计", grade: "", isPrivate: false)
    }
}

extension SheetInfo.RowInfo {
    init(_ statistics: InstitutionStatistics, unit: String, name: String, grade: String, isPrivate: Bool) {
        self.init(
            unit: unit, name: name, grade: grade, isPrivate: isPrivate,
            nationalCertificates: statistics.nationalCertificates,
            provincialCertificates: statistics.provincialCertificates,
            otherCertificates: statistics.otherCertificates,
            hasImagingCertificate: statistics.hasImagingCertificate, recognisesOthers: statistics.recognised > 0,
            classes: ExaminationClass.known.map { name in
                SheetInfo.ClassInfo(
                    examinationClass: name.rawValue, recognised: statistics.byClass[name]?.recognised ?? 0,
                    savedFen: statistics.byClass[name]?.savedFen ?? 0)
            },
            recognised: statistics.recognised, savedFen: statistics.savedFen,
            priceVersions: statistics.priceVersions.sorted(), retrievals: statistics.retrievals,
            retrievedByOthers: statistics.retrievedByOthers,
            nationalRate: SheetInfo.FigureInfo(statistics.nationalRate),
            orderRate: SheetInfo.FigureInfo(statistics.orderRate), repeatedByReason: statistics.repeatedByReason,
            recognisedByItem: statistics.recognisedByItem, orders: statistics.orders,
            orderedItems: statistics.orderedItems, repeatRate: SheetInfo.FigureInfo(statistics.repeatRate),
            matchCoverage: SheetInfo.FigureInfo(statistics.matchCoverage),
            expiredShare: SheetInfo.FigureInfo(statistics.expiredShare),
            markCoverage: SheetInfo.FigureInfo(statistics.markCoverage))
    }
}

/// Fen as yuan, `104.20`.
enum Yuan {
    static func text(_ fen: Int) -> String {
        let cents = fen.magnitude % 100
        return (fen < 0 ? "-" : "") + "\(fen.magnitude / 100)." + (cents < 10 ? "0" : "") + "\(cents)"
    }
}
