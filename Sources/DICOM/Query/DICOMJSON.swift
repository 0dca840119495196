/// Data sets as the JSON model of PS3.18, annex F, has them: the answers of QIDO-RS and the metadata of WADO-RS.
package struct DICOMJSON {
    /// Where a value can be fetched that does not stand in the answer; `nil` leaves the attribute out.
    private let bulkAddress: (DICOMTag, DICOMExtent) -> String?

    package init(bulkAddress: @escaping (DICOMTag, DICOMExtent) -> String? = { _, _ in nil }) {
        self.bulkAddress = bulkAddress
    }

    /// A list of data sets.
    package func text(_ datasets: [DICOMDataset]) -> String {
        "[" + datasets.map(object).joined(separator: ",") + "]"
    }

    package func object(_ dataset: DICOMDataset) -> String {
        let members = dataset.elements.sorted { $0.tag < $1.tag }.compactMap { element in
            member(element, of: dataset).map { "\"\(element.tag.hexadecimal)\":" + $0 }
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private func member(_ element: DICOMElement, of dataset: DICOMDataset) -> String? {
        guard !element.tag.isGroupLength else { return nil }
        let head = "{\"vr\":\"\(element.vr.rawValue)\""
        switch element.value {
        case .skipped(let extent):
            return bulkAddress(element.tag, extent).map { head + ",\"BulkDataURI\":\(Self.string($0))}" }
        case .sequence(let items):
            guard !items.isEmpty else { return head + "}" }
            return head + ",\"Value\":\(text(items))}"
        case .bytes(let bytes):
            guard !bytes.isEmpty else { return head + "}" }
            // What is written here is UTF-8, whatever it was.
            if element.tag == .characterSet { return head + ",\"Value\":[\"ISO_IR 192\"]}" }
            guard let values = values(of: element, bytes, dataset) else {
                return head + ",\"InlineBinary\":\"\(Base64.text(bytes))\"}"
            }
            return head + ",\"Value\":[" + values.joined(separator: ",") + "]}"
        }
    }

    /// `nil` where the value is bytes and nothing else.
    private func values(of element: DICOMElement, _ bytes: [UInt8], _ dataset: DICOMDataset) -> [String]? {
        switch element.vr {
        case .pn: return dataset.texts(of: element).map { Self.name($0.text) }
        case .ds, .is: return dataset.texts(of: element).map { Self.decimal($0.text) }
        case .at:
            return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
                "\"\(dataset.form.tag(bytes[start..<(start + 4)]).hexadecimal)\""
            }
        case .sv, .uv:
            return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
                let bits = dataset.form.number(bytes[start..<(start + 8)])
                return "\"\(element.vr == .sv ? String(Int64(bitPattern: bits)) : String(bits))\""
            }
        case _ where element.vr.numberBytes != nil:
            return dataset.numbers(of: element).map(Self.number)
        case _ where element.vr.isString:
            return dataset.texts(of: element).map { $0.text.isEmpty ? "null" : Self.string($0.text) }
        default: return nil
        }
    }

    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "\"NaN\"" : value < 0 ? "\"-inf\"" : "\"inf\"" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    /// Digits as they were written, where JSON has them so; else as a text, which the model allows too.
    private static func decimal(_ text: String) -> String {
        if text.isEmpty { return "null" }
        if let whole = Int64(text) { return String(whole) }
        guard let value = Double(text), value.isFinite, text.utf8.allSatisfy({ $0 < 0x41 || $0 | 0x20 == 0x65 }) else {
            return string(text)
        }
        return number(value)
    }

    /// The three ways in which a name is written: in letters, in ideographs, by its sound.
    private static func name(_ text: String) -> String {
        let groups = text.split(separator: "=", maxSplits: 2, omittingEmptySubsequences: false)
        let members = zip(["Alphabetic", "Ideographic", "Phonetic"], groups).compactMap { label, group in
            group.isEmpty ? nil : "\"\(label)\":" + string(String(group))
        }
        return members.isEmpty ? "null" : "{" + members.joined(separator: ",") + "}"
    }

    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// Bytes as text (RFC 4648, section 4).
enum Base64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let index = Int(bits >> UInt32(18 - 6 * position)) & 63
                result.append(position <= group.count ? letters[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
