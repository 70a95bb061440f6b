import { emptyQueue } from '../persistent/queue.js'
import type { Loop } from './world.js'

// The loop with one field replaced; literals for the same reason as in update.ts.

export const withStopping = (loop: Loop, stopping: Loop['stopping']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withTurn = (loop: Loop, turn: Loop['turn']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withBatch = (loop: Loop, batch: Loop['batch']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withReady = (loop: Loop, ready: Loop['ready']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withTimers = (loop: Loop, timers: Loop['timers']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withCancelledTimers = (loop: Loop, cancelledTimers: Loop['cancelledTimers']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withInterrupt = (loop: Loop, interrupt: Loop['interrupt']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

/** What is ready becomes the batch. */
export const withReadyAsBatch = (loop: Loop): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.ready,
  ready: emptyQueue,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor: loop.executor,
})

export const withTaskFactory = (loop: Loop, taskFactory: Loop['taskFactory']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory,
  executor: loop.executor,
})

export const withExecutor = (loop: Loop, executor: Loop['executor']): Loop => ({
  id: loop.id,
  running: loop.running,
  stopping: loop.stopping,
  closed: loop.closed,
  turn: loop.turn,
  batch: loop.batch,
  ready: loop.ready,
  timers: loop.timers,
  cancelledTimers: loop.cancelledTimers,
  interrupt: loop.interrupt,
  taskFactory: loop.taskFactory,
  executor,
})
