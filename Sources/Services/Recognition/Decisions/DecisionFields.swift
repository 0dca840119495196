import Effects
package import Ledgers
import Regions
package import ServiceKit

/// What a doctor decided about an existing result: the header of a decision, which goes up to the city and back to the
/// result's author.
package struct DecisionFields: Sendable, Equatable {
    /// The decision's key: unit, patient, order and item; its versions share it.
    package var key: String
    package var reportKey: String
    package var entry: EntryID
    package var item: String
    package var itemVersion: Int
    package var examinationClass: ExaminationClass
    package var isRecognised: Bool
    /// Why the examination is repeated; none where the result is recognised.
    package var reason: String?
    /// Whether it counts in the recognition rate.
    package var isCounted: Bool
    /// The unit whose doctor decided.
    package var unit: String
    /// The unit, or the institution's code, that issued the result.
    package var issuer: String
    package var price: PriceReference?
    /// 1; 2 where the decision was changed.
    package var number: Int
    package var match: String
    /// The entry of that match.
    package var matchEntry: EntryID? = nil
    package var patientKeys: [PatientKeyReference]
    /// What the first decision said, where this one changes it.
    package var former: (isRecognised: Bool, isCounted: Bool)?

    package static func == (left: DecisionFields, right: DecisionFields) -> Bool {
        left.key == right.key && left.number == right.number && left.isRecognised == right.isRecognised
            && left.reason == right.reason && left.entry == right.entry
    }
}

extension DecisionFields {
    /// Under which a decision stands in the table: versions of one decision are those of one unit.
    var tableKey: String { Self.tableKey(key, of: unit) }

    static func tableKey(_ key: String, of unit: String) -> String { "\(unit)/\(key)" }

    var message: PBRecognitionDecisionFields {
        var message = PBRecognitionDecisionFields()
        message.reportKey = reportKey
        message.entry = entry.description
        message.item = item
        message.itemVersion = UInt32(clamping: itemVersion)
        message.examinationClass = examinationClass.rawValue
        message.recognised = isRecognised
        message.reason = reason ?? ""
        message.counted = isCounted
        message.unit = unit
        message.issuer = issuer
        message.priceFen = UInt64(clamping: price?.fen ?? 0)
        message.priceVersion = price?.version ?? ""
        message.number = UInt32(clamping: number)
        message.match = match
        message.matchEntry = matchEntry?.description ?? ""
        message.patientKeys = patientKeys.map { $0.wire() }
        message.wasRecognised = former?.isRecognised ?? false
        message.wasCounted = former?.isCounted ?? false
        return message
    }

    /// Reads the header of a decision.
    ///
    /// - Throws: `recognition.malformed`.
    package init(_ entry: Entry) throws {
        guard let message = try? PBRecognitionDecisionFields(serializedBytes: entry.fields), !entry.subject.isEmpty,
            message.recognised == message.reason.isEmpty
        else { throw Failure("recognition.malformed", "the header of a decision cannot be read") }
        number = try PeerNumber.count(message.number, atMost: Limits.versions, "a decision's version")
        guard number > 0 else { throw Failure("recognition.malformed", "a decision has no version") }
        key = entry.subject
        reportKey = message.reportKey
        self.entry = try EntryID(message.entry)
        item = message.item
        itemVersion = try PeerNumber.count(message.itemVersion, atMost: Limits.versions, "a catalogue item's version")
        examinationClass = ExaminationClass(rawValue: message.examinationClass)
        isRecognised = message.recognised
        reason = message.reason.nonEmpty
        isCounted = message.counted
        unit = message.unit
        issuer = message.issuer
        price =
            message.priceVersion.isEmpty
            ? nil
            : PriceReference(
                fen: try PeerNumber.count(message.priceFen, atMost: Limits.priceReferenceFen, "a price"),
                version: message.priceVersion)
        match = message.match
        matchEntry = message.matchEntry.isEmpty ? nil : try EntryID(message.matchEntry)
        patientKeys = try message.patientKeys.map(PatientKeyReference.init(wire:))
        former = number > 1 ? (message.wasRecognised, message.wasCounted) : nil
    }
}

/// What of a decision goes no further than a report's content: the order, the doctor, the doctor's words.
package struct DecisionContent: Sendable, Equatable {
    package var orderNumber: String
    package var practitioner: String
    package var text: String?

    package init(orderNumber: String, practitioner: String, text: String?) {
        self.orderNumber = orderNumber
        self.practitioner = practitioner
        self.text = text
    }

    func bytes() throws -> [UInt8] {
        var message = PBRecognitionDecisionContent()
        message.orderNumber = orderNumber
        message.practitioner = practitioner
        message.text = text ?? ""
        return try message.serializedBytes()
    }

    init(bytes: [UInt8]) throws {
        guard let message = try? PBRecognitionDecisionContent(serializedBytes: bytes) else {
            throw Failure("recognition.malformed", "the content of a decision cannot be read")
        }
        orderNumber = message.orderNumber
        practitioner = message.practitioner
        text = message.text.nonEmpty
    }
}
