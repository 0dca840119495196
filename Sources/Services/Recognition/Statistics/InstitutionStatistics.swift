import Effects
import Regions

/// What one institution did about mutual recognition in a period.
///
/// Definitions and their standing: domain §2C. Everything counts for the institution whose doctor ordered, opened or
/// decided, unless it says otherwise.
package struct InstitutionStatistics: Sendable, Equatable {
    /// Recognised results and what they saved, of one class of examinations (X04, X05).
    package struct ClassCount: Sendable, Equatable {
        package var recognised = 0
        /// In fen.
        package var savedFen = 0
        package init() {}
    }

    package var unit: String
    /// Matched orders, their items, and how those fared.
    package var orders = 0
    package var orderedItems = 0
    /// X01, the national rate: results recognised ÷ existing results of the patients who came, items of the catalogue.
    package var nationalRate = RecognitionFigure()
    /// X02, the order view: recognised ÷ (recognised + repeated), decisions that count.
    package var orderRate = RecognitionFigure()
    /// X06: decisions to repeat by reason; codes that do not count stand here too.
    package var repeatedByReason: [String: Int] = [:]
    /// X03: results of other institutions that were opened here, and openings of this institution's by others.
    package var retrievals = 0
    package var retrievedByOthers = 0
    package var byClass: [ExaminationClass: ClassCount] = [:]
    package var recognisedByItem: [String: Int] = [:]
    /// The price lists behind the savings.
    package var priceVersions: Set<String> = []
    /// X07: items done again within the window without a reason ÷ items for which a recognisable result was offered.
    package var repeatRate = RecognitionFigure()
    /// X09: items for which a recognisable result existed ÷ items ordered.
    package var matchCoverage = RecognitionFigure()
    /// X10: candidates that only their age speaks against ÷ candidates.
    package var expiredShare = RecognitionFigure()
    /// X20: results of this institution with a mark that a certificate covers ÷ results with items of the catalogue.
    package var markCoverage = RecognitionFigure()
    /// Items with a certificate in force at the end of the period: nationwide, provincial, other scopes (X21).
    package var nationalCertificates = 0
    package var provincialCertificates = 0
    package var otherCertificates = 0
    /// A certificate for a class of images is in force.
    package var hasImagingCertificate = false

    package init(unit: String) {
        self.unit = unit
    }

    package var recognised: Int { byClass.values.reduce(0) { $0.addingSaturated($1.recognised) } }
    package var savedFen: Int { byClass.values.reduce(0) { $0.addingSaturated($1.savedFen) } }

    /// Adds what another institution did, for sums by class of institution.
    package mutating func add(_ other: InstitutionStatistics) {
        orders.addSaturated(other.orders)
        orderedItems.addSaturated(other.orderedItems)
        nationalRate = nationalRate + other.nationalRate
        orderRate = orderRate + other.orderRate
        repeatedByReason.merge(other.repeatedByReason, uniquingKeysWith: { $0.addingSaturated($1) })
        retrievals.addSaturated(other.retrievals)
        retrievedByOthers.addSaturated(other.retrievedByOthers)
        for (name, count) in other.byClass {
            byClass[name, default: ClassCount()].recognised.addSaturated(count.recognised)
            byClass[name, default: ClassCount()].savedFen.addSaturated(count.savedFen)
        }
        recognisedByItem.merge(other.recognisedByItem, uniquingKeysWith: { $0.addingSaturated($1) })
        priceVersions.formUnion(other.priceVersions)
        repeatRate = repeatRate + other.repeatRate
        matchCoverage = matchCoverage + other.matchCoverage
        expiredShare = expiredShare + other.expiredShare
        markCoverage = markCoverage + other.markCoverage
        nationalCertificates.addSaturated(other.nationalCertificates)
        provincialCertificates.addSaturated(other.provincialCertificates)
        otherCertificates.addSaturated(other.otherCertificates)
        hasImagingCertificate = hasImagingCertificate || other.hasImagingCertificate
    }
}
