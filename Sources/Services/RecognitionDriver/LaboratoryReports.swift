import Effects
import Recognition
import ServiceKit

/// Laboratory reports that differ in patient, order number, panel and values; the same for the same seed and position.
///
/// Codes, names, units and ranges stand ready and are shared, so that making a report costs little beside publishing it.
struct LaboratoryReports: Sendable {
    let seed: UInt64
    let itemCount: Int
    /// Where they are written.
    var institution = NodeSecrets.township
    private let panels = LaboratoryPanels.all

    /// What the township hands to `publish`.
    func submission(_ position: Int) -> ReportSubmission {
        let random = SeededRandom(seed: seed &+ UInt64(position) &* 0xD6E8_FEB8_6659_FD93)
        let number = Self.orderNumber(position)
        let panel = panels[Int(random.number(below: UInt64(panels.count)))]
        let minute = position % 600
        let time = "20261120" + Self.padded(8 + minute / 60, 2) + Self.padded(minute % 60, 2)
        var observations: [ReportedObservation] = []
        observations.reserveCapacity(itemCount)
        for place in 0..<itemCount {
            observations.append(panel.items[place % panel.items.count].observation(place + 1, random))
        }
        return ReportSubmission(
            content: ReportContent(
                institution: institution, patient: patient(position), fillerOrderNumber: number,
                placerOrderNumber: "P" + number, service: panel.service, status: .final, category: .laboratory,
                observedTime: time + "00+0800", issuedTime: time + "30+0800", specimens: [panel.specimen],
                observations: observations, orderedBy: Self.staff[position % 7], performedBy: Self.staff[position % 5]),
            format: .hl7v2, messageID: "M" + number)
    }

    /// The identifier under which a report's patient is looked up.
    func identifier(_ position: Int) -> PatientIdentifier { patient(position).identifiers[0] }

    static func orderNumber(_ position: Int) -> String { "J" + padded(position, 8) }

    /// Every person has about three reports; the numbers begin with a division that does not exist.
    private func patient(_ position: Int) -> PatientDemographics {
        let person = position / 3
        let birthDate =
            Self.padded(1_930 + person % 90, 4) + Self.padded(1 + person / 90 % 12, 2)
            + Self.padded(1 + person / 1_080 % 28, 2)
        let body = "999999" + birthDate + Self.padded(person / 30_240 % 1_000, 3)
        return PatientDemographics(
            identifiers: [
                PatientIdentifier(
                    type: PatientIdentifier.citizenIDType, authority: "CN", value: body + Self.checkDigit(body)),
                PatientIdentifier(type: "MR", authority: institution, value: "MR" + Self.padded(person, 8)),
            ],
            name: Self.surnames[person % 10] + Self.names[person / 10 % 10], birthDate: birthDate,
            sex: person % 2 == 0 ? "F" : "M")
    }

    /// ISO 7064, MOD 11-2, as GB 11643 has it.
    private static func checkDigit(_ body: String) -> String {
        var sum = 0
        for (weight, byte) in zip([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], body.utf8) {
            sum += weight * (Int(byte) - 48)
        }
        return ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    private static let staff = ["王医生", "李医生", "张医生", "刘医生", "陈检验师", "杨检验师", "赵检验师"]
    private static let surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"]
    private static let names = ["试一", "试二", "建国", "秀英", "丽", "强", "敏", "静", "磊", "洋"]
}
