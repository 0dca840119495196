package import Regions

/// Where a recognition mark holds: 全国HR, 省HR, 京津冀HR, 市HR, 县HR, a medical group.
///
/// A set of divisions and institutions, as data: nothing about a scope is built in.
package struct RecognitionScope: Hashable, Sendable {
    package var id: String
    /// As it stands on reports, such as `全国HR`.
    package var label: String
    package var englishLabel: String
    /// Wider scopes have higher numbers; where several marks hold, the widest is shown.
    package var rank: Int
    /// Holds everywhere.
    package var isNationwide: Bool
    /// Every place that lies in one of these by its digits.
    package var divisions: [DivisionCode]
    /// Institutions that belong to it besides.
    package var units: [OrgUnitID]

    package init(
        id: String, label: String, englishLabel: String, rank: Int, isNationwide: Bool = false,
        divisions: [DivisionCode] = [], units: [OrgUnitID] = []
    ) {
        self.id = id
        self.label = label
        self.englishLabel = englishLabel
        self.rank = rank
        self.isNationwide = isNationwide
        self.divisions = divisions
        self.units = units
    }

    /// Whether an institution stands in the scope.
    package func contains(_ unit: OrganizationUnit) -> Bool {
        if isNationwide || units.contains(unit.id) { return true }
        var place: DivisionCode? = unit.division
        while let division = place {
            if divisions.contains(division) { return true }
            place = division.enclosing
        }
        return false
    }
}
