import EdgeKit
import Effects
import HL7

/// The acknowledgements of one message, in the order and number that its sender asked for.
struct HL7Answer: Sendable {
    /// The message or its header; `nil` where nothing of it could be read.
    var message: HL7Message?
    var time: WallTime
    var offsetMinutes: Int
    /// MSH-10 of the acknowledgements; version 2.3 allows it 20 characters.
    var controlID: String

    init(_ message: HL7Message?, world: World, offsetMinutes: Int) {
        self.message = message
        time = world.time.wallTime
        self.offsetMinutes = offsetMinutes
        controlID = String(world.identifier().prefix(20))
    }

    /// The acknowledgements one after the other; none where the sender wants none.
    func bytes(_ outcome: HL7Outcome, _ problems: [HL7Problem] = [], reply: HL7Reply? = nil) -> [UInt8] {
        messages(outcome, problems, reply: reply).flatMap { $0 }
    }

    /// The acknowledgements, each by itself.
    func messages(_ outcome: HL7Outcome, _ problems: [HL7Problem] = [], reply: HL7Reply? = nil) -> [[UInt8]] {
        let mode = message.map(HL7AcknowledgementMode.init(of:)) ?? .original
        return mode.codes(for: outcome).map { code in
            HL7Acknowledgement(
                code, problems: problems, reply: reply, controlID: controlID, time: time, offsetMinutes: offsetMinutes
            ).bytes(answering: message)
        }
    }

    /// What the sender was to know beside its AA, read from an answer that was kept.
    static func warnings(in answer: [UInt8]) -> [MessageProblem] {
        let first = split(answer).lazy.compactMap { try? HL7Message.parse($0, defaultEncoding: .utf8) }.first
        return first?.segments("ERR").compactMap { warning($0).map(MessageProblem.init) } ?? []
    }

    /// The warning of an ERR segment, from version 2.5 on or before.
    private static func warning(_ segment: HL7Segment) -> HL7Problem? {
        let isNew = !segment.field(2).isEmpty
        let place = segment.field(isNew ? 2 : 1).repetition(0)
        let old = place.component(4)
        let code = isNew ? segment.field(3).component(1).text : old.subcomponent(1).text
        let text = isNew ? segment.field(8).text : old.subcomponent(2).text
        let mark = HL7Acknowledgement.warningMark
        guard isNew ? segment.field(4).text == "W" : text.hasPrefix(mark) else { return nil }
        return HL7Problem(
            HL7Problem.Code(rawValue: Int(code) ?? 0), segment: place.component(1).text,
            sequence: Int(place.component(2).text) ?? 1, field: Int(place.component(3).text),
            component: isNew ? Int(place.component(5).text) : nil,
            text: isNew ? text : String(text.dropFirst(mark.count)), severity: .warning)
    }

    /// Cuts acknowledgements that stand one after the other; each begins with its MSH segment.
    static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var start = 0
        for index in bytes.indices where index > start && bytes[index - 1] == 0x0D {
            guard bytes[index...].starts(with: "MSH".utf8) else { continue }
            parts.append(Array(bytes[start..<index]))
            start = index
        }
        if start < bytes.count { parts.append(Array(bytes[start...])) }
        return parts
    }

    /// Why a message cannot be read, as a problem of its header.
    static func problem(_ error: any Error) -> HL7Problem {
        guard let failure = error as? Failure else {
            return HL7Problem(.internalError, segment: "MSH", text: "the message cannot be read")
        }
        let text = failure.message + (failure.remedy.map { "; " + $0 } ?? "")
        switch failure.code {
        case "hl7.noHeader", "hl7.severalMessages", "hl7.lineEnds":
            let place = failure.place.map { $0 + ": " } ?? ""
            return HL7Problem(.segmentSequence, segment: "MSH", text: place + text)
        case "hl7.delimiters": return HL7Problem(.dataType, segment: "MSH", field: 2, text: text)
        case "hl7.encodingUnknown": return HL7Problem(.tableValueNotFound, segment: "MSH", field: 18, text: text)
        case "hl7.otherEncoding": return HL7Problem(.dataType, segment: "MSH", field: 18, text: text)
        case "hl7.framing":
            let place = failure.place.map { $0 + ": " } ?? ""
            return HL7Problem(.dataType, segment: "MSH", text: place + text)
        case "hl7.undecodable":
            let place = failure.place.map { $0 + ": " } ?? ""
            return HL7Problem(.dataType, segment: "MSH", field: 18, text: place + text)
        default: return HL7Problem(.internalError, segment: "MSH", text: text)
        }
    }
}

extension MessageProblem {
    init(_ problem: HL7Problem) {
        self.init(code: "\(problem.code.rawValue) \(problem.code.name)", place: problem.place, text: problem.text)
    }
}
