/// What a browser is answered.
package struct PageResponse: Sendable {
    /// What the answer says about who asked, for the door that let the connection in.
    package enum Standing: Hashable, Sendable {
        case stranger
        /// The request belongs to a session of this account.
        case proven(String)
        /// A wrong password, code or token.
        case wrongTry
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// What follows behind the body, piece by piece, for as long as there is one; none for an answer that is whole.
    package var following: (@Sendable () async throws -> [UInt8]?)?
    package var standing = Standing.stranger

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// What every answer says to the browser: nothing from elsewhere, nothing kept, nothing told to others.
    package static let guarding: [(name: String, value: String)] = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("referrer-policy", "no-referrer"), ("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        ("strict-transport-security", "max-age=31536000"),
    ]
}
