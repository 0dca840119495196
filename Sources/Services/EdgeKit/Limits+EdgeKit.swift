import Effects

extension Limits {
    /// Parameters that a request brings as a form, or as a Parameters resource.
    package static let httpsFormBytes = 64 << 10
}
