import Effects

/// A command of PS3.7: what is asked or answered, without its data set.
package struct DIMSECommand: Hashable, Sendable {
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package var rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let store = Kind(rawValue: 0x0001)
        package static let find = Kind(rawValue: 0x0020)
        package static let echo = Kind(rawValue: 0x0030)
        package static let eventReport = Kind(rawValue: 0x0100)
        package static let action = Kind(rawValue: 0x0130)
        package static let cancel = Kind(rawValue: 0x0FFF)

        package var isResponse: Bool { rawValue & 0x8000 != 0 }
        /// The kind of the answer to this one.
        package var response: Kind { Kind(rawValue: rawValue | 0x8000) }
    }

    package var kind: Kind
    /// The number of a request; of an answer, that of the request.
    package var messageID: UInt16
    package var sopClassUID: String?
    package var sopInstanceUID: String?
    package var hasDataset = false
    package var status: DIMSEStatus?
    package var priority: UInt16?
    package var actionType: UInt16?
    package var eventType: UInt16?
    /// What is wrong, in 64 characters.
    package var comment: String?

    package init(_ kind: Kind, messageID: UInt16) {
        self.kind = kind
        self.messageID = messageID
    }

    /// What actions and their like name "requested", others "affected".
    private var isRequested: Bool { kind == .action }

    package var bytes: [UInt8] {
        let writer = DICOMWriter(.implicitLittle)
        func tag(_ element: UInt16) -> DICOMTag { DICOMTag(0, element) }
        func number(_ element: UInt16, _ value: UInt16?) -> [UInt8] {
            value.map { writer.element(tag(element), .us, writer.short($0)) } ?? []
        }
        func text(_ element: UInt16, _ vr: DICOMVR, _ value: String?) -> [UInt8] {
            value.map { writer.element(tag(element), vr, Array($0.utf8)) } ?? []
        }
        var content = text(isRequested ? 0x0003 : 0x0002, .ui, sopClassUID)
        content += number(0x0100, kind.rawValue)
        content += number(kind.isResponse || kind == .cancel ? 0x0120 : 0x0110, messageID)
        content += number(0x0700, priority) + number(0x0800, hasDataset ? 0x0001 : 0x0101)
        content += number(0x0900, status?.rawValue) + text(0x0902, .lo, comment.map { String($0.prefix(64)) })
        content += text(isRequested ? 0x1001 : 0x1000, .ui, sopInstanceUID)
        content += number(0x1002, eventType) + number(0x1008, actionType)
        return writer.element(tag(0), .ul, writer.long(UInt32(content.count))) + content
    }

    /// Reads a command set, which always is implicit and little endian.
    ///
    /// - Throws: `dimse.command` where it cannot be one.
    package init(_ bytes: [UInt8]) throws {
        var values: [UInt16: ArraySlice<UInt8>] = [:]
        var rest = bytes[...]
        let form = DICOMForm.implicit
        while !rest.isEmpty {
            guard rest.count >= 8, form.short(rest) == 0 else { throw Self.malformed }
            let element = form.short(rest.dropFirst(2))
            let length = form.long(rest.dropFirst(4))
            rest = rest.dropFirst(8)
            guard length <= rest.count, values[element] == nil else { throw Self.malformed }
            values[element] = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        func number(_ element: UInt16) -> UInt16? {
            values[element].flatMap { $0.count == 2 ? form.short($0) : nil }
        }
        func text(_ element: UInt16) -> String? {
            values[element].map { String(decoding: $0.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).trimmed }
        }
        guard let field = number(0x0100), let type = number(0x0800) else { throw Self.malformed }
        let kind = Kind(rawValue: field)
        guard let id = number(kind.isResponse || kind == .cancel ? 0x0120 : 0x0110) else { throw Self.malformed }
        self.init(kind, messageID: id)
        sopClassUID = text(0x0002) ?? text(0x0003)
        sopInstanceUID = text(0x1000) ?? text(0x1001)
        hasDataset = type != 0x0101
        status = number(0x0900).map(DIMSEStatus.init(rawValue:))
        priority = number(0x0700)
        eventType = number(0x1002)
        actionType = number(0x1008)
        comment = text(0x0902)
        guard !kind.isResponse || status != nil else { throw Self.malformed }
    }

    private static var malformed: Failure { Failure("dimse.command", "a command is malformed") }
}
