import Effects
import Regions

extension RegionChecker {
    mutating func checkScopes(_ names: RecognitionNames) {
        let rules = configuration.recognition
        let table = configuration.divisionTable
        guard isWithin(Limits.recognitionScopes, rules.scopes.count, list: "scopes") else { return }
        for (index, scope) in rules.scopes.enumerated() {
            let place = "recognition.scopes.\(index)"
            if !NameForm.accepts(scope.id) || scope.id == RecognitionPolicyRow.noMark {
                find(
                    "region.badName", place, key: "id", "\(NameForm.shown(scope.id)) cannot be the id of a scope",
                    remedy: "use lowercase letters, digits and hyphens; 'none' means that there is no mark")
            }
            for division in scope.divisions { checkDivision(division, in: table, item: place, key: "divisions") }
            for unit in scope.units {
                checkMention(
                    unit.rawValue, in: names.institutions, of: "scope \(NameForm.shown(scope.label)) names the unit",
                    item: place, key: "units")
            }
            if excused.isEmpty, !configuration.organizationUnits.contains(where: scope.contains) {
                find(
                    "region.emptyScope", place, key: "divisions",
                    "no unit of this region stands in the scope \(NameForm.shown(scope.label))",
                    remedy: "name divisions or units of this region, or write 'nationwide: true', or take it out")
            }
        }
        if let star = rules.starScope {
            checkMention(star, in: names.scopes, of: "★ stands for the scope", item: "recognition", key: "star")
        }
    }

    mutating func checkPolicy(_ names: RecognitionNames) {
        let policy = configuration.recognition.policy
        checkUnique(policy.map(\.id), list: "recognition.policy", key: "id", what: "policy row")
        for (index, row) in policy.enumerated() {
            let place = "recognition.policy.\(index)"
            for scope in row.scopes where scope != RecognitionPolicyRow.noMark {
                checkMention(
                    scope, in: names.scopes, of: "policy row \(NameForm.shown(row.id)) asks for a mark of", item: place,
                    key: "scopes")
            }
        }
        guard isWithin(Limits.recognitionPolicyRows, policy.count, list: "policy") else { return }
        let reach = PolicyReach(configuration.recognition)
        for index in policy.indices where !reach.isReached(index) {
            find(
                "region.unreachablePolicy", "recognition.policy.\(index)", key: "id",
                "policy row '\(policy[index].id)' can never hold: whatever fits it fits an earlier row",
                remedy: "rows are tried from the top; put it above the wider ones, or take it out")
        }
    }

    private mutating func isWithin(_ limit: Int, _ count: Int, list: String) -> Bool {
        if count > limit {
            find(
                "region.tooMany", "recognition", key: list, "\(count) items in '\(list)', more than \(limit)",
                remedy: "take out what is not needed")
        }
        return count <= limit
    }

    mutating func checkReasons() {
        let reasons = configuration.recognition.reasons
        checkUnique(reasons.map(\.code), list: "recognition.reasons", key: "code", what: "reason")
        for (index, reason) in reasons.enumerated() {
            let place = "recognition.reasons.\(index)"
            if !CatalogueForm.acceptsReason(reason.code) {
                find(
                    "region.badReason", place, key: "code", "\(NameForm.shown(reason.code)) is no code of a reason",
                    remedy: "write two digits, such as 03")
            }
            if reason.isCounted, RepeatReason.uncountedCodes.contains(reason.code) {
                find(
                    "region.badReason", place, key: "counted",
                    "reason \(reason.code) does not count in the recognition rate",
                    remedy: "write 'counted: false', or give the reason another code")
            }
            if reason.name.isEmpty {
                find(
                    "region.badReason", place, key: "name", "reason \(reason.code) has no name",
                    remedy: "write what a doctor chooses by")
            }
        }
        if !reasons.isEmpty, !reasons.contains(where: \.needsText) {
            find(
                "region.badReason", "recognition", key: "reasons", "no reason asks for text",
                remedy: "write 'text: true' at the one that means 'other'")
        }
    }
}

/// Whether a row of the policy table can ever be the first that fits.
///
/// A situation is a pair of grades and the scopes whose marks hold; more marks only make more rows fit, so it is enough
/// to look at no mark and at each mark alone.
private struct PolicyReach {
    private let policy: [RecognitionPolicyRow]
    private let situations: [String]

    init(_ rules: RecognitionRules) {
        policy = rules.policy
        situations = [RecognitionPolicyRow.noMark] + rules.scopes.map(\.id)
    }

    func isReached(_ index: Int) -> Bool {
        let row = policy[index]
        let earlier = policy[..<index]
        // What the row names and nobody knows is another finding.
        let marks = row.scopes.isEmpty ? situations : row.scopes
        for issuer in row.issuers.isEmpty ? InstitutionGrade.allCases : row.issuers {
            for receiver in row.receivers.isEmpty ? InstitutionGrade.allCases : row.receivers {
                let rows = earlier.filter { other in
                    (other.issuers.isEmpty || other.issuers.contains(issuer))
                        && (other.receivers.isEmpty || other.receivers.contains(receiver))
                }
                if marks.contains(where: { mark in
                    !rows.contains { $0.scopes.isEmpty || $0.scopes.contains(mark) }
                }) {
                    return true
                }
            }
        }
        return false
    }
}
