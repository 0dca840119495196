import Effects

/// One administrative or statistical division.
package struct Division: Hashable, Sendable {
    package let code: DivisionCode
    package let name: String
    /// The code exists in the statistical bureau's tables only; no government sits there (a development zone).
    package let isStatisticalOnly: Bool

    package init(code: DivisionCode, name: String, isStatisticalOnly: Bool = false) {
        self.code = code
        self.name = name
        self.isStatisticalOnly = isStatisticalOnly
    }
}

/// The divisions that are known: those that come with the program, and those that a region adds.
///
/// The built-in ones are the statistical bureau's codes of 2023-06-30 for the regions that Yilian was written after. A
/// region elsewhere names its own under `divisions` in `region.yaml`.
package struct DivisionTable: Sendable {
    private var divisions: [DivisionCode: Division]

    /// The built-in divisions.
    package static let builtin = DivisionTable(lines: DivisionData.lines)

    /// This table with more divisions; one that stands in both is taken from `more`.
    package func adding(_ more: [Division]) -> DivisionTable {
        var table = self
        for division in more {
            table.divisions[division.code] = division
        }
        return table
    }

    package subscript(code: DivisionCode) -> Division? { divisions[code] }

    /// The known divisions in the order of their codes.
    package var all: [Division] { divisions.values.sorted { $0.code < $1.code } }

    /// Looks a code up.
    ///
    /// - Throws: `code.divisionUnknown`; the message says how much of the code is known.
    package func division(_ code: DivisionCode) throws -> Division {
        if let division = divisions[code] { return division }
        var message = "division code \(code) is not known"
        var enclosing = code.enclosing
        while let candidate = enclosing {
            if let known = divisions[candidate] {
                message += "; \(candidate) is \(known.name), which has no such part in the table"
                break
            }
            enclosing = candidate.enclosing
        }
        throw Failure(
            "code.divisionUnknown", message,
            remedy: "correct it, or add it with its name under 'divisions' in region.yaml")
    }

    /// The names from the province down to the division, as far as they are known: `山西省阳泉市平定县`.
    package func fullName(_ code: DivisionCode) -> String {
        var names: [String] = []
        var current: DivisionCode? = code
        while let candidate = current {
            if let known = divisions[candidate] { names.insert(known.name, at: 0) }
            current = candidate.enclosing
        }
        return names.joined()
    }

    private init(lines: String) {
        divisions = [:]
        for line in lines.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 2, let code = try? DivisionCode(String(fields[0])) else { continue }
            divisions[code] = Division(
                code: code, name: String(fields[1]), isStatisticalOnly: fields.count == 3 && fields[2] == "statistical")
        }
    }
}
