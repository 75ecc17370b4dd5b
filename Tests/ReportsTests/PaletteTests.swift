import Foundation
import Testing

@testable import Reports

/// Contrast after WCAG, computed from the very style sheet the pages carry: text 4.5 to 1, marks 3 to 1, on screen in both
/// schemes and on paper.
struct PaletteTests {
    enum Scheme: String, CaseIterable { case light, dark, print }

    @Test(arguments: Scheme.allCases)
    func `text stands out from paper, panel and banner`(scheme: Scheme) throws {
        let palette = try Palette(scheme)
        for ground in ["paper", "panel", "banner"] {
            for text in ["ink", "muted", "accent", "good", "warning", "bad"] {
                let ratio = try palette.contrast(text, ground)
                #expect(ratio >= 4.5, "\(text) on \(ground) is \(ratio) to 1 in \(scheme)")
            }
        }
    }

    @Test(arguments: Scheme.allCases)
    func `marks stand out from the paper`(scheme: Scheme) throws {
        let palette = try Palette(scheme)
        for mark in ["accent", "up", "down", "total", "context"] {
            let ratio = try palette.contrast(mark, "paper")
            #expect(ratio >= 3, "\(mark) is \(ratio) to 1 in \(scheme)")
        }
    }

    /// A figure inside a bar is printed in the colour of the paper.
    @Test(arguments: Scheme.allCases)
    func `a figure inside a bar can be read`(scheme: Scheme) throws {
        #expect(try Palette(scheme).contrast("paper", "accent") >= 4.5)
    }

    @Test(arguments: Scheme.allCases)
    func `figures stay readable on the darkest cell of a map`(scheme: Scheme) throws {
        let palette = try Palette(scheme)
        let strongest = try #require(
            HTMLStyle.text.firstMatch(of: #/data-shade="5"\] \{ background: rgb\(var\(--shade\) \/ (\.\d+)\)/#))
        let opacity = try #require(Double("0\(strongest.output.1)"))
        let cell = Palette.mix(try palette.shade, try palette.colour("paper"), opacity)
        #expect(Palette.contrast(try palette.colour("ink"), cell) >= 4.5)
    }

    @Test func `the colours of the message can be told from white`() throws {
        for (colour, least) in [("d55e00", 3.0), ("0072b2", 3.0), ("1a1a1a", 4.5), ("595959", 4.5)] {
            #expect(Palette.contrast(Palette.parse(colour), [1, 1, 1]) >= least, "\(colour)")
        }
    }

    @Test func `known ratios come out as published`() {
        #expect(Palette.contrast(Palette.parse("000000"), Palette.parse("ffffff")) == 21)
        #expect(abs(Palette.contrast(Palette.parse("0072b2"), [1, 1, 1]) - 5.19) < 0.005)
        #expect(abs(Palette.contrast(Palette.parse("595959"), [1, 1, 1]) - 7.0) < 0.05)
    }
}

private struct Palette {
    private let variables: [String: String]

    init(_ scheme: PaletteTests.Scheme) throws {
        let blocks = HTMLStyle.text.matches(of: #/:root \{([^}]*)\}/#).map { String($0.output.1) }
        try #require(blocks.count == 3, "light, dark and print")
        let block = blocks[PaletteTests.Scheme.allCases.firstIndex(of: scheme)!]
        variables = Dictionary(
            block.matches(of: #/--([a-z]+):\s*([^;]+);/#).map { (String($0.output.1), String($0.output.2)) }
        ) { $1 }
    }

    func colour(_ name: String) throws -> [Double] {
        Self.parse(String(try #require(variables[name], "\(name)").dropFirst()))
    }

    var shade: [Double] {
        get throws { try #require(variables["shade"]).split(separator: " ").map { Double($0)! / 255 } }
    }

    func contrast(_ one: String, _ other: String) throws -> Double { Self.contrast(try colour(one), try colour(other)) }

    static func parse(_ hex: String) -> [Double] {
        let full = hex.count == 3 ? hex.map { "\($0)\($0)" }.joined() : hex
        return stride(from: 0, to: 6, by: 2).map { start in
            Double(Int(full.dropFirst(start).prefix(2), radix: 16)!) / 255
        }
    }

    static func mix(_ top: [Double], _ ground: [Double], _ opacity: Double) -> [Double] {
        zip(top, ground).map { $0 * opacity + $1 * (1 - opacity) }
    }

    static func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    private static func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
