/// What this program agrees to in an association that somebody else asks for.
package struct AssociationTerms: Sendable {
    package static let verification = "1.2.840.10008.1.1"
    package static let worklist = "1.2.840.10008.5.1.4.31"
    package static let storageCommitment = "1.2.840.10008.1.20.1"
    /// The one instance of storage commitment that there is.
    package static let storageCommitmentInstance = "1.2.840.10008.1.20.1.1"

    /// Searches for studies, by patient or by study.
    package static let findsByPatient = "1.2.840.10008.5.1.4.1.2.1.1"
    package static let findsByStudy = "1.2.840.10008.5.1.4.1.2.2.1"

    package var takesStorage: Bool
    package var findsStudies: Bool
    package var answersWorklist: Bool
    package var commits: Bool

    package init(
        takesStorage: Bool = true, answersWorklist: Bool = true, commits: Bool = true, findsStudies: Bool = false
    ) {
        self.takesStorage = takesStorage
        self.findsStudies = findsStudies
        self.answersWorklist = answersWorklist
        self.commits = commits
    }

    /// Roots of the classes whose instances are stored: pictures, waveforms, reports, plans, palettes and protocols.
    private static let storageRoots = [
        "1.2.840.10008.5.1.4.1.1.", "1.2.840.10008.5.1.4.34.", "1.2.840.10008.5.1.4.38.1",
        "1.2.840.10008.5.1.4.39.1", "1.2.840.10008.5.1.4.43.1", "1.2.840.10008.5.1.4.44.1",
        "1.2.840.10008.5.1.4.45.1",
    ]

    package static func isStorage(_ uid: String) -> Bool {
        storageRoots.contains { root in root.hasSuffix(".") ? uid.hasPrefix(root) && uid != root : uid == root }
    }

    /// What becomes of each context that is asked for.
    func results(for contexts: [PresentationContext]) -> [PresentationResult] {
        contexts.map { context in
            guard agrees(to: context.abstractSyntax) else {
                return PresentationResult(id: context.id, outcome: .abstractSyntaxUnknown, transferSyntax: "")
            }
            let offered = context.transferSyntaxes.map(DICOMTransferSyntax.init(uid:))
            guard let syntax = Self.chosen(offered, isStorage: Self.isStorage(context.abstractSyntax)) else {
                return PresentationResult(id: context.id, outcome: .transferSyntaxesUnknown, transferSyntax: "")
            }
            return PresentationResult(id: context.id, outcome: .accepted, transferSyntax: syntax.uid)
        }
    }

    private func agrees(to abstractSyntax: String) -> Bool {
        switch abstractSyntax {
        case Self.verification: true
        case Self.worklist: answersWorklist
        case Self.findsByPatient, Self.findsByStudy: findsStudies
        case Self.storageCommitment: commits
        default: takesStorage && Self.isStorage(abstractSyntax)
        }
    }

    /// An instance comes as its sender has it, by the first syntax that it names; messages come in the plainest.
    private static func chosen(_ offered: [DICOMTransferSyntax], isStorage: Bool) -> DICOMTransferSyntax? {
        if isStorage { return offered.first { DICOMTransferSyntax.known.contains($0) } }
        return [.explicitLittle, .implicitLittle, .explicitBig].first { offered.contains($0) }
    }
}
