/// The cookies of the console: one that a session hangs on, one for who has none yet, one for who is on the way to a
/// directory, and one for the look.
enum SiteCookie {
    /// The prefix makes browsers refuse it from anywhere else than this host over HTTPS.
    static let session = "__Host-yilian"
    static let door = "__Host-yilian-door"
    static let directory = "__Host-yilian-directory"
    static let look = "__Host-yilian-look"

    static func set(_ name: String, _ value: String, maxAgeSeconds: Int? = nil) -> (name: String, value: String) {
        let age = maxAgeSeconds.map { "; Max-Age=\($0)" } ?? ""
        return ("set-cookie", "\(name)=\(value); Path=/; Secure; HttpOnly; SameSite=Lax\(age)")
    }

    static func clear(_ name: String) -> (name: String, value: String) { set(name, "", maxAgeSeconds: 0) }
}
