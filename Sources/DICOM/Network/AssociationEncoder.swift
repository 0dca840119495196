/// Writes units as bytes.
package enum AssociationEncoder {
    package static func bytes(_ unit: AssociationPDU) -> [UInt8] {
        let content = content(of: unit)
        return [unit.type, 0] + long(content.count) + content
    }

    private static func content(of unit: AssociationPDU) -> [UInt8] {
        switch unit {
        case .request(let offer):
            return head(offer.calledTitle, offer.callingTitle)
                + item(0x10, Array(offer.applicationContext.utf8))
                + offer.contexts.prefix(128).flatMap(context) + user(offer.user)
        case .accept(let answer):
            return head(answer.calledTitle, answer.callingTitle)
                + item(0x10, Array(AssociationOffer.applicationContext.utf8))
                + answer.results.prefix(128).flatMap(result) + user(answer.user)
        case .reject(let rejection):
            return [0, rejection.isPermanent ? 1 : 2, rejection.source, rejection.reason]
        case .data(let values): return values.flatMap(value)
        case .releaseRequest, .releaseResponse: return [0, 0, 0, 0]
        case .abort(let abort): return [0, 0, abort.isByProvider ? 2 : 0, abort.reason]
        }
    }

    private static func head(_ called: String, _ calling: String) -> [UInt8] {
        [0, 1, 0, 0] + title(called) + title(calling) + [UInt8](repeating: 0, count: 32)
    }

    /// Sixteen characters of ASCII.
    private static func title(_ text: String) -> [UInt8] {
        let bytes = text.utf8.prefix(16).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
        return bytes + [UInt8](repeating: 0x20, count: 16 - bytes.count)
    }

    private static func context(_ context: PresentationContext) -> [UInt8] {
        item(
            0x20,
            [context.id, 0, 0, 0] + item(0x30, Array(context.abstractSyntax.utf8))
                + context.transferSyntaxes.flatMap { item(0x40, Array($0.utf8)) })
    }

    private static func result(_ result: PresentationResult) -> [UInt8] {
        item(
            0x21, [result.id, 0, result.outcome.rawValue, 0] + item(0x40, Array(result.transferSyntax.utf8)))
    }

    private static func user(_ user: AssociationUser) -> [UInt8] {
        let roles = user.roles.flatMap { role in
            let uid = Array(role.abstractSyntax.utf8)
            return item(0x54, short(uid.count) + uid + [role.asksForIt ? 1 : 0, role.offersIt ? 1 : 0])
        }
        return item(
            0x50,
            item(0x51, long(Int(user.maximumBytes))) + item(0x52, Array(user.implementationUID.utf8)) + roles
                + item(0x55, Array(user.implementationName.utf8)))
    }

    private static func value(_ value: PresentationValue) -> [UInt8] {
        let control: UInt8 = (value.isCommand ? 1 : 0) | (value.isLast ? 2 : 0)
        return long(value.bytes.count + 2) + [value.contextID, control] + value.bytes
    }

    private static func item(_ type: UInt8, _ content: [UInt8]) -> [UInt8] {
        [type, 0] + short(content.count) + content
    }

    private static func short(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    private static func long(_ value: Int) -> [UInt8] {
        short(value >> 16) + short(value)
    }
}
