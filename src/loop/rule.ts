/** One rule of asyncio: the function of CPython that has it, the place in the model that is it, and what it says. */
export interface Rule {
  /** The function of CPython, module and all. */
  readonly mirrors: string
  /** Python versions with just this behaviour, as far as measured. */
  readonly versions: string
  readonly says: string
  /** What implements it here: a function or a machine. */
  readonly implementedBy: unknown
}

/** A rule. */
export const rule = (mirrors: string, versions: string, implementedBy: unknown, says: string): Rule => ({
  mirrors,
  versions,
  says,
  implementedBy,
})
