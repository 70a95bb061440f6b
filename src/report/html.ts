import { moveToMoveText, oneByOneText } from '../exhibition/programs.js'
import type { CurvePoint, Summary } from '../exhibition/summary.js'
import type { BoardLane } from './boards.js'
import type { ClaimRow } from './claim-row.js'
import { countText, durationText, numberText, secondsText } from './number.js'
import { style } from './style.js'
import { curveSvg, escapeHtml, timelineSvg } from './svg.js'
import { holdsText, type JudgedTimes } from './text.js'

/** What the page shows. */
export interface Page {
  readonly summary: Summary
  /** The exhibition on a real event loop; null where none was asked. */
  readonly judged: JudgedTimes | null
  readonly lanes: readonly BoardLane[]
  readonly curve: readonly CurvePoint[]
  readonly claims: readonly ClaimRow[]
  /** What the claims were checked on, in a sentence. */
  readonly checkedOn: string
  /** Other reports that exist, relative to this one. */
  readonly links: readonly { readonly path: string; readonly says: string }[]
}

const shownBoards = 6

/** The whole report as one page that needs nothing else, from this machine or any other. */
export const pageHtml = (page: Page): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simul: a chess exhibition</title>
<style>${style}</style>
</head>
<body>
<main>
${[introduction(page), timeline(page), limits(page), programs(page), claims(page), footer(page)].join('\n')}
</main>
</body>
</html>
`

const introduction = ({ summary, judged }: Page): string => {
  const { oneByOne, moveToMove, speedup, speedupWithLastReply, exhibition } = summary
  const { boards, moves, ours, theirs } = exhibition
  return `<header>
<p class="eyebrow">Simul</p>
<h1>One master, ${countText(boards, 'board')}</h1>
<p class="lead">A chess exhibition is an event loop: one pair of hands, many games, and nobody who sits and waits.
${countText(moves, 'pair-move')} a game; we take ${escapeHtml(ours)} s for a move, an opponent takes ${escapeHtml(theirs)} s.</p>
</header>
<dl class="figures">
${figure('One board after the other', durationText(oneByOne.model), 'until the last reply')}
${figure('From board to board', durationText(moveToMove.model), `until our last move; ${unbroken(moveToMove.lastReplyModel)} until the last reply`)}
${figure('Speed-up', ratioText(speedup), `${ratioText(speedupWithLastReply)} with the last reply`)}
</dl>
<h2>Formula beside model</h2>
<p>The model plays every move of the exhibition as an asyncio program, in virtual time. The formulas play nothing.
${summary.agrees ? `They agree${judged === null ? '' : ', and so does CPython, which plays the same programs'}.` : '<strong class="broken">They do not agree: a fault of Simul.</strong>'}</p>
<div class="wide"><table>
<thead><tr><th>When</th><th>Formula</th><th class="number">Its value</th><th class="number">The model</th>${judged === null ? '' : `<th class="number">${escapeHtml(judged.name)}</th>`}</tr></thead>
<tbody>
${row('One by one: the last reply', 'm·n·(t+T)', oneByOne.formula, oneByOne.model, judged?.oneByOne)}
${row('Board to board: our last move, the introduction’s formula', 'n·m·t', moveToMove.formula, moveToMove.model, judged?.lastMove)}
${row('Our last move, for any number of boards', '(n−1)·C + m·t', moveToMove.closedForm, moveToMove.model, judged?.lastMove)}
${row('The last reply', '(n−1)·C + m·t + T', moveToMove.lastReply, moveToMove.lastReplyModel, judged?.lastReply)}
</tbody>
</table></div>
<p class="small">m boards, n pair-moves, t ours, T theirs. A round begins every C = max(m·t, t+T).</p>`
}

/** A duration that is not torn at the end of a line. */
const unbroken = (seconds: number): string => durationText(seconds).replace(/ /g, '&nbsp;')

const ratioText = (value: number | null): string => (value === null ? '–' : `${numberText(value, 2)}×`)

const figure = (name: string, value: string, says: string): string =>
  `<div class="figure"><dt>${name}</dt><dd>${value}</dd><dd>${says}</dd></div>`

const row = (when: string, formula: string, value: number, model: number, real?: number): string => {
  const times = [value, model, ...(real === undefined ? [] : [real])]
  const cells = times.map((time) => `<td class="number">${secondsText(time)}</td>`)
  return `<tr><td>${when}</td><td><code>${formula}</code></td>${cells.join('')}</tr>`
}

const swatch = (mark: string, says: string): string =>
  `<span><svg viewBox="0 0 28 14" aria-hidden="true">${mark}</svg>${says}</span>`

const timeline = ({ lanes }: Page): string => {
  const boxed = (name: string, says: string): string =>
    swatch(`<rect x="1" y="1" width="26" height="12" rx="1.5" class="${name}"/>`, says)
  const shown = Math.min(shownBoards, lanes.length)
  if (shown === 0) return ''
  return `<h2>Two rounds</h2>
