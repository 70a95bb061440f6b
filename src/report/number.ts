/** A number as people write it: `43,200`, `11.82`. */
export const numberText = (value: number, digits = 3): string => {
  if (Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 10 ** -digits)) return String(value)
  const [whole = '', fraction = ''] = value.toFixed(digits).split('.')
  const part = fraction.replace(/0+$/, '')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === '' ? '' : `.${part}`)
}

/** `3,655 s` */
export const secondsText = (value: number): string => `${numberText(value)} s`

/** A duration as people say it: `12 h`, `1 h 55 s`, `3.5 s`. */
export const durationText = (seconds: number): string => {
  if (seconds < 60 || seconds >= 1e12) return secondsText(seconds)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds - hours * 3600) / 60)
  const rest = seconds - hours * 3600 - minutes * 60
  const parts = [
    ...(hours > 0 ? [`${numberText(hours)} h`] : []),
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(rest > 0 ? [secondsText(rest)] : []),
  ]
  return parts.join(' ')
}

/** `1 board`, `24 boards` */
export const countText = (count: number, thing: string): string =>
  `${numberText(count)} ${thing}${count === 1 ? '' : 's'}`

/** A distance between the marks of an axis that shows `range` with about `marks` of them: 1, 2, 5, 10, 15, 30, 60 … */
export const markDistance = (range: number, marks: number): number => {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
  const least = range / marks
  const step = steps.find((each) => each >= least)
  if (least >= 1 && step !== undefined) return step
  const power = 10 ** Math.floor(Math.log10(least))
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= least) ?? power
}
