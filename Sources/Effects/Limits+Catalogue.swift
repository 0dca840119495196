extension Limits {
    /// Rows of a region's recognition policy; each is held against all before it.
    package static let recognitionPolicyRows = 200
    /// Scopes of recognition marks; each is held against every unit of the region.
    package static let recognitionScopes = 500
    /// Files beside `region.yaml` that it names.
    package static let regionFilesBeside = 32
    /// Ten years: an older result is no reason to leave an examination out.
    package static let recognitionWindowDays = 3_650
    package static let priceReferenceFen = 100_000_000
}
