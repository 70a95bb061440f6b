import type { World } from './world.js'

// The world with one field replaced. The literals name every field because a spread costs some twenty times as much on
// Node 20, and these run several times for every event.

export const withClock = (world: World, clock: World['clock']): World => ({
  clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withLoop = (world: World, loop: World['loop']): World => ({
  clock: world.clock,
  loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withOtherLoops = (world: World, otherLoops: World['otherLoops']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withFutures = (world: World, futures: World['futures']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withHandles = (world: World, handles: World['handles']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withObjects = (world: World, objects: World['objects']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withCurrentTask = (world: World, currentTask: World['currentTask']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withContext = (world: World, context: World['context']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withOutside = (world: World, outside: World['outside']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withDefaultNames = (world: World, defaultNames: World['defaultNames']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withNextIdentity = (world: World, nextIdentity: World['nextIdentity']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity,
  trail: world.trail,
  python: world.python,
})

export const withTrail = (world: World, trail: World['trail']): World => ({
  clock: world.clock,
  loop: world.loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles: world.handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail,
  python: world.python,
})

/** Both of what scheduling a handle changes. */
export const withHandlesAndLoop = (world: World, handles: World['handles'], loop: World['loop']): World => ({
  clock: world.clock,
  loop,
  otherLoops: world.otherLoops,
  futures: world.futures,
  handles,
  objects: world.objects,
  currentTask: world.currentTask,
  context: world.context,
  outside: world.outside,
  defaultNames: world.defaultNames,
  nextIdentity: world.nextIdentity,
  trail: world.trail,
  python: world.python,
})
