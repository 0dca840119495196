import Effects

/// The persons of one county who have something examined on a day.
struct Population: Sendable {
    private(set) var persons: [DemoPerson] = []

    /// Makes `count` persons of a county.
    ///
    /// - Parameter taken: the birth dates and sequence numbers that are in use already; those of the new persons are
    ///   added, so that no two persons of the region share a number.
    init(_ county: DemoCounty, count: Int, seed: UInt64, day: CivilDateTime, taken: inout Set<String>) {
        persons.reserveCapacity(count)
        for position in stride(from: 1, through: count, by: 1) {
            let random = SeededRandom(seed: Seeds.derive(Seeds.derive(seed, county.divisionCode), UInt64(position)))
            persons.append(Self.person(county, position, day: day, random: random, taken: &taken))
        }
    }

    private static func person(
        _ county: DemoCounty, _ position: Int, day: CivilDateTime, random: SeededRandom, taken: inout Set<String>
    ) -> DemoPerson {
        let sex: Sex = random.happens(perMille: 480) ? .male : .female
        // The larger of two draws: old people are examined more often than young ones.
        let age = max(random.integer(in: 1...92), random.integer(in: 1...80))
        let year = day.year - age
        let month = random.integer(in: 1...12)
        let dayOfMonth = random.integer(in: 1...CivilDateTime.days(inMonth: month, of: year))
        let birthDate =
            DecimalText.padded(year, width: 4) + DecimalText.padded(month, width: 2)
            + DecimalText.padded(dayOfMonth, width: 2)
        var sequence = random.integer(in: 0..<NeverIssuedIdentity.firstReserved / 2) * 2 + (sex == .male ? 1 : 0)
        while !taken.insert(birthDate + DecimalText.padded(sequence, width: 3)).inserted {
            sequence = (sequence + 2) % NeverIssuedIdentity.firstReserved
        }
        return DemoPerson(
            name: ChineseNames.name(sex, from: random), sex: sex, birthDate: birthDate,
            identityNumber: NeverIssuedIdentity.number(birthDate: birthDate, sequence: sequence),
            healthCard: healthCard(random), county: county, position: position)
    }

    private static func healthCard(_ random: SeededRandom) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in random.bytes(32) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
