package import Effects

/// A message that answers another one by more than an acknowledgement, as the standard has it for that trigger: RRI^I12 for
/// REF^I12.
package struct HL7Reply: Sendable, Equatable {
    /// MSH-9.1 and MSH-9.3.
    package var messageCode: String
    package var structure: String
    /// What follows MSH, MSA and ERR: segments of fields of components, in plain text.
    package var segments: [[[String]]]

    package init(messageCode: String, structure: String, segments: [[[String]]]) {
        self.messageCode = messageCode
        self.structure = structure
        self.segments = segments
    }
}

/// An acknowledgement message (ACK) for one message, in that message's delimiters and character set.
package struct HL7Acknowledgement: Sendable {
    package var code: HL7AcknowledgementCode
    package var problems: [HL7Problem]
    /// Of an application's acceptance, where it is more than an acknowledgement.
    package var reply: HL7Reply?
    /// MSH-10 of the acknowledgement itself.
    package var controlID: String
    package var time: WallTime
    /// The node's civil time, in minutes east of UTC, for MSH-7.
    package var offsetMinutes: Int

    /// More problems than this are not listed; the first ones are what a person repairs.
    package static let problemLimit = 50

    package init(
        _ code: HL7AcknowledgementCode, problems: [HL7Problem] = [], reply: HL7Reply? = nil, controlID: String,
        time: WallTime,
        offsetMinutes: Int = 480
    ) {
        self.code = code
        self.problems = problems
        self.reply = code.rawValue == "AA" ? reply : nil
        self.controlID = controlID
        self.time = time
        self.offsetMinutes = offsetMinutes
    }

    /// The acknowledgement as bytes.
    ///
    /// Sender and receiver are swapped; control id, processing id, version and character set are the message's own.
    /// A reason that the message's character set cannot express is left out, its code stays.
    ///
    /// - Parameter message: the message, or its header alone; `nil` where nothing of it could be read.
    package func bytes(answering message: HL7Message?) -> [UInt8] {
        guard let message else {
            return Array(text(answering: Self.nothing, withReasons: true).utf8)
        }
        let origin = Origin(message)
        let whole = text(answering: origin, withReasons: true)
        if let bytes = try? message.encoding.encode(whole) { return bytes }
        let short = text(answering: origin, withReasons: false)
        return (try? message.encoding.encode(short)) ?? Array(short.utf8)
    }

    /// The code of MSA-1 where bytes are an acknowledgement themselves; `nil` where they are something else.
    ///
    /// A message whose type says nothing is one too where it has an MSA segment.
    package static func acknowledged(by bytes: [UInt8]) -> String? {
        guard let header = HL7Message.headerAlone(of: bytes),
            ["ACK", "MCF", ""].contains(header.messageCode), header.messageCode == "ACK" || hasAnswer(bytes)
        else { return nil }
        let code = answer(bytes).map { bytes[$0.range].dropFirst(4).prefix(2) }
        return code.map { String(decoding: $0.filter { (0x41...0x5A).contains($0) }, as: UTF8.self) } ?? ""
    }

    private static func hasAnswer(_ bytes: [UInt8]) -> Bool { answer(bytes) != nil }

    private static func answer(_ bytes: [UInt8]) -> HL7Lines.Line? {
        HL7Lines(bytes).first { $0.isSegment(named: "MSA") }
    }

    /// What an acknowledgement repeats of the message that it answers, in lexical form.
    private struct Origin {
        var delimiters: HL7Delimiters = .usual
        var fields: [Int: String] = [:]
        var event = ""
        var isVersion25 = true
        var isVersion231 = true
        var isEnhanced = false

        init() {}

        init(_ message: HL7Message) {
            delimiters = message.delimiters
            for number in [3, 4, 5, 6, 10, 11, 12, 18] { fields[number] = message.header.field(number).raw }
            event = HL7Escape.escape(message.triggerEvent, delimiters: delimiters)
            isEnhanced = HL7AcknowledgementMode(of: message).isEnhanced
            isVersion25 = message.isVersion(atLeast: 5)
            isVersion231 = message.isVersion(atLeast: 4) || message.version.hasPrefix("2.3.1")
        }

        func field(_ number: Int) -> String { fields[number] ?? "" }
    }

    private static let nothing = Origin()

    private func text(answering origin: Origin, withReasons: Bool) -> String {
        let separator = String(UnicodeScalar(origin.delimiters.field))
        var segments = [header(origin), acknowledgement(origin, withReasons: withReasons)]
        for problem in HL7Problem.first(Self.problemLimit, of: problems) {
            segments.append(
                origin.isVersion25
                    ? error(problem, origin, withReasons: withReasons)
                    : oldError(problem, origin, withReasons: withReasons))
        }
        if withReasons { segments += reply.map { Self.segments($0, origin) } ?? [] }
        return segments.map { $0.joined(separator: separator) + "\r" }.joined()
    }

    private static func segments(_ reply: HL7Reply, _ origin: Origin) -> [[String]] {
        let component = String(UnicodeScalar(origin.delimiters.component))
        return reply.segments.map { fields in
            fields.map { parts in
                parts.map { HL7Escape.escape($0, delimiters: origin.delimiters) }.joined(separator: component)
            }
        }
    }

    private func header(_ origin: Origin) -> [String] {
        let component = String(UnicodeScalar(origin.delimiters.component))
        var type = [reply?.messageCode ?? "ACK"]
        if !origin.event.isEmpty {
            type.append(origin.event)
            if origin.isVersion231 { type.append(reply?.structure ?? "ACK") }
        }
        let version = origin.field(12)
        let processing = origin.field(11)
        var fields = ["MSH", origin.delimiters.encodingCharacters]
        fields += [origin.field(5), origin.field(6), origin.field(3), origin.field(4)]
        fields += [timestamp, "", type.joined(separator: component)]
        fields += [HL7Escape.escape(controlID, delimiters: origin.delimiters)]
        fields += [processing.isEmpty ? "P" : processing, version.isEmpty ? "2.5.1" : version]
        // In the enhanced mode the answer says that it wants no answer itself.
        fields += origin.isEnhanced ? ["", "", "NE", "NE"] : ["", "", "", ""]
        fields += ["", origin.field(18)]
        while fields.last?.isEmpty == true { fields.removeLast() }
        return fields
    }

    private func acknowledgement(_ origin: Origin, withReasons: Bool) -> [String] {
        var fields = ["MSA", code.rawValue, origin.field(10)]
        if withReasons, let first = problems.first(where: { $0.severity == .error }) {
            fields.append(HL7Escape.escape(first.place + ": " + first.text, delimiters: origin.delimiters))
        }
        return fields
    }

    /// ERR from version 2.5 on: location, code, severity, and the reason for people.
    private func error(_ problem: HL7Problem, _ origin: Origin, withReasons: Bool) -> [String] {
        let component = String(UnicodeScalar(origin.delimiters.component))
        var location = [problem.segment, "\(problem.sequence)"]
        if let field = problem.field {
            location.append("\(field)")
            if let number = problem.component { location += ["1", "\(number)"] }
        }
        let code = ["\(problem.code.rawValue)", problem.code.name, "HL70357"].joined(separator: component)
        let reason = withReasons ? HL7Escape.escape(problem.text, delimiters: origin.delimiters) : ""
        return [
            "ERR", "", location.joined(separator: component), code, problem.severity.rawValue,
            HL7Escape.escape(problem.notice ?? "", delimiters: origin.delimiters), "", "", reason,
        ]
    }

    /// Stands before the reason of a warning where ERR has no field for the severity.
    package static let warningMark = "warning: "

    /// ERR before version 2.5: one field with location, code and reason.
    private func oldError(_ problem: HL7Problem, _ origin: Origin, withReasons: Bool) -> [String] {
        let component = String(UnicodeScalar(origin.delimiters.component))
        let subcomponent = String(UnicodeScalar(origin.delimiters.subcomponent))
        let words = withReasons ? HL7Escape.escape(problem.text, delimiters: origin.delimiters) : problem.code.name
        let reason = (problem.severity == .warning ? Self.warningMark : "") + words
        let code = ["\(problem.code.rawValue)", reason, "HL70357"].joined(separator: subcomponent)
        let field = problem.field.map { "\($0)" } ?? ""
        return ["ERR", [problem.segment, "\(problem.sequence)", field, code].joined(separator: component)]
    }

    private var timestamp: String {
        let civil = CivilDateTime(time, offsetMinutes: offsetMinutes)
        let offset = abs(offsetMinutes)
        let date = civil.date.filter { $0 != "-" }
        return date + Self.two(civil.hour) + Self.two(civil.minute) + Self.two(civil.second)
            + (offsetMinutes < 0 ? "-" : "+") + Self.two(offset / 60) + Self.two(offset % 60)
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