<p>The master’s lane holds every move at every board, and no two of them overlap: there is one pair of hands.
Below it the opponents think at the same time. That is concurrency without parallelism.</p>
<figure>
${timelineSvg({ lanes, shown })}
<figcaption class="key">
${boxed('ours', 'we think')}
${lanes.length > shown ? boxed('ours other', `we think, at a board below the ${numberText(shown)} shown`) : ''}
${boxed('theirs', 'they think')}
${boxed('waits', 'they have replied and wait for us')}
</figcaption>
</figure>`
}

const limits = ({ summary, curve }: Page): string => `<h2>Where the formula stops being true</h2>
<p>The introduction says that our time is n·m·t. It is ${escapeHtml(holdsText(summary))}. With fewer boards we are back at
the first one before its player has replied: then the loop idles, and every round takes t+T however few the boards are.</p>
<figure class="limits">
${curveSvg(curve, summary.holdsFromBoards)}
<figcaption class="key">
${swatch('<polyline points="0,7 28,7" class="formula"/>', 'the introduction’s n·m·t')}
${swatch('<polyline points="0,7 28,7" class="closed-form"/>', '(n−1)·max(m·t, t+T) + m·t')}
${swatch('<circle cx="14" cy="7" r="4" class="model"/>', 'the model')}
</figcaption>
</figure>`

const programs = ({ summary: { exhibition } }: Page): string => `<h2>The programs</h2>
<p>The model reads Python. These are the two programs that were run, and CPython runs them as they stand.</p>
<div class="programs">
<div><h3>One board after the other</h3><pre>${escapeHtml(oneByOneText(exhibition))}</pre></div>
<div><h3>From board to board</h3><pre>${escapeHtml(moveToMoveText(exhibition))}</pre></div>
</div>`

const claims = ({ claims: rows, checkedOn }: Page): string => `<h2>What an introduction to asyncio claims</h2>
<p>Each claim became one or more laws, functions that read what happened and say whether it was so.
${escapeHtml(checkedOn)}</p>
<div class="wide"><table>
<thead><tr><th>Claim</th><th>Laws</th><th class="number">Cases</th><th></th></tr></thead>
<tbody>
${rows.map(claimRow).join('\n')}
</tbody>
</table></div>`

const claimRow = ({ claim, laws, cases, holds, evidence, beyond }: ClaimRow): string => {
  const notes = [evidence, beyond === null ? null : `Left to other checks: ${beyond}.`].flatMap((note) => note ?? [])
  const small = notes.map((note) => `<br><span class="small">${escapeHtml(note)}</span>`).join('')
  const verdict = holds ? '<span class="holds">holds</span>' : '<span class="broken">broken</span>'
  return `<tr><td>${escapeHtml(claim)}${small}</td><td>${escapeHtml(laws.join(', '))}</td><td class="number">${numberText(cases)}</td><td>${verdict}</td></tr>`
}

const footer = ({ links }: Page): string => `<footer class="small">
<ul>${links.map(({ path, says }) => `<li><a href="${escapeHtml(path)}">${escapeHtml(path)}</a>: ${escapeHtml(says)}</li>`).join('')}</ul>
</footer>`
