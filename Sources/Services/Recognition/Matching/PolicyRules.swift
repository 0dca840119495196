import Regions

/// What the policy table says of an issuer, a receiver and the marks that hold.
struct PolicyRules {
    let rules: RecognitionRules
    let tree: ManagementTree
    let receiver: OrganizationUnit

    /// - Parameters:
    ///   - issuer: `nil` where the region does not know the institution; only rows for any issuer fit it.
    ///   - scopes: of marks that hold for the receiver.
    func decide(issuer: OrganizationUnit?, scopes: [RecognitionScope]) -> (outcome: RecognitionOutcome, step: TrailStep)
    {
        if let issuer, issuer.id == receiver.id {
            return (
                .recognised,
                TrailStep(.policy, .passed, input: "own", "本机构出具的结果。", "issued by this institution itself.")
            )
        }
        if let issuer, let group = group(of: issuer), group == self.group(of: receiver) {
            return (
                .recognised,
                TrailStep(
                    .policy, .passed, input: "group:\(group)", "同一医疗集团内部结果全部互认。",
                    "inside one medical group every result is recognised.")
            )
        }
        let valid = scopes.map(\.id)
        guard let row = rules.policy.first(where: { fits($0, issuer, valid) }) else {
            return (
                .not,
                TrailStep(
                    .policy, .failed, input: "none", "互认政策表中没有适用的条目（\(grades(issuer))）。",
                    "no row of the policy table applies (\(englishGrades(issuer))).")
            )
        }
        return (row.outcome, step(row, issuer))
    }

    private func step(_ row: RecognitionPolicyRow, _ issuer: OrganizationUnit?) -> TrailStep {
        let (chinese, english) = (grades(issuer), englishGrades(issuer))
        return switch row.outcome {
        case .recognised:
            TrailStep(
                .policy, .passed, input: row.id, "按政策\(row.id)互认（\(chinese)）。",
                "recognised by row \(row.id) (\(english)).")
        case .discretion:
            TrailStep(
                .policy, .doubt, input: row.id, "按政策\(row.id)由接诊医师判断（\(chinese)）。",
                "left to the doctor by row \(row.id) (\(english)).")
        case .not:
            TrailStep(
                .policy, .failed, input: row.id, "按政策\(row.id)不予互认（\(chinese)）。",
                "not recognised by row \(row.id) (\(english)).")
        }
    }

    private func fits(_ row: RecognitionPolicyRow, _ issuer: OrganizationUnit?, _ scopes: [String]) -> Bool {
        guard row.issuers.isEmpty || issuer.map({ row.issuers.contains($0.grade) }) ?? false,
            row.receivers.isEmpty || row.receivers.contains(receiver.grade)
        else { return false }
        guard !row.scopes.isEmpty else { return true }
        return row.scopes.contains { scopes.contains($0) || $0 == RecognitionPolicyRow.noMark && scopes.isEmpty }
    }

    /// The county group's node that a unit's systems talk to, themselves or through a township; none for a city's.
    private func group(of unit: OrganizationUnit) -> NodeID? {
        ([unit.node] + tree.ancestors(of: unit.node)).first { tree.tier(of: $0) == .county }
    }

    private func grades(_ issuer: OrganizationUnit?) -> String {
        "\(issuer?.grade.chineseName ?? "区域外机构")出具，\(receiver.grade.chineseName)接收"
    }

    private func englishGrades(_ issuer: OrganizationUnit?) -> String {
        "issuer grade \(issuer?.grade.rawValue ?? "unknown"), receiver grade \(receiver.grade.rawValue)"
    }
}
