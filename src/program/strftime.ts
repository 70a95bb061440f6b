import { notModelled } from './arithmetic.js'

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]

const padded = (value: number, width: number, fill = '0'): string => String(value).padStart(width, fill)

const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12

const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1

const named = (names: readonly string[], at: number): string => names[at] ?? ''

/** What each directive stands for, in the C locale. */
const directives: Readonly<Record<string, (date: Date) => string>> = {
  '%': () => '%',
  A: (date) => named(days, date.getUTCDay()),
  a: (date) => named(days, date.getUTCDay()).slice(0, 3),
  B: (date) => named(months, date.getUTCMonth()),
  b: (date) => named(months, date.getUTCMonth()).slice(0, 3),
  D: (date) => strftime('%m/%d/%y', date),
  d: (date) => padded(date.getUTCDate(), 2),
  F: (date) => strftime('%Y-%m-%d', date),
  H: (date) => padded(date.getUTCHours(), 2),
  I: (date) => padded(hour12(date), 2),
  j: (date) => padded(dayOfYear(date), 3),
  M: (date) => padded(date.getUTCMinutes(), 2),
  m: (date) => padded(date.getUTCMonth() + 1, 2),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  R: (date) => strftime('%H:%M', date),
  S: (date) => padded(date.getUTCSeconds(), 2),
  T: (date) => strftime('%H:%M:%S', date),
  w: (date) => String(date.getUTCDay()),
  X: (date) => strftime('%H:%M:%S', date),
  x: (date) => strftime('%m/%d/%y', date),
  Y: (date) => String(date.getUTCFullYear()),
  y: (date) => padded(date.getUTCFullYear() % 100, 2),
}

/** `time.strftime(format)` of a time in UTC. What a platform adds to the directives of C is not modelled. */
export const strftime = (format: string, date: Date): string =>
  format.replace(/%([\s\S]?)/g, (_, directive: string) => {
    const write = Object.hasOwn(directives, directive) ? directives[directive] : undefined
    if (write === undefined) throw notModelled(`strftime's '%${directive}' is`)
    return write(date)
  })

/** `time.ctime()` */
export const ctime = (date: Date): string => strftime(`%a %b ${padded(date.getUTCDate(), 2, ' ')} %H:%M:%S %Y`, date)

/** The time of a clock that began at the epoch. */
export const dateOf = (seconds: number): Date => new Date(Math.floor(seconds) * 1000)
