import Trust

/// A file that pages load: it stands in the program, and its address changes with its content, so that it may be kept.
package struct Asset: Sendable {
    package let path: String
    package let type: String
    package let body: [UInt8]

    private init(_ name: String, _ type: String, _ text: String) {
        body = Array(text.utf8)
        self.type = type
        path = "/assets/" + Suite.ed25519.digest(body).hex.prefix(16) + "/" + name
    }

    package static let stylesheet = Asset("yilian.css", "text/css; charset=utf-8", Stylesheet.text)
    package static let script = Asset("yilian.js", "text/javascript; charset=utf-8", Script.text)
    package static let icon = Asset(
        "yilian.svg", "image/svg+xml",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"5\" "
            + "fill=\"#0b5a6f\"/><path d=\"M16 6v20M6 16h20\" stroke=\"#fff\" stroke-width=\"4\"/></svg>")

    package static let all = [stylesheet, script, icon]
}
