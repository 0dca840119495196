/// The name of a region's cryptographic suite, as it stands in configuration and in sealed headers.
package enum SuiteID: String, Hashable, Sendable, CaseIterable, Codable {
    /// Ed25519 signatures, SHA-256, HPKE with X25519.
    case ed25519
    /// SM2 signatures and encryption (GB/T 32918) with SM3 (GB/T 32905).
    case sm2
}
