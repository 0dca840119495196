import Effects

extension ReportContent {
    /// The final results of a laboratory order.
    init(_ panel: LaboratoryPanel, for person: DemoPerson, from random: SeededRandom) {
        self.init(code: panel.code, name: panel.name, section: "LAB", specimen: panel.specimen, lines: [])
        let ill = random.happens(perMille: 220)
        var values: [String: Double] = [:]
        lines.reserveCapacity(panel.items.count)
        for item in panel.items {
            if case .words(let usual, let unusual, let perMille) = item.source {
                let isUnusual = random.happens(perMille: ill ? perMille * 2 : perMille)
                let word = isUnusual ? random.pick(unusual) ?? usual : usual
                lines.append(
                    Line(
                        code: item.code, name: item.name, value: .words(word), range: usual,
                        flag: word == usual ? "N" : "A"))
                continue
            }
            let value = Self.value(of: item, person.sex, ill: ill, given: values, from: random)
            values[item.code] = value
            lines.append(Self.line(item, value, person.sex))
        }
    }

    private static func value(
        of item: LaboratoryItem, _ sex: Sex, ill: Bool, given values: [String: Double], from random: SeededRandom
    ) -> Double {
        switch item.source {
        case .drawn, .words:
            item.draw(sex, ill: ill, from: random)
        case .product(let left, let right, let factor):
            (values[left] ?? 0) * (values[right] ?? 0) * factor
        case .remainder(let whole, let parts):
            max(0, parts.reduce(whole) { $0 - (values[$1] ?? 0) })
        case .difference(let whole, let parts):
            max(0, parts.reduce(values[whole] ?? 0) { $0 - (values[$1] ?? 0) })
        case .linear(let other, let factor, let summand):
            max(0, (values[other] ?? 0) * factor + summand)
        case .ratio(let upper, let lower):
            (values[upper] ?? 0) / max(0.01, values[lower] ?? 0)
        }
    }

    private static func line(_ item: LaboratoryItem, _ value: Double, _ sex: Sex) -> Line {
        let range = item.range(sex)
        var line = Line(
            code: item.code, name: item.name, value: .words(""), unit: item.unit, range: range.text, reference: range,
            critical: item.critical)
        line.setNumber(DecimalText.fixed(value, decimals: item.decimals))
        if let limit = item.detectionLimit, value < limit {
            line.value = .bounded(comparator: "<", number: DecimalText.short(limit))
        }
        return line
    }
}
