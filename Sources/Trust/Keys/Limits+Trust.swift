package import Effects

extension Limits {
    /// The longest secret that is encrypted to one node.
    package static let boxedSecretBytes = 4096
    /// The longest box that is opened.
    package static let boxBytes = 8192
    /// The longest certificate that is looked into.
    package static let certificateBytes = 16 << 10
}
