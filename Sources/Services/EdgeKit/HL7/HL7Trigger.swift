package import HL7

/// What an HL7 v2 message is about (MSH-9): its type and the event that triggered it.
package struct HL7Trigger: Hashable, Sendable, CustomStringConvertible {
    /// MSH-9.1, such as `ORU`.
    package var messageCode: String
    /// MSH-9.2, such as `R01`.
    package var event: String
    /// What messages of this kind bring, for those who sent another one.
    package var contents: String

    package init(_ messageCode: String, _ event: String, _ contents: String) {
        self.messageCode = messageCode
        self.event = event
        self.contents = contents
    }

    package var description: String { messageCode + "^" + event }

    /// Whether a message is of this kind; one without an event is of every kind of its type.
    package func takes(_ message: HL7Message) -> Bool {
        message.messageCode == messageCode && (message.triggerEvent.isEmpty || message.triggerEvent == event)
    }
}

/// The kinds of HL7 v2 messages that are taken somewhere.
package struct HL7Triggers: Sendable {
    private let known: [HL7Trigger]

    package init(_ known: [HL7Trigger]) { self.known = known }

    /// Why a message is not taken here, whatever it holds: its type, its event, its processing id, its version; none where
    /// it is.
    package func problem(of message: HL7Message) -> HL7Problem? {
        let ofType = known.filter { $0.messageCode == message.messageCode }
        guard !ofType.isEmpty else {
            return HL7Problem(
                .unsupportedMessageType, segment: "MSH", field: 9, component: 1,
                text: Self.taken(known.map { "\($0) (\($0.contents))" }))
        }
        guard ofType.contains(where: { $0.takes(message) }) else {
            return HL7Problem(
                .unsupportedEvent, segment: "MSH", field: 9, component: 2,
                text: Self.taken(ofType.map(\.event), noun: "event"))
        }
        guard message.processingMode != nil else {
            return HL7Problem(
                .unsupportedProcessingID, segment: "MSH", field: 11, component: 1,
                text: "the processing id must be P, T or D")
        }
        if let major = message.version.split(separator: ".").first.flatMap({ Int($0) }), major != 2, major < 10 {
            return HL7Problem(.unsupportedVersion, segment: "MSH", field: 12, text: "only HL7 version 2 is taken here")
        }
        return nil
    }

    private static func taken(_ words: [String], noun: String = "") -> String {
        guard let last = words.last else { return "no HL7 v2 message is taken here" }
        let name = noun.isEmpty ? "" : noun + (words.count > 1 ? "s " : " ")
        guard words.count > 1 else { return "only \(name)\(last) is taken here" }
        return "only \(name)\(words.dropLast().joined(separator: ", ")) and \(last) are taken here"
    }
}
