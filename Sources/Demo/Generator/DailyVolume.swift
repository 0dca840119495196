/// How many reports a day brings, derived from visits and residents.
///
/// Source: the scale model of the domain findings, §6.1 (residents) and §6.2 (visits and admissions of Yangquan per
/// day; reports per visit and per admission, which are estimates). Nothing here is counted by hand:
///
///     laboratory = 0.35 × hospital visits + 0.10 × (township + community visits) + (1.2 + 0.5 × 8.8) × admissions
///     imaging    = 0.20 × hospital + 0.05 × township + 0.03 × community + 1.5 × admissions
///     ecg        = 0.06 × hospital + 0.05 × township + 0.04 × community + 1.0 × admissions
///
/// all of it for the whole of Yangquan, times the county's share of the residents. For both counties together that
/// gives 3,879 laboratory, 1,592 imaging and 754 ECG reports.
package struct DailyVolume: Sendable, Equatable {
    /// Residents of Yangquan at the end of 2022.
    package static let residentsOfYangquan = 1_311_061

    private static let hospitalVisits = 10_900.0
    private static let townshipVisits = 3350.0
    private static let communityVisits = 2660.0
    private static let admissions = 770.0
    private static let laboratoryPerAdmission = 1.2 + 0.5 * 8.8

    /// Reports of the county's hospital: hospital visits and admissions.
    package var hospital: Int
    /// Reports of primary care: township and community visits.
    ///
    /// The demo's two townships stand for all of it.
    package var primary: Int

    package var total: Int { hospital + primary }

    /// The day of a county with so many residents.
    package init(_ kind: ReportKind, residents: Int) {
        let share = Double(residents) / Double(Self.residentsOfYangquan)
        let (hospital, primary): (Double, Double) =
            switch kind {
            case .laboratory:
                (
                    0.35 * Self.hospitalVisits + Self.laboratoryPerAdmission * Self.admissions,
                    0.10 * (Self.townshipVisits + Self.communityVisits)
                )
            case .imaging:
                (
                    0.20 * Self.hospitalVisits + 1.5 * Self.admissions,
                    0.05 * Self.townshipVisits + 0.03 * Self.communityVisits
                )
            case .ecg:
                (
                    0.06 * Self.hospitalVisits + 1.0 * Self.admissions,
                    0.05 * Self.townshipVisits + 0.04 * Self.communityVisits
                )
            }
        self.hospital = Int((hospital * share).rounded())
        self.primary = Int((primary * share).rounded())
    }

    /// The reports of one institution.
    ///
    /// Primary care is split evenly over the county's townships; the first ones take what does not divide.
    package static func reports(_ kind: ReportKind, of institution: DemoInstitution) -> Int {
        let volume = DailyVolume(kind, residents: institution.county.residents)
        guard let position = institution.townshipPosition else { return volume.hospital }
        let townships = institution.county.townshipCount
        return volume.primary / townships + (position < volume.primary % townships ? 1 : 0)
    }
}
