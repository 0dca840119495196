/// The URI in a certificate that names its owner: `yilian://<region>/<node>`, and `yilian://<region>` for an authority.
enum IdentityURI {
    static let scheme = "yilian://"

    static func text(region: String) -> String { scheme + region }
    static func text(region: String, node: String) -> String { scheme + region + "/" + node }

    /// The region and node of a node's URI; `nil` for every other form, however near.
    static func parts(_ uri: String) -> (region: String, node: String)? {
        guard uri.hasPrefix(scheme) else { return nil }
        let parts = uri.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, IdentityForm.holds(for: parts[0]), IdentityForm.holds(for: parts[1]) else { return nil }
        return (String(parts[0]), String(parts[1]))
    }

    /// The region of an authority's URI; `nil` for every other form.
    static func authorityRegion(_ uri: String) -> String? {
        guard uri.hasPrefix(scheme) else { return nil }
        let region = uri.dropFirst(scheme.count)
        return IdentityForm.holds(for: region) ? String(region) : nil
    }
}
