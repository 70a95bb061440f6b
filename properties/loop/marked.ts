/** A record in which every field has a value of its own, so that a mix-up shows. */
export const marked = <T extends object>(record: T, mark: string): T =>
  Object.fromEntries(Object.keys(record).map((key) => [key, `${mark} ${key}`])) as T

/** The field that `withField` replaces. */
export const fieldOf = (name: string): string => name.charAt(4).toLowerCase() + name.slice(5)
