import Effects
import FHIR

/// What a token claims whose signature holds.
struct TokenClaims: Sendable {
    private let json: JSONValue

    init(_ json: JSONValue) {
        self.json = json
    }

    /// A claim that is one text, without what a terminal or a page would do something else with than show it.
    func text(_ name: String, limitBytes: Int) -> String? {
        guard let text = json[name]?.lexical, (1...limitBytes).contains(text.utf8.count),
            !text.unicodeScalars.contains(where: PlainText.isHarmful)
        else { return nil }
        return text
    }

    /// A claim that is one text, to the letter.
    func string(_ name: String) -> String? { json[name]?.string }

    /// A claim that is one text or a list of texts.
    func texts(_ name: String) -> [String] {
        guard let value = json[name] else { return [] }
        if let text = value.string { return [text] }
        return value.items.prefix(Limits.directoryWords).compactMap(\.string)
    }

    func has(_ name: String) -> Bool { json[name] != nil }

    /// A moment in seconds since 1970, as tokens have it; nil where there is none that a clock shows.
    func time(_ name: String) -> WallTime? {
        guard case .number(let number)? = json[name], let seconds = Double(number.lexical),
            (0...253_402_300_799).contains(seconds)
        else { return nil }
        return WallTime(milliseconds: Int64(seconds * 1_000))
    }
}

/// What a token has to say, so that it lets somebody in here and now (OpenID Connect Core 1.0, section 3.1.3.7).
struct TokenRule: Sendable {
    var issuer: String
    var client: String
    var nonce: String
    /// Of these levels the token names one; empty asks for none.
    var levels: [String] = []
    /// Of these ways the token names all; empty asks for none.
    var methods: [String] = []
    var now: WallTime

    /// - Throws: `directory.issuer`, `directory.audience`, `directory.authorizedParty`, `directory.expired`,
    ///   `directory.issuedAt`, `directory.nonce`, `directory.assurance`.
    func check(_ claims: TokenClaims) throws {
        guard claims.string("iss") == issuer else {
            throw Failure(
                "directory.issuer", "the token comes from another issuer",
                remedy: "write 'issuer' to the letter as the directory's document has it")
        }
        let audience = claims.texts("aud")
        guard audience.contains(client) else {
            throw Failure(
                "directory.audience", "the token was made for somebody else",
                remedy: "begin again; if it repeats, compare 'client' with what the directory calls this console")
        }
        guard claims.has("azp") ? claims.string("azp") == client : audience.count == 1 else {
            throw Failure(
                "directory.authorizedParty", "the token was given to another client",
                remedy: "begin again; if it repeats, compare 'client' with what the directory calls this console")
        }
        try checkTimes(claims)
        guard claims.string("nonce") == nonce else {
            throw Failure(
                "directory.nonce", "the token belongs to another sign-in", remedy: "begin again at the sign-in page")
        }
        let isOfLevel = levels.isEmpty || claims.texts("acr").contains(where: levels.contains)
        guard isOfLevel, Set(methods).isSubset(of: claims.texts("amr")) else {
            throw Failure(
                "directory.assurance", "the directory has not proved the person as this node asks",
                remedy: "sign in at the directory with the second factor that this node asks for")
        }
    }

    private func checkTimes(_ claims: TokenClaims) throws {
        let skew = Limits.directoryClockMilliseconds
        guard let ends = claims.time("exp"), now.milliseconds(since: ends) < skew else {
            throw Failure(
                "directory.expired", "the token has run out",
                remedy: "begin again; if it repeats, compare the clocks of node and directory")
        }
        let begins = claims.has("nbf") ? claims.time("nbf") : .epoch
        guard let made = claims.time("iat"), let begins, made.milliseconds(since: now) <= skew,
            begins.milliseconds(since: now) <= skew, now.milliseconds(since: made) <= Limits.directoryTokenMilliseconds
        else {
            throw Failure(
                "directory.issuedAt", "the token was not made just now",
                remedy: "begin again; if it repeats, compare the clocks of node and directory")
        }
    }
}
