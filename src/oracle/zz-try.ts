import { cpython } from '../implementations/cpython.js'
import { describeDifference } from '../trace/difference.js'
import { agree } from './agree.js'

const [n = '300', ...seeds] = process.argv.slice(2)
const judge = await cpython()
for (const seed of seeds) {
  const t = Date.now()
  try {
    const a = await agree(judge, { programs: Number(n), seed: Number(seed) })
    console.log(
      a.seed,
      a.compared,
      'inconclusive',
      a.inconclusive.length,
      a.inconclusive.slice(0, 1),
      'skipped',
      a.skipped.length,
      new Set(a.skipped.map((s) => s.reason)),
      Date.now() - t,
      'ms',
    )
    if (a.evidence) {
      console.log(a.evidence.text, describeDifference(a.evidence.difference), a.evidence.shrinks, a.evidence.path)
    }
  } catch (e) {
    console.log(e)
  }
}
await judge.close()
