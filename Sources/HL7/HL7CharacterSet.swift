import Effects

/// Finds out which character set a message is written in.
enum HL7CharacterSet {
    /// The character set that MSH-18 names, else the default.
    ///
    /// MSH-18 has to be found before the text is decoded, and the second byte of a GB 18030 character may be one of the
    /// delimiters. So where the header is not plain UTF-8, it is also read as GB 18030.
    ///
    /// - Throws: `hl7.encodingUnknown` where MSH-18 names a character set that this program does not know and the
    ///   message is not plain ASCII.
    static func choose(
        header: ArraySlice<UInt8>, delimiters: HL7Delimiters, all: [UInt8], defaultEncoding: HL7Encoding
    ) throws -> HL7Encoding {
        let isPlain = String(validating: header, as: UTF8.self) != nil
        if !isPlain, defaultEncoding == .gb18030 || name(in: header, delimiters: delimiters).flatMap(known) == nil,
            let text = try? HL7Encoding.gb18030.decode(Array(header))
        {
            let declared = name(in: text[...], delimiters: delimiters)
            if let declared, let encoding = known(declared) { return encoding }
            if declared == nil { return defaultEncoding }
        }
        guard let declared = name(in: header, delimiters: delimiters) else { return defaultEncoding }
        if let encoding = known(declared) { return encoding }
        if all.allSatisfy({ $0 < 0x80 }) { return .ascii }
        throw Failure(
            "hl7.encodingUnknown", "MSH-18 names a character set that is not known here: " + shown(declared),
            place: "MSH-18", remedy: "send UNICODE UTF-8, GB 18030-2000, 8859/1 or ASCII")
    }

    /// How sure it is that bytes which can be read in one character set are written in another.
    enum Doubt: Equatable {
        case none
        /// They can be UTF-8 too, by chance or not.
        case possible
        /// They are UTF-8.
        case certain
    }

    /// Whether text that is to be read in one of the older character sets is UTF-8 in truth.
    ///
    /// GB 18030 and 8859/1 give nearly every text of UTF-8 some reading, a wrong one. Characters of three bytes do not
    /// come about by chance; a few of two bytes may (`联通` is the known case of it).
    static func doubt(_ bytes: [UInt8], readAs encoding: HL7Encoding) -> Doubt {
        guard encoding == .gb18030 || encoding == .latin1, bytes.contains(where: { $0 >= 0x80 }),
            String(validating: bytes, as: UTF8.self) != nil
        else { return .none }
        return bytes.contains { $0 >= 0xE0 } ? .certain : .possible
    }

    /// Whether text that is to be read as 8859/1 is Chinese in truth: pairs of bytes alone, as GB 2312 makes them, and words
    /// of two ideographs or more among them.
    ///
    /// Hardly a text of 8859/1 has four of its letters in a row, and none has nothing but pairs of them besides.
    static func isChinese(_ bytes: [UInt8]) -> Bool {
        var first: UInt8?
        var ideographs = 0
        var hasWord = false
        for byte in bytes {
            if let lead = first {
                guard (0xA1...0xFE).contains(byte) else { return false }
                ideographs = lead >= 0xB0 ? ideographs + 1 : 0
                if ideographs > 1 { hasWord = true }
                first = nil
            } else if byte >= 0x80 {
                guard (0xA1...0xF7).contains(byte) else { return false }
                first = byte
            } else {
                ideographs = 0
            }
        }
        return hasWord && first == nil
    }

    /// A name as it may stand in a reason: the first characters of what can be the name of a character set.
    private static func shown(_ name: String) -> String {
        String(name.prefix(24).filter { $0.isASCII && ($0.isLetter || $0.isNumber || " /-_.:".contains($0)) })
    }

    private static func known(_ name: String) -> HL7Encoding? { HL7Encoding(tableName: name) }

    /// The first repetition of MSH-18; `nil` where it is empty.
    private static func name(in header: ArraySlice<UInt8>, delimiters: HL7Delimiters) -> String? {
        let fields = header.split(separator: delimiters.field, maxSplits: 18, omittingEmptySubsequences: false)
        guard fields.count > 17 else { return nil }
        let first = fields[17].prefix { $0 != delimiters.repetition }
        let name = String(decoding: first, as: UTF8.self)
        return name.isEmpty || name == "\"\"" ? nil : name
    }
}

extension HL7CharacterSet {
    /// Why bytes cannot be read in a character set, with the field where they stand and what to declare instead.
    ///
    /// The place names segment and field, never what stands there.
    static func undecodable(
        _ bytes: [UInt8], readAs encoding: HL7Encoding, delimiters: HL7Delimiters, offset: Int
    ) -> Failure {
        let isGB = encoding != .gb18030 && (try? HL7Encoding.gb18030.decode(bytes)) != nil
        let field = place(of: offset, in: bytes, delimiters)
        return Failure(
            "hl7.undecodable", "a byte is not \(encoding.tableName)" + (isGB ? "; the text can be GB 18030" : ""),
            place: (field.map { $0 + ", " } ?? "") + "byte \(offset + 1)",
            remedy: isGB
                ? "name GB 18030-2000 in MSH-18, or set the listener's character set to GB18030"
                : "name the character set in MSH-18 in which the text is written, or set the listener's character set")
    }

    /// Segment and field of a byte; `nil` where its line begins like no segment.
    private static func place(of offset: Int, in bytes: [UInt8], _ delimiters: HL7Delimiters) -> String? {
        var sequences: [String: Int] = [:]
        for line in HL7Lines(bytes, ends: HL7Lines.ends(of: bytes)) where line.range.lowerBound <= offset {
            guard line.isSegment(separator: delimiters.field) else { continue }
            let name = String(decoding: bytes[line.range].prefix(3), as: UTF8.self)
            sequences[name, default: 0] += 1
            guard line.range.contains(offset), HL7Segment.isOne(name) else { continue }
            let separators = bytes[line.range.lowerBound..<offset].count { $0 == delimiters.field }
            let sequence = sequences[name, default: 1]
            return name + (sequence > 1 ? "[\(sequence)]" : "") + "-\(separators + (name == "MSH" ? 1 : 0))"
        }
        return nil
    }
}
