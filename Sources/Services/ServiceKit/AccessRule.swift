package import Effects
package import Ledgers
import Regions

/// Whether somebody may look a person up: who asks, about whom, and on what the purpose rests.
///
/// One rule for the node that signs a statement and for every node that is asked on it: a signature says who, this says
/// whether. A node that signs without asking is refused by the next one.
package struct AccessRule: Sendable {
    private let rules: AccessRules
    private let purposes: PurposeList
    private let register: PractitionerRule?
    private var takesCases = false

    /// What holds in a region now, its register included.
    package init(_ region: any RegionView, purposes: PurposeList) {
        rules = region.current.access
        self.purposes = purposes
        register = PractitionerRule(region, purposes: purposes)
    }

    /// Rules alone, without a register.
    package init(_ rules: AccessRules = .standard, purposes: PurposeList = PurposeList()) {
        self.rules = rules
        self.purposes = purposes
        register = nil
    }

    /// The same for questions about a case whose header names nobody: the case stands in the question, and no patient.
    package var forCases: AccessRule {
        var rule = self
        rule.takesCases = true
        return rule
    }

    /// - Throws: `access.incomplete` where practitioner, patient or, for an emergency, the reason is missing, or where
    ///   there is no such purpose;
    ///   `access.malformed` where a text is too long; `access.noGround` where the purpose rests on nothing;
    ///   `access.notRegistered` where the region keeps a register in which the practitioner does not stand.
    package func check(_ statement: AccessStatement) throws {
        let asking = statement.asking
        let isAboutSomething = !statement.patientKeys.isEmpty || takesCases && statement.question.contains(" ")
        guard !asking.practitioner.allSatisfy(\.isWhitespace), isAboutSomething else {
            throw Failure(
                "access.incomplete", "an access statement needs a practitioner and a patient",
                remedy: "say who asks and about whom")
        }
        guard
            (asking.texts + [statement.id, statement.question]).allSatisfy({ $0.utf8.count <= Limits.accessTextBytes })
        else {
            throw Failure(
                "access.malformed", "a text of the access statement is longer than \(Limits.accessTextBytes) bytes",
                remedy: "name the number under which it is filed")
        }
        guard let purpose = purposes[asking.purpose] else { throw noPurpose(asking.purpose) }
        let grounds = grounds(of: purpose)
        guard !grounds.contains(where: { asking.rests(on: $0) }) else {
            try register?.check(asking, at: statement.node, statement.madeAt)
            return
        }
        if asking.purpose == .emergency {
            throw Failure(
                "access.incomplete", "an emergency access needs a reason",
                remedy: "give a reason for breaking the glass")
        }
        throw Self.noGround(asking.purpose, grounds)
    }

    /// On which of these a question rests; an emergency on its reason, whatever is configured.
    private func grounds(of rule: PurposeRule) -> [AccessRules.Ground] {
        rule.purpose == .emergency ? rule.grounds : rules.grounds[rule.purpose.rawValue] ?? rule.grounds
    }

    private func noPurpose(_ purpose: AccessStatement.Purpose) -> Failure {
        KnownWord.failure(purpose.rawValue, what: "purpose", among: purposes.words, code: "access.incomplete")
    }

    private static func noGround(
        _ purpose: AccessStatement.Purpose, _ grounds: [AccessRules.Ground]
    ) -> Failure {
        guard !grounds.isEmpty else {
            return Failure(
                "access.noGround", "nobody asks for \(purpose.rawValue) in this region",
                remedy: "see access.purposes in the region configuration with `yilian region show`")
        }
        let (words, options) = (grounds.map(\.english), grounds.map(\.option))
        return Failure(
            "access.noGround",
            "a question for \(purpose.rawValue) rests on \(words.joined(separator: " or ")), and names none",
            remedy: "name it with \(options.joined(separator: " or "))")
    }
}

extension AccessRules.Ground {
    fileprivate var english: String {
        switch self {
        case .order: "the number of an order or encounter"
        case .consent: "the patient's consent"
        case .reason: "a reason for breaking the glass"
        }
    }

    fileprivate var option: String {
        switch self {
        case .order: "--order (X-Yilian-Order)"
        case .consent: "--consent (X-Yilian-Consent)"
        case .reason: "--break-glass (X-Yilian-Break-Glass)"
        }
    }
}

extension Asking {
    /// Whether the ground is named; what is written where there is none (`0`, 无) names nothing.
    fileprivate func rests(on ground: AccessRules.Ground) -> Bool {
        switch ground {
        case .order: order.map { !IdentifierPlaceholder.isOne($0, isIssued: true) } ?? false
        case .consent: consent.map { Self.isSaid($0) && !Self.denies($0) } ?? false
        case .reason: breakGlassReason.map(Self.isSaid) ?? false
        }
    }

    /// Whether a consent says that there is none, as forms do that have a box for yes and one for no.
    private static func denies(_ text: String) -> Bool { denials.contains(IdentifierPlaceholder.plain(text)) }

    private static let denials: Set<String> = [
        "n", "f", "false", "not", "denied", "refused", "declined", "withdrawn", "revoked", "notgiven", "否", "不", "不同意",
        "未同意", "没同意", "拒绝", "已拒绝", "未签", "未签署", "未签字", "未取得", "撤回", "已撤回", "撤销", "已撤销",
    ]

    /// Whether words say anything: `昏迷` and `书面` do, and are no numbers.
    private static func isSaid(_ text: String) -> Bool {
        let plain = IdentifierPlaceholder.plain(text)
        return !IdentifierPlaceholder.missing.contains(plain) && plain.unicodeScalars.contains { $0 != "0" }
    }
}

extension Limits {
    /// What a text of an access statement may hold: practitioner, unit, order, consent, reason.
    package static let accessTextBytes = 512
    /// What the word of a purpose may hold.
    package static let purposeBytes = 64
}
