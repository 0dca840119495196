import Effects
import Regions

/// Which marks of a result hold for the receiver.
///
/// A mark counts only if a certificate was in force at report time, and only where its scope holds the receiver. A mark
/// without a certificate is shown as such.
struct MarkRules {
    struct Valid {
        var scope: RecognitionScope
        var certificate: QualityCertificate
    }

    let rules: RecognitionRules
    let certificates: [QualityCertificate]
    let receiver: OrganizationUnit

    /// - Returns: the widest scope first, and a step for every mark; one step where there is none.
    func steps(
        _ line: ReportLine, _ item: CatalogueItem, issuer: OrganizationUnit?, at moment: WallTime
    ) -> (valid: [Valid], steps: [TrailStep]) {
        guard !line.marks.isEmpty else {
            let none = TrailStep(.mark, .noted, input: "none", "报告未带互认标识。", "the report carries no recognition mark.")
            return ([], [none])
        }
        var valid: [Valid] = []
        var steps: [TrailStep] = []
        for mark in line.marks {
            let (certificate, step) = judge(mark, item, issuer, moment)
            steps.append(step)
            if let certificate, let scope = rules.scope(mark) {
                valid.append(Valid(scope: scope, certificate: certificate))
            }
        }
        return (valid.sorted { ($1.scope.rank, $0.scope.id) < ($0.scope.rank, $1.scope.id) }, steps)
    }

    private func judge(
        _ mark: String, _ item: CatalogueItem, _ issuer: OrganizationUnit?, _ moment: WallTime
    ) -> (QualityCertificate?, TrailStep) {
        guard let scope = rules.scope(mark) else {
            return (
                nil,
                TrailStep(
                    .mark, .noted, input: mark, "标识“\(mark)”不在本区域的互认范围之列。",
                    "the mark '\(mark)' is none of the region's scopes.")
            )
        }
        let own = certificates.filter { $0.unit == issuer?.id && $0.scope == mark && $0.covers(item) }
            .sorted { ($0.from, $0.number) < ($1.from, $1.number) }
        guard let certificate = own.last(where: { $0.isInForce(at: moment) }) else {
            let last = own.last { $0.to <= moment }
            let ended = last.map { "，证书\($0.number)已于\($0.to.chinaText.prefix(10))失效" } ?? ""
            let endedEnglish = last.map { "; certificate \($0.number) ended \($0.to.chinaText.prefix(10))" } ?? ""
            return (
                nil,
                TrailStep(
                    .mark, .noted, input: "\(mark):-", "带\(scope.label)标识，但报告时没有有效的质评证书\(ended)。",
                    "marked \(scope.englishLabel), but no certificate was in force at report time\(endedEnglish).")
            )
        }
        guard scope.contains(receiver) else {
            return (
                nil,
                TrailStep(
                    .mark, .noted, input: "\(mark):\(certificate.number)", "\(scope.label)的范围不包括本机构。",
                    "the scope \(scope.englishLabel) does not hold this institution.")
            )
        }
        return (
            certificate,
            TrailStep(
                .mark, .passed, input: "\(mark):\(certificate.number)",
                "\(scope.label)标识有效，证书\(certificate.number)（至\(certificate.to.chinaText.prefix(10))）。",
                "mark \(scope.englishLabel) holds by certificate \(certificate.number), in force until \(certificate.to.chinaText.prefix(10))."
            )
        )
    }
}

/// Finds recognition marks in what laboratories print: `【全国HR】葡萄糖`, `★葡萄糖`, a note `山西省HR`.
///
/// Only the labels of the region's scopes are marks. A label counts where it stands in brackets, or alone.
package struct MarkReader: Sendable {
    private let labels: [(label: String, scope: String)]
    private let starScope: String?

    package init(_ rules: RecognitionRules) {
        labels = rules.scopes.map { (Self.folded($0.label), $0.id) }
        starScope = rules.starScope
    }

    /// Ids of the scopes whose marks stand in a text, in the order of the region's list.
    package func marks(in text: String) -> [String] {
        let text = Self.folded(text)
        let pieces = Self.bracketed(text) + [text]
        var found = labels.filter { label in pieces.contains(label.label) }.map(\.scope)
        if text.hasPrefix("★"), let starScope, !found.contains(starScope) { found.append(starScope) }
        return found
    }

    /// What stands in brackets of any kind.
    private static func bracketed(_ text: String) -> [String] {
        var pieces: [String] = []
        var current: String?
        for character in text {
            if "【[(〔".contains(character) {
                current = ""
            } else if "】])〕".contains(character) {
                if let piece = current { pieces.append(piece) }
                current = nil
            } else {
                current?.append(character)
            }
        }
        return pieces
    }

    /// Full-width letters and brackets as narrow ones, without spaces.
    private static func folded(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.compactMap { scalar in
                    if scalar.properties.isWhitespace { return nil }
                    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
                    return Unicode.Scalar(scalar.value - 0xFEE0)
                }))
    }
}
