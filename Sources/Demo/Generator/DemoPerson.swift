package import Effects

/// Administrative sex, as PID-8 and FHIR name it.
package enum Sex: Sendable, Hashable {
    case male, female

    var hl7: String { self == .male ? "M" : "F" }
    var fhir: String { self == .male ? "male" : "female" }
}

/// A person who does not exist, with an identity number that cannot be issued.
package struct DemoPerson: Sendable, Hashable {
    package var name: String
    package var sex: Sex
    /// Eight digits, `YYYYMMDD`.
    package var birthDate: String
    /// Eighteen characters; the first six are `999999`.
    package var identityNumber: String
    /// The identifier of the e-health card (电子健康卡), 64 hexadecimal digits.
    package var healthCard: String
    package var county: DemoCounty
    /// Where in the population the person stands; local patient numbers are made from it.
    package var position: Int

    /// The age in whole years on a day.
    package func age(on day: CivilDateTime) -> Int {
        let digits = Int(birthDate) ?? 0
        let today = day.year * 10_000 + day.month * 100 + day.day
        return max(0, (today - digits) / 10_000)
    }

    /// The patient of the demo's story: examined in 巨城镇, looked up by a doctor of 盂县.
    ///
    /// The messages of `Nodes/demo/messages` that name him carry exactly these identifiers; no generated day does.
    package static let liJianguo = DemoPerson(
        name: "李建国", sex: .male, birthDate: "19680412",
        identityNumber: NeverIssuedIdentity.number(birthDate: "19680412", sequence: 917),
        healthCard: "5C0DE3A1948F27B6E04D7712A9C38F605B1E9D24C7A06F83D15B42E8970CFA36", county: .pingding, position: 0)
}
