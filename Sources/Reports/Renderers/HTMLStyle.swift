/// The one style sheet, inside every page. Contrast of every pair was computed: text at least 4.5 to 1, marks 3 to 1, in
/// both schemes.
public enum HTMLStyle {
    public static let text = """
        :root { color-scheme: light dark; --paper: #fff; --panel: #f6f7f9; --ink: #1a1a1a; --muted: #595959; --rule: #d5d9de;
          --accent: #0072b2; --up: #d55e00; --down: #0072b2; --total: #3f4a56; --context: #7f8d9b; --track: #d5dbe1; --shade: 0 114 178;
          --good: #0b6b3a; --warning: #8a5a00; --bad: #b3261e; --banner: #fff1e5; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --panel: #1d2228; --ink: #ececec; --muted: #b0b7bf;
          --rule: #38404a; --accent: #56b4e9; --up: #f0864a; --down: #56b4e9; --total: #aab6c2; --context: #67737f; --track: #343c45;
          --shade: 86 180 233; --good: #6fcf97; --warning: #e6b450; --bad: #ff8a80; --banner: #2e2418; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
        .figure, table { font-variant-numeric: tabular-nums lining-nums; }
        .figure { white-space: nowrap; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { position: static; }
        .eyebrow { max-width: none; display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 1.75rem; padding-bottom: .6rem;
          border-bottom: 3px solid var(--ink); font-weight: 600; }
        .eyebrow span + span { white-space: nowrap; color: var(--muted); font-weight: 400; }
        .banner { max-width: none; margin: 0 0 .75rem; padding: .6rem .9rem; border-left: 4px solid var(--up); background: var(--banner);
          font-size: .9rem; }
        h1 { margin: 1.25rem 0 .5rem; font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.1rem); line-height: 1.2; font-weight: 650;
          letter-spacing: -.015em; text-wrap: balance; }
        .question { margin: 0 0 .9rem; color: var(--muted); font-size: 1.05rem; }
        .standfirst { margin: 0 0 1.25rem; max-width: 44rem; font-size: 1.05rem; }
        .frame { display: flex; flex-wrap: wrap; gap: .35rem 1.75rem; margin: 1.25rem 0 0; font-size: .84rem; }
        .frame dt { color: var(--muted); }
        .frame dd { margin: 0; overflow-wrap: anywhere; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .75rem; margin: 1.75rem 0 0; }
        .tile { display: flex; flex-direction: column; padding: .85rem 1rem .95rem; background: var(--panel);
          border-top: 3px solid var(--total); border-radius: 0 0 4px 4px; }
        .tile.good { border-color: var(--good); } .tile.warning { border-color: var(--warning); } .tile.bad { border-color: var(--bad); }
        .tile dt { color: var(--muted); font-size: .84rem; }
        .tile dd { margin: 0; font-size: 1.55rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
        .tile dd.note { margin-top: .2rem; color: var(--muted); font-size: .84rem; line-height: 1.4; font-weight: 400; letter-spacing: 0; }
        .tile dd.note .figure { white-space: normal; }
        section { margin-top: 2.75rem; }
        h2 { margin: 0 0 .8rem; font-size: 1.28rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; text-wrap: balance; }
        h3 { margin: 0; font-size: 1rem; font-weight: 600; }
        p, ul, ol { margin: .6rem 0; max-width: 46rem; }
        li { margin: .35rem 0; }
        .scroll { overflow-x: auto; margin: 1rem 0; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.4; }
        caption { padding-bottom: .45rem; color: var(--muted); font-size: .84rem; text-align: left; }
        th, td { padding: .42rem .75rem .42rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--muted); font-size: .8rem; vertical-align: bottom; border-bottom-color: var(--muted); }
        tbody th { min-width: 8rem; overflow-wrap: anywhere; }
        .number { text-align: right; white-space: nowrap; }
        .date { white-space: nowrap; }
        tr.rest { color: var(--muted); }
        tr.total th, tr.total td { border-top: 1px solid var(--muted); font-weight: 650; }
        td[data-shade] { padding-left: .5rem; padding-right: .5rem; border-bottom-color: var(--paper); }
        thead .number { white-space: normal; }
        [data-shade="1"] { background: rgb(var(--shade) / .06); } [data-shade="2"] { background: rgb(var(--shade) / .12); }
        [data-shade="3"] { background: rgb(var(--shade) / .19); } [data-shade="4"] { background: rgb(var(--shade) / .27); }
        [data-shade="5"] { background: rgb(var(--shade) / .36); }
        .mark { white-space: nowrap; font-weight: 600; font-size: .94em; }
        .mark.neutral { color: var(--muted); } .mark.good { color: var(--good); } .mark.warning { color: var(--warning); } .mark.bad { color: var(--bad); }
        code { font: .84em/1.4 ui-monospace, "SFMono-Regular", "Liberation Mono", monospace; overflow-wrap: anywhere; }
        td code { white-space: nowrap; }
        .unknown { color: var(--muted); font-style: italic; white-space: nowrap; }
        .tile dd .unknown { font-weight: 400; }
        .chart { margin: 1.25rem 0; }
        .chart figcaption p { margin: .1rem 0 0; color: var(--muted); font-size: .84rem; }
        .chart svg { display: block; width: 100%; min-width: 34rem; height: auto; }
        .chart .scroll { margin: .5rem 0; }
        .chart .source { margin: 0 0 .25rem; color: var(--muted); font-size: .78rem; }
        svg text { font-family: inherit; fill: var(--ink); font-size: 13px; }
        svg .small, svg .tick { font-size: 12px; fill: var(--muted); } svg .value { font-weight: 600; font-variant-numeric: tabular-nums; }
        svg .inside { fill: var(--paper); }
        .bar, .highlight { fill: var(--accent); } .context { fill: var(--context); } .total { fill: var(--total); }
        .up { fill: var(--up); } .down { fill: var(--down); } .track { fill: var(--track); }
        .line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; } .line.expected { stroke-dasharray: 5 4; }
        .band { fill: var(--accent); fill-opacity: .3; } .band.wide { fill-opacity: .16; } .grid { stroke: var(--rule); }
        .usual { fill: var(--accent); fill-opacity: .18; }
        .slope { stroke-width: 1.75; } .slope.rise { stroke: var(--up); } .slope.fall { stroke: var(--down); }
        .end.rise { fill: var(--up); } .end.fall { fill: var(--down); }
        .hollow { fill: var(--paper); stroke: var(--ink); stroke-width: 1.75; }
        .spark { width: 84px; height: 22px; vertical-align: middle; } .spark .line { stroke-width: 1.5; }
        .axis { stroke: var(--muted); stroke-width: 1; } .connector { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 2 3; }
        .compare { stroke: var(--ink); stroke-width: 2; } .reference { stroke: var(--up); stroke-width: 1.5; stroke-dasharray: 6 4; }
        .cut { stroke: var(--paper); stroke-width: 2.5; }
        details { margin-top: .25rem; font-size: .84rem; } summary { color: var(--muted); cursor: pointer; }
        .tree details { margin: 0; font-size: .92rem; } .tree details details { font-size: 1em; }
        .tree > p { color: var(--muted); font-size: .84rem; } .tree summary, .tree details > p { display: flex; gap: 1rem; margin: 0; padding: .25rem 0; max-width: none; border-bottom: 1px solid var(--rule);
          color: var(--ink); } .tree details details, .tree details > p { margin-left: 1.1rem; } .tree .number { min-width: 6.5rem; text-align: right; }
        .tree summary > span:first-child, .tree p > span:first-child { flex: 1; overflow-wrap: anywhere; }
        .tree summary > span:first-child::before { content: "▸ " / ""; color: var(--muted); } .tree details[open] > summary > span:first-child::before { content: "▾ " / ""; }
        footer { margin-top: 3rem; padding-top: .5rem; border-top: 3px solid var(--ink); font-size: .9rem; }
        footer section { margin-top: 1.25rem; } footer h2 { font-size: 1rem; }
        .gates { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; padding: 0; list-style: none; } .gates li { margin: 0; }
        .unknowns dl { margin: 0; } .unknowns div { display: flex; gap: .75rem; margin: .3rem 0; }
        .unknowns dt { color: var(--muted); font-style: italic; } .unknowns dd { margin: 0; overflow-wrap: anywhere; }
        .digest { color: var(--muted); overflow-wrap: anywhere; }
        @media (max-width: 36rem) { body { padding: 1.25rem 1rem 3rem; } .tiles { grid-template-columns: repeat(auto-fit, minmax(min(10.5rem, 100%), 1fr)); gap: .5rem; }
          .tile { padding: .7rem .75rem; } .tile dd { font-size: 1.1rem; } .tile dd .figure { white-space: normal; overflow-wrap: anywhere; } section { margin-top: 2.1rem; } }
        \(HTMLPrintStyle.text)
        """
}
