import Effects
package import HL7

/// An HL7 v2 message that was made of others by a seed.
package struct MutatedMessage: Sendable {
    /// The message as text, in the line ends and with the marks that it is sent with.
    package var text: String
    package var encoding: HL7Encoding

    /// - Throws: where the text cannot be written in the character set.
    package func bytes() throws -> [UInt8] { try encoding.encode(text) }
}

/// Makes messages of the segments of others: cut, reordered, put together, re-encoded, with fields changed.
package struct MessageMutation: Sendable {
    private let corpus: [[String]]

    /// - Parameter messages: texts in UTF-8; others are left out.
    package init(_ messages: [[UInt8]]) {
        corpus = messages.flatMap { HL7Batch.messages(in: $0) }.compactMap { bytes in
            guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix("MSH|^~\\&") else { return nil }
            let end: Character = text.unicodeScalars.contains("\r") ? "\r" : "\n"
            let lines = text.replacing("\r\n", with: "\r").split(separator: end).map(String.init)
            return lines.count > 2 ? lines : nil
        }
    }

    package var isEmpty: Bool { corpus.isEmpty }

    /// The message of a seed; MSH-10 is the seed's.
    package func message(seed: UInt64) -> MutatedMessage {
        let random = SeededRandom(seed: seed)
        var segments = one(random)
        for _ in 0..<random.number(below: 7) { change(&segments, random) }
        let encoding: HL7Encoding = random.number(below: 5) == 0 ? .gb18030 : .utf8
        segments[0] = header(segments[0], id: "S\(seed)", encoding)
        let ends = ["\r", "\r", "\r", "\r\n", "\n"]
        var text = segments.joined(separator: pick(ends, random)) + "\r"
        if random.number(below: 12) == 0 { text = "\u{FEFF}" + text }
        if random.number(below: 15) == 0 { text = String(text.prefix(Int(random.number(below: UInt64(text.count))))) }
        return MutatedMessage(text: text, encoding: encoding)
    }

    private func one(_ random: SeededRandom) -> [String] { pick(corpus, random) }

    private func pick<Value>(_ values: [Value], _ random: SeededRandom) -> Value {
        values[Int(random.number(below: UInt64(values.count)))]
    }

    /// MSH with its own control id and a character set that is right.
    private func header(_ text: String, id: String, _ encoding: HL7Encoding) -> String {
        var fields = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        while fields.count < 18 { fields.append("") }
        fields[9] = id
        fields[17] = encoding.tableName
        return fields.joined(separator: "|")
    }

    private func change(_ segments: inout [String], _ random: SeededRandom) {
        func place() -> Int { 1 + Int(random.number(below: UInt64(max(1, segments.count - 1)))) }
        guard segments.count > 1 else { return }
        switch random.number(below: 10) {
        case 0: segments.removeSubrange(max(2, place())...)
        case 1: segments.remove(at: place())
        case 2: segments.insert(segments[place()], at: place())
        case 3: segments.swapAt(place(), place())
        case 4: segments.insert(pick(Array(one(random).dropFirst()), random), at: place())
        case 5: segments += one(random).dropFirst()
        case 6: continueByADD(&segments, at: place(), random)
        default: changeField(&segments[place()], random)
        }
    }

    private func continueByADD(_ segments: inout [String], at place: Int, _ random: SeededRandom) {
        let text = segments[place]
        guard text.hasPrefix("OBX|"), text.count > 5 else { return }
        let cut = text.index(text.startIndex, offsetBy: 4 + Int(random.number(below: UInt64(text.count - 4))))
        segments[place] = String(text[..<cut])
        segments.insert("ADD|" + text[cut...], at: place + 1)
    }

    private static let tokens = [
        "", "\"\"", "a~b", "3~5", "112283007^大肠埃希菌^SCT~3092008^金黄色葡萄球菌^SCT", "10^9/L", "mL/min/1.73m^2", "2026-13-40",
        "2026/1/5 8:05", "\\X41\\", "\\.br\\", "x\ny", "第一行\nNEG\n第三行", "^^^^", "&&", "D", "X", "W", "C", "P", "F", "O",
        "?",
        "ED", "CWE", "NM", "TX", "SN", "FT", "0", "无", "GDT&IMP^诊断意见^L", "^AP^PDF^Base64^JVBERi0xLjQK", "  5.5 ",
    ]

    private func changeField(_ segment: inout String, _ random: SeededRandom) {
        var fields = segment.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let place = 1 + Int(random.number(below: 26))
        while fields.count <= place { fields.append("") }
        fields[place] = pick(Self.tokens, random)
        segment = fields.joined(separator: "|")
    }
}
