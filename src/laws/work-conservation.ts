import { type Agenda, hasUnorderedDeadline, lifeOf, places, readyOf, timersOf } from '../trace/agenda.js'
import { slack, timeAfter } from '../trace/clock.js'
import type { Trace } from '../trace/events.js'
import { isTimer, type TimerLife } from '../trace/handles.js'
import { usesThreads } from '../trace/threads.js'
import { broken, eventAt, holding, type Law, type LawVerdict } from './law.js'

/** The longest that a loop waits in one turn, in seconds: `MAXIMUM_SELECT_TIMEOUT`. */
const longestWait = 86_400

/** A loop is idle only when there is nothing to do. */
export const workConservation: Law = {
  name: 'work conservation',
  claim:
    'Time goes by in two ways only: by work, and where a turn begins. There the loop idles only if nothing is ready, and ' +
    'then to the earliest deadline of a timer that is not cancelled, or for a day where that is further away; and it ' +
    'gives up only if there is no such timer either. (Less than the resolution of the clock does not count; nor do programs with threads.)',
  source: 'BaseEventLoop._run_once: the timeout of select',
  check: (trace) => {
    if (hasUnorderedDeadline(trace) || usesThreads(trace)) return holding(0)
    let cases = 0
    let before = trace.events[0]?.time ?? 0
    const walk = places(trace)
    let next = walk.next()
    for (; next.done !== true; next = walk.next()) {
      const { event, index, agenda } = next.value
      const passed = event.time - before
      if (passed < -slack(0, before)) {
        return broken(`${eventAt(trace, index)}: the clock went back from ${before} s to ${event.time} s`, index)
      }
      if (passed >= slack(0, before)) {
        if (event.event !== 'TurnBegan') {
          return broken(`${eventAt(trace, index)}: ${passed} s went by, and nobody worked`, index - 1, index)
        }
        const refused = refuse(trace, agenda, event.loop, index, before)
        if (refused !== null) return refused
        cases += 1
      }
      before = timeAfter(event)
    }
    return refuseEnd(trace, next.value) ?? holding(cases)
  },
}

/** What is wrong with a wait. */
const refuse = (trace: Trace, agenda: Agenda, loop: number, index: number, before: number): LawVerdict | null => {
  const now = trace.events[index]?.time ?? before
  const waited = `${eventAt(trace, index)}: the loop idled from ${before} s to ${now} s`
  const [ready] = readyOf(agenda, loop)
  const waiting = lifeOf(agenda, ready)
  if (waiting !== undefined) {
    const message = `${waited}, and handle ${waiting.handle} was ready: ${eventAt(trace, waiting.scheduled)}`
    return broken(message, waiting.scheduled, index)
  }
  if (now - before > longestWait + slack(0, now)) return broken(`${waited}, which is more than a day`, index)
  const earliest = earliestOf(agenda, timersOf(agenda, loop))
  const overslept = earliest !== undefined && earliest.when < now - slack(0, now)
  const others = [...timersOf(agenda, null)].map((handle) => lifeOf(agenda, handle))
  const reaches = (time: number): boolean => Math.abs(time - now) < slack(0, now)
  const known = [earliest, ...others].filter(isTimer).map(({ when }) => when)
  const split = reaches(before + longestWait) && known.some((when) => when > now)
  if (!overslept && (split || known.some(reaches))) return null
  if (earliest === undefined) return broken(`${waited}, and no timer was set`, index)
  const message = `${waited}, and the earliest deadline was ${earliest.when} s: ${eventAt(trace, earliest.scheduled)}`
  return broken(message, earliest.scheduled, index)
}

/** What is wrong with a deadlock. Where several loops are open a trace does not tell which one it is. */
const refuseEnd = (trace: Trace, agenda: Agenda): LawVerdict | null => {
  if (trace.verdict.kind !== 'deadlock') return null
  const open = new Set<number>()
  for (const event of trace.events) {
    if (event.event === 'LoopCreated') open.add(event.loop)
    if (event.event === 'LoopClosed') open.delete(event.loop)
  }
  const [loop, another] = open
  if (loop === undefined || another !== undefined) return null
  const [ready] = readyOf(agenda, loop)
  const left = lifeOf(agenda, ready) ?? earliestOf(agenda, timersOf(agenda, loop))
  if (left === undefined) return null
  return broken(
    `the loop gave up, but handle ${left.handle} was still to run: ${eventAt(trace, left.scheduled)}`,
    left.scheduled,
  )
}

const earliestOf = (agenda: Agenda, timers: ReadonlySet<number>): TimerLife | undefined => {
  let earliest: TimerLife | undefined
  for (const handle of timers) {
    const life = lifeOf(agenda, handle)
    if (isTimer(life) && (earliest === undefined || life.when < earliest.when)) earliest = life
  }
  return earliest
}
