package import Effects
package import Regions

/// A quality certificate: an institution passed the external quality assessment for an item, and its results may carry
/// a mark for a scope from one day to another.
///
/// A record of its own, written at the dispatcher, from where it reaches every node of the region.
package struct QualityCertificate: Sendable, Equatable {
    /// The certificate's number as the quality control centre gives it; the same in all versions.
    package var number: String
    package var unit: OrgUnitID
    /// A catalogue item; none: all items of the classes.
    package var item: String?
    /// Classes of examinations that it covers where it names no item.
    package var classes: [ExaminationClass]
    /// The scope of the mark that it allows.
    package var scope: String
    package var from: WallTime
    /// The first moment at which it does not hold any more.
    package var to: WallTime
    /// The programme that was passed, such as 国家卫健委临检中心室间质评 2026.
    package var programme: String

    package init(
        number: String, unit: OrgUnitID, item: String? = nil, classes: [ExaminationClass] = [], scope: String,
        from: WallTime, to: WallTime, programme: String
    ) {
        self.number = number
        self.unit = unit
        self.item = item
        self.classes = classes
        self.scope = scope
        self.from = from
        self.to = to
        self.programme = programme
    }

    package func isInForce(at moment: WallTime) -> Bool { from <= moment && moment < to }

    package func covers(_ item: CatalogueItem) -> Bool {
        if let own = self.item { return own == item.code }
        return classes.contains(item.examinationClass)
    }
}
