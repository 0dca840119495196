import Effects

/// Makes keys from raw bytes and from text, and turns a library's error into a failure that names the right form.
enum KeyBytes {
    static func checked<Key>(_ form: String, _ body: () throws -> Key) throws -> Key {
        do { return try body() } catch { throw Failure("key.malformed", form) }
    }

    static func fromHex(_ text: String, place: String) throws -> [UInt8] {
        guard let bytes = Hex.bytes(text) else {
            throw Failure("key.malformed", "the key is not written in hexadecimal", place: place)
        }
        return bytes
    }
}
