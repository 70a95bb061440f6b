/**
 * The limit: a bare mutable loop on typed arrays that has just the events of a program's run and nothing else, neither a
 * language nor a task's state beyond a counter. What the model costs is told as a ratio to it.
 */

/** A ready queue of numbers: a ring as large as the number of tasks needs. */
const ring = (size: number) => {
  const entries = new Int32Array(size)
  let head = 0
  let count = 0
  return {
    put: (entry: number): void => {
      entries[(head + count) % size] = entry
      count += 1
    },
    take: (): number => {
      const entry = entries[head] ?? 0
      head = (head + 1) % size
      count -= 1
      return entry
    },
    count: (): number => count,
  }
}

/** A binary heap of deadlines. */
const heap = (size: number) => {
  const deadlines = new Float64Array(size)
  const owners = new Int32Array(size)
  let count = 0
  const at = (index: number): number => deadlines[index] ?? Number.POSITIVE_INFINITY
  return {
    first: (): number => (count === 0 ? Number.POSITIVE_INFINITY : at(0)),
    push: (deadline: number, owner: number): void => {
      let index = count
      count += 1
      while (index > 0) {
        const parent = (index - 1) >> 1
        if (at(parent) <= deadline) break
        deadlines[index] = at(parent)
        owners[index] = owners[parent] ?? 0
        index = parent
      }
      deadlines[index] = deadline
      owners[index] = owner
    },
    pop: (): number => {
      const owner = owners[0] ?? 0
      count -= 1
      const deadline = at(count)
      const last = owners[count] ?? 0
      let index = 0
      for (let child = 1; child < count; child = 2 * index + 1) {
        if (child + 1 < count && at(child + 1) < at(child)) child += 1
        if (deadline <= at(child)) break
        deadlines[index] = at(child)
        owners[index] = owners[child] ?? 0
        index = child
      }
      deadlines[index] = deadline
      owners[index] = last
      return owner
    },
  }
}

/** The exhibition: each move is a step, a timer, the timer's callback and a wake-up. Gives the time of the last reply. */
export const exhibitionLimit = (boards: number, moves: number, ours: number, theirs: number): number => {
  const ready = ring(2 * boards)
  const timers = heap(boards)
  const played = new Int32Array(boards)
  let clock = 0
  for (let board = 0; board < boards; board += 1) ready.put(board)
  for (;;) {
    if (ready.count() === 0) {
      const deadline = timers.first()
      if (deadline === Number.POSITIVE_INFINITY) return clock
      clock = deadline
    }
    while (timers.first() < clock + 2 ** -20) ready.put(boards + timers.pop())
    for (let left = ready.count(); left > 0; left -= 1) {
      const entry = ready.take()
      if (entry >= boards) {
        ready.put(entry - boards)
      } else if ((played[entry] ?? 0) < moves) {
        played[entry] = (played[entry] ?? 0) + 1
        clock += ours
        timers.push(clock + theirs, entry)
      }
    }
  }
}

/** Tasks that give their turn away again and again. Gives the number of turns. */
export const pingLimit = (tasks: number, rounds: number): number => {
  const ready = ring(tasks)
  const done = new Int32Array(tasks)
  let turns = 0
  for (let task = 0; task < tasks; task += 1) ready.put(task)
  for (; ready.count() > 0; turns += 1) {
    for (let left = ready.count(); left > 0; left -= 1) {
      const task = ready.take()
      if ((done[task] ?? 0) < rounds) {
        done[task] = (done[task] ?? 0) + 1
        ready.put(task)
      }
    }
  }
  return turns
}
