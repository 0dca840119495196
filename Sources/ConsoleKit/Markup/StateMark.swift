package import Effects

/// How something is: a shape, a word and a colour, never the colour alone.
package enum StateMark: String, CaseIterable, Hashable, Sendable {
    case ok
    /// It works, and somebody should look.
    case attention
    /// It does not work, or its time is over.
    case broken
    /// The figures are there, and old.
    case stale
    /// It has never said anything.
    case unknown
    /// It waits as it should.
    case waiting
    /// Somebody stopped it, with a name and a reason.
    case held
    /// A person's matter, before everything else.
    case critical

    package var word: Wording {
        switch self {
        case .ok: Wording("OK", "正常")
        case .attention: Wording("Attention", "注意")
        case .broken: Wording("Broken", "中断")
        case .stale: Wording("Stale", "过时")
        case .unknown: Wording("Unknown", "未知")
        case .waiting: Wording("Waiting", "等待")
        case .held: Wording("Held", "暂停")
        case .critical: Wording("Critical value", "危急值")
        }
    }

    /// The class that gives a colour and an edge.
    package var style: String {
        switch self {
        case .waiting, .held: "calm"
        case .critical: "broken"
        default: rawValue
        }
    }

    /// Worst first.
    package var rank: Int {
        switch self {
        case .critical: 0
        case .broken: 1
        case .attention: 2
        case .stale: 3
        case .unknown: 4
        case .held: 5
        case .waiting: 6
        case .ok: 7
        }
    }

    /// The shape alone; the word must stand beside it.
    package var shape: HTML { "<svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-\(rawValue)\"/></svg>" }

    /// Shape and word.
    ///
    /// - Parameter text: another word than the state's own.
    package func html(_ words: Words, _ text: String? = nil) -> HTML {
        "<span class=\"st \(style)\">\(shape)\(text ?? words(word))</span>"
    }

    /// The shapes, once on each page.
    static let sprite: HTML = """
        <svg class="marks" aria-hidden="true">\
        <symbol id="m-ok" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7"/><path class="cut" d="M4.8 8.3l2.2 2.2 4.2-4.8"/>\
        </symbol><symbol id="m-attention" viewBox="0 0 16 16"><path d="M8 1l7.4 13.4H.6z"/><path class="cut" \
        d="M8 6v4M8 12.2v.1"/></symbol><symbol id="m-broken" viewBox="0 0 16 16"><rect x="1" y="1" width="14" height="14" \
        rx="1.5"/><path class="cut" d="M5 5l6 6M11 5l-6 6"/></symbol><symbol id="m-stale" viewBox="0 0 16 16"><circle \
        class="ring" cx="8" cy="8" r="6.6"/><path class="ring" d="M8 4.2V8l2.6 1.8"/></symbol><symbol id="m-unknown" \
        viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.6" stroke-dasharray="2.6 2.2"/><path class="ring" \
        d="M6.2 6.4c.2-2.4 3.8-2.2 3.6.1-.1 1.3-1.8 1.4-1.8 2.6M8 11.6v.1"/></symbol><symbol id="m-waiting" \
        viewBox="0 0 16 16"><circle cx="2.8" cy="8" r="1.9"/><circle cx="8" cy="8" r="1.9"/><circle cx="13.2" cy="8" \
        r="1.9"/></symbol><symbol id="m-held" viewBox="0 0 16 16"><rect x="3" y="2" width="3.6" height="12" rx=".8"/><rect \
        x="9.4" y="2" width="3.6" height="12" rx=".8"/></symbol><symbol id="m-critical" viewBox="0 0 16 16"><path \
        d="M8 .4l7.6 7.6L8 15.6.4 8z"/><path class="cut" d="M8 4.4V9M8 11.4v.1"/></symbol></svg>
        """
}
