/// The same page on A4: light whatever the screen is, dense enough that one page stays one page, nothing cut in two. The
/// executive's and CFO's charts are never so low that their small print (12 units) is under 6 points: 0.18 mm a unit of height.
enum HTMLPrintStyle {
    static let text = """
        @media print { @page { size: A4; margin: 11mm 14mm 10mm; }
          :root { color-scheme: light; --paper: #fff; --panel: #f6f7f9; --ink: #1a1a1a; --muted: #595959; --rule: #d5d9de;
            --accent: #0072b2; --up: #d55e00; --down: #0072b2; --total: #3f4a56; --context: #7f8d9b; --track: #d5dbe1;
            --shade: 0 114 178; --good: #0b6b3a; --warning: #8a5a00; --bad: #b3261e; --banner: #fff1e5; }
          body { max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.34; print-color-adjust: exact;
            -webkit-print-color-adjust: exact; }
          .skip, details { display: none; } .tree details { display: block; font-size: 7.5pt; } .tree summary, .tree details > p { padding: .4mm 0; } .tree > p { font-size: 7.5pt; } .scroll { overflow: visible; margin: 1.5mm 0; }
          .eyebrow { margin-bottom: 1mm; padding-bottom: 1mm; border-bottom-width: 2px; }
          .banner { margin-bottom: 1mm; padding: 1mm 2mm; font-size: 8pt; }
          h1 { margin: 1.5mm 0 .5mm; font-size: 15pt; } h2 { margin-bottom: 1.5mm; font-size: 11pt; } h3 { font-size: 9pt; }
          p, ul, ol { margin: 1mm 0; max-width: none; } li { margin: .5mm 0; }
          .question { margin-bottom: 1mm; font-size: 9pt; } .standfirst { margin-bottom: 1.5mm; font-size: 9pt; }
          .frame { gap: .5mm 6mm; margin-top: 1.5mm; font-size: 7pt; }
          .tiles { grid-template-columns: repeat(4, 1fr); gap: 2mm; margin-top: 2.5mm; } .tile { padding: 1.5mm 2.5mm; }
          .tile dt { font-size: 7.5pt; } .tile dd { font-size: 12.5pt; } .tile dd.note { margin: 0; font-size: 7pt; }
          section { margin-top: 3.2mm; } .chart { margin: 1.5mm 0; }
          .chart svg { min-width: 0; max-height: 47mm; } .executive .chart svg { max-height: 41mm; } .ceo .chart svg { max-height: 60mm; } .cto .chart svg { max-height: 50.4mm; } .cto section, .sre section { margin-top: 2.4mm; } .cto .chart, .sre .chart { margin: 1mm 0; } .cto td, .cto th, .sre td, .sre th { padding: .3mm 2mm .3mm 0; } .chart.bullets svg { max-height: 26mm; } .executive .chart.bars svg { max-height: 33mm; }
          .cfo .chart svg { max-height: 37mm; } .cfo .chart.waterfall svg { max-height: 43mm; } .cfo .chart.dots svg { max-height: 23mm; } .cfo .chart.steps svg { max-height: 33mm; } .cfo td, .cfo th { padding: .3mm 2mm .3mm 0; } .cfo section { margin-top: 2.4mm; } .cfo .chart { margin: 1mm 0; }
          .chart figcaption p { margin: 0; font-size: 7.5pt; }
          .chart .source { margin: 0; font-size: 6.5pt; } .chart .scroll { margin: 1mm 0; }
          table { font-size: 7.5pt; } th, td { padding: .7mm 2mm .7mm 0; } caption { padding-bottom: .5mm; font-size: 7.5pt; }
          thead th { font-size: 7pt; } .spark { width: 60px; height: 15px; }
          footer { margin-top: 3mm; padding-top: 0; border-top-width: 2px; font-size: 6.5pt; line-height: 1.3; }
          footer section { margin-top: 1mm; } footer p { margin: .5mm 0; } footer li { margin: 0; }
          footer h2 { margin-bottom: 0; font-size: 7.5pt; } .gates { gap: 0 4mm; } .unknowns div { margin: 0; }
          footer ul:not(.gates) { columns: 2; padding-left: 4mm; } .digest { font-size: 6.5pt; }
          .unknowns dl { columns: 2; }
          h2, h3, figcaption, caption { break-after: avoid; }
          .tile, figure, tr, .banner, li { break-inside: avoid; } thead { display: table-header-group; } }
        """
}
