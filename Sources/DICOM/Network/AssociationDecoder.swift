import Effects

/// Takes units out of a stream of bytes, in pieces of any size.
///
/// A value without a socket. A unit is bounded by its type before memory is taken for it.
package struct AssociationDecoder: Sendable {
    private var buffer: [UInt8] = []
    /// The length of the unit that is coming, its header included, once that is known.
    private var unitBytes: Int?
    private static let headerBytes = 6

    package init() {}

    /// Takes a piece and hands over each unit that it completes.
    ///
    /// - Throws: `dimse.unknownUnit`, `dimse.unitTooLong`, `dimse.malformed`; the connection is of no use then.
    package mutating func feed(_ piece: [UInt8], take: (AssociationPDU) throws -> Void) throws {
        var rest = piece[...]
        while !rest.isEmpty {
            let taken = rest.prefix((unitBytes ?? Self.headerBytes) - buffer.count)
            buffer += taken
            rest = rest[taken.endIndex...]
            if unitBytes == nil, buffer.count == Self.headerBytes { unitBytes = try measured() }
            guard buffer.count == unitBytes else { continue }
            let unit = buffer
            buffer = []
            unitBytes = nil
            try take(try AssociationPDU(type: unit[0], content: unit[Self.headerBytes...]))
        }
    }

    private func measured() throws -> Int {
        var cursor = ByteCursor(buffer[2...])
        let length = Int(try cursor.long())
        let limit: Int
        switch buffer[0] {
        case 1, 2: limit = Limits.dimseAssociationBytes
        case 4: limit = Limits.dimseUnitBytes
        case 3, 5, 6, 7: limit = 4
        default: throw Failure("dimse.unknownUnit", "a unit is of no type that there is")
        }
        guard length <= limit else {
            throw Failure("dimse.unitTooLong", "a unit has \(length) bytes; the limit is \(limit)")
        }
        return Self.headerBytes + length
    }
}

extension AssociationPDU {
    init(type: UInt8, content: ArraySlice<UInt8>) throws {
        var cursor = ByteCursor(content)
        switch type {
        case 1: self = .request(try AssociationOffer(&cursor))
        case 2: self = .accept(try AssociationAnswer(&cursor))
        case 3:
            _ = try cursor.byte()
            let result = try cursor.byte()
            self = .reject(
                AssociationRejection(
                    isPermanent: result == 1, source: try cursor.byte(), reason: try cursor.byte()))
        case 4: self = .data(try Self.values(&cursor))
        case 5: self = .releaseRequest
        case 6: self = .releaseResponse
        default:
            _ = try cursor.bytes(2)
            self = .abort(AssociationAbort(isByProvider: try cursor.byte() == 2, reason: try cursor.byte()))
        }
    }

    private static func values(_ cursor: inout ByteCursor) throws -> [PresentationValue] {
        var values: [PresentationValue] = []
        while !cursor.isAtEnd {
            let length = Int(try cursor.long())
            guard length >= 2 else { throw ByteCursor.malformed }
            let id = try cursor.byte()
            let control = try cursor.byte()
            values.append(
                PresentationValue(
                    contextID: id, isCommand: control & 1 == 1, isLast: control & 2 == 2,
                    bytes: Array(try cursor.bytes(length - 2))))
        }
        guard !values.isEmpty else { throw ByteCursor.malformed }
        return values
    }
}

extension AssociationOffer {
    init(_ cursor: inout ByteCursor) throws {
        let head = try AssociationHead(&cursor)
        self.init(
            calledTitle: head.calledTitle, callingTitle: head.callingTitle, contexts: [],
            user: AssociationUser(maximumBytes: 0, implementationUID: "", implementationName: ""))
        applicationContext = ""
        while !cursor.isAtEnd {
            var (type, content) = try cursor.item()
            switch type {
            case 0x10: applicationContext = try content.text()
            case 0x20:
                guard contexts.count < Limits.dimseContexts else { throw Self.tooManyContexts }
                contexts.append(try PresentationContext(&content))
            case 0x50: user = try AssociationUser(&content)
            default: break
            }
        }
        guard Set(contexts.map(\.id)).count == contexts.count else { throw ByteCursor.malformed }
    }

    private static var tooManyContexts: Failure {
        Failure("dimse.tooManyContexts", "an association has more than \(Limits.dimseContexts) contexts")
    }
}

extension AssociationAnswer {
    init(_ cursor: inout ByteCursor) throws {
        let head = try AssociationHead(&cursor)
        self.init(
            calledTitle: head.calledTitle, callingTitle: head.callingTitle, results: [],
            user: AssociationUser(maximumBytes: 0, implementationUID: "", implementationName: ""))
        while !cursor.isAtEnd {
            var (type, content) = try cursor.item()
            switch type {
            case 0x21:
                guard results.count < Limits.dimseContexts else { throw ByteCursor.malformed }
                results.append(try PresentationResult(&content))
            case 0x50: user = try AssociationUser(&content)
            default: break
            }
        }
    }
}

/// What a request and its answer begin with.
private struct AssociationHead {
    var calledTitle: String
    var callingTitle: String

    init(_ cursor: inout ByteCursor) throws {
        // One bit a version; the first is the only one that there is.
        guard try cursor.short() & 1 == 1 else { throw ByteCursor.malformed }
        _ = try cursor.bytes(2)
        calledTitle = try cursor.text(16)
        callingTitle = try cursor.text(16)
        _ = try cursor.bytes(32)
    }
}

extension PresentationContext {
    init(_ cursor: inout ByteCursor) throws {
        self.init(id: try cursor.byte(), abstractSyntax: "", transferSyntaxes: [])
        _ = try cursor.bytes(3)
        while !cursor.isAtEnd {
            var (type, content) = try cursor.item()
            switch type {
            case 0x30: abstractSyntax = try content.text()
            case 0x40:
                guard transferSyntaxes.count < Limits.dimseTransferSyntaxes else { throw ByteCursor.malformed }
                transferSyntaxes.append(try content.text())
            default: break
            }
        }
        guard !id.isMultiple(of: 2) else { throw ByteCursor.malformed }
    }
}

extension PresentationResult {
    init(_ cursor: inout ByteCursor) throws {
        let id = try cursor.byte()
        _ = try cursor.byte()
        guard let outcome = Outcome(rawValue: try cursor.byte()) else { throw ByteCursor.malformed }
        _ = try cursor.byte()
        self.init(id: id, outcome: outcome, transferSyntax: "")
        while !cursor.isAtEnd {
            var (type, content) = try cursor.item()
            // Of a context that is refused the syntax says nothing, and may be anything.
            if type == 0x40, outcome == .accepted { transferSyntax = try content.text() }
        }
    }
}

extension AssociationUser {
    init(_ cursor: inout ByteCursor) throws {
        self.init(maximumBytes: 0, implementationUID: "", implementationName: "")
        while !cursor.isAtEnd {
            var (type, content) = try cursor.item()
            switch type {
            case 0x51: maximumBytes = try content.long()
            case 0x52: implementationUID = try content.text()
            case 0x54:
                guard roles.count < Limits.dimseContexts else { throw ByteCursor.malformed }
                let uid = try content.text(Int(try content.short()))
                let (asks, offers) = (try content.byte(), try content.byte())
                roles.append(AssociationRole(abstractSyntax: uid, asksForIt: asks == 1, offersIt: offers == 1))
            case 0x55: implementationName = try content.text()
            default: break
            }
        }
    }
}
