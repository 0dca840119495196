/// An imaging or ECG examination of the catalogue, with the texts that its reports may have.
package struct Examination: Sendable {
    /// What a report says: findings (检查所见) and opinion (诊断意见).
    package struct Reading: Sendable {
        package var findings: TextTemplate
        package var opinion: TextTemplate
        package var weight: Int

        init(_ weight: Int, _ findings: String, _ opinion: String) {
            self.weight = weight
            self.findings = TextTemplate(findings)
            self.opinion = TextTemplate(opinion)
        }
    }

    /// A measurement that stands beside the text, as an ECG's intervals do.
    package struct Measurement: Sendable {
        package var code: String
        package var name: String
        package var unit: String
        package var template: TextTemplate
        package var range: ReferenceRange

        init(_ code: String, _ name: String, _ unit: String, _ template: String, _ low: Double?, _ high: Double?) {
            self.code = code
            self.name = name
            self.unit = unit
            self.template = TextTemplate(template)
            range = ReferenceRange(low: low, high: high)
        }
    }

    package var code: String
    package var name: String
    /// HL7 table 0074: RAD, CT, NMR, RUS, EC.
    package var section: String
    /// How often it is ordered at a county hospital, against the others of its kind.
    package var weight: Int
    /// How often at a township; 0 where no township has the machine.
    package var townshipWeight: Int
    package var onlySex: Sex?
    package var ages: ClosedRange<Int>
    package var readings: [Reading]
    package var measurements: [Measurement]
    package let readingWeights: [Int]

    init(
        _ code: String, _ name: String, _ section: String, weight: Int, township: Int, onlySex: Sex? = nil,
        ages: ClosedRange<Int> = 0...150, measurements: [Measurement] = [], _ readings: [Reading]
    ) {
        self.code = code
        self.name = name
        self.section = section
        self.weight = weight
        townshipWeight = township
        self.onlySex = onlySex
        self.ages = ages
        self.readings = readings
        self.measurements = measurements
        readingWeights = readings.map(\.weight)
    }
}

/// The examinations of the demo region's institutions.
///
/// Texts are written for the demo in the manner of Chinese radiology reports; they describe nobody.
package enum ExaminationCatalogue {
    package static let imaging: [Examination] =
        radiography + chestAndHead + otherSections + abdominalUltrasound + otherUltrasound
    package static let ecg: [Examination] = electrocardiography

    static let imagingWeights = imaging.map(\.weight)
    static let imagingTownshipWeights = imaging.map(\.townshipWeight)
    static let ecgWeights = ecg.map(\.weight)
    static let ecgTownshipWeights = ecg.map(\.townshipWeight)
}
