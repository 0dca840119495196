import Effects
import Regions

extension RecognitionRules {
    var message: PBRecognitionRules {
        var message = PBRecognitionRules()
        message.edition = edition
        message.items = items.map(\.message)
        message.panels = panels.map(\.message)
        message.localCodes = localCodes.map(\.message)
        message.units = units.map(\.message)
        message.conversions = conversions.map(\.message)
        message.specimens = specimens.map(\.message)
        message.scopes = scopes.map(\.message)
        message.starScope = starScope ?? ""
        message.policy = policy.map(\.message)
        message.reasons = reasons.map(\.message)
        return message
    }

    init(_ message: PBRecognitionRules) throws {
        self.init(
            edition: message.edition, items: try message.items.map(CatalogueItem.init),
            panels: message.panels.map(CataloguePanel.init), localCodes: try message.localCodes.map(LocalCode.init),
            units: message.units.map { UnitOfMeasure(code: $0.code, aliases: $0.aliases) },
            conversions: message.conversions.map(UnitConversion.init),
            specimens: message.specimens.map(SpecimenType.init),
            scopes: try message.scopes.map(RecognitionScope.init), starScope: message.starScope.ifGiven,
            policy: try message.policy.map(RecognitionPolicyRow.init), reasons: message.reasons.map(RepeatReason.init))
    }
}

extension UnitOfMeasure {
    fileprivate var message: PBUnitOfMeasure {
        var message = PBUnitOfMeasure()
        message.code = code
        message.aliases = aliases
        return message
    }
}

extension UnitConversion {
    fileprivate var message: PBUnitConversion {
        var message = PBUnitConversion()
        message.from = from
        message.to = to
        message.factor = factor
        message.item = item ?? ""
        return message
    }

    fileprivate init(_ message: PBUnitConversion) {
        self.init(from: message.from, to: message.to, factor: message.factor, item: message.item.ifGiven)
    }
}

extension SpecimenType {
    fileprivate var message: PBSpecimenType {
        var message = PBSpecimenType()
        message.code = code
        message.name = name
        message.aliases = aliases
        message.comparable = comparable
        return message
    }

    fileprivate init(_ message: PBSpecimenType) {
        self.init(code: message.code, name: message.name, aliases: message.aliases, comparable: message.comparable)
    }
}

extension RecognitionScope {
    fileprivate var message: PBRecognitionScope {
        var message = PBRecognitionScope()
        message.id = id
        message.label = label
        message.englishLabel = englishLabel
        message.rank = Int64(rank)
        message.isNationwide = isNationwide
        message.divisions = divisions.map(\.rawValue)
        message.units = units.map(\.rawValue)
        return message
    }

    fileprivate init(_ message: PBRecognitionScope) throws {
        self.init(
            id: message.id, label: message.label, englishLabel: message.englishLabel,
            rank: try PeerNumber.count(message.rank, atMost: Limits.scopeRank, "the rank of a scope"),
            isNationwide: message.isNationwide, divisions: try message.divisions.map { try DivisionCode($0) },
            units: try message.units.map { try OrgUnitID($0) })
    }
}

extension RecognitionPolicyRow {
    fileprivate var message: PBPolicyRow {
        var message = PBPolicyRow()
        message.id = id
        message.issuers = issuers.map(\.rawValue)
        message.receivers = receivers.map(\.rawValue)
        message.scopes = scopes
        message.outcome = outcome.rawValue
        return message
    }

    /// A grade that this release does not know cannot be left out of a row: the row would fit others than are meant.
    fileprivate init(_ message: PBPolicyRow) throws {
        let grade: (String) throws -> InstitutionGrade = { text in
            guard let grade = InstitutionGrade(rawValue: text) else { throw Self.unknown("a grade") }
            return grade
        }
        guard let outcome = RecognitionOutcome(rawValue: message.outcome) else { throw Self.unknown("an outcome") }
        self.init(
            id: message.id, issuers: try message.issuers.map(grade), receivers: try message.receivers.map(grade),
            scopes: message.scopes, outcome: outcome)
    }

    private static func unknown(_ what: String) -> Failure {
        Failure(
            "region.badBytes", "the section '\(RecognitionRules.name)' has \(what) that this release does not know",
            remedy: "upgrade this node")
    }
}

extension RepeatReason {
    fileprivate var message: PBRepeatReason {
        var message = PBRepeatReason()
        message.code = code
        message.name = name
        message.englishName = englishName
        message.isCounted = isCounted
        message.needsText = needsText
        return message
    }

    fileprivate init(_ message: PBRepeatReason) {
        self.init(
            code: message.code, name: message.name, englishName: message.englishName, isCounted: message.isCounted,
            needsText: message.needsText)
    }
}

extension String {
    /// What a field of a message holds, where an empty text stands for nothing.
    var ifGiven: String? { isEmpty ? nil : self }
}
