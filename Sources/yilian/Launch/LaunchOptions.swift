import Regions

/// What `node start` was told on its command line.
struct LaunchOptions: Sendable {
    var configFile: String
    var dataFolder: String?
    var parents: [NetworkAddress]
    var linkListen: NetworkAddress?
    /// A second place for `addresses.json`.
    var addressesFile: String?
}
