/// A value representation: how the bytes of a value are to be read (PS3.5, 6.2).
package enum DICOMVR: String, CaseIterable, Sendable {
    case ae = "AE"
    case `as` = "AS"
    case at = "AT"
    case cs = "CS"
    case da = "DA"
    case ds = "DS"
    case dt = "DT"
    case fl = "FL"
    case fd = "FD"
    case `is` = "IS"
    case lo = "LO"
    case lt = "LT"
    case ob = "OB"
    case od = "OD"
    case of = "OF"
    case ol = "OL"
    case ov = "OV"
    case ow = "OW"
    case pn = "PN"
    case sh = "SH"
    case sl = "SL"
    case sq = "SQ"
    case ss = "SS"
    case st = "ST"
    case sv = "SV"
    case tm = "TM"
    case uc = "UC"
    case ui = "UI"
    case ul = "UL"
    case un = "UN"
    case ur = "UR"
    case us = "US"
    case ut = "UT"
    case uv = "UV"

    private static let byLetters: [UInt16: DICOMVR] = allCases.reduce(into: [:]) { table, vr in
        table[vr.letters] = vr
    }

    /// The one that two bytes name; `nil` where the standard has none of that name.
    package init?(_ first: UInt8, _ second: UInt8) {
        guard let vr = Self.byLetters[UInt16(first) << 8 | UInt16(second)] else { return nil }
        self = vr
    }

    /// Both letters in one number, the first one above.
    var letters: UInt16 { rawValue.utf8.reduce(0) { $0 << 8 | UInt16($1) } }

    /// Whether its length takes four bytes, behind two that are kept free.
    package var hasLongLength: Bool {
        switch self {
        case .ob, .od, .of, .ol, .ov, .ow, .sq, .sv, .uc, .un, .ur, .ut, .uv: true
        default: false
        }
    }

    /// Whether the data set's character set counts for it.
    package var isText: Bool {
        switch self {
        case .lo, .lt, .pn, .sh, .st, .uc, .ut: true
        default: false
        }
    }

    /// Whether a value is written in characters.
    package var isString: Bool {
        switch self {
        case .ae, .as, .cs, .da, .ds, .dt, .is, .tm, .ui, .ur: true
        default: isText
        }
    }

    /// Whether a backslash parts several values; a long text has one alone.
    package var hasSeveralValues: Bool {
        switch self {
        case .lt, .st, .ut, .ur: false
        default: true
        }
    }

    /// The bytes of one number; `nil` where it holds none, or none that are shown.
    package var numberBytes: Int? {
        switch self {
        case .ss, .us: 2
        case .at, .fl, .sl, .ul: 4
        case .fd, .sv, .uv: 8
        default: nil
        }
    }

    /// What makes a value's length even.
    package var padding: UInt8 { isString && self != .ui ? 0x20 : 0x00 }
}
