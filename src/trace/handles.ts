import type { Trace, TraceEvent } from './events.js'

/** What a trace tells of one handle. Places in the trace are indices of its events. */
export interface HandleLife {
  readonly handle: number
  readonly callback: string
  /** The deadline of a timer; null for a plain handle. */
  readonly when: number | null
  /** The loop that runs it, or the only one that could have; null where the trace does not tell. */
  readonly loop: number | null
  readonly scheduled: number
  readonly cancelled: number | null
  /** Where it began; more than once only if something is wrong. */
  readonly begun: readonly number[]
}

/** The life of a timer. */
export type TimerLife = HandleLife & { readonly when: number }

export const isTimer = (life: HandleLife | undefined): life is TimerLife => life !== undefined && life.when !== null

/** Whether a callback takes a task further. */
export const isTaskStep = (callback: string): boolean => callback === 'Task.__step' || callback === 'Task.__wakeup'

/** The life of every handle, by its number. */
export const handleLives = ({ events }: Trace): ReadonlyMap<number, HandleLife> => {
  const lives = new Map<number, HandleLife>()
  const open = new Set<number>()
  let running: number | null = null
  const change = (handle: number, changed: Partial<HandleLife>): void => {
    const life = lives.get(handle)
    if (life !== undefined) lives.set(handle, { ...life, ...changed })
  }
  events.forEach((event, index) => {
    switch (event.event) {
      case 'LoopCreated':
        open.add(event.loop)
        break
      case 'LoopClosed':
        open.delete(event.loop)
        break
      case 'TurnBegan':
        running = event.loop
        break
      case 'HandleScheduled':
      case 'TimerScheduled':
        lives.set(event.handle, scheduledLife(event, index, onlyOne(open)))
        break
      case 'HandleCancelled':
        change(event.handle, { cancelled: index })
        break
      case 'HandleBegan':
        change(event.handle, { loop: running, begun: [...(lives.get(event.handle)?.begun ?? []), index] })
        break
    }
  })
  return lives
}

type Scheduling = Extract<TraceEvent, { readonly event: 'HandleScheduled' | 'TimerScheduled' }>

const scheduledLife = (event: Scheduling, index: number, loop: number | null): HandleLife => ({
  handle: event.handle,
  callback: event.callback,
  when: event.event === 'TimerScheduled' ? event.when : null,
  loop,
  scheduled: index,
  cancelled: null,
  begun: [],
})

const onlyOne = (loops: ReadonlySet<number>): number | null => {
  const [first, second] = loops
  return first !== undefined && second === undefined ? first : null
}
