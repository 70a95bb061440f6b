import { type Agenda, places, readyOf } from '../trace/agenda.js'
import type { Trace } from '../trace/events.js'
import { type HandleLife, isTaskStep } from '../trace/handles.js'
import { knowsEveryTask, taskLives } from '../trace/tasks.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** Two runs of one task, one after the other: where their handles began. */
interface Twice {
  readonly task: string
  readonly first: number
  readonly second: number
}

/** Nobody runs twice while another waits for his turn. */
export const noStarvation: Law = {
  name: 'no starvation',
  claim:
    'Between two runs of a task, every task of the same loop that was ready all the while has run. ' +
    '(An eager start is no run in this sense.)',
  source: 'BaseEventLoop._run_once: what a step schedules goes behind all that waits',
  check: (trace) => {
    if (!knowsEveryTask(trace)) return holding(0)
    const known = taskLives(trace)
    const lastRun = new Map<string, { readonly index: number; readonly others: boolean }>()
    const twice = new Map<number, Twice>()
    let cases = 0
    const walk = places(trace)
    let next = walk.next()
    for (; next.done !== true; next = walk.next()) {
      const { event, index, agenda } = next.value
      if (event.event !== 'HandleBegan') continue
      const life = agenda.lives.get(event.handle)
      const loop = agenda.turn?.loop
      if (life === undefined || loop === undefined || !isTaskStep(life.callback)) continue
      const overtaken = refuse(trace, life, index, twice.get(loop))
      if (overtaken !== null) return overtaken
      const run = trace.events[index + 1]
      if (run === undefined || run.task === null || !known.has(run.task)) continue
      const before = lastRun.get(run.task)
      lastRun.set(run.task, { index, others: othersReady(agenda, loop, event.handle) })
      if (before === undefined) continue
      if (before.index > (twice.get(loop)?.first ?? -1)) {
        twice.set(loop, { task: run.task, first: before.index, second: index })
      }
      if (before.others) cases += 1
    }
    for (const life of next.value.lives.values()) {
      if (life.loop === null || life.begun.length > 0 || !isTaskStep(life.callback)) continue
      const overtaken = refuse(trace, life, trace.events.length, twice.get(life.loop))
      if (overtaken !== null) return overtaken
    }
    return holding(cases)
  },
}

/** What is wrong with a step that has waited till now while a task ran twice. */
const refuse = (trace: Trace, { handle, scheduled }: HandleLife, index: number, twice?: Twice): LawVerdict | null => {
  if (twice === undefined || twice.first < scheduled) return null
  const { task, first, second } = twice
  const message = `task ${task} ran twice, at events ${first} and ${second}, while handle ${handle} waited: ${eventAt(trace, scheduled)} to ${eventAt(trace, index)}`
  return broken(message, scheduled, first, second, index)
}

const othersReady = (agenda: Agenda, loop: number, but: number): boolean => {
  for (const handle of readyOf(agenda, loop)) {
    if (handle !== but && isTaskStep(agenda.lives.get(handle)?.callback ?? '')) return true
  }
  return false
}
