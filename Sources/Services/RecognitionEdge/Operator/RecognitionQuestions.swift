package import ServiceKit

/// An operator's question which results might spare an order.
package struct MatchRecordQuestion: Codable, Sendable, Equatable {
    package var question: RecordQuestion
    package var codes: [String]
    package var orderNumber: String?

    package init(question: RecordQuestion, codes: [String], orderNumber: String? = nil) {
        self.question = question
        self.codes = codes
        self.orderNumber = orderNumber
    }
}

/// A decision that an operator enters for a doctor.
package struct DecisionEntry: Codable, Sendable, Equatable {
    package var order: DecisionOrder
    package var practitioner: String

    package init(order: DecisionOrder, practitioner: String) {
        self.order = order
        self.practitioner = practitioner
    }
}

/// An acknowledgement that an operator enters for a doctor.
package struct AcknowledgementEntry: Codable, Sendable, Equatable {
    package var current: String
    package var unit: String?
    package var practitioner: String

    package init(current: String, unit: String?, practitioner: String) {
        self.current = current
        self.unit = unit
        self.practitioner = practitioner
    }
}

/// An opening without consent.
package struct BreakGlassInfo: Codable, Sendable, Equatable {
    package var time: String
    package var unit: String
    package var issuer: String
    package var entry: String
    package var report: String

    package init(time: String, unit: String, issuer: String, entry: String, report: String) {
        self.time = time
        self.unit = unit
        self.issuer = issuer
        self.entry = entry
        self.report = report
    }
}
