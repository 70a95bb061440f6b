/** The page's own style sheet: nothing is loaded from anywhere. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbf9f4; --raised: #ffffff; --ink: #24211c; --soft: #6f6859; --line: #e2dccf;
  --ours: #1f5f4f; --other: #8fb3a6; --theirs: #ead9b0; --theirs-edge: #cdb67d; --hatch: #cfc8b8;
  --formula: #b2502a; --on-ours: #ffffff; --on-other: #10372d; --broken: #a32222;
  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino, Charter, Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #181815; --raised: #201f1b; --ink: #ebe5d8; --soft: #a49b89; --line: #37342d;
    --ours: #62bfa3; --other: #356556; --theirs: #544a30; --theirs-edge: #766740; --hatch: #46423a;
    --formula: #ea8d5f; --on-ours: #10201b; --on-other: #d5efe6; --broken: #ff8b80;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 18px/1.62 var(--serif); }
main { max-width: 1040px; margin: 0 auto; padding: 64px 32px 80px; }
p, h1, h2, dl, ul { max-width: 44rem; }
h1 { font-size: 2.7rem; line-height: 1.12; font-weight: 500; letter-spacing: -0.015em; margin: 0 0 0.5rem; }
h2 { font-size: 1.55rem; line-height: 1.25; font-weight: 500; margin: 4rem 0 0.6rem; }
p { margin: 0.6rem 0; }
a { color: inherit; text-decoration-color: var(--theirs-edge); text-underline-offset: 0.18em; }
.lead { font-size: 1.18rem; color: var(--soft); }
.eyebrow, th, .key, .figure dt { font: 600 0.74rem/1.4 var(--sans); letter-spacing: 0.06em; color: var(--soft); }
.eyebrow { text-transform: uppercase; letter-spacing: 0.14em; margin-bottom: 1rem; }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1px; max-width: none; margin: 2.6rem 0 0;
  background: var(--line); border: 1px solid var(--line); }
.figure { background: var(--raised); padding: 1.1rem 1.3rem 1.2rem; }
.figure dd { margin: 0; font-size: 2.5rem; line-height: 1.2; font-variant-numeric: lining-nums; }
.figure dd + dd { font-size: 0.95rem; color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: 1.4rem 0; font-variant-numeric: lining-nums tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 0.55rem 1.2rem 0.55rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
code, pre { font: 0.86rem/1.6 var(--mono); }
code { white-space: nowrap; }
pre { background: var(--raised); border: 1px solid var(--line); padding: 1rem 1.2rem; overflow-x: auto; margin: 0; tab-size: 4; }
.programs { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.6rem; margin-top: 1.4rem; }
.programs h3 { font: 600 0.86rem var(--sans); color: var(--soft); margin: 0 0 0.5rem; }
figure { margin: 1.8rem 0; }
svg { display: block; width: 100%; height: auto; overflow: visible; font-family: var(--sans); }
svg text { fill: var(--soft); font-size: 12.5px; }
svg .lane { text-anchor: end; } svg .middle { text-anchor: middle; } svg .strong { fill: var(--ink); font-weight: 600; }
svg .in { text-anchor: middle; font-size: 10px; font-weight: 600; fill: var(--on-ours); }
svg .far { fill: var(--on-other); font-weight: 500; }
svg .grid { stroke: var(--line); } svg .hatch { stroke: var(--hatch); stroke-width: 2; }
svg .ours { fill: var(--ours); } svg .other { fill: var(--other); }
svg .theirs { fill: var(--theirs); stroke: var(--theirs-edge); stroke-width: 0.8; } svg .waits { fill: url(#hatching); }
svg polyline { fill: none; stroke-linejoin: round; }
svg .formula { stroke: var(--formula); stroke-width: 2; stroke-dasharray: 7 5; }
svg .closed-form { stroke: var(--ours); stroke-width: 2; }
svg .model { fill: var(--paper); stroke: var(--ours); stroke-width: 2; }
svg .crossing { stroke: var(--soft); stroke-dasharray: 2 4; } svg .ring { fill: none; stroke: var(--formula); stroke-width: 2; }
svg .note { fill: var(--ink); font-size: 13.5px; }
.key { display: flex; flex-wrap: wrap; gap: 0.4rem 1.6rem; font-weight: 500; letter-spacing: 0; font-size: 0.84rem; margin-top: 0.8rem; }
.key span { display: inline-flex; align-items: center; gap: 0.5rem; }
.key svg { width: 28px; height: 14px; flex: none; }
.holds { color: var(--ours); font: 600 0.86rem var(--sans); } .broken { color: var(--broken); font: 600 0.86rem var(--sans); }
.small { font-size: 0.92rem; color: var(--soft); }
footer { margin-top: 4.5rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
@media (max-width: 720px) {
  main { padding: 36px 18px 48px; } h1 { font-size: 2rem; } .figures { grid-template-columns: 1fr; }
  figure, .wide { overflow-x: auto; } figure > svg { min-width: 640px; }
}
@media print { main { padding: 0; max-width: none; } h2 { break-after: avoid; } figure, table { break-inside: avoid; } }
`
