import CCrypto
import Effects

/// Turns the reasons that libcrypto leaves in the calling thread's error queue into failures.
enum LibcryptoFailure {
    /// Forgets what earlier calls left, so that the next reason belongs to the next call.
    static func clear() {
        ERR_clear_error()
    }

    /// The failure of the call that was just made; empties the queue.
    static func make(_ code: Failure.Code, _ message: String, remedy: String? = nil) -> Failure {
        let number = ERR_get_error()
        ERR_clear_error()
        guard number != 0, let reason = ERR_reason_error_string(number) else {
            return Failure(code, message, remedy: remedy)
        }
        return Failure(code, "\(message) (libcrypto: \(String(cString: reason)))", remedy: remedy)
    }
}
