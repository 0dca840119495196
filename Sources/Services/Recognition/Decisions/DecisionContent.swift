import Effects

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
